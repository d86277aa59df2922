// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/engine_host.h"
#include "app/helper/programs.h"
#include "app/helper/rate_limit.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

namespace tst_helper_parts {

using namespace Qt::StringLiterals;
using namespace roadstead::helper;
using roadstead::privilege::Outcome;
using std::chrono::seconds;

namespace {

/// A host that counts what it is told.
class StubHost : public EngineHost
{
public:
    HostAnswer start(uid_t uid) override { return note(u"start"_s, uid); }
    HostAnswer stop(uid_t uid) override { return note(u"stop"_s, uid); }
    HostAnswer restart(uid_t uid) override { return note(u"restart"_s, uid); }
    QStringList told;

private:
    HostAnswer note(const QString &verb, uid_t uid)
    {
        told.append(u"%1 %2"_s.arg(verb).arg(uid));
        return {Outcome::Accepted, {}};
    }
};

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString script(const QTemporaryDir &folder, const QByteArray &text, mode_t mode)
{
    const QString path = folder.filePath(u"program"_s);
    QFile file(path);
    if (file.open(QIODevice::WriteOnly)) {
        file.write(text);
    }
    file.close();
    ::chmod(QFile::encodeName(path).constData(), mode);
    return path;
}

} // namespace

/// The parts of the helper that need no bus. Runs as whoever builds.
class TestHelperParts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tenCallsAMinuteForEachUser();
    void theCountOutlivesTheHelper();
    void aBrokenCountIsEmptyAndAnUnwritableOneRefuses();
    void verbsTellTheHostTheirUser();
    void programsAreOnlyTrustedWhenRootAloneCanChangeThem();
    void aDetachedProgramHasNothingOfOurs();
    void aProgramThatCannotBeExecutedIsReported();
    void aProgramIsRunToItsEndWithWhatItIsGiven();
    void theEnvironmentIsRebuilt();
};

void TestHelperParts::tenCallsAMinuteForEachUser()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"calls"_s);
    for (int call = 0; call < callsPerMinute; ++call) {
        QVERIFY(admitCall(path, 1001, seconds(1000 + call)));
    }
    QVERIFY(!admitCall(path, 1001, seconds(1010)));
    QVERIFY(admitCall(path, 1002, seconds(1010)));
    QVERIFY(!admitCall(path, 1001, seconds(1059)));
    QVERIFY(admitCall(path, 1001, seconds(1060))); // the first has aged out
    QVERIFY(!admitCall(path, 1001, seconds(1060)));
}

void TestHelperParts::theCountOutlivesTheHelper()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"calls"_s);
    QVERIFY(admitCall(path, 1001, seconds(5)));
    QCOMPARE(contents(path), "1001 5\n");
    QVERIFY(admitCall(path, 1001, seconds(100)));
    QCOMPARE(contents(path), "1001 100\n");
}

