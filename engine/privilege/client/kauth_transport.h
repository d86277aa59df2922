// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/privilege/client/reason.h"
#include "engine/privilege/client/transport.h"

#include <QFuture>
#include <QPointer>
#include <QString>

#include <functional>

class QDBusMessage;
namespace KAuth {
class ExecuteJob;
}

namespace roadstead::privilege {

/// Requests over KAuth::ExecuteJob. The bus is connected to in a thread of its own, and again for
/// the next request when that failed. KAuth talks to polkit and to the bus with blocking calls, so
/// before it is touched everything it will wait for is asked for without blocking: the helper is
/// free, installed and started, polkit answers.
class KAuthTransport : public Transport
{
    Q_OBJECT
public:
    explicit KAuthTransport(QObject *parent = nullptr);
    ~KAuthTransport() override;

    void send(Verb verb, const Request &request, quintptr windowId) override;
    void abandon() override;

private:
    using Next = std::function<void(const QDBusMessage &reply)>;
    void call(const QDBusMessage &message, int milliseconds, Next next);
    void connectBus();
    void checkBusy(bool again);
    void startHelper();
    void checkPolkit();
    void execute();
    void fail(ErrorKind kind, Reason reason);

    quint64 m_generation = 0; ///< answers to earlier requests are dropped by it
    QFuture<bool> m_connecting;
    bool m_isConnected = false; ///< in this request
    Verb m_verb = Verb::EngineStart;
    Request m_request;
    quintptr m_window = 0;
    QPointer<KAuth::ExecuteJob> m_job;
};

} // namespace roadstead::privilege
