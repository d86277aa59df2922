// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/dns_message.h"
#include "app/launcher/failure_cause.h"
#include "app/launcher/forward_rules.h"
#include "app/launcher/mounts.h"
#include "app/launcher/resolv_conf.h"
#include "app/launcher/state_file.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

#include <cerrno>

namespace tst_launcher_texts {

using namespace roadstead;
using namespace roadstead::launcher;

/// What the launcher reads and writes: name service messages, mount tables, logs, the state file.
class TestLauncherTexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ownNamesAreAnswered_data();
    void ownNamesAreAnswered();
    void hostileQueriesAreNotAnswered_data();
    void hostileQueriesAreNotAnswered();
    void everyCutOfAQueryIsHarmless();
    void namesAreAsLongAsTheyMayBeSent();
    void repliesMustHaveTheQuerysNumber();
    void aFailureRepeatsTheQuestion();
    void nameServersAreRead();
    void onlyAFolderMountedOntoItselfIsTakenForDockerds();
    void mountsBeneathAFolderComeLatestFirst();
    void whatMountsShareIsRead();
    void dockerdsLastWordsHaveACause_data();
    void dockerdsLastWordsHaveACause();
    void ourOwnFailuresHaveACause();
    void theStateFileHasNoRoomForTricks();
    void nftChainsThatDropForwardedPacketsAreFound_data();
    void nftChainsThatDropForwardedPacketsAreFound();
    void iptablesThatDropForwardedPacketsAreFound_data();
    void iptablesThatDropForwardedPacketsAreFound();
};

namespace {

const HostAddresses host{"172.31.255.1", "fd72:6f61:0:3e9::1"};

/// A query with one question; type 1 is A, 28 is AAAA.
Bytes query(const QByteArray &name, std::uint8_t type)
{
    Bytes message{0x12, 0x34, 0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, 0};
    for (const QByteArray &label : name.split('.')) {
        message.push_back(static_cast<std::uint8_t>(label.size()));
        for (const char letter : label) {
            message.push_back(static_cast<std::uint8_t>(letter));
        }
    }
    for (const std::uint8_t byte :
         {std::uint8_t{0}, std::uint8_t{0}, type, std::uint8_t{0}, std::uint8_t{1}}) {
        message.push_back(byte);
    }
    return message;
}

} // namespace

void TestLauncherTexts::ownNamesAreAnswered_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("type");
    QTest::addColumn<QByteArray>("address"); // empty: the name exists, an address of this type not
    const auto ipv4 = QByteArray::fromHex("ac1fff01");
    QTest::newRow("IPv4") << QByteArray("host.docker.internal") << 1 << ipv4;
    QTest::newRow("in capitals") << QByteArray("HOST.Docker.Internal") << 1 << ipv4;
    QTest::newRow("the other name") << QByteArray("gateway.docker.internal") << 1 << ipv4;
    QTest::newRow("IPv6") << QByteArray("host.docker.internal") << 28
                          << QByteArray::fromHex("fd726f61000003e90000000000000001");
    QTest::newRow("mail") << QByteArray("host.docker.internal") << 15 << QByteArray();
}

void TestLauncherTexts::ownNamesAreAnswered()
{
    QFETCH(const QByteArray, name);
    QFETCH(const int, type);
    QFETCH(const QByteArray, address);
    const Bytes asked = query(name, static_cast<std::uint8_t>(type));
    const auto reply = answerOwnName(asked, host);
    QVERIFY(reply);
    QVERIFY(isReplyTo(*reply, asked));
    QCOMPARE((*reply)[3] & 0x0f, 0); // no error
    QCOMPARE((*reply)[7], address.isEmpty() ? 0 : 1);
    const QByteArray bytes(reinterpret_cast<const char *>(reply->data()),
                           static_cast<qsizetype>(reply->size()));
    QVERIFY(bytes.endsWith(address));
    QCOMPARE(reply->size(),
             asked.size() +
                 (address.isEmpty() ? 0U : 12U + static_cast<std::size_t>(address.size())));
}

