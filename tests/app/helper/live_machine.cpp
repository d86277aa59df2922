// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/helper/live_machine.h"

#include "engine/privilege/contract/actions.h"
#include "engine/privilege/contract/messages.h"
#include "engine/privilege/contract/options.h"
#include "tests/support/made_certificate.h"

#include <KAuth/ActionReply>

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusReply>
#include <QDBusUnixFileDescriptor>
#include <QDataStream>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryFile>
#include <QTest>

#include <csignal>
#include <cstdio>

namespace roadstead::live {

using namespace Qt::StringLiterals;

namespace {

const QString tools = QStringLiteral("/usr/local/lib/roadstead-test");

qint64 ownerOf(const QString &name)
{
    const QDBusReply<uint> pid = QDBusConnection::systemBus().interface()->servicePid(name);
    return pid.isValid() ? pid.value() : 0;
}

} // namespace

Ended run(const QString &program, const QStringList &arguments, int milliseconds)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(milliseconds)) {
        process.kill();
        process.waitForFinished();
        return {-1, process.readAllStandardOutput(), process.readAllStandardError()};
    }
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

Ended shell(const QString &script)
{
    return run(u"bash"_s, {u"-euc"_s, script});
}

bool prepare()
{
    // The build folder may be out of the users' reach. A private /dev, because syslog's socket has
    // its fixed place in it and the real one is the host's.
    const Ended ended = shell(uR"(
mkdir -p %1 && chmod 755 %1
install -m 755 '%2' %1/control
install -m 755 '%3/polkit_agent' '%3/consent_rules' %1/
install -m 755 '%4' %1/raw
mkdir -p /mnt/dev
mount --rbind /dev /mnt/dev
mount -t tmpfs -o mode=755 tmpfs /dev
for entry in /mnt/dev/*; do
    name=/dev/${entry##*/}
    if [ -L "$entry" ]; then cp -P "$entry" "$name"
    elif [ -d "$entry" ]; then mkdir "$name"; mount --rbind "$entry" "$name"
    else : >"$name"; mount --bind "$entry" "$name"; fi
done
rm -f /dev/log
setsid socat -u UNIX-RECV:/dev/log,mode=666 OPEN:/run/syslog,creat,append </dev/null >/dev/null 2>&1 &
for _ in $(seq 100); do [ -S /dev/log ] && exit 0; read -rt 0.05 <> <(:) || true; done
exit 1
)"_s.arg(tools, QStringLiteral(ROADSTEAD_CONTROL),
         QStringLiteral(ROADSTEAD_SOURCE_DIR "/tests/support/polkit_agent"),
         QCoreApplication::applicationFilePath()));
    if (ended.status != 0) {
        std::fputs(ended.errors.constData(), stderr);
    }
    return ended.status == 0;
}

void setConsent(const QString &what)
{
    const Ended ended = run(tools + u"/consent_rules"_s, {what});
    if (ended.status != 0) {
        qFatal("consent_rules: %s", ended.errors.constData());
    }
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString field(const QJsonObject &object, const char *name)
{
    return object[QLatin1StringView(name)].toString();
}

Request::Request(const QString &user, const QString &verb, const QString &answers, int delay,
                 const QByteArray &input)
{
    QTemporaryFile log(u"/tmp/agent-XXXXXX"_s);
    log.setAutoRemove(false);
    log.open();
    log.setPermissions(log.permissions() | QFile::WriteOther | QFile::ReadOther);
    m_agentLog = log.fileName();
    QStringList arguments{u"-u"_s, user, u"--"_s};
    if (!answers.isEmpty()) {
        arguments += {tools + u"/polkit_agent"_s,
                      u"--log"_s,
                      m_agentLog,
                      u"--answers"_s,
                      answers,
                      u"--delay"_s,
                      QString::number(delay),
                      u"--"_s};
    }
    arguments += {tools + u"/control"_s, verb};
    m_process.start(u"runuser"_s, arguments);
    m_process.waitForStarted();
    m_process.write(input);
    m_process.closeWriteChannel();
}

Request::~Request()
{
    kill();
}

void Request::kill()
{
    if (m_process.state() != QProcess::NotRunning) {
        // runuser and the agent both pass this on to what they run.
        m_process.terminate();
        m_process.waitForFinished();
    }
}

QJsonObject Request::result(int milliseconds)
{
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(milliseconds)) {
        return {};
    }
    const QByteArray output = m_process.readAllStandardOutput();
    if (output.isEmpty()) {
        std::fputs(m_process.readAllStandardError().constData(), stderr);
    }
    return QJsonDocument::fromJson(output).object();
}

