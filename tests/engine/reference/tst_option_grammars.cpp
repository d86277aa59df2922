// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reference/address.h"
#include "engine/reference/csv.h"
#include "engine/reference/daemon_host.h"
#include "engine/reference/devices.h"
#include "engine/reference/environment.h"
#include "engine/reference/network_attachment.h"
#include "engine/reference/options.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

namespace tst_option_grammars {

using namespace roadstead;
using namespace roadstead::reference;
using namespace std::string_literals;

/// One row for each input: what comes out as text, or "refused".
class TestOptionGrammars : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void texts_data();
    void texts();
    void csvReadsBack();
    void networksReadBack();
    void gpusReadBack();
    void variableFilesAreRead();
    void variableFilesNameTheLine();
    void capabilitiesAreWeighed();
};

namespace {

std::string shown(const Result<std::string> &result)
{
    return result.value_or("refused");
}

template<typename Value, typename Writer>
std::string shown(const Result<Value> &result, Writer writer)
{
    return result ? std::string(writer(*result)) : "refused";
}

void textRow(const char *grammar, const std::string &input, const std::string &got,
             const std::string &expected)
{
    QTest::addRow("%s: %s", grammar, input.c_str()) << got << expected;
}

void addressRows()
{
    for (const auto &[input, expected] :
         std::map<std::string, std::string>{{"127.0.0.1", "127.0.0.1"},
                                            {" ::1 ", "::1"},
                                            {"0:0:0:0:0:0:0:1", "::1"},
                                            {"1:0:0:2:0:0:0:3", "1:0:0:2::3"},
                                            {"1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"},
                                            {"::", "::"},
                                            {"::ffff:1.2.3.4", "1.2.3.4"},
                                            {"::1.2.3.4", "::102:304"},
                                            {"FE80::A", "fe80::a"},
                                            {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
                                            {"1:2:3:4:5:6:7:8::", "refused"},
                                            {"1::2::3", "refused"},
                                            {"1.2.3", "refused"},
                                            {"1.2.3.256", "refused"},
                                            {"01.2.3.4", "refused"},
                                            {"[::1]", "refused"},
                                            {"fe80::1%eth0", "refused"},
                                            {"::12345", "refused"},
                                            {"1.2.3.4::1", "refused"},
                                            {"", "refused"}}) {
        textRow("address", input, shown(canonicalIpAddress(input)), expected);
    }
    for (const auto &[input, expected] :
         std::map<std::string, std::string>{{"h=[::1]", "h:::1"},
                                            {"h:1.2.3.4", "h:1.2.3.4"},
                                            {"h=host-gateway", "h:host-gateway"},
                                            {"a:b=1.2.3.4", "refused"},
                                            {"h=", "refused"},
                                            {"=1.2.3.4", "refused"}}) {
        textRow("extra host", input, shown(parseExtraHost(input)), expected);
    }
    for (const auto &[input, expected] :
         std::map<std::string, std::string>{{" . ", "."},
                                            {"a.b.", "a.b"},
                                            {"1-foo.bar", "1-foo.bar"},
                                            {"a..b", "refused"},
                                            {"17.17", "refused"},
                                            {"-a", "refused"},
                                            {"a b", "refused"}}) {
        textRow("search domain", input, shown(parseSearchDomain(input)), expected);
    }
}

void deviceRows()
{
    for (const auto &[input, expected] :
         std::map<std::string, std::string>{{"/dev/a", "/dev/a:/dev/a:rwm"},
                                            {"/dev/a:r", "/dev/a:/dev/a:r"},
                                            {"/dev/a:/dev/./b", "/dev/a:/dev/b:rwm"},
                                            {"/dev/a:/b:mw", "/dev/a:/b:mw"},
                                            {"/dev/a:/b:rr", "refused"},
                                            {"/dev/a:b", "refused"},
                                            {":/b", "refused"},
                                            {"/a:/b:r:w", "refused"},
                                            {"dev", "refused"}}) {
        textRow("device", input, shown(parseDevice(input), deviceText), expected);
    }
    for (const auto &[input, expected] :
         std::map<std::string, std::string>{{"nofile=1:2", "nofile=1:2"},
                                            {"core=-1", "core=-1:-1"},
                                            {"core=5:-1", "core=5:-1"},
                                            {"core=-1:5", "refused"},
                                            {"core=2:1", "refused"},
                                            {"as=1", "refused"},
                                            {"core", "refused"}}) {
        textRow("limit", input, shown(parseUlimit(input), ulimitText), expected);
    }
    for (const char *input : {"vendor.com/class=name", "a/b=0:1"}) {
        textRow("CDI device", input, isCdiDevice(input) ? "yes" : "no", "yes");
    }
    for (const char *input : {"/dev/a=b", "1/b=c", "a/b=", "a/b", "a/b=c-", "a b/c=d"}) {
        textRow("CDI device", input, isCdiDevice(input) ? "yes" : "no", "no");
    }
    for (const char *input : {"c 1:3 rwm", "a *:* r"}) {
        textRow("device rule", input, shown(parseDeviceRule(input)), input);
    }
    for (const char *input : {"d 1:3 r", "c 1 r", "c 1:3 x", "c 1:3 rwmr", "c  1:3 r", ""}) {
        textRow("device rule", input, shown(parseDeviceRule(input)), "refused");
    }
}

void platformRows()
{
    for (const auto &[input, expected] :
         std::map<std::string, std::string>{{"linux/arm64", "linux/arm64"},
                                            {"linux/arm64/v8", "linux/arm64/v8"},
                                            {"Linux/X86_64", "linux/amd64"},
                                            {"linux/arm/7", "linux/arm/v7"},
                                            {"linux/armhf", "linux/arm"},
                                            {"linux/armel", "linux/arm/v6"},
                                            {"arm64", "linux/arm64"},
                                            {"windows(10.0.17763)/amd64", "windows/amd64"},
                                            {"macos/aarch64", "darwin/arm64"},
                                            {"linux/*", "refused"},
                                            {"a/b/c/d", "refused"},
                                            {"what", "refused"},
                                            {"", "refused"}}) {
        textRow("platform", input, shown(parsePlatform(input), platformText), expected);
    }
    for (const auto &[input, expected] :
         std::map<std::string, std::string>{{"always", "always"},
                                            {"on-failure:3", "on-failure:3"},
                                            {"", ""},
                                            {":3", "refused"},
                                            {"on-failure:x", "refused"}}) {
        textRow("restart", input, shown(parseRestartPolicy(input), restartPolicyText), expected);
    }
}

void hostRows()
{
    for (const auto &[input, expected] :
         std::map<std::string, std::string>{{"", "unix:///var/run/docker.sock"},
                                            {" tcp://:7777/path ", "tcp://localhost:7777/path"},
                                            {"tcp://host:", "tcp://host:2375"},
                                            {"[::1]:", "tcp://[::1]:2375"},
                                            {"unix://", "unix:///var/run/docker.sock"},
                                            {"ssh://me@host", "ssh://me@host"},
                                            {"tcp://a b", "refused"},
                                            {"tcp://h:port", "refused"},
                                            {"tcp:a.b.c.d", "refused"},
                                            {"udp://h", "refused"},
                                            {"tcp://unix:///x", "refused"}}) {
        textRow("host", input, shown(parseHost(input)), expected);
    }
}

} // namespace

void TestOptionGrammars::texts_data()
{
    QTest::addColumn<std::string>("got");
    QTest::addColumn<std::string>("expected");
    addressRows();
    deviceRows();
    platformRows();
    hostRows();
}

void TestOptionGrammars::texts()
{
    QFETCH(std::string, got);
    QFETCH(std::string, expected);
    QCOMPARE(got, expected);
}

void TestOptionGrammars::csvReadsBack()
{
    for (const std::vector<std::string> &fields :
         {std::vector{"a"s, "b"s}, std::vector{"a,b"s, "\"q\""s, ""s},
          std::vector{"x\ny"s, " z "s}}) {
        QVERIFY(parseCsv(csvText(fields)) == fields);
    }
    for (const char *text : {"", "a\"b", "\"a", "\"a\"b"}) {
        QVERIFY2(!parseCsv(text).has_value(), text);
    }
}

void TestOptionGrammars::networksReadBack()
{
    const NetworkAttachment network{.target = "back",
                                    .aliases = {"a", "b"},
                                    .ipv4Address = "10.0.0.5",
                                    .ipv6Address = "fd00::5",
                                    .linkLocalAddresses = {"169.254.1.1"},
                                    .macAddress = "92:d0:c6:0a:29:33",
                                    .driverOptions = {{"k", "v,w"}},
                                    .gatewayPriority = -3};
    QVERIFY(parseNetwork(networkText(network)) == network);
    QCOMPARE(networkText({.target = "Back"}), "Back"s);
    QVERIFY(parseNetwork("Name=Back,ALIAS=Web")->aliases == std::vector{"web"s});
    for (const char *text : {"alias=x", "name=a,bogus=1", "name=a,driver-opt=x", "name=a,,"}) {
        QVERIFY2(!parseNetwork(text).has_value(), text);
    }
    QVERIFY(!isUserDefinedNetwork("container:x"));
    QVERIFY(isUserDefinedNetwork("mine"));
}

void TestOptionGrammars::gpusReadBack()
{
    QCOMPARE(parseGpus("all")->count, -1);
    QCOMPARE(parseGpus("driver=x")->count, 1);
    QCOMPARE(parseGpus("\"device=0,1\"")->count, 0);
    const DeviceRequest request{.driver = "nvidia",
                                .count = 2,
                                .ids = {"0", "1"},
                                .capabilities = {"compute"},
                                .options = {{"a", "b,c"}}};
    QVERIFY(parseGpus(gpusText(request)) == request);
    for (const char *text : {"", "-1x", "count=1,count=2", "all,count=1", "bogus=1"}) {
        QVERIFY2(!parseGpus(text).has_value(), text);
    }
}

void TestOptionGrammars::variableFilesAreRead()
{
    const auto lookup = [](const std::string &name) {
        return name == "SET" ? std::optional("s"s) : std::nullopt;
    };
    const auto lines =
        parseKeyValueFile("\uFEFFA=1\r\n# c\n\n  \u00a0B= x \nSET\nUNSET\nC==", lookup);
    QVERIFY(lines == (std::vector{"A=1"s, "B= x "s, "SET=s"s, "C=="s}));
    QVERIFY(parseKeyValueFile("A\nB=1") == std::vector{"B=1"s});
}

void TestOptionGrammars::variableFilesNameTheLine()
{
    for (const char *text : {"A=1\n=2", "A=1\nB C=2", "A=1\n\xff", "A=1\nB "}) {
        const auto lines = parseKeyValueFile(text);
        QVERIFY2(!lines.has_value(), text);
        QVERIFY(lines.error().detail.starts_with("line 2: "));
    }
    QVERIFY(!parseKeyValueFile("A=" + std::string(65536, 'x')).has_value());
}

void TestOptionGrammars::capabilitiesAreWeighed()
{
    const Capabilities effective =
        effectiveCapabilities({"net_admin", "CAP_KILL"}, {"kill", "ALL"});
    QVERIFY(effective.added == (std::vector{"CAP_KILL"s, "CAP_NET_ADMIN"s}));
    QVERIFY(effective.dropped == std::vector{"ALL"s});
}

} // namespace tst_option_grammars

ROADSTEAD_GUILESS_TEST(tst_option_grammars::TestOptionGrammars)
#include "tst_option_grammars.moc"
