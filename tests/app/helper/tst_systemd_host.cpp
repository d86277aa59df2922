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
#include <QMutex>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace Qt::StringLiterals;
using namespace roadstead;
using namespace roadstead::helper;
using privilege::Outcome;

namespace {

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
            connection.send(
                message.createReply(QVariant::fromValue(QDBusVariant(QVariant(m_state)))));
        } else {
            m_calls << member + u' ' + unit;
            const bool fails = !m_error.isEmpty() && member != "ResetFailedUnit"_L1;
            connection.send(fails ? message.createErrorReply(m_error, u"no"_s)
                                  : message.createReply(QVariant::fromValue(
                                        QDBusObjectPath(u"/org/freedesktop/systemd1/job/1"_s))));
        }
        return true;
    }

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

const QString engineUnit = QStringLiteral("roadstead-engine@1001.service");
const QString cleanupUnit = QStringLiteral("roadstead-engine-cleanup@1001.service");

} // namespace

/// What the helper has systemd do, on a bus of the test's own. Root only: leftovers are in /run.
class TestSystemdHost : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
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

void TestSystemdHost::initTestCase()
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

void TestSystemdHost::cleanupTestCase()
{
    QDBusConnection::disconnectFromBus(u"systemd"_s);
    m_thread.quit();
    m_thread.wait();
    m_bus.kill();
    m_bus.waitForFinished();
    QDir(u"/run/roadstead-engine/1001"_s).removeRecursively();
}

void TestSystemdHost::verbsBecomeJobs_data()
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
    row("start", "deactivating", true, Accepted, started);
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
}

void TestSystemdHost::verbsBecomeJobs()
{
    QFETCH(QString, verb);
    QFETCH(QString, state);
    QFETCH(bool, leftovers);
    QFETCH(Outcome, outcome);
    QFETCH(QStringList, calls);
    QDir(u"/run/roadstead-engine/1001"_s).removeRecursively();
    if (leftovers) {
        QVERIFY(QDir().mkpath(u"/run/roadstead-engine/1001"_s));
        QFile file(u"/run/roadstead-engine/1001/state"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    m_systemd.become(state);
    const auto host = systemdHost();
    const HostAnswer answer = verb == "start"_L1  ? host->start(1001)
                              : verb == "stop"_L1 ? host->stop(1001)
                                                  : host->restart(1001);
    QCOMPARE(answer.outcome, outcome);
    QCOMPARE(m_systemd.calls(), calls);
}

void TestSystemdHost::whatSystemdRefusesIsToldApart_data()
{
    QTest::addColumn<QString>("error");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("no such unit") << u"org.freedesktop.systemd1.NoSuchUnit"_s
                                  << Outcome::NoLauncher;
    QTest::newRow("masked") << u"org.freedesktop.systemd1.UnitMasked"_s << Outcome::Masked;
    QTest::newRow("anything else")
        << u"org.freedesktop.DBus.Error.AccessDenied"_s << Outcome::Failed;
}

void TestSystemdHost::whatSystemdRefusesIsToldApart()
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

QTEST_GUILESS_MAIN(TestSystemdHost)
#include "tst_systemd_host.moc"
