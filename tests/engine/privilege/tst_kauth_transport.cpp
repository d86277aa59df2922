// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/privilege/client/client.h"
#include "engine/privilege/client/reason.h"

#include <QElapsedTimer>
#include <QFile>
#include <QLocalServer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace roadstead;
using namespace roadstead::privilege;

/// The way to the helper while the system bus is down, silent, and back again: a bus of the test's
/// own, on which no service is installed.
class TestKAuthTransport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void withoutABusItIsSaidAndABusThatComesIsUsed();
    void aSilentBusBlocksNobody();

private:
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

void TestKAuthTransport::aSilentBusBlocksNobody()
{
    // Runs second: the connection of the first has been lost with its bus.
    QFile::remove(m_socket);
    QLocalServer silent;
    QVERIFY(silent.listen(m_socket));
    const Result<Reply> reply = ask();
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, ErrorKind::NotAnswering);
    QCOMPARE(reasonOf(reply.error()), Reason::Bus);
}

void TestKAuthTransport::withoutABusItIsSaidAndABusThatComesIsUsed()
{
    const Result<Reply> before = ask();
    QVERIFY(!before);
    QCOMPARE(before.error().kind, ErrorKind::NotInstalled);
    QCOMPARE(reasonOf(before.error()), Reason::Bus);

    QFile config(m_folder.filePath(u"bus.conf"_s));
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write("<busconfig><listen>unix:path=" + QFile::encodeName(m_socket) +
                 "</listen><auth>EXTERNAL</auth><policy context=\"default\">"
                 "<allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>"
                 "<allow own=\"*\"/><allow user=\"*\"/></policy></busconfig>\n");
    config.close();
    for (int life = 0; life < 2; ++life) { // one that was restarted is used, too
        QProcess bus;
        bus.start(u"dbus-daemon"_s, {u"--nofork"_s, u"--config-file="_s + config.fileName()});
        QVERIFY(bus.waitForStarted());
        QTRY_VERIFY(QFile::exists(m_socket));
        const Result<Reply> after = ask();
        QVERIFY(!after);
        QCOMPARE(after.error().kind, ErrorKind::NotInstalled);
        QCOMPARE(reasonOf(after.error()), Reason::Helper);
        bus.kill();
        bus.waitForFinished();
        QFile::remove(m_socket);
    }
}

QTEST_GUILESS_MAIN(TestKAuthTransport)
#include "tst_kauth_transport.moc"
