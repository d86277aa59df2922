// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/engine_host.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QDBusVirtualObject>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMap>
#include <QMutex>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <unistd.h>

#include <array>
#include <csignal>
#include <memory>

using namespace Qt::StringLiterals;
using namespace roadstead;
using namespace roadstead::helper;
using privilege::Outcome;

namespace {

const QString engineUnit = QStringLiteral("roadstead-engine@1001.service");
const QString cleanupUnit = QStringLiteral("roadstead-engine-cleanup@1001.service");

/// What of systemd's bus interface the helper uses: units in whatever state a test says.
class FakeSystemd : public QDBusVirtualObject
{
public:
    [[nodiscard]] QString introspect(const QString &) const override { return {}; }

    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override
    {
        const QMutexLocker locker(&m_mutex);
        const QString member = message.member();
        const QString unit = message.arguments().value(0).toString();
        if (member == "LoadUnit"_L1) {
            connection.send(message.createReply(
                QVariant::fromValue(QDBusObjectPath(u"/org/freedesktop/systemd1/unit/x"_s))));
        } else if (member == "Get"_L1) {
            const QString name = message.arguments().value(1).toString();
            const QString value =
                m_state.section(u'/', name == "SubState"_L1 ? 1 : 0).section(u'/', 0, 0);
            connection.send(
                message.createReply(QVariant::fromValue(QDBusVariant(QVariant(value)))));
        } else {
            m_calls << member + u' ' + unit;
            const bool fails = !m_error.isEmpty() && member != "ResetFailedUnit"_L1;
            connection.send(fails ? message.createErrorReply(m_error, u"no"_s)
                                  : message.createReply(QVariant::fromValue(
                                        QDBusObjectPath(u"/org/freedesktop/systemd1/job/1"_s))));
        }
        return true;
    }

    /// `state`: ActiveState/SubState.
    void become(const QString &state, const QString &error = {})
    {
        const QMutexLocker locker(&m_mutex);
        m_state = state;
        m_error = error;
        m_calls.clear();
    }
    QStringList calls()
    {
        const QMutexLocker locker(&m_mutex);
        return m_calls;
    }

private:
    QMutex m_mutex;
    QString m_state;
    QString m_error;
    QStringList m_calls;
};

const QString folder = QStringLiteral("/run/roadstead-engine/1001");
const QString launcher = QStringLiteral("/usr/libexec/roadstead/roadstead-launcher");
const QString told = QStringLiteral("/run/launcher.told");

void put(const QString &path, const QByteArray &text, QIODevice::OpenMode mode = QFile::WriteOnly)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(mode) || file.write(text) != text.size()) {
        qFatal("%s cannot be written", qPrintable(path));
    }
}

/// The launcher's stand-in, which is this program in its place: writes down what it is told.
int standIn(const QByteArray &verb)
{
    put(told, verb + '\n', QFile::Append);
    if (verb != "run") {
        return 0;
    }
    sigset_t signals{};
    ::sigemptyset(&signals);
    ::sigaddset(&signals, SIGTERM);
    ::sigaddset(&signals, SIGHUP);
    ::sigprocmask(SIG_BLOCK, &signals, nullptr);
    put(folder + u"/launcher.pid"_s, QByteArray::number(::getpid()));
    for (int number = 0; ::sigwait(&signals, &number) == 0;) {
        put(told, number == SIGTERM ? "end\n" : "renew\n", QFile::Append);
    }
    return 0;
}

/// Where an engine can stand when somebody asks for something.
enum class Situation { Absent, Starting, Running, Stopping, Crashed };

/// A way to run launchers, and what it has told them: "run", "end", "renew", "cleanup".
class Bed
{
public:
    virtual ~Bed() = default;
    virtual void arrange(Situation situation) = 0;
    virtual std::unique_ptr<EngineHost> host() = 0;
    virtual QStringList effects() = 0;

protected:
    /// What the launcher has written of itself.
    static void writeState(Situation situation)
    {
        QDir(folder).removeRecursively();
        QDir().mkpath(folder);
        constexpr std::array words{"", "starting", "running", "stopping", "running"};
        if (situation != Situation::Absent) {
            put(folder + u"/state"_s,
                "state=" + QByteArray(words.at(std::size_t(situation))) + "\n");
        }
    }
};