void TestLauncherTexts::hostileQueriesAreNotAnswered_data()
{
    QTest::addColumn<QByteArray>("hex");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a header alone") << QByteArray("123401000001000000000000");
    QTest::newRow("a pointer to itself") << QByteArray("123401000001000000000000c00c00010001");
    QTest::newRow("a label beyond the end") << QByteArray("1234010000010000000000003f61");
    QTest::newRow("two questions") << QByteArray("123401000002000000000000016100000100010161000001"
                                                 "0001");
    QTest::newRow("a reply") << QByteArray("12348100000100000000000001610000010001");
    QTest::newRow("no class") << QByteArray("123401000001000000000000016100000100");
}

void TestLauncherTexts::hostileQueriesAreNotAnswered()
{
    QFETCH(const QByteArray, hex);
    const QByteArray raw = QByteArray::fromHex(hex);
    const Bytes message(raw.begin(), raw.end());
    QVERIFY(!questionName(message));
    QVERIFY(!answerOwnName(message, host));
}

void TestLauncherTexts::everyCutOfAQueryIsHarmless()
{
    const Bytes whole = query("host.docker.internal", 1);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        QVERIFY(!answerOwnName(cut, host));
        QCOMPARE(serverFailure(cut).has_value(), size >= 12);
    }
}

void TestLauncherTexts::namesAreAsLongAsTheyMayBeSent()
{
    // 127 parts of one letter, each with its length, and the end are 255 bytes.
    const QByteArray longest = QByteArray("a.").repeated(126) + "a";
    QCOMPARE(longest.size(), 253);
    QCOMPARE(questionName(query(longest, 1)), std::optional(longest.toStdString()));
    QVERIFY(!questionName(query(longest + ".a", 1)));
    QVERIFY(!questionName(query(longest + "a", 1)));
}

void TestLauncherTexts::repliesMustHaveTheQuerysNumber()
{
    const Bytes asked = query("a.example", 1);
    Bytes reply = asked;
    QVERIFY(!isReplyTo(reply, asked)); // a query is no reply
    reply[2] |= 0x80;
    QVERIFY(isReplyTo(reply, asked));
    reply[1] ^= 1;
    QVERIFY(!isReplyTo(reply, asked));
}

void TestLauncherTexts::aFailureRepeatsTheQuestion()
{
    const Bytes asked = query("a.example", 1);
    const auto reply = serverFailure(asked);
    QVERIFY(reply);
    QVERIFY(isReplyTo(*reply, asked));
    QCOMPARE((*reply)[3] & 0x0f, 2);
    QCOMPARE(questionName(asked), std::optional<std::string>("a.example"));
    QCOMPARE(reply->size(), asked.size());
}

void TestLauncherTexts::nameServersAreRead()
{
    const std::vector<std::string> servers =
        parseNameServers("# by hand\nsearch example\nnameserver 127.0.0.53\n"
                         "nameserver\t::1\nnameserver fe80::1%eth0\nnameserver 192.0.2.1 # b\n"
                         "nameserverx 192.0.2.2\nnameserver localhost\noptions edns0\n");
    const std::vector<std::string> expected = {"127.0.0.53", "::1", "192.0.2.1"};
    QCOMPARE(servers, expected);
    const std::vector<std::string> loopback = {"127.0.0.53", "::1"};
    QCOMPARE(loopbackServers(servers), loopback);
}

void TestLauncherTexts::onlyAFolderMountedOntoItselfIsTakenForDockerds()
{
    const std::string root = "20 1 8:1 / / rw - ext4 /dev/sda1 rw\n";
    const std::string folder = "/var/lib/roadstead/1001";
    const auto check = [&](const std::string &line) {
        return isBoundOntoItself(parseMounts(root + line), folder);
    };
    QVERIFY(!check(""));
    QVERIFY(check(
        "30 20 8:1 /var/lib/roadstead/1001 /var/lib/roadstead/1001 rw shared:3 - ext4 x rw\n"));
    QVERIFY(check("29 20 0:9 / /var/lib/roadstead rw - tmpfs tmpfs rw\n"
                  "30 29 0:9 /1001 /var/lib/roadstead/1001 rw - tmpfs tmpfs rw\n"));
    // A disk of its own, a folder of another place, another disk's folder of the same name.
    QVERIFY(!check("30 20 8:2 / /var/lib/roadstead/1001 rw - ext4 /dev/sdb1 rw\n"));
    QVERIFY(!check("30 20 8:1 /data/engine /var/lib/roadstead/1001 rw - ext4 x rw\n"));
    QVERIFY(!check("30 20 8:2 /var/lib/roadstead/1001 /var/lib/roadstead/1001 rw - ext4 x rw\n"));
}

