// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/privilege/client/client.h"
#include "engine/privilege/client/reason.h"
#include "tests/support/test_program/test_program.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QDBusVirtualObject>
#include <QElapsedTimer>
#include <QFile>
#include <QLocalServer>
#include <QLocalSocket>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace tst_kauth_transport {

using namespace Qt::StringLiterals;
using namespace roadstead;
using namespace roadstead::privilege;

namespace {

/// Stands for polkit and the helper, as far as they are asked without KAuth.
class Answering : public QDBusVirtualObject
{
public:
    [[nodiscard]] QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override
    {
        return connection.send(
            message.createReply(QVariant::fromValue(QDBusVariant(QVariant(u"1"_s)))));
    }
};

} // namespace

/// The way to the helper while the system bus is down, silent, and back again: a bus of the test's
/// own, on which no service is installed.
class TestKAuthTransport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void withoutABusItIsSaidAndABusThatComesIsUsed();
    void aConnectionOfKAuthsThatBrokeIsSaid();
    void aSilentBusBlocksNobody();

private:
    void startBus(QProcess &bus);

    Result<Reply> ask();

    QTemporaryDir m_folder;
    QString m_socket = m_folder.filePath(u"bus"_s);
    Client m_client;
};

void TestKAuthTransport::initTestCase()
{
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=" + QFile::encodeName(m_socket));
}

Result<Reply> TestKAuthTransport::ask()
{
    QElapsedTimer timer;
    timer.start();
    const auto future = m_client.request(Verb::EngineStart).future();
    qint64 longest = 0;
    const bool isOver = QTest::qWaitFor(
        [&] {
            longest = std::max(longest, timer.restart());
            return future.isFinished();
        },
        20'000);
    if (!isOver || longest > 1000) {
        qWarning("the event loop stood still for %lld ms", longest);
        return failure(ErrorKind::Internal, "test");
    }
    return future.result();
}

void TestKAuthTransport::startBus(QProcess &bus)
{
    QFile config(m_folder.filePath(u"bus.conf"_s));
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write("<busconfig><listen>unix:path=" + QFile::encodeName(m_socket) +
                 "</listen><servicedir>" + QFile::encodeName(m_folder.path()) +
                 "</servicedir>"
                 "<auth>EXTERNAL</auth><policy context=\"default\">"
                 "<allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>"
                 "<allow own=\"*\"/><allow user=\"*\"/></policy></busconfig>\n");
    config.close();
    bus.start(u"dbus-daemon"_s, {u"--nofork"_s, u"--config-file="_s + config.fileName()});
    QVERIFY(bus.waitForStarted());
    // The file is there before anything listens on it.
    const auto listens = [this] {
        QLocalSocket client;
        client.connectToServer(m_socket);
        return client.waitForConnected(1000);
    };
    QTRY_VERIFY_WITH_TIMEOUT(listens(), 30'000);
}

void TestKAuthTransport::aConnectionOfKAuthsThatBrokeIsSaid()
{
    {
        QProcess first;
        startBus(first);
        QVERIFY(QDBusConnection::systemBus().isConnected()); // as KAuth makes it
        first.kill();
        first.waitForFinished();
        QFile::remove(m_socket);
    }
    QTRY_VERIFY(!QDBusConnection::systemBus().isConnected());
    // A bus starts nothing that has no file, not even when it runs already.
    QFile service(m_folder.filePath(u"org.roadstead.engine.service"_s));
    QVERIFY(service.open(QIODevice::WriteOnly));
    service.write("[D-BUS Service]\nName=org.roadstead.engine\nExec=/bin/false\n");
    service.close();
    QProcess second;
    startBus(second);
    QDBusConnection services =
        QDBusConnection::connectToBus(u"unix:path="_s + m_socket, u"services"_s);
    Answering answering;
    QVERIFY(services.registerVirtualObject(u"/"_s, &answering, QDBusConnection::SubPath));
    QVERIFY(services.registerService(u"org.roadstead.engine"_s));
    QVERIFY(services.registerService(u"org.freedesktop.PolicyKit1"_s));
    const Result<Reply> reply = ask();
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, ErrorKind::NotAnswering);
    QCOMPARE(reasonOf(reply.error()), Reason::Connection);
    QDBusConnection::disconnectFromBus(u"services"_s);
    second.kill();
    second.waitForFinished();
}

void TestKAuthTransport::aSilentBusBlocksNobody()
{
    // Runs last: the connection of the first has been lost with its bus.
    QFile::remove(m_socket);
    {
        QLocalServer silent;
        QVERIFY(silent.listen(m_socket));
        const Result<Reply> reply = ask();
        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, ErrorKind::NotAnswering);
        QCOMPARE(reasonOf(reply.error()), Reason::Bus);
    }
    // The attempt that still waited ends with the socket, and a new one tells what is so now.
    const Result<Reply> gone = ask();
    QVERIFY(!gone);
    QCOMPARE(gone.error().kind, ErrorKind::NotInstalled);
    QCOMPARE(reasonOf(gone.error()), Reason::Bus);
}

void TestKAuthTransport::withoutABusItIsSaidAndABusThatComesIsUsed()
{
    const Result<Reply> before = ask();
    QVERIFY(!before);
    QCOMPARE(before.error().kind, ErrorKind::NotInstalled);
    QCOMPARE(reasonOf(before.error()), Reason::Bus);

    for (int life = 0; life < 2; ++life) { // one that was restarted is used, too
        QProcess bus;
        startBus(bus);
        const Result<Reply> after = ask();
        QVERIFY(!after);
        QCOMPARE(after.error().kind, ErrorKind::NotInstalled);
        QCOMPARE(reasonOf(after.error()), Reason::Helper);
        bus.kill();
        bus.waitForFinished();
        QFile::remove(m_socket);
    }
}

} // namespace tst_kauth_transport

ROADSTEAD_GUILESS_TEST(tst_kauth_transport::TestKAuthTransport)
#include "tst_kauth_transport.moc"
