// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/helper.h"
#include "app/helper/programs.h"
#include "engine/privilege/contract/actions.h"
#include "engine/privilege/contract/messages.h"
#include "engine/privilege/contract/options.h"
#include "tests/support/made_certificate.h"
#include "tests/support/test_program/test_program.h"

#include <QDataStream>
#include <QDir>
#include <QFile>
#include <QMetaMethod>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <QXmlStreamReader>

namespace tst_privilege_contract {

using namespace Qt::StringLiterals;
using namespace roadstead;
using namespace roadstead::privilege;
using test::madeCertificate;

namespace {

QString text(std::string_view view)
{
    return QString::fromLatin1(view.data(), qsizetype(view.size()));
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

struct PolicyEntry
{
    QString message;
    QString allowAny;
    QString allowInactive;
    QString allowActive;
};

/// The entries of a polkit policy file by action id.
QMap<QString, PolicyEntry> readPolicy(const QString &path)
{
    QMap<QString, PolicyEntry> entries;
    QXmlStreamReader xml(contents(path));
    QString id;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) {
            continue;
        }
        const QStringView name = xml.name();
        if (name == "action"_L1) {
            id = xml.attributes().value("id"_L1).toString();
            entries[id] = {};
        } else if (name == "message"_L1) {
            entries[id].message = xml.readElementText();
        } else if (name == "allow_any"_L1) {
            entries[id].allowAny = xml.readElementText();
        } else if (name == "allow_inactive"_L1) {
            entries[id].allowInactive = xml.readElementText();
        } else if (name == "allow_active"_L1) {
            entries[id].allowActive = xml.readElementText();
        }
    }
    return xml.hasError() ? QMap<QString, PolicyEntry>() : entries;
}

/// A PEM text of anything.
QByteArray inLines(const char *begin, const QByteArray &bytes, const char *end)
{
    QByteArray text = QByteArray(begin) + '\n';
    const QByteArray encoded = bytes.toBase64();
    for (qsizetype at = 0; at < encoded.size(); at += 64) {
        text += encoded.sliced(at, std::min<qsizetype>(64, encoded.size() - at)) + '\n';
    }
    return text + end + '\n';
}

/// Options with something of each kind.
EngineOptions someOptions()
{
    return {.insecureRegistries = {"a.example", "[::1]:5000"},
            .certificates = {{"b.example:443", *normalCertificates(madeCertificate)}}};
}

const QString helperSource = QStringLiteral(ROADSTEAD_SOURCE_DIR "/app/helper");
const QString helperBuild = QStringLiteral(ROADSTEAD_BUILD_DIR "/app/helper");

} // namespace

/// Walks the one list of administrator actions: everything that must go with an action goes with
/// it.
class TestPrivilegeContract : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyActionHasASlotThatKAuthFinds_data() { listActions(); }
    void everyActionHasASlotThatKAuthFinds();
    void theHelperHasNoOtherSlots();
    void everyActionHasAPolicyOfItsOwn_data() { listActions(); }
    void everyActionHasAPolicyOfItsOwn();
    void thePolicyHasNoOtherActionsAndNoYes();
    void everyPromptIsDifferent();
    void everyVerbHasItsTimeForTypingAPassword_data() { listActions(); }
    void everyVerbHasItsTimeForTypingAPassword();
    void messagesSurviveTheWay();
    void requestsThatDoNotFitAreRefused_data();
    void requestsThatDoNotFitAreRefused();
    void optionsComeWithTheirVerbAlone_data() { listActions(); }
    void optionsComeWithTheirVerbAlone();
    void ofDockerdsKeysOnlyAllowedOnesArrive_data();
    void ofDockerdsKeysOnlyAllowedOnesArrive();
    void optionsThatDoNotFitAreRefused_data();
    void optionsThatDoNotFitAreRefused();
    void certificatesAreReadAsCertificates();
    void repliesThatDoNotFitAreRefused_data();
    void repliesThatDoNotFitAreRefused();
    void progressThatDoesNotFitIsRefused_data();
    void progressThatDoesNotFitIsRefused();
    void wordsForLogsArePlain_data();
    void wordsForLogsArePlain();
    void noncesAreNeverTheSame();
    void theBusLetsOnlyRootOwnTheNames();
    void theBusLetsOnlyOneMethodThrough();
    void theBusStartsTheSandboxedUnitWhereSystemdRuns();
    void theUnitIsSandboxed();
    void theHelperIsShortEnoughToRead();
    void noSwitchCanTurnTheCheckOff();
    void theHelperLinksNoWindowsAndNoNetwork();

