// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/context/host.h"
#include "engine/context/selection.h"
#include "engine/context/ssh_command.h"
#include "engine/context/url.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

#include <map>

namespace tst_context_hosts {

using namespace roadstead;
using namespace roadstead::context;
using namespace std::string_literals;
using Words = std::vector<std::string>;

namespace {

Variables variablesFrom(std::map<std::string, std::string> values)
{
    return [values = std::move(values)](const char *name) -> std::optional<std::string> {
        const auto found = values.find(name);
        return found == values.end() ? std::nullopt : std::optional(found->second);
    };
}

} // namespace

/// The grammar of hosts, ssh commands, and which context is in force.
class TestContextHosts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hostsGetTheirNormalForm_data();
    void hostsGetTheirNormalForm();
    void hostsThatAreNoneAreRefused_data();
    void hostsThatAreNoneAreRefused();
    void addressesAreRead();
    void addressesThatCouldBeTrapsAreRefused_data();
    void addressesThatCouldBeTrapsAreRefused();
    void aPasswordStaysOutOfTheError();
    void anAddressIsWrittenAsItWasRead_data();
    void anAddressIsWrittenAsItWasRead();
    void sshIsOneArgumentVector();
    void wordsAreQuotedForTheFarShell_data();
    void wordsAreQuotedForTheFarShell();
    void theContextInForceIsTheCliS_data();
    void theContextInForceIsTheCliS();
    void contradictionsAreRefused();
    void theDefaultContextComesFromTheEnvironment();
};

void TestContextHosts::hostsGetTheirNormalForm_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("normal");
    const auto row = [](const char *reason, const char *text, const char *normal) {
        QTest::newRow(reason) << QByteArray(text) << QByteArray(normal);
    };
    row("nothing", "", "unix:///var/run/docker.sock");
    row("only white space", " \t", "unix:///var/run/docker.sock");
    row("no path", "unix://", "unix:///var/run/docker.sock");
    row("no scheme", "0.0.0.1:5555/path", "tcp://0.0.0.1:5555/path");
    row("no port", "example.org", "tcp://example.org:2375");
    row("empty port", "0.0.0.1:", "tcp://0.0.0.1:2375");
    row("no host", ":6666", "tcp://127.0.0.1:6666");
    row("white space around", " tcp://:7777/path ", "tcp://127.0.0.1:7777/path");
    row("tcp alone", "tcp://", "tcp://127.0.0.1:2375");
    row("IPv6", "[0:0:0:0:0:0:0:1]:5555/path", "tcp://[0:0:0:0:0:0:0:1]:5555/path");
    row("IPv6 with an empty port", "[::1]:", "tcp://[::1]:2375");
    row("pipe", "npipe://", "npipe:////./pipe/docker_engine");
    row("port beyond 65535", "tcp://0.0.0.0:1234567890", "tcp://0.0.0.0:1234567890");
    row("ssh stays", "ssh://me@h:22/x", "ssh://me@h:22/x");
    row("descriptor stays", "fd://3", "fd://3");
}

void TestContextHosts::hostsGetTheirNormalForm()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, normal);
    const auto host = normalizedHost(text.toStdString());
    QVERIFY2(host.has_value(), host ? "" : host.error().detail.c_str());
    QCOMPARE(*host, normal.toStdString());
}

void TestContextHosts::hostsThatAreNoneAreRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("spaces") << QByteArray("something with spaces");
    QTest::newRow("scheme only") << QByteArray("://");
    QTest::newRow("unknown scheme") << QByteArray("udp://127.0.0.1");
    QTest::newRow("two schemes") << QByteArray("tcp://unix:///x");
    QTest::newRow("two schemes behind unix") << QByteArray("unix://tcp://127.0.0.1");
    QTest::newRow("a word as port") << QByteArray("tcp://:port");
    QTest::newRow("two ports") << QByteArray("localhost:5555:6666");
    QTest::newRow("open bracket") << QByteArray("[::1:80");
    QTest::newRow("bad escape") << QByteArray("tcp://h%zz:1");
}

void TestContextHosts::hostsThatAreNoneAreRefused()
{
    QFETCH(QByteArray, text);
    const auto host = normalizedHost(text.toStdString());
    QVERIFY(!host);
    QCOMPARE(host.error().kind, ErrorKind::InvalidArgument);
    QVERIFY(!host.error().detail.empty());
}

void TestContextHosts::addressesAreRead()
{
    QCOMPARE(parseHost("")->socketPath, "/var/run/docker.sock"s);
    QCOMPARE(parseHost("unix:///run/a b.sock")->socketPath, "/run/a b.sock"s);
    const auto tcp = parseHost("tcp://[fe80::1]:2376/base/");
    QVERIFY(tcp->transport == Transport::Tcp);
    QCOMPARE(tcp->host, "fe80::1"s);
    QCOMPARE(tcp->port, 2376);
    QCOMPARE(tcp->basePath, "/base"s);
    const auto ssh = parseHost("ssh://me@example.org:2222/run/user/1/docker.sock");
    QVERIFY(ssh->transport == Transport::Ssh);
    QCOMPARE(ssh->user, "me"s);
    QCOMPARE(ssh->host, "example.org"s);
    QCOMPARE(ssh->port, 2222);
    QCOMPARE(ssh->socketPath, "/run/user/1/docker.sock"s);
    QCOMPARE(parseHost("ssh://alias_1//")->socketPath, ""s);
}