class DirectBed : public Bed
{
public:
    DirectBed()
    {
        QFile::rename(launcher, launcher + u".away"_s);
        QFile::copy(QCoreApplication::applicationFilePath(), launcher);
    }
    ~DirectBed() override
    {
        end();
        QFile::remove(launcher);
        QFile::rename(launcher + u".away"_s, launcher);
    }
    void arrange(Situation situation) override
    {
        end();
        writeState(situation);
        if (situation != Situation::Absent && situation != Situation::Crashed) {
            m_launcher.start(launcher, {u"run"_s, u"1001"_s});
            const bool isUp = QTest::qWaitFor([] { return !contents(told).isEmpty(); }, 30'000) &&
                              QTest::qWaitFor([] { return launcherPid() > 0; }, 30'000);
            QVERIFY(isUp);
        }
        QFile::remove(told);
    }
    std::unique_ptr<EngineHost> host() override { return directHost(); }
    QStringList effects() override
    {
        return QString::fromLatin1(contents(told)).split(u'\n', Qt::SkipEmptyParts);
    }

private:
    static QByteArray contents(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static pid_t launcherPid() { return contents(folder + u"/launcher.pid"_s).toInt(); }
    void end()
    {
        m_launcher.kill();
        m_launcher.waitForFinished();
        // One that the helper has started is nobody's child.
        QProcess::execute(u"pkill"_s, {u"-KILL"_s, u"-f"_s, u"^"_s + launcher + u" run 1001$"_s});
        QFile::remove(told);
    }
    QProcess m_launcher;
};

class SystemdBed : public Bed
{
public:
    explicit SystemdBed(FakeSystemd &systemd)
        : m_systemd(systemd)
    {
    }
    void arrange(Situation situation) override
    {
        writeState(situation);
        constexpr std::array states{"inactive/dead", "activating/start", "active/running",
                                    "deactivating/stop-sigterm", "activating/auto-restart"};
        m_systemd.become(QString::fromLatin1(states.at(std::size_t(situation))));
    }
    std::unique_ptr<EngineHost> host() override { return systemdHost(); }
    QStringList effects() override
    {
        const QMap<QString, QString> meaning{{u"StartUnit "_s + engineUnit, u"run"_s},
                                             {u"StopUnit "_s + engineUnit, u"end"_s},
                                             {u"ReloadUnit "_s + engineUnit, u"renew"_s},
                                             {u"StartUnit "_s + cleanupUnit, u"cleanup"_s}};
        QStringList effects;
        for (const QString &call : m_systemd.calls()) {
            if (!call.startsWith("ResetFailedUnit "_L1)) {
                effects << meaning.value(call, call);
            }
        }
        return effects;
    }

private:
    FakeSystemd &m_systemd;
};

HostAnswer tell(EngineHost &host, const QString &verb)
{
    return verb == "start"_L1  ? host.start(1001)
           : verb == "stop"_L1 ? host.stop(1001)
                               : host.restart(1001);
}

} // namespace

/// The two hosts: what both do alike, and what the helper has systemd do, on a bus of the test's
/// own. Root only: an engine's files are in /run.
class TestEngineHosts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void bothHostsDoAlike_data();
    void bothHostsDoAlike();
    void verbsBecomeJobs_data();
    void verbsBecomeJobs();
    void whatSystemdRefusesIsToldApart_data();
    void whatSystemdRefusesIsToldApart();

private:
    QTemporaryDir m_folder;
    QProcess m_bus;
    QThread m_thread;
    FakeSystemd m_systemd;
};

void TestEngineHosts::initTestCase()
{
    const QByteArray socket = QFile::encodeName(m_folder.filePath(u"bus"_s));
    QFile config(m_folder.filePath(u"bus.conf"_s));
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write("<busconfig><listen>unix:path=" + socket +
                 "</listen><auth>EXTERNAL</auth><policy context=\"default\">"
                 "<allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>"
                 "<allow own=\"*\"/><allow user=\"*\"/></policy></busconfig>\n");
    config.close();
    m_bus.start(u"dbus-daemon"_s, {u"--nofork"_s, u"--config-file="_s + config.fileName()});
    QVERIFY(m_bus.waitForStarted());
    QTRY_VERIFY(QFile::exists(QFile::decodeName(socket)));
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=" + socket);
    QDBusConnection connection =
        QDBusConnection::connectToBus(QString::fromLatin1("unix:path=" + socket), u"systemd"_s);
    QVERIFY(connection.registerVirtualObject(u"/org/freedesktop/systemd1"_s, &m_systemd,
                                             QDBusConnection::SubPath));
    QVERIFY(connection.registerService(u"org.freedesktop.systemd1"_s));
    // The helper waits for its answers, so they come from another thread.
    m_systemd.moveToThread(&m_thread);
    m_thread.start();
}

void TestEngineHosts::cleanupTestCase()
{
    QDBusConnection::disconnectFromBus(u"systemd"_s);
    m_thread.quit();
    m_thread.wait();
    m_bus.kill();
    m_bus.waitForFinished();
    QDir(folder).removeRecursively();
}

void TestEngineHosts::bothHostsDoAlike_data()
{
    QTest::addColumn<bool>("isSystemd");
    QTest::addColumn<QString>("verb");
    QTest::addColumn<Situation>("situation");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QStringList>("effects");
    struct Case
    {
        const char *verb;
        const char *name;
        Situation situation;
        Outcome outcome;
        const char *effect; ///< nullptr: nothing
    };
    using enum Outcome;
    constexpr std::array cases{
        Case{"start", "absent", Situation::Absent, Accepted, "run"},
        Case{"start", "starting", Situation::Starting, AlreadySo, nullptr},
        Case{"start", "running", Situation::Running, AlreadySo, nullptr},
        Case{"start", "stopping", Situation::Stopping, Stopping, nullptr},
        Case{"start", "crashed", Situation::Crashed, Accepted, "run"},
        Case{"stop", "absent", Situation::Absent, AlreadySo, nullptr},
        Case{"stop", "starting", Situation::Starting, Accepted, "end"},
        Case{"stop", "running", Situation::Running, Accepted, "end"},
        Case{"stop", "stopping", Situation::Stopping, Accepted, "end"},
        Case{"stop", "crashed", Situation::Crashed, Accepted, "cleanup"},
        Case{"restart", "absent", Situation::Absent, NotRunning, nullptr},
        Case{"restart", "starting", Situation::Starting, Accepted, "renew"},
        Case{"restart", "running", Situation::Running, Accepted, "renew"},
        Case{"restart", "crashed", Situation::Crashed, Accepted, "run"},
    };
    for (const bool isSystemd : {false, true}) {
        for (const Case &one : cases) {
            QTest::addRow("%s, %s, %s", isSystemd ? "systemd" : "direct", one.verb, one.name)
                << isSystemd << QString::fromLatin1(one.verb) << one.situation << one.outcome
                << (one.effect == nullptr ? QStringList()
                                          : QStringList(QString::fromLatin1(one.effect)));
        }
    }
}

void TestEngineHosts::bothHostsDoAlike()
{
    QFETCH(bool, isSystemd);
    QFETCH(QString, verb);
    QFETCH(Situation, situation);
    QFETCH(Outcome, outcome);
    QFETCH(QStringList, effects);
    std::unique_ptr<Bed> bed;
    if (isSystemd) {
        bed = std::make_unique<SystemdBed>(m_systemd);
    } else {
        bed = std::make_unique<DirectBed>();
    }
    bed->arrange(situation);
    QCOMPARE(tell(*bed->host(), verb).outcome, outcome);
    QTRY_COMPARE_WITH_TIMEOUT(bed->effects(), effects, 30'000);
}

void TestEngineHosts::verbsBecomeJobs_data()
{
    QTest::addColumn<QString>("verb");
    QTest::addColumn<QString>("state");
    QTest::addColumn<bool>("leftovers");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QStringList>("calls");
    const QStringList started{u"ResetFailedUnit "_s + engineUnit, u"StartUnit "_s + engineUnit};
    const QStringList stopped{u"StopUnit "_s + engineUnit};
    const QStringList cleaned{u"StartUnit "_s + cleanupUnit};
    const QStringList reloaded{u"ReloadUnit "_s + engineUnit};
    const auto row = [](const char *verb, const char *state, bool leftovers, Outcome outcome,
                        const QStringList &calls) {
        QTest::addRow("%s, %s%s", verb, state, leftovers ? ", leftovers" : "")
            << QString::fromLatin1(verb) << QString::fromLatin1(state) << leftovers << outcome
            << calls;
    };
    using enum Outcome;
    row("start", "active", true, AlreadySo, {});
    row("start", "inactive", false, Accepted, started);
    row("start", "failed", true, Accepted, started);
    // As after a crash, with the launcher's last word still "running".
    row("start", "deactivating", true, Accepted, started);
    row("start", "reloading", true, AlreadySo, {});
    row("stop", "active", true, Accepted, stopped);
    row("stop", "activating", true, Accepted, stopped);
    row("stop", "deactivating", true, Accepted, stopped);
    row("stop", "inactive", false, AlreadySo, {});
    row("stop", "failed", false, AlreadySo, {});
    row("stop", "failed", true, Accepted, cleaned);
    row("stop", "inactive", true, Accepted, cleaned);
    row("restart", "active", true, Accepted, reloaded);
    row("restart", "inactive", false, NotRunning, {});
    row("restart", "failed", false, NotRunning, {});
    row("restart", "failed", true, Accepted, started);
    // Between a launcher that died and the next: systemd would start it a second later.
    row("start", "activating/auto-restart", true, Accepted, started);
    row("stop", "activating/auto-restart", true, Accepted, cleaned);
    row("stop", "activating/auto-restart-queued", true, Accepted, cleaned);
    row("stop", "activating/auto-restart", false, Accepted, stopped);
    row("restart", "activating/auto-restart", true, Accepted, started);
}

void TestEngineHosts::verbsBecomeJobs()
{
    QFETCH(QString, verb);
    QFETCH(QString, state);
    QFETCH(bool, leftovers);
    QFETCH(Outcome, outcome);
    QFETCH(QStringList, calls);
    QDir(folder).removeRecursively();
    if (leftovers) {
        QVERIFY(QDir().mkpath(folder));
        QFile file(folder + u"/state"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    m_systemd.become(state);
    const auto host = systemdHost();
    QCOMPARE(tell(*host, verb).outcome, outcome);
    QCOMPARE(m_systemd.calls(), calls);
}

void TestEngineHosts::whatSystemdRefusesIsToldApart_data()
{
    QTest::addColumn<QString>("error");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("no such unit") << u"org.freedesktop.systemd1.NoSuchUnit"_s
                                  << Outcome::NoLauncher;
    QTest::newRow("masked") << u"org.freedesktop.systemd1.UnitMasked"_s << Outcome::Masked;
    QTest::newRow("anything else")
        << u"org.freedesktop.DBus.Error.AccessDenied"_s << Outcome::Failed;
}

void TestEngineHosts::whatSystemdRefusesIsToldApart()
{
    QFETCH(QString, error);
    QFETCH(Outcome, outcome);
    const auto host = systemdHost();
    m_systemd.become(u"inactive"_s, error);
    const HostAnswer started = host->start(1001);
    QCOMPARE(started.outcome, outcome);
    QCOMPARE(started.detail, outcome == Outcome::Failed ? error : QString());
    m_systemd.become(u"active"_s, error);
    QCOMPARE(host->stop(1001).outcome, outcome);
    QCOMPARE(host->restart(1001).outcome, outcome);
}

int main(int argc, char **argv)
{
    if (argc > 1 && QByteArray(argv[0]) == launcher.toLatin1()) {
        return standIn(argv[1]);
    }
    QCoreApplication application(argc, argv);
    TestEngineHosts test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_engine_hosts.moc"