private:
    void listActions();
};

void TestPrivilegeContract::listActions()
{
    QTest::addColumn<int>("index");
    for (std::size_t index = 0; index < actions.size(); ++index) {
        QTest::newRow(actions.at(index).operation.data()) << int(index);
    }
}

void TestPrivilegeContract::everyActionHasASlotThatKAuthFinds()
{
    QFETCH(int, index);
    const Action &listed = actions.at(std::size_t(index));
    // As KAuth does it: the id without the helper's, dots made underscores.
    QString slot = text(listed.id);
    QVERIFY(slot.startsWith(text(helperId) + u'.'));
    slot = slot.sliced(qsizetype(helperId.size()) + 1).replace(u'.', u'_');
    QCOMPARE(slot, text(listed.slot));
    const QMetaObject &meta = helper::Helper::staticMetaObject;
    const QByteArray signature = slot.toLatin1() + "(QVariantMap)";
    const int found = meta.indexOfMethod(signature.constData());
    QVERIFY2(found >= 0, signature.constData());
    QCOMPARE(QByteArray(meta.method(found).typeName()), "KAuth::ActionReply");
    QCOMPARE(&action(listed.verb), &listed);
}

void TestPrivilegeContract::theHelperHasNoOtherSlots()
{
    const QMetaObject &meta = helper::Helper::staticMetaObject;
    QCOMPARE(meta.methodCount() - meta.methodOffset(), int(actions.size()));
}

void TestPrivilegeContract::everyActionHasAPolicyOfItsOwn()
{
    QFETCH(int, index);
    const Action &listed = actions.at(std::size_t(index));
    const auto entries = readPolicy(helperBuild + u"/org.roadstead.engine.policy"_s);
    QVERIFY(entries.contains(text(listed.id)));
    const PolicyEntry entry = entries.value(text(listed.id));
    QCOMPARE(entry.allowAny, u"no"_s);
    QCOMPARE(entry.allowInactive, u"no"_s);
    QCOMPARE(entry.allowActive,
             listed.consent == Consent::AdministratorKept ? u"auth_admin_keep"_s : u"auth_admin"_s);
    QVERIFY2(entry.message.contains(QString::fromLatin1(helper::launcherPath)),
             qPrintable(entry.message));
    QVERIFY2(entry.message.contains(u"the power of an administrator"_s), qPrintable(entry.message));
}

void TestPrivilegeContract::thePolicyHasNoOtherActionsAndNoYes()
{
    const QString path = helperBuild + u"/org.roadstead.engine.policy"_s;
    QCOMPARE(readPolicy(path).size(), qsizetype(actions.size()));
    QVERIFY(!contents(path).contains(">yes<"));
}

void TestPrivilegeContract::everyPromptIsDifferent()
{
    QSet<QString> messages;
    const auto entries = readPolicy(helperBuild + u"/org.roadstead.engine.policy"_s);
    for (const PolicyEntry &entry : entries) {
        messages.insert(entry.message);
    }
    QCOMPARE(messages.size(), qsizetype(actions.size()));
}

void TestPrivilegeContract::everyVerbHasItsTimeForTypingAPassword()
{
    QFETCH(int, index);
    // Longer than the helper waits for polkit, or the client would give up on a living helper.
    QVERIFY(actions.at(std::size_t(index)).timeLimit > consentLimit);
}