void TestContextHosts::addressesThatCouldBeTrapsAreRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *reason, const char *text) {
        QTest::newRow(reason) << QByteArray(text);
    };
    row("named pipe", "npipe:////./pipe/docker_engine");
    row("descriptor", "fd://3");
    row("unknown scheme", "bogus://x");
    row("relative socket", "unix://run/docker.sock");
    row("control character", "unix:///run/\x1b[31m");
    row("port 0", "tcp://h:0");
    row("port beyond 65535", "tcp://h:65536");
    row("user of a tcp host", "tcp://me@h:1");
    row("password of a tcp host", "tcp://me:secret@h:1");
    row("tcp host that looks like an option", "tcp://-x:1");
    row("line feed hidden in a path", "tcp://h:1/a%0d%0ab");
    row("query hidden in a path", "tcp://h:1/a%3fb");
    row("tcp host with quotes", "tcp://a\"b:1");
    row("password of an ssh host", "ssh://me:secret@h");
    row("empty password", "ssh://me:@h");
    row("ssh host that is an option", "ssh://-oProxyCommand=x");
    row("ssh user that is an option", "ssh://-lroot@h");
    row("ssh user that is an escaped option", "ssh://%2DoProxyCommand=x@h");
    row("ssh host for a shell", "ssh://$(shutdown)example.com");
    row("ssh user for a shell", "ssh://`x`@h");
    row("ssh port beyond 65535", "ssh://h:70000");
    row("query", "ssh://h?x=y");
    row("fragment", "ssh://h#x");
    row("no host", "ssh:///path");
    row("line feed", "ssh://h/x\n/y");
}

void TestContextHosts::addressesThatCouldBeTrapsAreRefused()
{
    QFETCH(QByteArray, text);
    const auto address = parseHost(text.toStdString());
    QVERIFY(!address);
    QCOMPARE(address.error().kind, ErrorKind::InvalidArgument);
    QVERIFY(!address.error().detail.empty());
    QVERIFY(!parseHost("unix:///" + std::string(107, 'x')));
    QVERIFY(parseHost("unix:///" + std::string(106, 'x')));
}

void TestContextHosts::aPasswordStaysOutOfTheError()
{
    for (const char *text : {"ssh://me:canary@h", "tcp://me:canary@h:1", "ssh://me:canary %@h",
                             "ssh://me:cana^canary@h"}) {
        const auto address = parseHost(text);
        QVERIFY2(!address, text);
        QVERIFY2(!address.error().detail.contains("canary"), address.error().detail.c_str());
    }
}

void TestContextHosts::anAddressIsWrittenAsItWasRead_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"unix:///run/docker.sock", "tcp://h:1", "tcp://[::1]:2376/base",
                             "ssh://h", "ssh://me@h:22", "ssh://me@[fe80::1]:22/run/docker.sock"}) {
        QTest::newRow(text) << QByteArray(text);
    }
}

void TestContextHosts::anAddressIsWrittenAsItWasRead()
{
    QFETCH(QByteArray, text);
    QCOMPARE(hostText(parseHost(text.toStdString()).value()), text.toStdString());
}

void TestContextHosts::sshIsOneArgumentVector()
{
    QCOMPARE(dialStdioCommand("ssh://example.org").value(),
             (Words{"ssh", "-o ConnectTimeout=30", "-T", "--", "example.org",
                    "docker system dial-stdio"}));
    QCOMPARE(dialStdioCommand("ssh://me@example.org:10022/run/x y'z.sock").value(),
             (Words{"ssh", "-l", "me", "-p", "10022", "-o ConnectTimeout=30", "-T", "--",
                    "example.org", "docker \"--host=unix:///run/x y'z.sock\" system dial-stdio"}));
    QVERIFY(!dialStdioCommand("ssh://-x"));
    QVERIFY(!dialStdioCommand("tcp://h"));
    QVERIFY(!dialStdioCommand("ssh://me:secret@h"));
    QCOMPARE(withConnectTimeout({"-o ConnectTimeout=5"}), Words{"-o ConnectTimeout=5"});
    QCOMPARE(withoutTerminal({"-T"}), Words{"-T"});
}

