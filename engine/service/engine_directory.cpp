// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/engine_directory.h"

#include "engine/service/certificate_end.h"
#include "engine/service/mailbox.h"

#include <QThreadPool>

#include <algorithm>
#include <chrono>
#include <utility>

namespace roadstead::service {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds nearInterval = 5s;
constexpr std::chrono::milliseconds farInterval = 30s;
constexpr std::chrono::milliseconds nearPatience = 5s;
constexpr std::chrono::milliseconds farPatience = 15s;
constexpr std::size_t mostProbes = 8; // at once: each way elsewhere is a program or a handshake

} // namespace

EngineDirectory::EngineDirectory(Read read, QObject *parent)
    : QObject(parent)
    , m_read(std::move(read))
    , m_mailbox(std::make_shared<Mailbox>(this))
{
    m_again.setInterval(nearInterval);
    connect(&m_again, &QTimer::timeout, this, &EngineDirectory::lookAgain);
}

EngineDirectory::~EngineDirectory()
{
    m_mailbox->close();
}

const ListedEngine *EngineDirectory::find(std::string_view id) const
{
    const auto found =
        std::ranges::find(m_engines, id, [](const ListedEngine &each) { return each.known.id; });
    return found == m_engines.end() ? nullptr : &*found;
}

ListedEngine *EngineDirectory::entry(std::string_view id)
{
    return const_cast<ListedEngine *>(std::as_const(*this).find(id));
}

void EngineDirectory::refresh()
{
    if (m_isReading) {
        m_readAgain = true;
        return;
    }
    m_isReading = true;
    QThreadPool::globalInstance()->start([box = m_mailbox, read = m_read, this] {
        box->post([this, found = readAll(read)]() mutable { take(std::move(found)); });
    });
}

std::vector<EngineDirectory::Found> EngineDirectory::readAll(const Read &read)
{
    std::vector<Found> all;
    for (KnownEngine &known : read()) {
        QDateTime end = known.endpoint ? service::certificateEnd(*known.endpoint) : QDateTime();
        all.push_back({std::move(known), std::move(end)});
    }
    return all;
}

void EngineDirectory::take(std::vector<Found> found)
{
    m_isReading = false;
    m_isRead = true;
    std::vector<ListedEngine> engines;
    for (auto &[known, certificateEnd] : found) {
        ListedEngine listed;
        if (const ListedEngine *before = find(known.id)) {
            listed = *before;
            if (before->known.endpoint != known.endpoint) {
                listed.look = {}; // the name leads elsewhere now
                listed.since = {};
                m_probes.erase(known.id);
            }
        }
        listed.known = std::move(known);
        listed.certificateEnd = std::move(certificateEnd);
        engines.push_back(std::move(listed));
    }
    m_engines = std::move(engines);
    std::erase_if(m_probes, [this](const auto &each) { return find(each.first) == nullptr; });
    for (std::size_t i = 0; i < m_engines.size(); ++i) {
        look(m_engines[i].known.id);
    }
    m_sinceFar.start();
    Q_EMIT changed();
    if (std::exchange(m_readAgain, false)) {
        refresh();
    }
}

void EngineDirectory::look(const std::string &id)
{
    ListedEngine *listed = entry(id);
    if (listed == nullptr || m_probes.contains(id)) {
        return;
    }
    if (!listed->known.endpoint) {
        EngineLook look;
        look.error = listed->known.endpoint.error();
        look.reach = reachAfter(*look.error, http::UnixSocket());
        found(id, std::move(look));
        return;
    }
    listed->isBeingLookedAt = true;
    m_probes.emplace(id, Probe{nullptr, *listed->known.endpoint});
    startProbes();
}

void EngineDirectory::startProbes()
{
    std::size_t running = 0;
    for (const auto &[id, probe] : m_probes) {
        running += std::size_t(probe.probe != nullptr);
    }
    for (auto &[id, probe] : m_probes) {
        if (running >= mostProbes) {
            return;
        }
        if (probe.probe == nullptr) {
            const bool isNear = std::holds_alternative<http::UnixSocket>(probe.endpoint);
            probe.probe =
                std::make_unique<EngineProbe>(probe.endpoint, isNear ? nearPatience : farPatience);
            connect(
                probe.probe.get(), &EngineProbe::finished, this,
                [this, id](const EngineLook &look) {
                    m_probes.erase(id);
                    found(id, look);
                    startProbes();
                },
                Qt::QueuedConnection);
            ++running;
        }
    }
}

void EngineDirectory::found(const std::string &id, EngineLook look)
{
    ListedEngine *listed = entry(id);
    if (listed == nullptr) {
        return;
    }
    if (listed->look.reach != look.reach) {
        listed->since = QDateTime::currentDateTimeUtc();
    }
    listed->isBeingLookedAt = false;
    listed->look = std::move(look);
    Q_EMIT changed();
}

void EngineDirectory::setWatched(bool watched)
{
    if (watched == m_again.isActive()) {
        return;
    }
    if (watched) {
        m_again.start();
        refresh();
    } else {
        m_again.stop();
    }
}

void EngineDirectory::lookAgain()
{
    const bool far = m_sinceFar.hasExpired(farInterval.count());
    if (far) {
        refresh(); // a context may have been made meanwhile
        return;
    }
    for (std::size_t i = 0; i < m_engines.size(); ++i) {
        const KnownEngine &known = m_engines[i].known;
        if (known.endpoint && std::holds_alternative<http::UnixSocket>(*known.endpoint)) {
            look(known.id);
        }
    }
}

} // namespace roadstead::service