void TestPrivilegeContract::messagesSurviveTheWay()
{
    const auto sent = [](const QVariantMap &map) {
        QByteArray bytes; // as KAuth sends it
        QDataStream out(&bytes, QIODevice::WriteOnly);
        out << map;
        QDataStream in(bytes);
        QVariantMap arrived;
        in >> arrived;
        return arrived;
    };
    const Request request{newNonce(), contractVersion};
    QCOMPARE(decodeRequest(sent(encode(request))).value(), request);
    const Request withOptions{newNonce(), contractVersion, someOptions()};
    QCOMPARE(decodeRequest(sent(encode(withOptions)), true).value(), withOptions);
    const Request withNone{newNonce(), contractVersion, EngineOptions{}};
    QCOMPARE(decodeRequest(sent(encode(withNone)), true).value(), withNone);
    for (int outcome = 0; outcome <= int(Outcome::Failed); ++outcome) {
        const Reply reply{newNonce(), Outcome(outcome), outcome % 2 == 0 ? u"EACCES"_s : u""_s};
        QCOMPARE(decodeReply(sent(encode(reply))).value(), reply);
        QVERIFY(isPlainWord(QString::fromLatin1(word(reply.outcome))));
    }
    for (int stage = 0; stage <= int(Stage::TooOften); ++stage) {
        const Progress progress{Stage(stage), 4'000'000'000U};
        QCOMPARE(decodeProgress(sent(encode(progress))).value(), progress);
        QVERIFY(isPlainWord(QString::fromLatin1(word(progress.stage))));
    }
}

void TestPrivilegeContract::requestsThatDoNotFitAreRefused_data()
{
    const QVariantMap good = encode(Request{u"abc"_s, 1});
    const auto with = [&](const QString &key, const QVariant &value) {
        QVariantMap map = good;
        map[key] = value;
        return map;
    };
    QTest::addColumn<QVariantMap>("map");
    QTest::newRow("empty") << QVariantMap();
    QTest::newRow("missing nonce") << QVariantMap{{u"version"_s, 1}};
    QTest::newRow("missing version") << QVariantMap{{u"nonce"_s, u"abc"_s}};
    QTest::newRow("unknown key") << with(u"uid"_s, 0);
    QTest::newRow("unknown key instead") << QVariantMap{{u"nonce"_s, u"a"_s}, {u"path"_s, u"/"_s}};
    QTest::newRow("empty nonce") << with(u"nonce"_s, u""_s);
    QTest::newRow("oversized nonce") << with(u"nonce"_s, QString(65, u'a'));
    QTest::newRow("huge nonce") << with(u"nonce"_s, QString(10'000'000, u'a'));
    QTest::newRow("nonce with a slash") << with(u"nonce"_s, u"../x"_s);
    QTest::newRow("nonce with a line break") << with(u"nonce"_s, u"a\nb"_s);
    QTest::newRow("nonce with a letter of another script") << with(u"nonce"_s, u"\u0430"_s);
    QTest::newRow("nonce as bytes") << with(u"nonce"_s, QByteArray("abc"));
    QTest::newRow("nonce as number") << with(u"nonce"_s, 7);
    QTest::newRow("nonce as list") << with(u"nonce"_s, QVariantList{u"abc"_s});
    QTest::newRow("version as text") << with(u"version"_s, u"1"_s);
    QTest::newRow("version as 64 bits") << with(u"version"_s, qint64(1));
    QTest::newRow("version as bool") << with(u"version"_s, true);
    QTest::newRow("version as double") << with(u"version"_s, 1.0);
    QTest::newRow("negative version") << with(u"version"_s, -1);
    QTest::newRow("huge version") << with(u"version"_s, 2'000'000);
    QTest::newRow("invalid version") << with(u"version"_s, QVariant());
}

void TestPrivilegeContract::requestsThatDoNotFitAreRefused()
{
    QFETCH(QVariantMap, map);
    const Result<Request> request = decodeRequest(map);
    QVERIFY(!request);
    QCOMPARE(request.error().kind, ErrorKind::InvalidArgument);
}

void TestPrivilegeContract::optionsComeWithTheirVerbAlone()
{
    QFETCH(int, index);
    const Action &listed = actions.at(std::size_t(index));
    const QVariantMap without = encode(Request{u"abc"_s, 1});
    const QVariantMap with = encode(Request{u"abc"_s, 1, someOptions()});
    QCOMPARE(listed.carriesOptions, listed.verb == Verb::EngineConfigure);
    QCOMPARE(decodeRequest(without, listed.carriesOptions).has_value(), !listed.carriesOptions);
    QCOMPARE(decodeRequest(with, listed.carriesOptions).has_value(), listed.carriesOptions);
}

void TestPrivilegeContract::ofDockerdsKeysOnlyAllowedOnesArrive_data()
{
    // Every key that dockerd takes in its configuration file, of 20.10 to 28.5. An allowed one that
    // is added to the contract fails here until it is named.
    QTest::addColumn<QString>("key");
    for (const char *key : {"add-runtime",
                            "allow-direct-routing",
                            "allow-nondistributable-artifacts",
                            "api-cors-header",
                            "authorization-plugins",
                            "bip",
                            "bip6",
                            "bridge",
                            "bridge-accept-fwmark",
                            "builder",
                            "cdi-spec-dirs",
                            "cgroup-parent",
                            "cluster-advertise",
                            "cluster-store",
                            "cluster-store-opts",
                            "config-file",
                            "containerd",
                            "containerd-namespace",
                            "containerd-plugin-namespace",
                            "containerd-plugins-namespace",
                            "cpu-rt-period",
                            "cpu-rt-runtime",
                            "cri-containerd",
                            "data-root",
                            "debug",
                            "default-address-pools",
                            "default-cgroupns-mode",
                            "default-gateway",
                            "default-gateway-v6",
                            "default-ipc-mode",
                            "default-network-opts",
                            "default-runtime",
                            "default-shm-size",
                            "default-ulimits",
                            "deprecated-key-path",
                            "dns",
                            "dns-opts",
                            "dns-search",
                            "exec-opts",
                            "exec-root",
                            "experimental",
                            "features",
                            "firewall-backend",
                            "fixed-cidr",
                            "fixed-cidr-v6",
                            "graph",
                            "group",
                            "host-gateway-ip",
                            "host-gateway-ips",
                            "hosts",
                            "http-proxy",
                            "https-proxy",
                            "icc",
                            "init",
                            "init-path",
                            "insecure-registries",
                            "ip",
                            "ip-forward",
                            "ip-forward-no-drop",
                            "ip-masq",
                            "ip6tables",
                            "iptables",
                            "ipv6",
                            "labels",
                            "live-restore",
                            "log-driver",
                            "log-format",
                            "log-level",
                            "log-opts",
                            "max-concurrent-downloads",
                            "max-concurrent-uploads",
                            "max-download-attempts",
                            "metrics-addr",
                            "min-api-version",
                            "mtu",
                            "network-control-plane-mtu",
                            "network-diagnostic-port",
                            "no-new-privileges",
                            "no-proxy",
                            "node-generic-resources",
                            "oom-score-adjust",
                            "pidfile",
                            "proxies",
                            "raw-logs",
                            "registry-mirrors",
                            "rootless",
                            "runtimes",
                            "seccomp-profile",
                            "selinux-enabled",
                            "shutdown-timeout",
                            "storage-driver",
                            "storage-opts",
                            "swarm-default-advertise-addr",
                            "tls",
                            "tlscacert",
                            "tlscert",
                            "tlskey",
                            "tlsverify",
                            "userland-proxy",
                            "userland-proxy-path",
                            "userns-remap",
                            "validate"}) {
        QTest::newRow(key) << QString::fromLatin1(key);
    }
}

void TestPrivilegeContract::ofDockerdsKeysOnlyAllowedOnesArrive()
{
    QFETCH(QString, key);
    const bool isAllowed = key == "insecure-registries"_L1;
    // Beside what is right, and in place of it; with every type that such a key may have.
    const QVariantMap good = encodeOptions(EngineOptions{});
    for (const QVariant &value :
         {QVariant(QStringList{u"a.example"_s}), QVariant(u"a.example"_s), QVariant(true),
          QVariant(5), QVariant(QVariantMap{{u"a"_s, u"/bin/sh"_s}}),
          QVariant(QVariantList{u"a"_s})}) {
        QVariantMap beside = good;
        beside[key] = value;
        QVariantMap instead = good;
        instead.remove(instead.firstKey());
        instead[key] = value;
        const bool fits = isAllowed && value.metaType() == QMetaType::fromType<QStringList>();
        QCOMPARE(decodeOptions(beside).has_value(), fits);
        QVERIFY(!decodeOptions(instead));
        QVariantMap request = encode(Request{u"abc"_s, contractVersion, EngineOptions{}});
        request[key] = value; // not among the options at all
        QVERIFY(!decodeRequest(request, true));
    }
}

void TestPrivilegeContract::optionsThatDoNotFitAreRefused_data()
{
    QTest::addColumn<QVariantMap>("map");
    const QVariantMap good = encodeOptions(someOptions());
    const auto with = [&](const QString &key, const QVariant &value) {
        QVariantMap map = good;
        map[key] = value;
        return map;
    };
    const auto registry = [&](const QString &name) {
        return with(u"insecure-registries"_s, QStringList{name});
    };
    const auto certificate = [&](const QByteArray &pem) {
        return with(u"certificates"_s, QVariantMap{{u"a.example"_s, pem}});
    };
    QTest::newRow("empty") << QVariantMap();
    QTest::newRow("one is missing") << QVariantMap{{u"insecure-registries"_s, QStringList()}};
    QTest::newRow("registries as a list of values")
        << with(u"insecure-registries"_s, QVariantList{u"a"_s});
    QTest::newRow("registries as text") << with(u"insecure-registries"_s, u"a"_s);
    QTest::newRow("a path") << registry(u"/etc"_s);
    QTest::newRow("a range") << registry(u"0.0.0.0/0"_s);
    QTest::newRow("everything") << registry(u"*"_s);
    QTest::newRow("an address") << registry(u"http://a.example"_s);
    QTest::newRow("a quote") << registry(u"a\",\"b"_s);
    QTest::newRow("a line break") << registry(u"a\ninsecure-registry=b"_s);
    QTest::newRow("a letter of another script") << registry(u"\u0430.example"_s);
    QTest::newRow("nothing in it") << registry(u""_s);
    QStringList many;
    for (int i = 0; i < 65; ++i) {
        many.append(u"r%1"_s.arg(i));
    }
    QTest::newRow("too many") << with(u"insecure-registries"_s, many);
    QTest::newRow("a list that is huge")
        << with(u"insecure-registries"_s, QStringList(100'000, u"a"_s));
    QTest::newRow("certificates as text") << with(u"certificates"_s, u"a"_s);
    QTest::newRow("a certificate as text") << with(
        u"certificates"_s, QVariantMap{{u"a.example"_s, QString::fromLatin1(madeCertificate)}});
    QTest::newRow("a hostile registry of one")
        << with(u"certificates"_s, QVariantMap{{u"../a"_s, QByteArray(madeCertificate)}});
    QTest::newRow("a path to one") << certificate("/etc/ssl/ca.pem");
    QTest::newRow("no certificate") << certificate("");
    QTest::newRow("base64 of something else")
        << certificate("-----BEGIN CERTIFICATE-----\nTUlJ\n-----END CERTIFICATE-----\n");
    QTest::newRow("a key behind it")
        << certificate(QByteArray(madeCertificate) +
                       "-----BEGIN PRIVATE KEY-----\nTUlJ\n-----END PRIVATE KEY-----\n");
    QTest::newRow("a certificate cut short") << certificate(
        QByteArray(madeCertificate).replace("ODEVMBMGA1UECgwMSGFyYm91ciBMYWJzMR8wHQYDVQQD", ""));
    QTest::newRow("more behind it in its block") << certificate(
        inLines("-----BEGIN CERTIFICATE-----",
                QByteArray::fromStdString(certificatesIn(madeCertificate)->front() + "more"),
                "-----END CERTIFICATE-----"));
    QTest::newRow("too long") << certificate(QByteArray(madeCertificate).repeated(40));
    QTest::newRow("huge") << certificate(QByteArray(10'000'000, 'A'));
    QVariantMap crowd;
    for (int i = 0; i < 10; ++i) {
        crowd[u"r%1"_s.arg(i)] = QByteArray(madeCertificate).repeated(20);
    }
    QTest::newRow("too long together") << with(u"certificates"_s, crowd);
}

void TestPrivilegeContract::optionsThatDoNotFitAreRefused()
{
    QFETCH(QVariantMap, map);
    QVERIFY(decodeOptions(encodeOptions(someOptions())));
    const auto options = decodeOptions(map);
    QVERIFY(!options);
    QCOMPARE(options.error().kind, ErrorKind::InvalidArgument);
    QVERIFY(isPlainWord(QString::fromStdString(options.error().detail)));
}

void TestPrivilegeContract::certificatesAreReadAsCertificates()
{
    QVERIFY(areCertificates(madeCertificate));
    QVERIFY(areCertificates(std::string(madeCertificate) + madeCertificate));
    // The same with other line lengths and line ends is the same.
    QByteArray other(madeCertificate);
    other.replace("\n", "\r\n");
    const QVariantMap map{{u"insecure-registries"_s, QStringList()},
                          {u"certificates"_s, QVariantMap{{u"a.example"_s, other}}}};
    QCOMPARE(decodeOptions(map).value().certificates.at("a.example"),
             *normalCertificates(madeCertificate));
}

void TestPrivilegeContract::repliesThatDoNotFitAreRefused_data()
{
    const QVariantMap good = encode(Reply{u"abc"_s, Outcome::Failed, u"EACCES"_s});
    const auto with = [&](const QString &key, const QVariant &value) {
        QVariantMap map = good;
        map[key] = value;
        return map;
    };
    QTest::addColumn<QVariantMap>("map");
    QTest::newRow("empty") << QVariantMap();
    QTest::newRow("unknown key") << with(u"log"_s, u"x"_s);
    QTest::newRow("unknown outcome") << with(u"outcome"_s, int(Outcome::Failed) + 1);
    QTest::newRow("negative outcome") << with(u"outcome"_s, -1);
    QTest::newRow("outcome as text") << with(u"outcome"_s, u"accepted"_s);
    QTest::newRow("detail with markup") << with(u"detail"_s, u"<b>x</b>"_s);
    QTest::newRow("oversized detail") << with(u"detail"_s, QString(65, u'x'));
    QTest::newRow("detail as number") << with(u"detail"_s, 13);
    QTest::newRow("nonce with a space") << with(u"nonce"_s, u"a b"_s);
}

void TestPrivilegeContract::repliesThatDoNotFitAreRefused()
{
    QFETCH(QVariantMap, map);
    QVERIFY(!decodeReply(map));
}

void TestPrivilegeContract::progressThatDoesNotFitIsRefused_data()
{
    QTest::addColumn<QVariantMap>("map");
    QTest::newRow("empty") << QVariantMap();
    QTest::newRow("unknown stage") << QVariantMap{{u"stage"_s, 99}, {u"uid"_s, 1U}};
    QTest::newRow("signed user") << QVariantMap{{u"stage"_s, 0}, {u"uid"_s, 1}};
    QTest::newRow("unknown key") << QVariantMap{{u"stage"_s, 0}, {u"uid"_s, 1U}, {u"percent"_s, 5}};
}

void TestPrivilegeContract::progressThatDoesNotFitIsRefused()
{
    QFETCH(QVariantMap, map);
    QVERIFY(!decodeProgress(map));
}

void TestPrivilegeContract::wordsForLogsArePlain_data()
{
    QTest::addColumn<QString>("raw");
    QTest::addColumn<QString>("plain");
    QTest::newRow("plain already") << u"org.roadstead:Error_1-a"_s << u"org.roadstead:Error_1-a"_s;
    QTest::newRow("line break") << u"a\nuid=0"_s << u"a-uid-0"_s;
    QTest::newRow("escape") << u"\x1b[31m"_s << u"--31m"_s;
    QTest::newRow("bidi override") << u"\u202ex"_s << u"-x"_s;
    QTest::newRow("too long") << QString(100, u'y') << QString(64, u'y');
    QTest::newRow("nothing") << u""_s << u"-"_s;
}

void TestPrivilegeContract::wordsForLogsArePlain()
{
    QFETCH(QString, raw);
    QFETCH(QString, plain);
    QCOMPARE(plainWord(raw), plain);
    QVERIFY(isPlainWord(plainWord(raw)));
}

void TestPrivilegeContract::noncesAreNeverTheSame()
{
    QSet<QString> nonces;
    for (int i = 0; i < 1000; ++i) {
        const QString nonce = newNonce();
        QVERIFY(isPlainWord(nonce));
        QCOMPARE(nonce.size(), 32);
        nonces.insert(nonce);
    }
    QCOMPARE(nonces.size(), 1000);
}

void TestPrivilegeContract::theBusLetsOnlyRootOwnTheNames()
{
    QXmlStreamReader xml(contents(helperSource + u"/org.roadstead.engine.conf"_s));
    QString policy;
    QSet<QString> owned;
    QSet<QString> denied;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) {
            continue;
        }
        const auto attributes = xml.attributes();
        if (xml.name() == "policy"_L1) {
            policy = attributes.value("user"_L1).toString();
        } else if (attributes.hasAttribute("own"_L1)) {
            const bool allows = xml.name() == "allow"_L1;
            QVERIFY(!allows || policy == "root"_L1);
            (allows ? owned : denied).insert(attributes.value("own"_L1).toString());
        }
    }
    QVERIFY(!xml.hasError());
    const QSet<QString> names{text(helperId), text(busyName)};
    QCOMPARE(owned, names);
    QCOMPARE(denied, names);
}

void TestPrivilegeContract::theBusLetsOnlyOneMethodThrough()
{
    QXmlStreamReader xml(contents(helperSource + u"/org.roadstead.engine.conf"_s));
    int allowed = 0;
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == "allow"_L1 &&
            xml.attributes().hasAttribute("send_destination"_L1)) {
            ++allowed;
            QCOMPARE(xml.attributes().value("send_destination"_L1), text(helperId));
            QCOMPARE(xml.attributes().value("send_interface"_L1), "org.kde.kf6auth"_L1);
            QCOMPARE(xml.attributes().value("send_member"_L1), "performAction"_L1);
        }
    }
    QCOMPARE(allowed, 1);
}