void TestContextHosts::wordsAreQuotedForTheFarShell_data()
{
    QTest::addColumn<QByteArray>("word");
    QTest::addColumn<QByteArray>("quoted");
    const auto row = [](const char *reason, const char *word, const char *quoted) {
        QTest::newRow(reason) << QByteArray(word) << QByteArray(quoted);
    };
    row("plain", "unix:///var/run/docker.sock", "unix:///var/run/docker.sock");
    row("empty", "", "''");
    row("space", "a b", "'a b'");
    row("substitution", "$(x)", "'$(x)'");
    row("single quote", "it's $x", "\"it's \\$x\"");
    row("keyword", "while", "'while'");
    row("tilde", "~root", "'~root'");
    row("assignment", "a=b", "'a=b'");
}

void TestContextHosts::wordsAreQuotedForTheFarShell()
{
    QFETCH(QByteArray, word);
    QFETCH(QByteArray, quoted);
    QCOMPARE(shellQuoted(word.toStdString()).value(), quoted.toStdString());
    QVERIFY(!shellQuoted("a\nb"));
    QVERIFY(!shellQuoted("a\0b"s));
}

void TestContextHosts::theContextInForceIsTheCliS_data()
{
    QTest::addColumn<QByteArray>("flag");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("dockerHost");
    QTest::addColumn<QByteArray>("dockerContext");
    QTest::addColumn<QByteArray>("configured");
    QTest::addColumn<QByteArray>("context");
    const QByteArray no;
    QTest::newRow("nothing") << no << no << no << no << no << QByteArray("default");
    QTest::newRow("file") << no << no << no << no << QByteArray("c") << QByteArray("c");
    QTest::newRow("variable over file")
        << no << no << no << QByteArray("v") << QByteArray("c") << QByteArray("v");
    QTest::newRow("DOCKER_HOST over DOCKER_CONTEXT")
        << no << no << QByteArray("unix:///x") << QByteArray("v") << QByteArray("c")
        << QByteArray("default");
    QTest::newRow("-H over all variables")
        << no << QByteArray("unix:///y") << QByteArray("unix:///x") << QByteArray("v")
        << QByteArray("c") << QByteArray("default");
    QTest::newRow("--context over DOCKER_HOST")
        << QByteArray("f") << no << QByteArray("unix:///x") << QByteArray("v") << QByteArray("c")
        << QByteArray("f");
}

void TestContextHosts::theContextInForceIsTheCliS()
{
    QFETCH(QByteArray, flag);
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, dockerHost);
    QFETCH(QByteArray, dockerContext);
    QFETCH(QByteArray, configured);
    QFETCH(QByteArray, context);
    HostFlags flags{.hosts = {}, .context = flag.toStdString()};
    if (!host.isEmpty()) {
        flags.hosts.push_back(host.toStdString());
    }
    const Variables variables = variablesFrom({{"DOCKER_HOST", dockerHost.toStdString()},
                                               {"DOCKER_CONTEXT", dockerContext.toStdString()}});
    QCOMPARE(selectContext(flags, variables, configured.toStdString())->context,
             context.toStdString());
}

void TestContextHosts::contradictionsAreRefused()
{
    const Variables none = variablesFrom({});
    QVERIFY(!selectContext({.hosts = {"unix:///x"}, .context = "c"}, none, ""));
    QVERIFY(!selectContext({.hosts = {"unix:///x", "unix:///y"}, .context = {}}, none, ""));
}

void TestContextHosts::theDefaultContextComesFromTheEnvironment()
{
    const auto plain = defaultEndpoint(variablesFrom({}), "/home/me/.docker");
    QCOMPARE(plain->context.host, "unix:///var/run/docker.sock"s);
    QVERIFY(!plain->usesTls);
    const auto verified = defaultEndpoint(
        variablesFrom({{"DOCKER_HOST", "h:2376"}, {"DOCKER_TLS_VERIFY", "1"}}), "/home/me/.docker");
    QCOMPARE(verified->context.host, "tcp://h:2376"s);
    QVERIFY(verified->usesTls && !verified->context.skipTlsVerify);
    QCOMPARE(verified->tlsFolder, "/home/me/.docker"s);
    const auto unverified = defaultEndpoint(
        variablesFrom({{"DOCKER_TLS", "1"}, {"DOCKER_CERT_PATH", "/certs"}}), "/home/me/.docker");
    QCOMPARE(unverified->context.host, "tcp://127.0.0.1:2376"s);
    QVERIFY(unverified->context.skipTlsVerify);
    QCOMPARE(unverified->tlsFolder, "/certs"s);
    QVERIFY(!defaultEndpoint(variablesFrom({{"DOCKER_HOST", "x y"}}), "/"));
    QCOMPARE(configFolder(variablesFrom({{"DOCKER_CONFIG", "/c"}}), "/home/me"), "/c"s);
    QCOMPARE(configFolder(variablesFrom({{"DOCKER_CONFIG", ""}}), "/home/me"), "/home/me/.docker"s);
}

} // namespace tst_context_hosts

ROADSTEAD_GUILESS_TEST(tst_context_hosts::TestContextHosts)
#include "tst_context_hosts.moc"