void TestLauncherTexts::mountsBeneathAFolderComeLatestFirst()
{
    const auto mounts =
        parseMounts("1 0 8:1 / /a rw - x x rw\n2 1 8:1 / /a/b rw - x x rw\n"
                    "3 2 8:1 / /a/b/c\\040d rw - x x rw\n4 1 8:1 / /ab rw - x x rw\n"
                    "cut off\n");
    const std::vector<std::string> expected = {"/a/b/c d", "/a/b"};
    QCOMPARE(mountsBeneath(mounts, "/a"), expected);
}

void TestLauncherTexts::whatMountsShareIsRead()
{
    const auto mounts = parseMounts("1 0 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
                                    "2 1 8:1 / /a rw shared:2 master:1 - ext4 x rw\n"
                                    "3 1 8:1 / /b rw master:1 - ext4 x rw\n"
                                    "4 1 8:1 / /c rw - ext4 shared:9 rw,shared:9\n");
    const auto told = [&](std::size_t i) {
        return std::pair(mounts.at(i).isShared, mounts.at(i).isSlave);
    };
    QCOMPARE(mounts.size(), std::size_t(4));
    QCOMPARE(told(0), std::pair(true, false));
    QCOMPARE(told(1), std::pair(true, true));
    QCOMPARE(told(2), std::pair(false, true));
    QCOMPARE(told(3), std::pair(false, false));
}

void TestLauncherTexts::dockerdsLastWordsHaveACause_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("cause");
    QTest::addColumn<QString>("subject");
    QTest::newRow("storage") << QByteArray(
                                    "failed to start daemon: error initializing graphdriver: "
                                    "driver not supported: overlay2")
                             << "data-root-unusable" << "";
    QTest::newRow("disk full before storage")
        << QByteArray("failed to start daemon: error initializing graphdriver: write "
                      "/x: no space left on device")
        << "disk-full" << "";
    QTest::newRow("pools") << QByteArray("failed to start daemon: Error initializing network "
                                         "controller: all predefined address pools have been fully "
                                         "subnetted")
                           << "address-pool-clash" << "";
    QTest::newRow("bridge") << QByteArray(
                                   "failed to start daemon: Error initializing network "
                                   "controller: error creating default \"bridge\" network: "
                                   "cannot create network 1 (docker0): conflicts with network "
                                   "2 (br-2): 172.30.0.0/18")
                            << "bridge-clash" << "172.30.0.0/18";
    QTest::newRow("cgroups") << QByteArray("failed to start daemon: Devices cgroup isn't mounted")
                             << "no-cgroups" << "";
    QTest::newRow("iptables") << QByteArray(
                                     "failed to start daemon: Error initializing network "
                                     "controller: error obtaining controller instance: failed "
                                     "to create NAT chain DOCKER: iptables failed")
                              << "no-iptables" << "";
    QTest::newRow("port") << QByteArray("failed to load listeners: listen tcp 0.0.0.0:2375: bind: "
                                        "address already in use")
                          << "port-taken" << "2375";
    QTest::newRow("port of its own") << QByteArray("failed to load listeners: failed to allocate "
                                                   "daemon listening port 2375 (err: Bind for "
                                                   "127.0.0.1:2375 failed: port is already "
                                                   "allocated)")
                                     << "port-taken" << "2375";
    QTest::newRow("a warning is no last word")
        << QByteArray("time=\"x\" level=warning msg=\"no space left on device\"") << "unknown"
        << "";
    QTest::newRow("something new")
        << QByteArray("failed to start daemon: the moon is full") << "unknown" << "";
}

