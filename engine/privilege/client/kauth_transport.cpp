// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/privilege/client/kauth_transport.h"

#include <KAuth/Action>
#include <KAuth/ActionReply>
#include <KAuth/ExecuteJob>

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QDBusPendingCallWatcher>
#include <QGuiApplication>
#include <QPromise>
#include <QTimer>
#include <QWindow>

#include <thread>
#include <utility>

namespace roadstead::privilege {

using namespace Qt::StringLiterals;

namespace {

constexpr int busPatience = 5'000; // milliseconds, for the bus itself and for polkit
constexpr int startPatience = 25'000;
constexpr std::chrono::milliseconds busyAgain{250};

/// A connection of our own: Qt keeps the shared one for ever, even one that failed.
const QString connectionName = QStringLiteral("roadstead-privilege");

/// Connects in a thread, since connecting blocks for as long as the bus is silent. Not joined: one
/// that hangs must not hold up the program's end.
QFuture<bool> connectElsewhere()
{
    QPromise<bool> promise;
    promise.start();
    const QFuture<bool> future = promise.future();
    std::thread([promise = std::move(promise)]() mutable {
        const QDBusConnection bus =
            QDBusConnection::connectToBus(QDBusConnection::SystemBus, connectionName);
        const bool isConnected = bus.isConnected();
        if (!isConnected) {
            QDBusConnection::disconnectFromBus(connectionName);
        }
        promise.addResult(isConnected);
        promise.finish();
    }).detach();
    return future;
}

QString text(std::string_view view)
{
    return QString::fromLatin1(view.data(), qsizetype(view.size()));
}

QDBusMessage busCall(const QString &member, const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(
        u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s, u"org.freedesktop.DBus"_s, member);
    message.setArguments(arguments);
    return message;
}

bool isError(const QDBusMessage &reply)
{
    return reply.type() == QDBusMessage::ErrorMessage;
}

/// True when the bus could not start a service because it, or its program, is not there.
bool isMissing(const QDBusMessage &reply)
{
    const QString name = reply.errorName();
    return name == "org.freedesktop.DBus.Error.ServiceUnknown"_L1 ||
           name == "org.freedesktop.DBus.Error.NameHasNoOwner"_L1 ||
           name.startsWith("org.freedesktop.DBus.Error.Spawn."_L1);
}

QWindow *windowOf(quintptr id)
{
    if (id == 0 || qobject_cast<QGuiApplication *>(QCoreApplication::instance()) == nullptr) {
        return nullptr;
    }
    const QWindowList windows = QGuiApplication::topLevelWindows();
    for (QWindow *window : windows) {
        if (window->handle() != nullptr && window->winId() == id) {
            return window;
        }
    }
    return nullptr;
}

} // namespace

KAuthTransport::KAuthTransport(QObject *parent)
    : Transport(parent)
{
}

KAuthTransport::~KAuthTransport() = default;

void KAuthTransport::send(Verb verb, const Request &request, quintptr windowId)
{
    ++m_generation;
    m_verb = verb;
    m_request = request;
    m_window = windowId;
    QTimer::singleShot(busPatience, this, [this, generation = m_generation] {
        if (generation == m_generation && !m_isConnected) {
            fail(ErrorKind::NotAnswering, Reason::Bus);
        }
    });
    connectBus();
}

void KAuthTransport::connectBus()
{
    m_isConnected = QDBusConnection(connectionName).isConnected();
    if (m_isConnected) {
        checkBusy(true);
        return;
    }
    if (!m_connecting.isValid() || m_connecting.isFinished()) {
        QDBusConnection::disconnectFromBus(connectionName); // one that has broken since
        m_connecting = connectElsewhere();
    }
    m_connecting.then(this, [this, generation = m_generation](bool isConnected) {
        if (generation != m_generation) {
            return;
        }
        m_isConnected = isConnected;
        isConnected ? checkBusy(true) : fail(ErrorKind::NotInstalled, Reason::Bus);
    });
}

void KAuthTransport::abandon()
{
    ++m_generation;
    if (m_job) {
        // Not killed: KAuth would tell the helper to stop, whoever it works for by now.
        m_job->disconnect(this);
        m_job = nullptr;
    }
}

void KAuthTransport::call(const QDBusMessage &message, int milliseconds, Next next)
{
    auto *watcher = new QDBusPendingCallWatcher(
        QDBusConnection(connectionName).asyncCall(message, milliseconds), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, next = std::move(next), generation = m_generation](auto *finished) {
                finished->deleteLater();
                if (generation == m_generation) {
                    next(finished->reply());
                }
            });
}