void TestPrivilegeContract::theBusStartsTheSandboxedUnitWhereSystemdRuns()
{
    const QByteArray service = contents(helperBuild + u"/org.roadstead.engine.service"_s);
    const QByteArray unit = contents(helperBuild + u"/roadstead-helper.service"_s);
    QVERIFY(service.contains("\nName=org.roadstead.engine\n"));
    QVERIFY(service.contains("\nUser=root\n"));
    QVERIFY(service.contains("\nSystemdService=roadstead-helper.service\n"));
    QVERIFY(unit.contains("\nBusName=org.roadstead.engine\n"));
    static const QRegularExpression program(u"\nExec(?:Start)?=(\\S+)\n"_s);
    const auto inService = program.match(QString::fromUtf8(service)).captured(1);
    QVERIFY(inService.endsWith(u"/roadstead-helper"_s));
    QCOMPARE(program.match(QString::fromUtf8(unit)).captured(1), inService);
}

void TestPrivilegeContract::theUnitIsSandboxed()
{
    QProcess analyze;
    analyze.start(u"systemd-analyze"_s, {u"security"_s, u"--offline=true"_s, u"--threshold=20"_s,
                                         helperBuild + u"/roadstead-helper.service"_s});
    QVERIFY2(analyze.waitForFinished(), "systemd-analyze is part of the test dependencies");
    QVERIFY2(analyze.exitCode() == 0, analyze.readAllStandardOutput().right(200).constData());
}

