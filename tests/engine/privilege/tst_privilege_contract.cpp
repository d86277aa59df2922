// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/helper.h"
#include "app/helper/programs.h"
#include "engine/privilege/contract/actions.h"
#include "engine/privilege/contract/messages.h"
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
