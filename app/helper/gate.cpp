// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/gate.h"

#include "app/helper/audit.h"
#include "app/helper/rate_limit.h"

#include <KAuth/HelperSupport>

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusReply>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace roadstead::helper {

using namespace Qt::StringLiterals;
using namespace roadstead::privilege;

namespace {

// Types of KAuth's signal org.kde.kf6auth.remoteSignal.
constexpr int actionStarted = 0;
constexpr int actionPerformed = 1;

// The kernel's own limit, should the event loop itself be stuck; SIGALRM ends the process.
constexpr unsigned alarmAfter = unsigned(consentLimit.count()) + 10;
constexpr unsigned alarmForVerb = 60;

QString text(std::string_view view)
{
    return QString::fromLatin1(view.data(), qsizetype(view.size()));
}

} // namespace

Gate::Gate()
{
    m_watchdog.setSingleShot(true);
    m_watchdog.setInterval(consentLimit);
    connect(&m_watchdog, &QTimer::timeout, this, [this] { end(u"no-answer-from-polkit"_s); });
    connect(&m_ear, &PolkitEar::refused, this, &Gate::onRefused);
    // KAuth registers its object after we are made and before its event loop starts.
    QMetaObject::invokeMethod(this, &Gate::attach, Qt::QueuedConnection);
}

void Gate::attach()
{
    keepMessagesOffTheBus();
    QObject *kauth = QDBusConnection::systemBus().objectRegisteredAt(u"/"_s);
    if (kauth == nullptr || !connect(kauth, SIGNAL(remoteSignal(int, QString, QByteArray)), this,
                                     SLOT(onKAuthSignal(int, QString)))) {
        end(u"unknown-kauth"_s); // without the watchdog we do not serve
    }
}

void Gate::onKAuthSignal(int type, const QString &action)
{
    if (type == actionStarted) {
        onStarted(action);
    } else if (type == actionPerformed) {
        onPerformed();
    }
}

void Gate::onStarted(const QString &action)
{
    ::alarm(alarmAfter);
    m_watchdog.start();
    m_served = false;
    m_verdict.clear();
    m_uid = KAuth::HelperSupport::callerUid();
    const auto known = std::ranges::find_if(
        actions, [&](const Action &candidate) { return text(candidate.id) == action; });
    m_operation = known == actions.end() ? action : text(known->operation);
    // Before polkit is asked, so that calls which are denied or make no sense count too.
    ::mkdir("/run/roadstead-engine", 0755);
    ::chmod("/run/roadstead-engine", 0755); // whatever the umask
    const auto sinceBoot = std::chrono::steady_clock::now().time_since_epoch();
    if (!admitCall(u"/run/roadstead-engine/helper.calls"_s, uid_t(m_uid),
                   std::chrono::duration_cast<std::chrono::seconds>(sinceBoot))) {
        end(u"too-often"_s, Stage::TooOften); // KAuth has no other way not to ask
    }
    if (known == actions.end()) {
        end(u"unknown-verb"_s); // polkit would not know it either, and KAuth would wait for ever
    }
    setBusy(true);
    tell(Stage::Asked);
}

void Gate::onRefused(Stage stage)
{
    m_verdict = QString::fromLatin1(word(stage));
    if (stage == Stage::NoAnswer) {
        end(u"error-from-polkit"_s); // KAuth would wait for ever
    }
    tell(stage);
    setBusy(false); // before the reply, as in serve()
}

void Gate::onPerformed()
{
    ::alarm(0);
    m_watchdog.stop();
    setBusy(false);
    if (!m_served) {
        audit(m_uid, m_operation, u"denied", m_verdict);
    }
    m_uid = -1;
}

KAuth::ActionReply Gate::serve(Verb verb, const QVariantMap &arguments, VerbFunction function)
{
    m_watchdog.stop();
    ::alarm(alarmForVerb);
    m_served = true;
    const Reply reply = decide(verb, arguments, function);
    audit(m_uid, m_operation, QString::fromLatin1(word(reply.outcome)), reply.detail);
    setBusy(false); // before the reply, or the next request of the same client would find us busy
    KAuth::ActionReply answer = KAuth::ActionReply::SuccessReply();
    answer.setData(encode(reply));
    return answer;
}

Reply Gate::decide(Verb verb, const QVariantMap &arguments, VerbFunction function)
{
    // KAuth reports 0 for a caller who has just left the bus; root needs no helper, so 0 is
    // refused. What was true when the person was asked must still be true.
    const int uid = KAuth::HelperSupport::callerUid();
    if (uid <= 0 || uid != m_uid || m_operation != text(action(verb).operation)) {
        return {{}, Outcome::Refused, u"identity"_s};
    }
    const Result<Request> request = decodeRequest(arguments, action(verb).carriesOptions);
    if (!request) {
        return {{}, Outcome::Refused, QString::fromStdString(request.error().detail)};
    }
    if (request->version != contractVersion) {
        return {request->nonce, Outcome::OtherVersion, QString::number(contractVersion)};
    }
    const HostAnswer answer = function(*engineHost(), uid_t(uid), *request);
    return {request->nonce, answer.outcome,
            answer.detail.isEmpty() ? QString() : plainWord(answer.detail)};
}

void Gate::setBusy(bool busy)
{
    if (m_busy != busy) {
        m_busy = busy;
        QDBusConnection bus = QDBusConnection::systemBus();
        busy ? bus.registerService(text(busyName)) : bus.unregisterService(text(busyName));
    }
}

void Gate::tell(Stage stage)
{
    KAuth::HelperSupport::progressStep(encode(Progress{stage, uint(m_uid)}));
}

void Gate::end(const QString &why, Stage stage)
{
    audit(m_uid, m_operation, u"ended", why);
    ::alarm(5);
    if (m_busy || stage == Stage::TooOften) {
        tell(stage);
        // A question to the bus, whose answer means that everything before it has been sent.
        QDBusConnection::systemBus().interface()->isServiceRegistered(text(busyName));
    }
    ::_exit(1); // not exit(): a nested event loop of KAuth's is still on the stack
}

} // namespace roadstead::helper