QString Request::outcome(int milliseconds)
{
    return result(milliseconds)[u"outcome"_s].toString();
}

QList<QJsonObject> Request::questions() const
{
    QList<QJsonObject> result;
    const QList<QByteArray> lines = contents(m_agentLog).split('\n');
    for (const QByteArray &line : lines) {
        if (!line.isEmpty()) {
            result.append(QJsonDocument::fromJson(line).object());
        }
    }
    return result;
}

QJsonObject ask(const QString &user, const QString &verb, const QString &answers)
{
    return Request(user, verb, answers).result();
}

QJsonObject configure(const QString &user, const QByteArray &options, const QString &answers)
{
    return Request(user, u"configure"_s, answers, 0, options).result();
}

QByteArray insecure(const QString &registry)
{
    return "insecure-registry=" + registry.toLatin1() + "\n";
}

void stopAndForget()
{
    setConsent(u"yes"_s);
    for (const QString &user : {u"alice"_s, u"bob"_s}) {
        if (field(ask(user, u"status"_s), "state") != "stopped"_L1) {
            QCOMPARE(field(ask(user, u"stop"_s), "state"), u"stopped"_s);
        }
    }
    shell(u"rm -rf /var/lib/roadstead-engine"_s);
    QFile::remove(u"/run/roadstead-engine/helper.calls"_s);
    QFile::resize(u"/run/syslog"_s, 0);
}

QString optionsFile(int uid)
{
    return u"/var/lib/roadstead-engine/%1/options"_s.arg(uid);
}

QByteArray rawCall(const QString &user, const QString &action, const QString &arguments,
                   const QString &detailKey, const QString &detailValue)
{
    const Ended ended =
        run(u"runuser"_s, {u"-u"_s, user, u"--"_s, tools + u"/raw"_s, u"--raw-call"_s, action,
                           arguments, detailKey, detailValue});
    return ended.output.trimmed();
}

