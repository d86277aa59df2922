// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/client.h"
#include "engine/service/answer_watch.h"
#include "engine/service/engine_session.h"
#include "engine/service/socket_watch.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace roadstead::service {

class LiveRegistry;
class Mailbox;

/// Keeps the connection to one engine: first contact, loss, silence, and new attempts, by time with
/// back-off and at once when the socket's file changes. GUI thread.
class EngineLink : public QObject
{
    Q_OBJECT
public:
    /// `endpoint` is where `client` goes. All must outlive the link.
    EngineLink(http::Endpoint endpoint, docker::Client &client, AnswerWatch &watch,
               LiveRegistry &registry, const SessionTiming &timing, QObject *parent = nullptr);
    ~EngineLink() override;

    void open();
    void close();
    /// Tries again now, when there is no connection.
    void retry();

    [[nodiscard]] Link link() const { return m_link; }
    [[nodiscard]] const std::optional<Error> &lastError() const { return m_lastError; }
    [[nodiscard]] const std::optional<docker::EngineVersion> &version() const { return m_version; }

Q_SIGNALS:
    void changed();
    void versionChanged();
    void heard(); ///< the engine has just answered while Live

private:
    void attempt();
    void negotiated(const Result<docker::Ping> &ping);
    void lost(const Error &error);
    void ping();
    void pingAnswered(const Result<docker::Ping> &ping);
    void socketChanged();
    void set(Link link, std::optional<Error> error);
    template<typename Answer, typename Arrived>
    docker::Callback<Answer> answered(Arrived arrived);

    const http::Endpoint m_endpoint;
    docker::Client &m_client;
    AnswerWatch &m_watch;
    LiveRegistry &m_registry;
    const SessionTiming m_timing;
    const std::shared_ptr<Mailbox> m_mailbox;
    SocketWatch m_socketWatch;
    QTimer m_retry;
    std::chrono::milliseconds m_backOff{0}; ///< before the next attempt
    /// Running: Live, but not long enough to forget the back-off. An engine that lets itself be
    /// listed and then ends the connection would be asked without pause otherwise.
    QTimer m_settled;
    std::optional<FileIdentity> m_socket; ///< which one we are connected to, or tried
    quint64 m_generation = 0;
    docker::Call m_negotiation;
    docker::Call m_ping;
    bool m_waitsForPerson = false; ///< no attempt before somebody wants one
    bool m_negotiated = false;     ///< the registry has been begun on this connection
    Link m_link = Link::Idle;
    std::optional<Error> m_lastError;
    std::optional<docker::EngineVersion> m_version;
};

} // namespace roadstead::service
