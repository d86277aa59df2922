// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/engine_probe.h"

#include "engine/docker/client.h"
#include "engine/service/mailbox.h"
#include "engine/service/transport.h"

#include <string_view>
#include <utility>
#include <variant>

namespace roadstead::service {

namespace {

/// The same way, on which ssh fails instead of asking.
http::Endpoint withoutQuestions(http::Endpoint endpoint)
{
    auto *program = std::get_if<http::Program>(&endpoint);
    if (program != nullptr && !program->arguments.empty() && program->arguments.front() == "ssh") {
        program->arguments.insert(program->arguments.begin() + 1, {"-o", "BatchMode=yes"});
    }
    return endpoint;
}

bool isOfThisMachine(const http::Endpoint &endpoint)
{
    return std::holds_alternative<http::UnixSocket>(endpoint);
}

/// ssh has no other word for it than what it prints.
bool needsAnAnswer(const Error &error, const http::Endpoint &endpoint)
{
    const std::string_view said = error.detail;
    return std::holds_alternative<http::Program>(endpoint) &&
           (said.contains("Permission denied") || said.contains("Host key verification failed"));
}

} // namespace

Reach reachAfter(const Error &error, const http::Endpoint &endpoint)
{
    switch (error.kind) {
    case ErrorKind::NoSuchSocket:
    case ErrorKind::Refused:
        return isOfThisMachine(endpoint) ? Reach::Stopped : Reach::Unreachable;
    case ErrorKind::PermissionDenied:
    case ErrorKind::ForeignSocket:
    case ErrorKind::Unauthorized:
        return Reach::NoAccess;
    case ErrorKind::NotAnswering:
        return Reach::NotAnswering;
    case ErrorKind::UnsupportedVersion:
        return Reach::WrongVersion;
    default:
        return needsAnAnswer(error, endpoint) ? Reach::NoAccess : Reach::Unreachable;
    }
}

EngineProbe::EngineProbe(const http::Endpoint &endpoint, std::chrono::milliseconds patience,
                         QObject *parent)
    : QObject(parent)
    , m_endpoint(withoutQuestions(endpoint))
    , m_transport(sharedTransport())
    , m_mailbox(std::make_shared<Mailbox>(this))
    , m_client(std::make_unique<docker::Client>(*m_transport, m_endpoint, runElsewhere))
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this,
            [this] { fail(Error{ErrorKind::NotAnswering, 0, {}, "engine.look"}); });
    m_patience.start(patience);
    start();
}

EngineProbe::~EngineProbe()
{
    m_mailbox->close();
    for (const docker::Call &call : m_calls) {
        call.cancel();
    }
}

void EngineProbe::start()
{
    m_calls.push_back(
        m_client->negotiate([this, box = m_mailbox](const Result<docker::Ping> &ping) {
            box->post([this, ping] { ping ? ask() : fail(ping.error()); });
        }));
}

/// All at once, over the connection that stands; the short one tells how long the way is.
void EngineProbe::ask()
{
    const auto taking = [this](auto take) {
        ++m_open;
        return [this, box = m_mailbox, take](auto result) {
            box->post([this, take, result = std::move(result)] {
                if (!result) {
                    fail(result.error());
                    return;
                }
                take(*result);
                if (--m_open == 0) {
                    finish();
                }
            });
        };
    };
    m_clock.start();
    m_calls.push_back(m_client->ping(taking([this](const docker::Ping &) {
        m_look.roundTrip = std::chrono::milliseconds(m_clock.elapsed());
    })));
    m_calls.push_back(m_client->version(
        taking([this](const docker::EngineVersion &version) { m_look.version = version; })));
    m_calls.push_back(
        m_client->info(taking([this](const docker::EngineInfo &info) { m_look.info = info; })));
}

void EngineProbe::finish()
{
    if (std::exchange(m_isOver, true)) {
        return;
    }
    m_patience.stop();
    m_look.at = QDateTime::currentDateTimeUtc();
    if (!m_look.error) {
        m_look.reach = Reach::Reachable;
        m_look.capabilities = docker::capabilitiesOf(m_look.version, m_look.info);
    }
    Q_EMIT finished(m_look);
}

void EngineProbe::fail(const Error &error)
{
    if (!m_isOver) {
        m_look.error = error;
        m_look.reach = reachAfter(error, m_endpoint);
    }
    finish();
}

} // namespace roadstead::service