void TestPrivilegeContract::theHelperIsShortEnoughToRead()
{
    qsizetype lines = 0;
    const QDir folder(helperSource);
    const auto names = folder.entryList({u"*.cpp"_s, u"*.h"_s});
    QVERIFY(!names.isEmpty());
    for (const QString &name : names) {
        lines += contents(folder.filePath(name)).count('\n');
    }
    QVERIFY2(lines < 1000, qPrintable(QString::number(lines)));
}

void TestPrivilegeContract::noSwitchCanTurnTheCheckOff()
{
    const QDir folder(helperSource);
    const auto names = folder.entryList({u"*.cpp"_s, u"*.h"_s});
    static const QRegularExpression switches(
        u"getenv|qEnvironmentVariable|qgetenv|QProcessEnvironment|#\\s*if|QCommandLineParser|argv\\["_s);
    for (const QString &name : names) {
        const auto match = switches.match(QString::fromUtf8(contents(folder.filePath(name))));
        QVERIFY2(!match.hasMatch(), qPrintable(name + u": "_s + match.captured()));
    }
}

void TestPrivilegeContract::theHelperLinksNoWindowsAndNoNetwork()
{
    QProcess ldd;
    ldd.start(u"ldd"_s, {helperBuild + u"/roadstead-helper"_s});
    QVERIFY(ldd.waitForFinished());
    const QByteArray libraries = ldd.readAllStandardOutput();
    QVERIFY(libraries.contains("libKF6AuthCore"));
    for (const char *forbidden : {"Qt6Gui", "Qt6Widgets", "Qt6Network", "libcurl"}) {
        QVERIFY2(!libraries.contains(forbidden), forbidden);
    }
}

} // namespace tst_privilege_contract

ROADSTEAD_GUILESS_TEST(tst_privilege_contract::TestPrivilegeContract)
#include "tst_privilege_contract.moc"
