// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reference/ports.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

namespace tst_ports {

using namespace roadstead;
using namespace roadstead::reference;
using namespace std::string_literals;

class TestPorts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void publishedPortsAreRead_data();
    void publishedPortsAreRead();
    void badSpecsNameTheWord_data();
    void badSpecsNameTheWord();
    void writtenBindingsReadBack();
    void neighboursAreWrittenAsRanges_data();
    void neighboursAreWrittenAsRanges();
    void exposedRangesBecomePorts();
    void portsOfServices();
};

void TestPorts::publishedPortsAreRead_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::vector<PortBinding>>("bindings");
    const auto row = [](const char *reason, const char *text,
                        const std::vector<PortBinding> &bindings) {
        QTest::newRow(reason) << std::string(text) << bindings;
    };
    row("port alone", "80", {{"", "", "80", "tcp"}});
    row("both", "8080:80/udp", {{"", "8080", "80", "udp"}});
    row("protocol in capitals", "80/SCTP", {{"", "", "80", "sctp"}});
    row("address", "127.0.0.1::80", {{"127.0.0.1", "", "80", "tcp"}});
    row("bare IPv6", "::1:8080:80", {{"::1", "8080", "80", "tcp"}});
    row("IPv6 in brackets", "[::1]:8080:80", {{"::1", "8080", "80", "tcp"}});
    row("ranges side by side", "8000-8001:80-81",
        {{"", "8000", "80", "tcp"}, {"", "8001", "81", "tcp"}});
    row("a range to choose from", "8000-8010:80", {{"", "8000-8010", "80", "tcp"}});
    row("long form", "target=80,published=8080,protocol=udp", {{"", "8080", "80", "udp"}});
    row("zero is chosen by the engine", "0:80", {{"", "0", "80", "tcp"}});
}

void TestPorts::publishedPortsAreRead()
{
    QFETCH(std::string, text);
    QFETCH(std::vector<PortBinding>, bindings);
    const auto read = parsePublished(text);
    QVERIFY(read.has_value());
    QVERIFY(*read == bindings);
}

void TestPorts::badSpecsNameTheWord_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("word");
    const auto row = [](const char *text, const char *word) {
        QTest::newRow(text) << std::string(text) << std::string(word);
    };
    row("", "\"\"");
    row("80:", "\"80:\"");
    row("80/icmp", "\"icmp\"");
    row("80/tcp/udp", "\"tcp/udp\"");
    row("localhost:80:80", "\"localhost\"");
    row("[::1:80:80", "\"[::1\"");
    row("01.2.3.4:80:80", "\"01.2.3.4\"");
    row("80:65536", "\"65536\"");
    row("0x50", "\"0x50\"");
    row("82-80", "\"82-80\"");
    row("80-82-84", "\"82-84\"");
    row("8000-8001:80-82", "\"8000-8001\"");
    row("published=80,target", "\"target\"");
    row("-1:80", "\"\"");
}

void TestPorts::badSpecsNameTheWord()
{
    QFETCH(std::string, text);
    QFETCH(std::string, word);
    const auto read = parsePublished(text);
    QVERIFY(!read.has_value());
    QCOMPARE(read.error().kind, ErrorKind::InvalidArgument);
    QVERIFY2(read.error().detail.contains(word), read.error().detail.c_str());
}

void TestPorts::writtenBindingsReadBack()
{
    for (const PortBinding &binding :
         {PortBinding{"", "", "80", "tcp"}, PortBinding{"", "8000-8010", "80", "udp"},
          PortBinding{"::1", "", "80", "tcp"}, PortBinding{"1.2.3.4", "8080", "80", "sctp"}}) {
        const auto read = parsePublished(publishedText(binding));
        QVERIFY(read.has_value());
        QVERIFY(*read == std::vector{binding});
    }
}

void TestPorts::neighboursAreWrittenAsRanges_data()
{
    QTest::addColumn<std::string>("text");
    for (const char *text : {"8000-8002:80-82", "80-82/udp", "127.0.0.1:0-1:80-81", "::80",
                             "8000-8010:80", "[::1]::80-81"}) {
        QTest::newRow(text) << std::string(text);
    }
}

void TestPorts::neighboursAreWrittenAsRanges()
{
    QFETCH(std::string, text);
    const auto bindings = parsePortSpec(text);
    QVERIFY(bindings.has_value());
    const auto texts = publishedTexts(*bindings);
    QCOMPARE(texts.size(), std::size_t(1));
    QVERIFY(parsePortSpec(texts.front()) == bindings);
    QVERIFY(publishedTexts({{"", "1", "80", "tcp"}, {"", "1", "81", "tcp"}}) ==
            (std::vector{"1:80"s, "1:81"s}));
    QVERIFY(exposedTexts({"80/tcp", "81/tcp", "81/udp", "90/udp"}) ==
            (std::vector{"80-81/tcp"s, "81/udp"s, "90/udp"s}));
}

void TestPorts::exposedRangesBecomePorts()
{
    QVERIFY(*parseExposed("80-81/udp") == (std::vector{"80/udp"s, "81/udp"s}));
    QVERIFY(*parseExposed("80/any") == std::vector{"80/any"s});
    QVERIFY(!parseExposed("80:80").has_value());
    QVERIFY(!parseExposed("/tcp").has_value());
    QVERIFY(!parseExposed("").has_value());
}

void TestPorts::portsOfServices()
{
    QVERIFY(*parseServicePorts("published=80,target=8080,mode=host") ==
            std::vector{(ServicePort{"tcp", 8080, 80, true})});
    QVERIFY(*parseServicePorts("80-81:90/udp") ==
            (std::vector{ServicePort{"udp", 90, 80, false}, ServicePort{"udp", 90, 81, false}}));
    QVERIFY(!parseServicePorts("127.0.0.1:80:80").has_value());
    QVERIFY(!parseServicePorts("published=80").has_value());
    QVERIFY(!parseServicePorts("target=80,mode=any").has_value());
}

} // namespace tst_ports

ROADSTEAD_GUILESS_TEST(tst_ports::TestPorts)
#include "tst_ports.moc"
