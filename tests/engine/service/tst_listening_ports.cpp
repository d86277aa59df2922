// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/listening_ports.h"
#include "tests/support/test_program/test_program.h"

#include <QTcpServer>
#include <QTest>

#include <algorithm>

#include <unistd.h>

namespace tst_listening_ports {

using namespace roadstead;
using namespace roadstead::service;

namespace {

constexpr auto head =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   "
    "uid  timeout inode\n";

std::string line(const char *local, const char *state, const char *inode)
{
    return std::string("   0: ") + local + " 00000000:0000 " + state +
           " 00000000:00000000 00:00000000 00000000  1000        0 " + inode +
           " 1 0000000000000000 100 0 0 10 0\n";
}

} // namespace

class TestListeningPorts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void lines_data()
    {
        QTest::addColumn<std::string>("table");
        QTest::addColumn<QByteArray>("protocol");
        QTest::addColumn<std::vector<ListeningPort>>("ports");
        using Ports = std::vector<ListeningPort>;
        const auto row = [](const char *reason, const std::string &table, const char *protocol,
                            const Ports &ports) {
            QTest::newRow(reason) << table << QByteArray(protocol) << ports;
        };
        row("nothing but the head", head, "tcp", {});
        row("all addresses", head + line("00000000:1F90", "0A", "7"), "tcp",
            {{"tcp", "", 8080, 7, {}, 0}});
        row("loopback", line("0100007F:0CEA", "0A", "8"), "tcp",
            {{"tcp", "127.0.0.1", 3306, 8, {}, 0}});
        row("a connection does not listen", line("0100007F:0CEA", "01", "8"), "tcp", {});
        row("all of IPv6", line("00000000000000000000000000000000:0050", "0A", "9"), "tcp",
            {{"tcp", "", 80, 9, {}, 0}});
        row("loopback of IPv6", line("00000000000000000000000001000000:0050", "0A", "9"), "tcp",
            {{"tcp", "::1", 80, 9, {}, 0}});
        row("IPv4 in IPv6", line("0000000000000000FFFF00000100007F:0050", "0A", "9"), "tcp",
            {{"tcp", "127.0.0.1", 80, 9, {}, 0}});
        row("UDP", line("00000000:0035", "07", "5"), "udp", {{"udp", "", 53, 5, {}, 0}});
        row("UDP that is connected", line("00000000:0035", "01", "5"), "udp", {});
        row("cut in the middle", std::string("   0: 00000000:1F90 00000000:0000 0A 0000"), "tcp",
            {});
        row("letters for numbers", line("zzzzzzzz:1F90", "0A", "7"), "tcp", {});
        row("a number too large", line("00000000:1F901F90", "0A", "7"), "tcp", {});
        row("no inode", line("00000000:1F90", "0A", "-"), "tcp", {});
    }
    void lines()
    {
        QFETCH(const std::string, table);
        QFETCH(const QByteArray, protocol);
        QFETCH(const std::vector<ListeningPort>, ports);
        QVERIFY(parseListening(table, protocol.toStdString()) == ports);
    }

    void addressesThatClash_data()
    {
        QTest::addColumn<QByteArray>("held");
        QTest::addColumn<QByteArray>("wanted");
        QTest::addColumn<bool>("clash");
        QTest::newRow("both all") << QByteArray() << QByteArray() << true;
        QTest::newRow("held on all") << QByteArray() << QByteArray("127.0.0.1") << true;
        QTest::newRow("wanted on all") << QByteArray("127.0.0.1") << QByteArray("0.0.0.0") << true;
        QTest::newRow("the same") << QByteArray("10.0.0.1") << QByteArray("10.0.0.1") << true;
        QTest::newRow("another") << QByteArray("10.0.0.1") << QByteArray("127.0.0.1") << false;
    }
    void addressesThatClash()
    {
        QFETCH(const QByteArray, held);
        QFETCH(const QByteArray, wanted);
        QFETCH(const bool, clash);
        QCOMPARE(addressesClash(held.toStdString(), wanted.toStdString()), clash);
    }

    void aSocketOfOursIsFoundWithItsHolder()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const auto ports = readListeningPorts();
        const auto found = std::ranges::find(ports, server.serverPort(), &ListeningPort::port);
        QVERIFY(found != ports.end());
        QCOMPARE(found->address, std::string("127.0.0.1"));
        QCOMPARE(found->pid, getpid());
        QFile name("/proc/self/comm");
        QVERIFY(name.open(QFile::ReadOnly));
        QCOMPARE(QByteArray::fromStdString(found->holder), name.readAll().trimmed());
    }

    void whereThereIsNoProcNothingIsKnown() { QVERIFY(readListeningPorts("/nonexistent").empty()); }
};

} // namespace tst_listening_ports

ROADSTEAD_GUILESS_TEST(tst_listening_ports::TestListeningPorts)
#include "tst_listening_ports.moc"
