// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/docker/capabilities.h"
#include "engine/docker/types.h"
#include "engine/http/endpoint.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace roadstead::docker {
class Call;
class Client;
} // namespace roadstead::docker
namespace roadstead::http {
class Client;
} // namespace roadstead::http

namespace roadstead::service {

class Mailbox;

/// How an engine was found at the last look. Each is ended by the next look only.
enum class Reach {
    Unknown,      ///< not looked at yet
    Reachable,    ///< it answers
    Stopped,      ///< nothing listens where it would be on this machine
    NoAccess,     ///< it is there, and lets us not in
    NotAnswering, ///< something is there, and says nothing
    WrongVersion, ///< it speaks no version of the API that we speak
    Unreachable   ///< there is no way to it: the error says what stands in the way
};

/// What one look at an engine found. A value.
struct EngineLook
{
    Reach reach = Reach::Unknown;
    std::optional<Error> error{}; ///< why not Reachable
    docker::EngineVersion version{};
    docker::EngineInfo info{};
    docker::Capabilities capabilities{};
    std::chrono::milliseconds roundTrip{0}; ///< of one question over a connection that stands
    QDateTime at{};
};

/// What an error of the first question says of the engine at `endpoint`.
[[nodiscard]] Reach reachAfter(const Error &error, const http::Endpoint &endpoint);

/// Looks at one engine once: whether it answers, what it is and how long an answer takes. Asks
/// nobody anything: a way that needs a person's answer (ssh's pass phrase) counts as NoAccess. GUI
/// thread; ends what it does when it goes.
class EngineProbe : public QObject
{
    Q_OBJECT
public:
    explicit EngineProbe(const http::Endpoint &endpoint,
                         std::chrono::milliseconds patience = std::chrono::seconds(5),
                         QObject *parent = nullptr);
    ~EngineProbe() override;

Q_SIGNALS:
    void finished(const roadstead::service::EngineLook &look); ///< exactly once

private:
    void start();
    void ask();
    void finish();
    void fail(const Error &error);

    const http::Endpoint m_endpoint;
    const std::shared_ptr<http::Client> m_transport;
    const std::shared_ptr<Mailbox> m_mailbox;
    std::unique_ptr<docker::Client> m_client;
    std::vector<docker::Call> m_calls;
    QTimer m_patience;
    QElapsedTimer m_clock;
    EngineLook m_look;
    int m_open = 0; ///< questions
    bool m_isOver = false;
};

} // namespace roadstead::service