void TestLauncherTexts::dockerdsLastWordsHaveACause()
{
    QFETCH(const QByteArray, line);
    const FailureCause cause =
        causeFromLog({"time=\"x\" level=info msg=\"Starting up\"", line.toStdString(), ""});
    QTEST(QString::fromStdString(cause.identifier), "cause");
    QTEST(QString::fromStdString(cause.subject), "subject");
}

void TestLauncherTexts::ourOwnFailuresHaveACause()
{
    QCOMPARE(causeFromError({ErrorKind::NotInstalled, 0, "containerd", {}}),
             (FailureCause{"dockerd-missing", "containerd"}));
    QCOMPARE(causeFromError({ErrorKind::NotInstalled, 0, "nft", {}}),
             (FailureCause{"no-iptables", "nft"}));
    QCOMPARE(causeFromError({ErrorKind::UnsupportedVersion, 0, "19.03", {}}),
             (FailureCause{"dockerd-too-old", "19.03"}));
    QCOMPARE(causeFromError({ErrorKind::Io, ENOSPC, "x", "launcher.folder"}),
             (FailureCause{"disk-full", {}}));
    QCOMPARE(
        causeFromError({ErrorKind::Io, EROFS, "/var/lib/roadstead: read-only", "launcher.folder"}),
        (FailureCause{"data-root-unusable", "/var/lib/roadstead"}));
    QVERIFY(mayPass({"unknown", {}}));
    QVERIFY(!mayPass({"disk-full", {}}));
}

void TestLauncherTexts::theStateFileHasNoRoomForTricks()
{
    EngineState state;
    state.phase = EngineState::Phase::Failed;
    state.since = 1700000000;
    state.restarts = 4;
    state.exit = "SIGKILL";
    state.cause = "crash-loop";
    state.subject = "a\nstate=running\x1b[2J" + std::string(100, 'x');
    const std::string text = state.serialize();
    QCOMPARE(text, "state=failed\nsince=1700000000\nrestarts=4\nexit=SIGKILL\ncause=crash-loop\n"
                   "subject=a_state_running__2J" +
                       std::string(45, 'x') + "\n");
}

namespace {

constexpr auto ownLink = "rs-1001";

/// "inet mine through, ..."
QString namesOf(const std::vector<ForwardDrop> &drops)
{
    QStringList names;
    for (const ForwardDrop &drop : drops) {
        names << QString::fromStdString(drop.family + " " + drop.table + " " + drop.chain);
    }
    return names.join(QStringLiteral(", "));
}

/// A table with one chain at the forward hook.
QByteArray table(const QByteArray &policy, const QByteArray &rules, const QByteArray &more = {})
{
    return "table inet mine {\n" + more +
           "\tchain through {\n\t\ttype filter hook forward priority filter; policy " + policy +
           ";\n" + rules + "\t}\n}\n";
}

} // namespace

