// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/privilege/client/transport.h"
#include "engine/service/operation.h"

#include <QList>
#include <QObject>
#include <QPromise>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

namespace roadstead::privilege {

/// Limits of a Client; other values are for tests.
struct Patience
{
    /// From Transport::sent() until the helper says that it has asked. Later means that it is
    /// occupied.
    std::chrono::milliseconds untilAsked{10'000};
    /// Added to the time limit of the action, then the outcome is unknown.
    std::chrono::milliseconds margin{15'000};
    /// Limit of the action; negative = the contract's.
    std::chrono::milliseconds limit{-1};
};

/// Asks the helper for administrator actions: a queue with one request in flight, since KAuth loses
/// overlapping ones. GUI thread. No call blocks.
///
/// Errors, each with a detail of reason.h where one is named: Denied (NoAgent when nobody could
/// ask), Cancelled (the person closed the prompt, or cancel()), Busy (Rate, Queue, Helper),
/// NotInstalled (Bus, Polkit, Helper, Launcher, Dockerd), NotAnswering (Bus, Connection, Polkit,
/// Helper), Conflict (NotRunning, Stopping), EngineFailed (Masked, or the system's word for it),
/// InvalidArgument and UnsupportedVersion (helper and program do not fit together), and
/// OutcomeUnknown (Timeout, Reply, Refusal, or KAuth's text after a crash): then read the true
/// state again.
class Client : public QObject
{
    Q_OBJECT
public:
    /// Requests that may wait behind the one in flight; more are Busy at once.
    static constexpr qsizetype longestQueue = 1;

    /// Over KAuth.
    explicit Client(QObject *parent = nullptr);
    Client(std::unique_ptr<Transport> transport, Patience patience, QObject *parent = nullptr);
    ~Client() override;

    void setParentWindow(quintptr windowId);

    /// cancel() of a request that has been sent only ends the wait: a prompt cannot be taken back.
    /// `options` for the verb that carries them.
    service::Operation<Reply> request(Verb verb, std::optional<EngineOptions> options = {});

private:
    struct Job
    {
        quint64 number = 0;
        Verb verb = Verb::EngineStart;
        std::optional<EngineOptions> options;
        QPromise<Result<Reply>> promise;
        bool told = false; ///< the promise is kept, only the helper's reply is still awaited
    };

    void sendNext();
    void onProgressed(const QVariantMap &data);
    void onAnswered(const QVariantMap &data);
    void onRefused();
    void onFailed(const Error &failed);
    void onSilence();
    void cancel(quint64 number);
    void finish(Result<Reply> result);
    [[nodiscard]] Error error(ErrorKind kind, std::string detail = {}) const;

    std::unique_ptr<Transport> m_transport;
    Patience m_patience;
    quintptr m_window = 0;
    quint64 m_lastNumber = 0;
    std::unique_ptr<Job> m_current;
    std::vector<std::unique_ptr<Job>> m_waiting;
    QString m_nonce;
    bool m_asked = false;           ///< the helper has our request
    Stage m_verdict = Stage::Asked; ///< what polkit said, as far as told
    QTimer m_askTimer;
    QTimer m_watchdog;
};

} // namespace roadstead::privilege
