// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/options.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QRegularExpression>
#include <QTest>

namespace tst_options {

using namespace roadstead::desktop;
using namespace Qt::StringLiterals;

namespace {

Options parsed(const QStringList &arguments)
{
    return parseOptions(QStringList{u"roadstead"_s} + arguments);
}

} // namespace

class TestOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutArgumentsTheEmbeddedEngineIsShown()
    {
        const Options options = parsed({});
        QCOMPARE(options.action, Options::Action::Run);
        QVERIFY(options.socketPath.isEmpty());
        QVERIFY(!options.minimized);
        QCOMPARE(options.benchMarks, -1);
    }

    void aSocketPathBecomesAbsolute()
    {
        QCOMPARE(parsed({u"--socket"_s, u"/run/x/../docker.sock"_s}).socketPath,
                 u"/run/docker.sock"_s);
        QCOMPARE(parsed({u"--socket=a.sock"_s}).socketPath, QDir::current().filePath(u"a.sock"_s));
        QCOMPARE(parsed({u"--minimized"_s}).minimized, true);
    }

    void helpNamesEveryPublicOption()
    {
        const Options options = parsed({u"--help"_s});
        QCOMPARE(options.action, Options::Action::ShowHelp);
        for (const auto &option : {u"--help"_s, u"--version"_s, u"--socket"_s, u"--minimized"_s}) {
            QVERIFY(options.message.contains(option));
        }
        QVERIFY(!options.message.contains(u"bench"_s));
    }

    void versionIsThatOfTheProject()
    {
        const Options options = parsed({u"-v"_s});
        QCOMPARE(options.action, Options::Action::ShowVersion);
        QVERIFY(QRegularExpression(u"^roadstead \\d+\\.\\d+\\.\\d+$"_s)
                    .match(options.message)
                    .hasMatch());
    }

    void whatCannotBeMeantIsRefusedWithAReason_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("unknown option") << QStringList{u"--frobnicate"_s};
        QTest::newRow("an argument") << QStringList{u"web"_s};
        QTest::newRow("socket without path") << QStringList{u"--socket"_s};
        QTest::newRow("socket with empty path") << QStringList{u"--socket="_s};
        QTest::newRow("marks to a closed descriptor") << QStringList{u"--bench-marks=917"_s};
        QTest::newRow("marks to no number") << QStringList{u"--bench-marks=x"_s};
        QTest::newRow("stalls, but no marks") << QStringList{u"--watch-stalls"_s};
    }
    void whatCannotBeMeantIsRefusedWithAReason()
    {
        QFETCH(QStringList, arguments);
        const Options options = parsed(arguments);
        QCOMPARE(options.action, Options::Action::Refuse);
        QVERIFY(options.message.contains(u"--help"_s));
    }
};

} // namespace tst_options

ROADSTEAD_APPLESS_TEST(tst_options::TestOptions)
#include "tst_options.moc"
