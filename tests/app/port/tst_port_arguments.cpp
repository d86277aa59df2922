// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/port/arguments.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>
#include <random>
#include <string>
#include <vector>

namespace tst_port_arguments {

using namespace roadstead;
using namespace roadstead::port;

class PortArguments final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void understandsDockerd_data();
    void understandsDockerd();
    void takesThePassedListener();
    void understandsReverse();
    void refuses_data();
    void refuses();
    void saysWhySctpIsRefused();
    void survivesMutations();
};

namespace {

Result<Request> parse(const QStringList &arguments)
{
    std::vector<std::string> owned;
    for (const QString &argument : arguments) {
        owned.push_back(argument.toStdString());
    }
    const std::vector<std::string_view> views(owned.begin(), owned.end());
    return parseArguments(views);
}

QStringList words(const char *line)
{
    return QString::fromLatin1(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

constexpr const char *usual =
    "-proto tcp -host-ip 0.0.0.0 -host-port 8080 -container-ip 172.17.0.2 -container-port 80";

} // namespace

void PortArguments::understandsDockerd_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<bool>("isUdp");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("container");
    QTest::newRow("all addresses")
        << words(usual) << false << QByteArray("0.0.0.0:8080") << QByteArray("172.17.0.2:80");
    QTest::newRow("IPv6 to an IPv4 container")
        << words("-proto udp -host-ip :: -host-port 53 -container-ip 172.17.0.2 -container-port 53")
        << true << QByteArray("[::]:53") << QByteArray("172.17.0.2:53");
    QTest::newRow("IPv6 all the way")
        << words("-proto tcp -host-ip ::1 -host-port 1 -container-ip fd00::2 -container-port 65535")
        << false << QByteArray("[::1]:1") << QByteArray("[fd00::2]:65535");
    QTest::newRow("two dashes and equals signs")
        << words("--proto=tcp --host-ip=127.0.0.1 -host-port=9 --container-ip 10.0.0.1 "
                 "-container-port=9")
        << false << QByteArray("127.0.0.1:9") << QByteArray("10.0.0.1:9");
}

void PortArguments::understandsDockerd()
{
    QFETCH(QStringList, arguments);
    QFETCH(bool, isUdp);
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, container);
    const Result<Request> request = parse(arguments);
    QVERIFY(request.has_value());
    const auto *publish = std::get_if<Publish>(&*request);
    QVERIFY(publish);
    QCOMPARE(publish->protocol == Protocol::Udp, isUdp);
    QCOMPARE(QByteArray::fromStdString(publish->host.text()), host);
    QCOMPARE(QByteArray::fromStdString(publish->container.text()), container);
    QVERIFY(!publish->listenerIsPassed);
}

void PortArguments::takesThePassedListener()
{
    const Result<Request> alone = parse(words(usual) << QStringLiteral("-use-listen-fd"));
    QVERIFY(alone && std::get<Publish>(*alone).listenerIsPassed);
    const Result<Request> no = parse(words(usual) << QStringLiteral("-use-listen-fd=false"));
    QVERIFY(no && !std::get<Publish>(*no).listenerIsPassed);
}

void PortArguments::understandsReverse()
{
    const Result<Request> plain = parse(words("reverse -uid 1001 -proto tcp -host-port 5000"));
    QVERIFY(plain.has_value());
    QCOMPARE(std::get<Reverse>(*plain).uid, 1001U);
    QCOMPARE(std::get<Reverse>(*plain).address.text(), std::string("127.0.0.1:5000"));
    const Result<Request> resolver =
        parse(words("reverse -uid 0 -proto udp -host-ip 127.0.0.53 -host-port 53"));
    QVERIFY(resolver.has_value());
    QCOMPARE(std::get<Reverse>(*resolver).address.text(), std::string("127.0.0.53:53"));
    QVERIFY(std::get<Reverse>(*resolver).protocol == Protocol::Udp);
}