void TestHelperParts::aBrokenCountIsEmptyAndAnUnwritableOneRefuses()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"calls"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("garbage\n\n1001 x y\n1001 999999999\n" + QByteArray(100'000, 'z'));
    file.close();
    QVERIFY(admitCall(path, 1001, seconds(10)));
    QCOMPARE(contents(path), "1001 10\n");
    QVERIFY(!admitCall(folder.filePath(u"none/calls"_s), 1001, seconds(10)));
}

void TestHelperParts::verbsTellTheHostTheirUser()
{
    StubHost host;
    QCOMPARE(stopEngine(host, 1001, {}).outcome, Outcome::Accepted);
    QCOMPARE(host.told, QStringList{u"stop 1001"_s});
    host.told.clear();
    const bool isHere = dockerdIsHere();
    QCOMPARE(startEngine(host, 7, {}).outcome, isHere ? Outcome::Accepted : Outcome::NoDockerd);
    QCOMPARE(restartEngine(host, 7, {}).outcome, isHere ? Outcome::Accepted : Outcome::NoDockerd);
    QCOMPARE(host.told, isHere ? QStringList({u"start 7"_s, u"restart 7"_s}) : QStringList());
}

void TestHelperParts::programsAreOnlyTrustedWhenRootAloneCanChangeThem()
{
    const QTemporaryDir folder;
    const auto trusted = [&](mode_t mode) {
        return isTrustedProgram(QFile::encodeName(script(folder, "#!/bin/sh\n", mode)).constData());
    };
    QCOMPARE(trusted(0755), ::getuid() == 0);
    QVERIFY(!trusted(0775));
    QVERIFY(!trusted(0757));
    QVERIFY(!trusted(0644));
    QVERIFY(!isTrustedProgram("/usr"));
    QVERIFY(!isTrustedProgram("/none"));
    QVERIFY(isTrustedProgram("/bin/sh"));
}

void TestHelperParts::aDetachedProgramHasNothingOfOurs()
{
    const QTemporaryDir folder;
    const QString out = folder.filePath(u"out"_s);
    const QByteArray target = QFile::encodeName(out);
    const QByteArray text = "#!/bin/bash\n"
                            "f=" +
                            target +
                            "\n"
                            "ls -l /proc/$$/fd >$f.new\n"
                            "env >>$f.new\n"
                            "echo \"arguments=$*\" >>$f.new\n"
                            "echo parent=$(cut -d' ' -f4 /proc/$$/stat) >>$f.new\n"
                            "echo session=$(cut -d' ' -f6 /proc/$$/stat) >>$f.new\n"
                            "umask >>$f.new\n"
                            "mv $f.new $f\n"; // so that it is seen whole
    const QString path = script(folder, text, 0755);
    qputenv("ROADSTEAD_CANARY", "canary");
    const int leaked = ::dup(2); // without close-on-exec
    QVERIFY(startDetached(path, {u"run"_s, u"1001"_s}));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(out), 10'000);
    ::close(leaked);
    qunsetenv("ROADSTEAD_CANARY");
    const QByteArray seen = contents(out);
    QVERIFY(seen.contains("arguments=run 1001\n"));
    QVERIFY(seen.contains("PATH=/usr/sbin:/usr/bin:/sbin:/bin\n"));
    QVERIFY(!seen.contains("ROADSTEAD_CANARY"));
    QCOMPARE(seen.count(" -> "), 4); // the three and the script itself
    QCOMPARE(seen.count(" -> /dev/null\n"), 3);
    QVERIFY(seen.contains("0022\n"));
    QVERIFY(!seen.contains("parent=" + QByteArray::number(::getpid()) + "\n"));
    QVERIFY(!seen.contains("session=" + QByteArray::number(::getsid(0)) + "\n"));
}

void TestHelperParts::aProgramThatCannotBeExecutedIsReported()
{
    QVERIFY(!startDetached(u"/none"_s, {u"run"_s, u"1"_s}));
    QVERIFY(!startDetached(u"/etc/passwd"_s, {u"run"_s, u"1"_s}));
    QCOMPARE(runToEnd(u"/none"_s, {}, "text"), -1);
}

void TestHelperParts::aProgramIsRunToItsEndWithWhatItIsGiven()
{
    const QTemporaryDir folder;
    const QString out = folder.filePath(u"out"_s);
    const QString path = script(folder,
                                "#!/bin/bash\n"
                                "cat >" +
                                    QFile::encodeName(out) +
                                    "\n"
                                    "env >>" +
                                    QFile::encodeName(out) +
                                    "\n"
                                    "exit $1\n",
                                0755);
    qputenv("ROADSTEAD_CANARY", "canary");
    const QByteArray text(60'000, 'x');
    QCOMPARE(runToEnd(path, {u"65"_s}, text), 65);
    qunsetenv("ROADSTEAD_CANARY");
    QVERIFY(contents(out).startsWith(text));
    QVERIFY(!contents(out).contains("ROADSTEAD_CANARY"));
    QCOMPARE(runToEnd(script(folder, "#!/bin/bash\nkill -9 $$\n", 0755), {}, "text"), -1);
}

void TestHelperParts::theEnvironmentIsRebuilt()
{
    const QString before = QDir::currentPath();
    qputenv("LD_PRELOAD", "");
    qputenv("QT_PLUGIN_PATH", "/tmp/evil");
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/tmp/evil");
    rlimit usual{};
    QCOMPARE(::getrlimit(RLIMIT_DATA, &usual), 0);
    rebuildEnvironment();
    // The test's own memory, which sanitizers make large, must not fall under the helper's limit.
    rlimit limited{};
    const int read = ::getrlimit(RLIMIT_DATA, &limited);
    const int restored = ::setrlimit(RLIMIT_DATA, &usual);
    QCOMPARE(read, 0);
    QCOMPARE(restored, 0);
    QCOMPARE(limited.rlim_cur, rlim_t(256) << 20U);
    int count = 0;
    for (char **entry = environ; *entry != nullptr; ++entry) {
        ++count;
    }
    QCOMPARE(count, int(environment.size()));
    QCOMPARE(qgetenv("PATH"), "/usr/sbin:/usr/bin:/sbin:/bin");
    QCOMPARE(::umask(022), mode_t(077));
    QCOMPARE(QDir::currentPath(), u"/"_s);
    QDir::setCurrent(before);
}

} // namespace tst_helper_parts

ROADSTEAD_GUILESS_TEST(tst_helper_parts::TestHelperParts)
#include "tst_helper_parts.moc"
