// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/support/fake_container_engine.h"
#include "ui/pages/containers/terminal/terminal_pane.h"
#include "ui/pages/containers/terminal/terminal_screen.h"
#include "ui/pages/containers/terminal/terminal_tab.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QTabBar>
#include <QTest>

using namespace roadstead;
using namespace roadstead::ui;

/// The terminal of a container, as a person uses it.
class TerminalTabTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::instance().install(*qApp); }
    void init()
    {
        m_engine = std::make_unique<test::FakeContainerEngine>();
        m_tab = std::make_unique<TerminalTab>(m_engine.get());
        m_tab->resize(1064, 560);
        m_tab->setContainer(row('a', docker::ContainerState::Running));
        m_tab->show();
    }
    void cleanup()
    {
        m_tab.reset();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        m_engine.reset();
    }

    void opensAShellWhenItIsShown()
    {
        QVERIFY(m_engine->conversations.empty());
        m_tab->setShown(true);
        QCOMPARE(status(), QStringLiteral("Looking for a shell"));
        connectShell();
        QVERIFY(status().startsWith(QStringLiteral("Connected since")));
        QVERIFY(m_tab->pane()->screen()->columns() > 40);
    }
    void drawsWhatIsWrittenAndSendsWhatIsTyped()
    {
        m_tab->setShown(true);
        connectShell();
        last()->write("/ # \x1b]0;title\aready\r\n");
        QTRY_VERIFY(screenText().contains(QStringLiteral("/ # ready")));
        QVERIFY(!screenText().contains(QStringLiteral("title")));
        QTest::keyClicks(display(), QStringLiteral("ls"));
        QTest::keyClick(display(), Qt::Key_Return);
        QTRY_COMPARE(last()->sent, std::string("ls\r"));
        QTRY_VERIFY(display()->accessibleDescription().contains(QStringLiteral("ready")));
    }
    void showsMoreThanTheEmulatorTakesAtOnce()
    {
        m_tab->setShown(true);
        connectShell();
        std::string much;
        for (int i = 0; i < 20000; ++i) {
            much += "line of some length " + std::to_string(i) + "\r\n";
        }
        last()->write(much + "the end");
        QTRY_VERIFY_WITH_TIMEOUT(screenText().contains(QStringLiteral("the end")), 60'000);
    }
    void tellsTheSizeWhenItChanges()
    {
        m_tab->setShown(true);
        connectShell();
        m_tab->resize(700, 400);
        QTRY_COMPARE(last()->columns, m_tab->pane()->screen()->columns());
        QVERIFY(last()->columns > 20);
    }
    void saysHowItEndedAndReconnects()
    {
        m_tab->setShown(true);
        connectShell();
        last()->finish(7);
        QCOMPARE(status(), QStringLiteral("The shell ended with exit status 7"));
        button("terminalReconnect")->click();
        QCOMPARE(status(), QStringLiteral("Looking for a shell"));
    }
    void severalLinesAreAskedAboutBeforeTheyArePasted()
    {
        m_tab->setShown(true);
        connectShell();
        QGuiApplication::clipboard()->setText(QStringLiteral("one\x1b[0m\ntwo\n"));
        m_tab->pane()->screen()->paste();
        QVERIFY(last()->sent.empty());
        button("terminalPasteAll")->click();
        QCOMPARE(last()->sent, std::string("one[0m\rtwo\r"));
    }
    void aProgramThatBracketsGetsThemAtOnce()
    {
        m_tab->setShown(true);
        connectShell();
        last()->write("\x1b[?2004hready");
        QTRY_VERIFY(screenText().contains(QStringLiteral("ready")));
        QGuiApplication::clipboard()->setText(QStringLiteral("one\ntwo"));
        m_tab->pane()->screen()->paste();
        QTRY_COMPARE(last()->sent, std::string("\x1b[200~one\rtwo\x1b[201~"));
    }
    void leavesTheKeysThatLeaveIt()
    {
        m_tab->setShown(true);
        QKeyEvent leaving(QEvent::ShortcutOverride, Qt::Key_F6, Qt::NoModifier);
        leaving.ignore();
        QCoreApplication::sendEvent(display(), &leaving);
        QVERIFY(!leaving.isAccepted());
        QKeyEvent own(QEvent::ShortcutOverride, Qt::Key_K, Qt::ControlModifier);
        own.ignore();
        QCoreApplication::sendEvent(display(), &own);
        QVERIFY(own.isAccepted());
    }
    void hasSessionsWithTheirUser()
    {
        m_tab->setShown(true);
        connectShell();
        m_tab->findChild<QLineEdit *>(QStringLiteral("terminalUser"))
            ->setText(QStringLiteral("node"));
        button("terminalAdd")->click();
        connectShell();
        QCOMPARE(last()->command.user, std::string("node"));
        auto *tabs = m_tab->findChild<QTabBar *>(QStringLiteral("terminalSessions"));
        QCOMPARE(tabs->count(), 2);
        QCOMPARE(tabs->tabText(1), QStringLiteral("bash as node"));
        button("terminalClose1")->click();
        QCOMPARE(tabs->count(), 1);
        QCOMPARE(last()->sent, std::string("\x03\x04"));
    }
    void keepsSessionsWhileAnotherContainerIsShown()
    {
        m_tab->setShown(true);
        connectShell();
        TerminalPane *pane = m_tab->pane();
        const std::size_t asked = m_engine->conversations.size();
        m_tab->setContainer(row('b', docker::ContainerState::Running));
        QVERIFY(!m_tab->pane());
        QCOMPARE(m_engine->conversations.size(), asked);
        m_tab->setContainer(row('a', docker::ContainerState::Running));
        QCOMPARE(m_tab->pane(), pane);
    }
    void opensNothingInWhatDoesNotRun()
    {
        m_tab->setContainer(row('c', docker::ContainerState::Exited));
        m_tab->setShown(true);
        QVERIFY(m_engine->conversations.empty());
        QVERIFY(!button("terminalAdd")->isEnabled());
    }

private:
    static ContainerRow row(char digit, docker::ContainerState state)
    {
        docker::ContainerSummary summary;
        summary.id = std::string(64, digit);
        summary.name = std::string("api-") + digit;
        summary.state = state;
        return ContainerRow(summary);
    }
    void connectShell()
    {
        const std::size_t asked = m_engine->conversations.size();
        last()->finish(0);
        QTRY_COMPARE(m_engine->conversations.size(), asked + 1);
        Q_EMIT last()->opened();
    }
    test::FakeConversation *last() { return m_engine->conversations.back(); }
    QWidget *display() { return m_tab->pane()->screen()->display(); }
    QString screenText() { return m_tab->pane()->screen()->text(); }
    QString status()
    {
        return m_tab->pane()->findChild<QLabel *>(QStringLiteral("terminalStatus"))->text();
    }
    QAbstractButton *button(const char *name)
    {
        return m_tab->findChild<QAbstractButton *>(QLatin1StringView(name));
    }

    std::unique_ptr<test::FakeContainerEngine> m_engine;
    std::unique_ptr<TerminalTab> m_tab;
};

QTEST_MAIN(TerminalTabTest)
#include "tst_terminal_tab.moc"