void PortArguments::refuses_data()
{
    QTest::addColumn<QStringList>("arguments");
    const auto with = [](const char *more) { return words(usual) + words(more); };
    QTest::newRow("nothing") << QStringList();
    QTest::newRow("no container") << words("-proto tcp -host-ip 0.0.0.0 -host-port 8080");
    QTest::newRow("unknown option") << with("-exec /bin/sh");
    QTest::newRow("option given twice") << with("-proto udp");
    QTest::newRow("option without value") << with("-host-port");
    QTest::newRow("bare word") << with("reverse");
    QTest::newRow("reverse option in publish") << with("-uid 0");
    QTest::newRow("unknown protocol") << words("-proto icmp -host-ip 0.0.0.0 -host-port 1 "
                                               "-container-ip 10.0.0.1 -container-port 1");
    for (const char *port :
         {"0", "-1", "65536", "99999999999999999999", "0x50", "80a", "+80", ""}) {
        QTest::addRow("port '%s'", port)
            << (words("-proto tcp -host-ip 0.0.0.0 -container-ip 10.0.0.1 -container-port 1 "
                      "-host-port")
                << QString::fromLatin1(port));
    }
    for (const char *ip : {"", "localhost", "1.2.3", "1.2.3.4.5", "::ffff:1.2.3.4", "fe80::1%eth0",
                           "[::1]", "0.0.0.0"}) {
        QTest::addRow("container '%s'", ip)
            << (words("-proto tcp -host-ip 0.0.0.0 -host-port 1 -container-port 1 -container-ip")
                << QString::fromLatin1(ip));
    }
    QTest::newRow("long value") << with("-use-listen-fd=") + QStringList{QString(65, u'a')};
    QTest::newRow("listener neither true nor false") << with("-use-listen-fd=7");
    QTest::newRow("reverse of an outside address")
        << words("reverse -uid 1 -host-ip 192.0.2.1 -host-port 80");
    QTest::newRow("reverse of all addresses")
        << words("reverse -uid 1 -host-ip 0.0.0.0 -host-port 80");
    QTest::newRow("reverse without user") << words("reverse -host-port 80");
    QTest::newRow("reverse with a path as user")
        << words("reverse -uid ../../proc/1/ns/net -host-port 80");
    QTest::newRow("reverse with a container")
        << words("reverse -uid 1 -host-port 80 -container-ip 10.0.0.1");
}

void PortArguments::refuses()
{
    QFETCH(QStringList, arguments);
    const Result<Request> request = parse(arguments);
    QVERIFY(!request.has_value());
    QCOMPARE(request.error().kind, ErrorKind::InvalidArgument);
    QVERIFY(!request.error().detail.empty());
}

void PortArguments::saysWhySctpIsRefused()
{
    const Result<Request> request = parse(words(
        "-proto sctp -host-ip 0.0.0.0 -host-port 1 -container-ip 10.0.0.1 -container-port 1"));
    QVERIFY(!request.has_value());
    QVERIFY(request.error().detail.find("SCTP") != std::string::npos);
}

/// Whatever comes out of a damaged command line obeys the limits.
void PortArguments::survivesMutations()
{
    std::minstd_rand random(20);
    const auto below = [&random](std::size_t end) {
        return random() % std::max<std::size_t>(end, 1);
    };
    for (int round = 0; round < 50'000; ++round) {
        const bool isReverse = below(2) == 0;
        const QStringList source =
            isReverse ? words("reverse -uid 1001 -proto udp -host-ip 127.0.0.53 -host-port 53")
                      : words(usual) + words("-use-listen-fd");
        std::vector<std::string> owned;
        for (const QString &word : source) {
            owned.push_back(word.toStdString());
        }
        for (std::size_t i = below(4); i > 0; --i) {
            std::string &word = owned[below(owned.size())];
            switch (below(4)) {
            case 0:
                word.insert(below(word.size()), 1, static_cast<char>(below(256)));
                break;
            case 1:
                word.erase(below(word.size()), below(3));
                break;
            case 2:
                std::swap(word, owned[below(owned.size())]);
                break;
            default:
                word = std::string(below(80), static_cast<char>(below(256)));
            }
        }
        const std::vector<std::string_view> views(owned.begin(), owned.end());
        const Result<Request> request = parseArguments(views);
        if (!request) {
            QVERIFY(!request.error().detail.empty() && request.error().detail.size() < 200);
        } else if (const auto *publish = std::get_if<Publish>(&*request)) {
            QVERIFY(publish->host.port() > 0 && publish->container.port() > 0);
            QVERIFY(!publish->container.isAny());
        } else if (const auto *reverse = std::get_if<Reverse>(&*request)) {
            QVERIFY(reverse->address.isLoopback() && reverse->address.port() > 0);
        }
    }
}

} // namespace tst_port_arguments

ROADSTEAD_APPLESS_TEST(tst_port_arguments::PortArguments)
#include "tst_port_arguments.moc"
