// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/helper/live_machine.h"
#include "tests/support/made_certificate.h"

#include <QFile>
#include <QScopeGuard>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace roadstead::live;

namespace {

// On an address that is not loopback: to that dockerd is lenient whatever is set.
const QString plain = QStringLiteral("203.0.113.1:5080");
const QString encrypted = QStringLiteral("203.0.113.1:5443");

QByteArray certificate()
{
    return "certificate=" + encrypted.toLatin1() + "\n" + contents(u"/tmp/registry/ca.pem"_s);
}

/// What dockerd says when `user`'s engine pushes there; empty when that works.
QByteArray pushProblem(const QString &registry, const QString &uid = u"1001"_s)
{
    const Ended ended =
        shell(u"docker -H unix:///run/roadstead/%1/engine.sock tag box %2/box\n"
              "docker -H unix:///run/roadstead/%1/engine.sock push %2/box"_s.arg(uid, registry));
    return ended.status == 0 ? QByteArray() : ended.errors;
}

void importBox(const QString &uid)
{
    const Ended ended =
        shell(u"tar -C / -c bin/busybox |"
              " docker -H unix:///run/roadstead/%1/engine.sock import - box"_s.arg(uid));
    QVERIFY2(ended.status == 0, ended.errors.constData());
}

} // namespace

/// Setting options of one's engine: real bus, polkitd, PAM, engine and registries.
class TestHelperConfigure : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void cleanup();
    void withoutConsentNothingChanges_data();
    void withoutConsentNothingChanges();
    void thePromptSaysWhatChanges();
    void anInsecureRegistryWorksAndIsGoneAgain();
    void aRegistryOfAMadeAuthorityWorksAndIsGoneAgain();
    void optionsOfAnEngineThatDoesNotRunAreThereAtItsStart();
    void anotherUsersEngineIsNotConcerned();
    void hostileOptionsAreRefused_data();
    void hostileOptionsAreRefused();
    void theSameAgainIsNoHarm();

private:
    QProcess m_registries;
};

