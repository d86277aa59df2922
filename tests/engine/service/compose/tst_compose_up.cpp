// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/compose/compose_up.h"
#include "tests/support/shell_script.h"
#include "tests/support/test_program/test_program.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace tst_compose_up {

using namespace roadstead;
using namespace roadstead::service;
using namespace Qt::StringLiterals;

/// Starting a project with programs that stand where the docker CLI would.
class TestComposeUp : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void engineAndFileAreInTheArguments()
    {
        const auto error = runWith("echo \"$@\" >words; pwd >folder", {.context = "roadstead"});
        QVERIFY(!error.has_value());
        QCOMPARE(textOf(u"words"_s), "--context roadstead compose -f " +
                                         m_folder.filePath(u"compose.yaml"_s).toUtf8() +
                                         " up -d\n");
        QCOMPARE(textOf(u"folder"_s).trimmed(), m_folder.path().toUtf8());
    }
    void hostIsInTheArgumentsWhereThereIsNoContext()
    {
        QVERIFY(!runWith("echo \"$1 $2\" >words", {.host = "unix:///x"}));
        QCOMPARE(textOf(u"words"_s), "--host unix:///x\n");
    }
    void whatItDoesIsTold()
    {
        QVERIFY(!runWith("echo ' Container a  Creating'; echo ' Container a  Started' >&2"));
        QVERIFY(!m_said.isEmpty());
        QCOMPARE(m_said.last(), u"Container a Started"_s);
    }
    void failureHasItsKind_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("of Compose")
            << QByteArray("echo 'no such service: db'; exit 15") << ErrorKind::EngineFailed;
        QTest::newRow("no plugin")
            << QByteArray("echo \"docker: 'compose' is not a docker command.\" >&2; exit 1")
            << ErrorKind::NotInstalled;
        QTest::newRow("no plugin, newer CLI")
            << QByteArray("echo \"unknown shorthand flag: 'f' in -f\" >&2; exit 125")
            << ErrorKind::NotInstalled;
        QTest::newRow("killed") << QByteArray("kill -9 $$") << ErrorKind::EngineFailed;
    }
    void failureHasItsKind()
    {
        QFETCH(const QByteArray, script);
        QFETCH(const ErrorKind, kind);
        const auto error = runWith(script);
        QVERIFY(error.has_value());
        QCOMPARE(error->kind, kind);
        QCOMPARE(error->operation, std::string(ComposeUp::operation));
    }
    void wordsOfTheFailureAreKept()
    {
        const auto error = runWith("seq 1 5000; echo 'the last word'; exit 1");
        QVERIFY(error && error->detail.ends_with("the last word"));
        QVERIFY(error->detail.size() <= 8192);
    }
    void missingProgramIsSaid()
    {
        ComposeUp up(m_folder.filePath(u"compose.yaml"_s), {}, m_folder.filePath(u"none"_s));
        const auto error = ending(up);
        QVERIFY(error.has_value());
        QCOMPARE(error->kind, ErrorKind::NotInstalled);
    }
    void stopEndsIt()
    {
        ComposeUp up(m_folder.filePath(u"compose.yaml"_s), {},
                     program("echo begun; while :; do sleep 0.05; done"));
        connect(&up, &ComposeUp::said, &up, &ComposeUp::stop);
        const auto error = ending(up);
        QVERIFY(error.has_value());
        QCOMPARE(error->kind, ErrorKind::Cancelled);
    }

private:
    QString program(const QByteArray &script)
    {
        return test::writeShellScript(m_folder.filePath(u"docker"_s), script);
    }
    std::optional<Error> runWith(const QByteArray &script, const docker::CliEngine &engine = {})
    {
        ComposeUp up(m_folder.filePath(u"compose.yaml"_s), engine, program(script));
        m_said.clear();
        connect(&up, &ComposeUp::said, &up, [this](const QString &line) { m_said.append(line); });
        return ending(up);
    }
    static std::optional<Error> ending(ComposeUp &up)
    {
        QSignalSpy finished(&up, &ComposeUp::finished);
        up.start();
        const bool ended = !finished.isEmpty() || finished.wait(20'000);
        return ended ? finished.first().first().value<std::optional<Error>>()
                     : Error{ErrorKind::Internal, 0, "it did not end", {}};
    }
    [[nodiscard]] QByteArray textOf(const QString &name) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_folder;
    QStringList m_said;
};

} // namespace tst_compose_up

ROADSTEAD_GUILESS_TEST(tst_compose_up::TestComposeUp)
#include "tst_compose_up.moc"