void KAuthTransport::checkBusy(bool again)
{
    call(busCall(u"NameHasOwner"_s, {text(busyName)}), busPatience,
         [this, again](const QDBusMessage &reply) {
             if (isError(reply)) {
                 fail(ErrorKind::NotAnswering, Reason::Bus);
             } else if (!reply.arguments().value(0).toBool()) {
                 startHelper();
             } else if (again) {
                 // Perhaps only the end of a request that has been answered already.
                 QTimer::singleShot(busyAgain, this, [this, generation = m_generation] {
                     if (generation == m_generation) {
                         checkBusy(false);
                     }
                 });
             } else {
                 fail(ErrorKind::Busy, Reason::Helper);
             }
         });
}

void KAuthTransport::startHelper()
{
    call(busCall(u"StartServiceByName"_s, {text(helperId), 0U}), startPatience,
         [this](const QDBusMessage &reply) {
             if (!isError(reply)) {
                 checkPolkit();
             } else if (isMissing(reply)) {
                 fail(ErrorKind::NotInstalled, Reason::Helper);
             } else {
                 fail(ErrorKind::NotAnswering, Reason::Helper);
             }
         });
}

void KAuthTransport::checkPolkit()
{
    QDBusMessage question = QDBusMessage::createMethodCall(
        u"org.freedesktop.PolicyKit1"_s, u"/org/freedesktop/PolicyKit1/Authority"_s,
        u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    question.setArguments({u"org.freedesktop.PolicyKit1.Authority"_s, u"BackendVersion"_s});
    call(question, busPatience, [this](const QDBusMessage &reply) {
        if (!isError(reply)) {
            execute();
        } else if (isMissing(reply)) {
            fail(ErrorKind::NotInstalled, Reason::Polkit);
        } else {
            fail(ErrorKind::NotAnswering, Reason::Polkit);
        }
    });
}

void KAuthTransport::execute()
{
    // KAuth uses the shared connection. It is made here at the earliest, now that the bus is known
    // to answer, since Qt keeps one that failed. One that broke later cannot be had again: Qt has
    // one for a process, and KAuth keeps its copy.
    if (!QDBusConnection::systemBus().isConnected()) {
        fail(ErrorKind::NotAnswering, Reason::Connection);
        return;
    }
    Q_EMIT sent();
    // Not the constructor with a name: that asks polkit, and waits for it.
    KAuth::Action kauthAction;
    kauthAction.setName(text(action(m_verb).id));
    kauthAction.setHelperId(text(helperId));
    kauthAction.setArguments(encode(m_request));
    kauthAction.setTimeout(int(std::chrono::milliseconds(action(m_verb).timeLimit).count()));
    kauthAction.setParentWindow(windowOf(m_window));
    KAuth::ExecuteJob *job = kauthAction.execute();
    m_job = job;
    connect(job, &KAuth::ExecuteJob::newData, this, &KAuthTransport::progressed);
    connect(job, &KJob::result, this, [this, job] {
        m_job = nullptr;
        if (job->error() == KJob::NoError) {
            Q_EMIT answered(job->data());
        } else if (job->error() == KAuth::ActionReply::AuthorizationDeniedError) {
            Q_EMIT refused();
        } else {
            // The helper ended or KAuth gave up, before or after it was done.
            Q_EMIT failed(
                Error{ErrorKind::OutcomeUnknown, job->error(), job->errorText().toStdString(), {}});
        }
    });
    job->start();
}

void KAuthTransport::fail(ErrorKind kind, Reason reason)
{
    // Later, never from within send().
    QMetaObject::invokeMethod(
        this,
        [this, kind, reason, generation = m_generation] {
            if (generation == m_generation) {
                Q_EMIT failed(Error{kind, 0, word(reason), {}});
            }
        },
        Qt::QueuedConnection);
}

} // namespace roadstead::privilege