void TestHelperConfigure::initTestCase()
{
    QVERIFY(prepare());
    const Ended made = shell(
        u"ip link add harbour0 type veth peer name harbour1\n"
        "ip address add 203.0.113.1/24 dev harbour0\n"
        "ip link set harbour0 up; ip link set harbour1 up\n"
        "mkdir -p /tmp/registry; cd /tmp/registry\n"
        "new='openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -batch'\n"
        "$new -x509 -days 9 -subj /CN=harbour -keyout ca.key -out ca.pem\n"
        "$new -x509 -days 9 -subj /CN=registry -keyout key.pem -out cert.pem -CA ca.pem "
        "-CAkey ca.key -addext basicConstraints=critical,CA:FALSE "
        "-addext subjectAltName=IP:203.0.113.1\n"
        "for name in plain encrypted; do\n"
        "    printf 'version: 0.1\\nstorage: {filesystem: {rootdirectory: /tmp/registry/%s}}\\n' "
        "$name >$name.yml\n"
        "done\n"
        "echo 'http: {addr: \"203.0.113.1:5080\"}' >>plain.yml\n"
        "echo 'http: {addr: \"203.0.113.1:5443\", tls: {certificate: /tmp/registry/cert.pem, "
        "key: /tmp/registry/key.pem}}' >>encrypted.yml\n"_s);
    QVERIFY2(made.status == 0, made.errors.constData());
    m_registries.setStandardErrorFile(u"/tmp/registry/log"_s);
    m_registries.setStandardOutputFile(QProcess::nullDevice());
    m_registries.start(u"sh"_s,
                       {u"-c"_s, u"docker-registry serve /tmp/registry/plain.yml &\n"
                                 "exec docker-registry serve /tmp/registry/encrypted.yml"_s});
    QVERIFY(m_registries.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(
        shell(u"curl -sf http://%1/v2/ && curl -skf https://%2/v2/"_s.arg(plain, encrypted))
                .status == 0,
        30'000);
}

void TestHelperConfigure::cleanupTestCase()
{
    m_registries.kill();
    m_registries.waitForFinished();
    shell(u"pkill -x docker-registry || true"_s);
}

void TestHelperConfigure::cleanup()
{
    stopAndForget();
}

void TestHelperConfigure::withoutConsentNothingChanges_data()
{
    QTest::addColumn<QString>("rules");
    QTest::addColumn<QString>("answers");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QByteArray>("audit");
    QTest::newRow("wrong password")
        << u"ask"_s << u"wrong"_s << u"denied"_s << QByteArray("denied detail=denied");
    QTest::newRow("closed prompt")
        << u"ask"_s << u"cancel"_s << u"cancelled"_s << QByteArray("denied detail=dismissed");
    QTest::newRow("no agent") << u"ask"_s << u""_s << u"denied"_s
                              << QByteArray("denied detail=noagent");
    QTest::newRow("not at this machine")
        << u"none"_s << u"right"_s << u"denied"_s << QByteArray("denied detail=denied");
}

void TestHelperConfigure::withoutConsentNothingChanges()
{
    QFETCH(QString, rules);
    QFETCH(QString, answers);
    QFETCH(QString, outcome);
    QFETCH(QByteArray, audit);
    setConsent(u"yes"_s);
    QCOMPARE(field(ask(u"alice"_s, u"start"_s), "outcome"), u"done"_s);
    const QByteArray config = contents(u"/run/roadstead-engine/1001/daemon.json"_s);
    setConsent(rules);
    const QJsonObject result = configure(u"alice"_s, insecure(plain) + certificate(), answers);
    QCOMPARE(field(result, "outcome"), outcome);
    QCOMPARE(field(result, "state"), u"running"_s);
    QTRY_VERIFY2(syslog().contains("uid=1001 verb=engine.configure result=" + audit),
                 syslog().constData());
    QVERIFY(!QFile::exists(optionsFile()));
    QCOMPARE(contents(u"/run/roadstead-engine/1001/daemon.json"_s), config);
    QVERIFY(!QFile::exists(u"/run/roadstead-engine/1001/certs.d"_s));
}

void TestHelperConfigure::thePromptSaysWhatChanges()
{
    setConsent(u"ask"_s);
    Request request(u"alice"_s, u"configure"_s, u"cancel"_s, 0, insecure(plain));
    QCOMPARE(request.outcome(), u"cancelled"_s);
    QCOMPARE(request.questions().size(), 1);
    const QJsonObject question = request.questions().constFirst();
    QCOMPARE(field(question, "action"), u"org.roadstead.engine.configure"_s);
    const QString message = field(question, "message");
    QVERIFY2(message.contains(u"which registries it believes"_s), qPrintable(message));
    QVERIFY2(message.contains(u"the power of an administrator"_s), qPrintable(message));
}

void TestHelperConfigure::anInsecureRegistryWorksAndIsGoneAgain()
{
    setConsent(u"ask"_s);
    QCOMPARE(field(ask(u"alice"_s, u"start"_s, u"right"_s), "outcome"), u"done"_s);
    importBox(u"1001"_s);
    QVERIFY(pushProblem(plain).contains("HTTP response to HTTPS client"));
    const QJsonObject result = configure(u"alice"_s, insecure(plain), u"right"_s);
    QCOMPARE(field(result, "outcome"), u"done"_s);
    QCOMPARE(field(result, "state"), u"running"_s);
    QCOMPARE(pushProblem(plain), "");
    // Who, what, how it ended and how many; not which.
    QTRY_VERIFY2(syslog().contains("uid=1001 verb=engine.configure result=accepted "
                                   "detail=insecure-1.certificates-0"),
                 syslog().constData());
    QVERIFY(!syslog().contains("203.0.113.1"));
    QCOMPARE(field(configure(u"alice"_s, "", u"right"_s), "outcome"), u"done"_s);
    QVERIFY(pushProblem(plain).contains("HTTP response to HTTPS client"));
}

void TestHelperConfigure::aRegistryOfAMadeAuthorityWorksAndIsGoneAgain()
{
    setConsent(u"ask"_s);
    QCOMPARE(field(ask(u"alice"_s, u"start"_s, u"right"_s), "outcome"), u"done"_s);
    importBox(u"1001"_s);
    QVERIFY(pushProblem(encrypted).contains("unknown authority"));
    QCOMPARE(field(configure(u"alice"_s, certificate(), u"right"_s), "outcome"), u"done"_s);
    QCOMPARE(pushProblem(encrypted), "");
    struct stat status{};
    QCOMPARE(::stat(QFile::encodeName(optionsFile()).constData(), &status), 0);
    QCOMPARE(status.st_uid, 0U);
    QCOMPARE(status.st_mode & 07777, 0644U);
    QCOMPARE(field(configure(u"alice"_s, "", u"right"_s), "outcome"), u"done"_s);
    QVERIFY(pushProblem(encrypted).contains("unknown authority"));
    QCOMPARE(contents(optionsFile()), "");
}

void TestHelperConfigure::optionsOfAnEngineThatDoesNotRunAreThereAtItsStart()
{
    setConsent(u"yes"_s);
    const QJsonObject result = configure(u"alice"_s, insecure(plain) + certificate());
    QCOMPARE(field(result, "outcome"), u"done"_s);
    QCOMPARE(field(result, "state"), u"stopped"_s);
    QVERIFY(!hasEngine());
    QCOMPARE(field(ask(u"alice"_s, u"start"_s), "outcome"), u"done"_s);
    importBox(u"1001"_s);
    QCOMPARE(pushProblem(plain), "");
    QCOMPARE(pushProblem(encrypted), "");
}

void TestHelperConfigure::anotherUsersEngineIsNotConcerned()
{
    setConsent(u"yes"_s);
    for (const QString &user : {u"alice"_s, u"bob"_s}) {
        QCOMPARE(field(ask(user, u"start"_s), "outcome"), u"done"_s);
    }
    importBox(u"1002"_s);
    QCOMPARE(field(configure(u"alice"_s, insecure(plain) + certificate()), "outcome"), u"done"_s);
    QVERIFY(QFile::exists(optionsFile()));
    QVERIFY(!QFile::exists(optionsFile(1002)));
    QVERIFY(pushProblem(plain, u"1002"_s).contains("HTTP response"));
    QVERIFY(pushProblem(encrypted, u"1002"_s).contains("unknown authority"));
}

void TestHelperConfigure::hostileOptionsAreRefused_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"good", "options-empty", "options-runtimes", "options-hosts",
                             "options-quote", "options-path", "options-key", "options-file"}) {
        QTest::newRow(kind) << QString::fromLatin1(kind);
    }
}