namespace {

/// The options that a kind of call carries: "options-good", or what nobody may set.
QVariantMap optionsOf(const QString &kind)
{
    QVariantMap map = privilege::encodeOptions(
        {.insecureRegistries = {},
         .certificates = {{"a.example", *normalCertificates(test::madeCertificate)}}});
    const auto certificate = [&map](const QString &registry, const QByteArray &pem) {
        map[u"certificates"_s] = QVariantMap{{registry, pem}};
    };
    if (kind == "options-empty"_L1) {
        map.clear();
    } else if (kind == "options-runtimes"_L1) {
        map[u"runtimes"_s] = QVariantMap{{u"x"_s, u"/tmp/x"_s}};
    } else if (kind == "options-hosts"_L1) {
        map.remove(u"certificates"_s);
        map[u"hosts"_s] = QStringList{u"tcp://0.0.0.0:2375"_s};
    } else if (kind == "options-quote"_L1) {
        map[u"insecure-registries"_s] = QStringList{u"a\"],\"hosts\":[\"tcp://0.0.0.0"_s};
    } else if (kind == "options-path"_L1) {
        certificate(u"../../../etc/cron.d/x"_s, test::madeCertificate);
    } else if (kind == "options-key"_L1) {
        certificate(u"a.example"_s,
                    QByteArray(test::madeCertificate).replace("CERTIFICATE", "PRIVATE KEY"));
    } else if (kind == "options-file"_L1) {
        certificate(u"a.example"_s, "/etc/shadow");
    }
    return map;
}

int makeRawCall(const QStringList &words)
{
    QVariantMap map = privilege::encode(privilege::Request{u"raw"_s, privilege::contractVersion});
    const QString kind = words.value(3);
    if (kind == "empty"_L1) {
        map.clear();
    } else if (kind == "unknown"_L1) {
        map[u"path"_s] = u"/tmp/evil"_s;
    } else if (kind == "uid"_L1) {
        map[u"uid"_s] = 0;
    } else if (kind == "version"_L1) {
        map[u"version"_s] = privilege::contractVersion - 1;
    } else if (kind == "long"_L1) {
        map[u"nonce"_s] = QString(100'000, u'x');
    }
    if (kind.startsWith("options-"_L1)) {
        map[u"options"_s] = optionsOf(kind);
    }
    QByteArray blob;
    QDataStream stream(&blob, QIODevice::WriteOnly);
    stream << map;
    if (kind == "bomb"_L1) {
        // A map that announces a list of four thousand million entries.
        blob = QByteArray::fromHex("00000001000000020061000000090000000000ffffffff") +
               QByteArray(64, '\0');
    }
    QVariantMap details;
    if (!words.value(4).isEmpty()) {
        details[words.value(4)] = words.value(5);
    }
    using Descriptors = QMap<QString, QDBusUnixFileDescriptor>;
    qDBusRegisterMetaType<Descriptors>();
    QDBusMessage message = QDBusMessage::createMethodCall(u"org.roadstead.engine"_s, u"/"_s,
                                                          u"org.kde.kf6auth"_s, u"performAction"_s);
    // The second argument is who the caller says it is: nobody may believe it.
    message.setArguments(
        {words.value(2), QByteArray(":1.0"), details, blob, QVariant::fromValue(Descriptors())});
    const QDBusMessage reply = QDBusConnection::systemBus().call(message, QDBus::Block, 20'000);
    if (reply.type() == QDBusMessage::ErrorMessage) {
        std::printf("error %s\n", reply.errorName().toLatin1().constData());
        return 0;
    }
    const auto answer = KAuth::ActionReply::deserialize(reply.arguments().value(0).toByteArray());
    const auto decoded = privilege::decodeReply(answer.data());
    std::printf("reply %d %s %s\n", int(answer.errorCode()),
                decoded ? privilege::word(decoded->outcome) : "-",
                decoded ? qPrintable(decoded->detail) : "-");
    return 0;
}

} // namespace

int liveMain(QObject &test, int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList words = application.arguments();
    return words.value(1) == "--raw-call"_L1 ? makeRawCall(words) : QTest::qExec(&test, argc, argv);
}

qint64 helperPid()
{
    return ownerOf(u"org.roadstead.engine"_s);
}

qint64 polkitdPid()
{
    return ownerOf(u"org.freedesktop.PolicyKit1"_s);
}

bool signalProcess(qint64 pid, int number)
{
    return pid > 1 && ::kill(pid_t(pid), number) == 0;
}

void killHelper()
{
    const qint64 pid = helperPid();
    signalProcess(pid, SIGKILL);
    if (!QTest::qWaitFor([pid] { return pid == 0 || helperPid() != pid; }, 30'000)) {
        qFatal("the helper cannot be killed");
    }
}

qint64 launcherPid()
{
    return contents(u"/run/roadstead-engine/1001/launcher.pid"_s).trimmed().toLongLong();
}

void startPolkitd()
{
    const Ended ended = shell(uR"(
for program in /usr/lib/polkit-1/polkitd /usr/libexec/polkitd; do
    if [ -x $program ]; then setsid $program --no-debug </dev/null >/dev/null 2>&1 & fi
done
for _ in $(seq 200); do
    dbus-send --system --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetNameOwner \
        string:org.freedesktop.PolicyKit1 >/dev/null 2>&1 && exit 0
    read -rt 0.05 <> <(:) || true
done
exit 1
)"_s);
    if (ended.status != 0) {
        qFatal("polkitd does not start: %s", ended.errors.constData());
    }
}

bool hasEngine()
{
    return QFile::exists(u"/run/roadstead-engine/1001/state"_s) ||
           QFile::exists(u"/run/roadstead-engine/1001/launcher.pid"_s) ||
           QFile::exists(u"/run/roadstead/1001/engine.sock"_s);
}

QByteArray syslog()
{
    return contents(u"/run/syslog"_s);
}

} // namespace roadstead::live