void TestLauncherTexts::nftChainsThatDropForwardedPacketsAreFound_data()
{
    QTest::addColumn<QByteArray>("ruleset");
    QTest::addColumn<QString>("expected");
    const QString mine = QStringLiteral("inet mine through");
    QTest::newRow("no rules") << QByteArray() << QString();
    QTest::newRow("policy accept") << table("accept", "") << QString();
    QTest::newRow("policy drop") << table("drop", "") << mine;
    QTest::newRow("a rule that drops everything")
        << table("accept", "\t\tct state established accept\n\t\tdrop\n") << mine;
    QTest::newRow("one that counts and rejects")
        << table("accept", "\t\tcounter packets 3 bytes 252 reject with icmpx admin-prohibited\n")
        << mine;
    QTest::newRow("one that logs and drops")
        << table("accept", "\t\tlog prefix \"no: \" drop\n") << mine;
    QTest::newRow("a rule that drops something")
        << table("accept", "\t\tiifname \"eth0\" drop\n") << QString();
    QTest::newRow("an accept for us")
        << table("drop", "\t\tiifname \"rs-1001\" counter packets 0 bytes 0 accept\n") << QString();
    QTest::newRow("an accept for every engine")
        << table("drop", "\t\tiifname \"rs-*\" accept\n") << QString();
    QTest::newRow("an accept for us in another chain of the table")
        << table("drop", "\t\tjump allowed\n",
                 "\tchain allowed {\n\t\tiifname \"rs-1001\" accept\n\t}\n\n")
        << QString();
    QTest::newRow("an accept for another engine")
        << table("drop", "\t\tiifname \"rs-10010\" accept\n") << mine;
    QTest::newRow("an accept for us in another table")
        << QByteArray("table ip filter {\n\tchain DOCKER-USER {\n\t\tiifname \"rs-1001\" accept\n"
                      "\t}\n}\n" +
                      table("drop", ""))
        << mine;
    QTest::newRow("a table that is switched off")
        << table("drop", "", "\tflags dormant\n\n") << QString();
    QTest::newRow("what comes in, not through")
        << QByteArray("table inet mine {\n\tchain in {\n\t\ttype filter hook input priority "
                      "filter; policy drop;\n\t\tdrop\n\t}\n}\n")
        << QString();
    QTest::newRow("a set beside it")
        << table("drop", "", "\tset s {\n\t\ttype ifname\n\t\tflags interval\n\t}\n\n") << mine;
    QTest::newRow("a table of frames")
        << QByteArray("table bridge b {\n\tchain through {\n\t\ttype filter hook forward priority "
                      "0; policy drop;\n\t}\n}\n")
        << QString();
    QTest::newRow("policy and rule, two tables")
        << QByteArray(table("drop", "\t\tdrop\n") +
                      "table ip6 filter { # handle 4\n\tchain FORWARD {\n\t\ttype filter hook "
                      "forward priority filter; policy drop;\n\t}\n}\n")
        << mine + QStringLiteral(", ip6 filter FORWARD");
    QTest::newRow("cut off") << table("drop", "").first(60) << QString();
}

void TestLauncherTexts::nftChainsThatDropForwardedPacketsAreFound()
{
    QFETCH(QByteArray, ruleset);
    QTEST(namesOf(forwardDropsOfNft(std::string_view(ruleset), ownLink)), "expected");
}

void TestLauncherTexts::iptablesThatDropForwardedPacketsAreFound_data()
{
    QTest::addColumn<QByteArray>("rules");
    QTest::addColumn<QString>("expected");
    const QString name = QStringLiteral("ip filter FORWARD");
    QTest::newRow("nothing") << QByteArray() << QString();
    QTest::newRow("accepts") << QByteArray("-P INPUT DROP\n-P FORWARD ACCEPT\n") << QString();
    QTest::newRow("drops") << QByteArray("-P INPUT ACCEPT\n-P FORWARD DROP\n") << name;
    QTest::newRow("our accept")
        << QByteArray("-P FORWARD DROP\n-N DOCKER-USER\n-A DOCKER-USER -i rs-1001 -m comment "
                      "--comment \"roadstead 1001\" -j ACCEPT\n")
        << QString();
    QTest::newRow("one for every engine")
        << QByteArray("-P FORWARD DROP\n-A FORWARD -i rs-+ -j ACCEPT\n") << QString();
    QTest::newRow("one for another engine")
        << QByteArray("-P FORWARD DROP\n-A FORWARD -i rs-10010 -j ACCEPT\n") << name;
    QTest::newRow("only back to us")
        << QByteArray("-P FORWARD DROP\n-A FORWARD -o rs-1001 -j ACCEPT\n") << name;
}

void TestLauncherTexts::iptablesThatDropForwardedPacketsAreFound()
{
    QFETCH(QByteArray, rules);
    QTEST(namesOf(forwardDropsOfIptables(std::string_view(rules), "ip", ownLink)), "expected");
}

} // namespace tst_launcher_texts

ROADSTEAD_APPLESS_TEST(tst_launcher_texts::TestLauncherTexts)
#include "tst_launcher_texts.moc"