void TestHelperConfigure::hostileOptionsAreRefused()
{
    QFETCH(QString, kind);
    setConsent(u"yes"_s);
    const QString action = u"org.roadstead.engine.configure"_s;
    QCOMPARE(field(configure(u"alice"_s, insecure(plain)), "outcome"), u"done"_s);
    const QByteArray answer = rawCall(u"alice"_s, action, kind);
    QVERIFY2(answer.startsWith("reply 0 refused"), answer.constData());
    QCOMPARE(contents(optionsFile()), insecure(plain));
    // The same way is open to what is right.
    QCOMPARE(rawCall(u"alice"_s, action, u"options-good"_s),
             "reply 0 accepted insecure-0.certificates-1");
}

void TestHelperConfigure::theSameAgainIsNoHarm()
{
    setConsent(u"yes"_s);
    QCOMPARE(field(ask(u"alice"_s, u"start"_s), "outcome"), u"done"_s);
    QCOMPARE(field(configure(u"alice"_s, certificate()), "outcome"), u"done"_s);
    const QByteArray dockerd = shell(u"pgrep -x dockerd"_s).output;
    struct stat before{};
    struct stat after{};
    ::stat(QFile::encodeName(optionsFile()).constData(), &before);
    QCOMPARE(field(configure(u"alice"_s, certificate()), "outcome"), u"done"_s);
    ::stat(QFile::encodeName(optionsFile()).constData(), &after);
    QCOMPARE(after.st_ino, before.st_ino);
    QCOMPARE(shell(u"pgrep -x dockerd"_s).output, dockerd);
}

int main(int argc, char **argv)
{
    TestHelperConfigure test;
    return liveMain(test, argc, argv);
}
#include "tst_helper_configure.moc"
