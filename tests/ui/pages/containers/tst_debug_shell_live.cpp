// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/real_engine.h"
#include "tests/support/test_program/test_program.h"
#include "ui/pages/containers/tab/session_container_engine.h"
#include "ui/pages/containers/terminal/debug_shell.h"

#include <QTest>

namespace tst_debug_shell_live {

using namespace roadstead;
using namespace roadstead::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int debugPatience = 30'000;
const QString toolsArchive = QStringLiteral(ROADSTEAD_BUILD_DIR "/resources/tools/tools.tar");

} // namespace

/// A debug shell beside containers of real engines.
class DebugShellLiveTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_engine.start());
        QVERIFY(m_engine.importBusybox());
        m_session = std::make_unique<service::EngineSession>(m_engine.socketPath());
        m_session->open();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->link(), service::Link::Live, debugPatience);
        m_containers = std::make_unique<SessionContainerEngine>(m_session.get());
    }
    void cleanupTestCase()
    {
        m_containers.reset();
        m_session.reset();
    }

    void cleanup()
    {
        QTRY_VERIFY_WITH_TIMEOUT(count() <= 1,
                                 debugPatience); // Podman keeps what others are joined to
        m_engine.docker({u"rm"_s, u"-f"_s, m_name});
    }

    void itSeesTheContainersProcessesAndFilesAndGoes_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<bool>("hasOwnProcesses");
        QTest::newRow("the first time, its image is loaded") << QStringList() << true;
        QTest::newRow("then it is there") << QStringList() << true;
        QTest::newRow("shared memory that can be joined")
            << QStringList{u"--ipc=shareable"_s} << true;
        QTest::newRow("no network") << QStringList{u"--network=none"_s} << true;
        QTest::newRow("the machine's processes") << QStringList{u"--pid=host"_s} << false;
    }
    void itSeesTheContainersProcessesAndFilesAndGoes()
    {
        QFETCH(const QStringList, options);
        QFETCH(const bool, hasOwnProcesses);
        m_name = u"quiet"_s;
        const std::string id =
            m_engine
                .docker(QStringList{u"run"_s, u"-d"_s, u"--name"_s, m_name,
                                    u"--stop-signal=SIGKILL"_s} + // sleep heeds no other
                        options +
                        QStringList{u"busybox"_s, u"/bin/busybox"_s, u"sleep"_s, u"3600"_s})
                .trimmed()
                .toStdString();
        QVERIFY(!id.empty());
        const auto before = m_session->history().size();
        auto shell = std::make_unique<DebugShell>(m_containers.get(), docker::Target{id, "quiet"},
                                                  toolsArchive, 25, 80);
        std::string read;
        connect(shell.get(), &service::Conversation::readable, this,
                [&] { read += shell->take(); });
        bool opened = false;
        connect(shell.get(), &service::Conversation::opened, this, [&opened] { opened = true; });
        QTRY_VERIFY_WITH_TIMEOUT(opened || shell->end(), debugPatience);
        QVERIFY2(!shell->end(), shell->end() && !*shell->end()
                                    ? shell->end()->error().detail.c_str()
                                    : "it ended");
        const bool isFirst =
            QTest::currentDataTag() == QByteArray("the first time, its image is loaded");
        QCOMPARE(m_session->history().at(before).line.contains(u"docker load"_s), isFirst);
        QVERIFY(shell->send("ps; ls /proc/1/root/bin; echo seen-$((6*7))\r"));
        QTRY_VERIFY_WITH_TIMEOUT(read.contains("seen-42"), debugPatience);
        QVERIFY2(read.contains("sleep 3600"), read.c_str());
        if (hasOwnProcesses) {
            QVERIFY2(read.contains("busybox"), read.c_str());
        }
        QCOMPARE(count(), 2);
        shell.reset();
        QTRY_COMPARE_WITH_TIMEOUT(count(), 1, debugPatience);
        QCOMPARE(m_engine.docker({u"inspect"_s, u"--format"_s, u"{{.State.Running}}"_s, m_name})
                     .trimmed(),
                 "true");
    }

    void aContainerThatDoesNotRunIsRefusedInWords()
    {
        m_name = u"still"_s;
        const std::string id =
            m_engine.docker({u"create"_s, u"--name"_s, m_name, u"busybox"_s, u"true"_s})
                .trimmed()
                .toStdString();
        auto shell = std::make_unique<DebugShell>(m_containers.get(), docker::Target{id, "still"},
                                                  toolsArchive, 25, 80);
        QTRY_VERIFY_WITH_TIMEOUT(shell->end(), debugPatience);
        QVERIFY(!shell->end()->has_value());
        const Error error = shell->end()->error();
        QVERIFY2(error.kind != ErrorKind::OutcomeUnknown && !error.detail.empty(),
                 error.detail.c_str());
        shell.reset();
        QTRY_COMPARE_WITH_TIMEOUT(count(), 1, debugPatience);
    }

private:
    [[nodiscard]] qsizetype count() const
    {
        return m_engine.docker({u"ps"_s, u"-aq"_s}).count('\n');
    }

    QString m_name; ///< of the container that the shell is beside
    RealEngine m_engine{RealEngine::kindMeant(), RealEngine::enteringMeant()};
    std::unique_ptr<service::EngineSession> m_session;
    std::unique_ptr<SessionContainerEngine> m_containers;
};

} // namespace tst_debug_shell_live

ROADSTEAD_GUILESS_TEST(tst_debug_shell_live::DebugShellLiveTest)
#include "tst_debug_shell_live.moc"
