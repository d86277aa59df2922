// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/engine_link.h"

#include "engine/service/engine_probe.h"
#include "engine/service/live_registry.h"
#include "engine/service/mailbox.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace roadstead::service {

namespace {

Link linkAfter(const Error &error, const http::Endpoint &endpoint)
{
    switch (reachAfter(error, endpoint)) {
    case Reach::NoAccess:
        return Link::NoAccess;
    case Reach::NotAnswering:
        return Link::NotAnswering;
    default:
        return Link::Unreachable;
    }
}

/// Empty when it is not a socket of this machine.
QString socketPathOf(const http::Endpoint &endpoint)
{
    const auto *socket = std::get_if<http::UnixSocket>(&endpoint);
    return socket == nullptr ? QString() : QString::fromStdString(socket->path);
}

} // namespace

EngineLink::EngineLink(http::Endpoint endpoint, docker::Client &client, AnswerWatch &watch,
                       LiveRegistry &registry, const SessionTiming &timing, QObject *parent)
    : QObject(parent)
    , m_endpoint(std::move(endpoint))
    , m_client(client)
    , m_watch(watch)
    , m_registry(registry)
    , m_timing(timing)
    , m_mailbox(std::make_shared<Mailbox>(this))
    , m_socketWatch(socketPathOf(m_endpoint))
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &EngineLink::attempt);
    m_settled.setSingleShot(true);
    m_settled.setInterval(timing.retryLast);
    connect(&m_settled, &QTimer::timeout, this,
            [this] { m_backOff = std::chrono::milliseconds(0); });
    connect(&m_socketWatch, &SocketWatch::changed, this, &EngineLink::socketChanged);
    connect(&registry, &LiveRegistry::failed, this, &EngineLink::lost);
    connect(&registry, &LiveRegistry::becameCurrent, this, [this] {
        m_settled.start();
        set(Link::Live, std::nullopt);
    });
    connect(&watch, &AnswerWatch::heartbeatDue, this, &EngineLink::ping);
    connect(&watch, &AnswerWatch::silent, this, [this] {
        set(Link::NotAnswering, Error{ErrorKind::NotAnswering, 0, {}, "engine.ask"});
    });
    connect(&watch, &AnswerWatch::heardAgain, this, [this] {
        if (m_negotiated) {
            m_registry.begin(); // events may have been dropped while it was silent
        }
    });
}

EngineLink::~EngineLink()
{
    m_mailbox->close();
    m_negotiation.cancel();
    m_ping.cancel();
}

template<typename Answer, typename Arrived>
docker::Callback<Answer> EngineLink::answered(Arrived arrived)
{
    const quint64 question = m_watch.asked();
    return [this, question, generation = m_generation, mailbox = m_mailbox,
            arrived = std::move(arrived)](Result<Answer> result) mutable {
        mailbox->post([this, question, generation, result = std::move(result),
                       arrived = std::move(arrived)]() mutable {
            m_watch.over(question, result || isAnAnswer(result.error()));
            if (generation == m_generation) {
                arrived(std::move(result));
            }
        });
    };
}

void EngineLink::open()
{
    if (m_link != Link::Idle) {
        return;
    }
    m_backOff = m_timing.retryFirst;
    m_socketWatch.start();
    set(Link::Connecting, std::nullopt);
    attempt();
}

void EngineLink::close()
{
    ++m_generation;
    m_negotiated = false;
    m_waitsForPerson = false;
    m_retry.stop();
    m_settled.stop();
    m_socketWatch.stop();
    std::exchange(m_negotiation, {}).cancel();
    std::exchange(m_ping, {}).cancel();
    m_registry.end();
    m_watch.stop();
    set(Link::Idle, std::nullopt);
}

void EngineLink::retry()
{
    if (m_retry.isActive() || m_waitsForPerson) {
        m_backOff = std::chrono::milliseconds(0);
        attempt();
    }
}

void EngineLink::attempt()
{
    ++m_generation;
    m_waitsForPerson = false;
    m_negotiated = false;
    m_retry.stop();
    m_socket = m_socketWatch.identity();
    m_watch.start();
    m_negotiation = m_client.negotiate(
        answered<docker::Ping>([this](const Result<docker::Ping> &ping) { negotiated(ping); }));
}

void EngineLink::negotiated(const Result<docker::Ping> &ping)
{
    if (!ping) {
        lost(ping.error());
        return;
    }
    m_negotiated = true;
    m_registry.begin();
    m_client.version(answered<docker::EngineVersion>([this](Result<docker::EngineVersion> version) {
        if (version) {
            m_version = *std::move(version);
            Q_EMIT versionChanged();
        }
    }));
}

void EngineLink::lost(const Error &error)
{
    ++m_generation;
    m_negotiated = false;
    std::exchange(m_negotiation, {}).cancel();
    std::exchange(m_ping, {}).cancel();
    m_registry.end();
    m_watch.stop();
    m_settled.stop();
    const Link link = linkAfter(error, m_endpoint);
    // A question of ssh's that was not answered would come up again and again.
    m_waitsForPerson = link == Link::NoAccess && std::holds_alternative<http::Program>(m_endpoint);
    if (!m_waitsForPerson) {
        m_retry.start(m_backOff);
        m_backOff = std::clamp(m_backOff * 2, m_timing.retryFirst, m_timing.retryLast);
    }
    set(link, error);
}

void EngineLink::ping()
{
    m_ping = m_client.ping(
        answered<docker::Ping>([this](const Result<docker::Ping> &ping) { pingAnswered(ping); }));
}

void EngineLink::pingAnswered(const Result<docker::Ping> &answer)
{
    if (answer) {
        if (m_link == Link::Live) {
            Q_EMIT heard();
        }
    } else if (answer.error().kind == ErrorKind::NotAnswering) {
        ping(); // the next one: it is this answer that ends the silence
    } else if (!isAnAnswer(answer.error())) {
        lost(answer.error());
    }
}

void EngineLink::socketChanged()
{
    const auto now = m_socketWatch.identity();
    if (m_retry.isActive()) {
        if (now) {
            retry();
        }
    } else if (now != m_socket) {
        // What we are connected to is no longer what the path means.
        m_backOff = std::chrono::milliseconds(0);
        // Of what stands there instead, the attempt that follows at once has the word.
        lost(Error{
            now ? ErrorKind::ConnectionLost : ErrorKind::NoSuchSocket, 0, {}, "engine.watch"});
    }
}

void EngineLink::set(Link link, std::optional<Error> error)
{
    if (link == m_link && error == m_lastError) {
        return;
    }
    m_link = link;
    m_lastError = std::move(error);
    Q_EMIT changed();
}

} // namespace roadstead::service
