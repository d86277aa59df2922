// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/terminal_test.h"
#include "ui/pages/containers/terminal/debug_shell.h"
#include "ui/pages/containers/terminal/terminal_pane.h"
#include "ui/pages/containers/terminal/terminal_panes.h"
#include "ui/pages/containers/terminal/terminal_screen.h"
#include "ui/pages/containers/terminal/terminal_tab.h"
#include "ui/theme/theme.h"
#include "ui/widgets/command_hint.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTest>
#include <QWindow>

#include <tuple>

namespace tst_terminal_tab {

using namespace roadstead;
using namespace roadstead::ui;

/// The terminal of a container, as a person uses it.
class TerminalTabTest : public TerminalTest
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { TerminalTest::initTestCase(); }
    void init() { TerminalTest::init(); }
    void cleanup() { TerminalTest::cleanup(); }

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
    void goesWithItsContainerOnceNobodySeesIt()
    {
        const std::string id(64, 'a');
        docker::ContainerSummary listed;
        listed.id = id;
        m_engine->show({listed});
        m_tab->setShown(true);
        connectShell();
        m_tab->hide();
        m_engine->show({});
        QCOMPARE(TerminalPanes::of(m_engine.get())->in(id).size(), std::size_t(1)); // it runs
        last()->finish(137);
        QTRY_VERIFY(TerminalPanes::of(m_engine.get())->in(id).empty());
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
        QTRY_COMPARE(tabs->count(), 1);
        QCOMPARE(last()->sent, std::string("\x03\x04"));
    }
    void openTerminalTakesEveryKeyButThoseThatLeaveIt()
    {
        QWidget window;
        m_tab->setParent(&window);
        window.resize(1064, 560);
        m_tab->show();
        QList<QKeySequence> pressed;
        for (const char *keys : {"F6", "Ctrl+Shift+P", "Ctrl+K", "Ctrl+T", "Ctrl+F", "Ctrl+1", "F5",
                                 "F9", "Delete", "Ctrl+Shift+S", "Ctrl+H", "Alt+Left", "Escape"}) {
            auto *action = new QAction(&window);
            action->setShortcut(QKeySequence(QLatin1StringView(keys)));
            connect(action, &QAction::triggered, &window,
                    [&pressed, action] { pressed.append(action->shortcut()); });
            window.addAction(action);
        }
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        m_tab->setShown(true);
        connectShell();
        display()->setFocus();
        QTRY_VERIFY(display()->hasFocus());
        for (const auto &[key, modifiers, bytes] :
             std::initializer_list<std::tuple<Qt::Key, Qt::KeyboardModifiers, std::string>>{
                 {Qt::Key_K, Qt::ControlModifier, "\x0b"},
                 {Qt::Key_T, Qt::ControlModifier, "\x14"},
                 {Qt::Key_F, Qt::ControlModifier, "\x06"},
                 {Qt::Key_H, Qt::ControlModifier, "\x08"},
                 {Qt::Key_F5, Qt::NoModifier, "\x1b[15~"},
                 {Qt::Key_F9, Qt::NoModifier, "\x1b[20~"},
                 {Qt::Key_Delete, Qt::NoModifier, "\x1b[3~"},
                 {Qt::Key_Escape, Qt::NoModifier, "\x1b"},
                 {Qt::Key_Tab, Qt::NoModifier, "\t"}}) {
            last()->sent.clear();
            QTest::keyClick(window.windowHandle(), key, modifiers);
            QTRY_COMPARE(last()->sent, bytes);
        }
        for (const Qt::Key key : {Qt::Key_1, Qt::Key_Left}) {
            QTest::keyClick(window.windowHandle(), key,
                            key == Qt::Key_1 ? Qt::ControlModifier : Qt::AltModifier);
        }
        QTest::keyClick(window.windowHandle(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY2(pressed.isEmpty(), qPrintable(pressed.value(0).toString()));
        QTest::keyClick(window.windowHandle(), Qt::Key_F6);
        QTest::keyClick(window.windowHandle(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(pressed.size(), 2);
        m_tab->setParent(nullptr);
    }
    void attachesToWhatHasATerminal()
    {
        m_tab->setShown(true);
        connectShell();
        QVERIFY(!menuAction("terminalAttach")->isEnabled()); // nobody knows yet
        tellHowItWasMade(true, true, false);
        QAction *attach = menuAction("terminalAttach");
        QVERIFY(attach->isEnabled());
        QCOMPARE(commandHint(attach),
                 QStringLiteral("docker attach --detach-keys ctrl-p,ctrl-q api-a"));
        attach->trigger();
        QVERIFY(last()->attached && last()->attached->input);
        Q_EMIT last()->opened();
        QVERIFY(status().startsWith(QStringLiteral("Attached since")));
        QCOMPARE(tabs()->tabText(1), QStringLiteral("attached"));
        QTest::keyClicks(display(), QStringLiteral("a"));
        QTRY_COMPARE(last()->sent, std::string("a"));
        QTest::keyClick(display(), Qt::Key_P, Qt::ControlModifier);
        QTest::keyClick(display(), Qt::Key_Q, Qt::ControlModifier);
        QTRY_COMPARE(last()->sent, std::string("a\x10\x11"));
        last()->finish(0);
        QCOMPARE(status(), QStringLiteral("Detached. api-a runs on."));
        menuAction("terminalAttach")->trigger(); // the same tab again
        QCOMPARE(tabs()->count(), 2);
        QVERIFY(last()->attached);
    }
    void readsOnlyWhereTheEndOfReadingWouldEndTheProcess()
    {
        m_tab->setShown(true);
        connectShell();
        tellHowItWasMade(false, true, true);
        menuAction("terminalAttach")->trigger();
        QVERIFY(last()->attached && !last()->attached->input);
    }
    void doesNotAttachWhereNothingReads()
    {
        m_tab->setShown(true);
        connectShell();
        tellHowItWasMade(false, false, false);
        QVERIFY(!menuAction("terminalAttach")->isEnabled());
    }
    void offersADebugShellWhereThereIsNoShell()
    {
        m_tab->setShown(true);
        for (std::size_t tried = 1; tried <= 4; ++tried) {
            QTRY_COMPARE(m_engine->conversations.size(), tried);
            last()->finish(127);
        }
        QTRY_COMPARE(status(), QStringLiteral("No shell"));
        const std::size_t asked = m_engine->inspections.size();
        button("terminalMessageSecondary")->click();
        QCOMPARE(m_engine->inspections.size(), asked + 1);
        QCOMPARE(tabs()->tabText(1), QStringLiteral("debug shell"));
        QCOMPARE(commandHint(menuAction("terminalDebug")),
                 QString::fromStdString(DebugShell::commandLine({{}, "api-a"})));
    }
    void asksForOptions()
    {
        m_tab->setShown(true);
        connectShell();
        menuAction("terminalOptions")->trigger();
        auto *variables = m_tab->findChild<QPlainTextEdit *>(QStringLiteral("terminalVariables"));
        QVERIFY(variables->isVisible());
        variables->setPlainText(QStringLiteral("A=1\nnothing"));
        button("terminalFormOpen")->click();
        QCOMPARE(tabs()->count(), 1); // a line is no variable
        variables->setPlainText(QStringLiteral("A=1\n\nAPI_TOKEN=hush"));
        QCOMPARE(commandHint(button("terminalFormOpen")),
                 QStringLiteral("docker exec -i -t --detach-keys ctrl-@,ctrl-_,ctrl-@ -e "
                                "TERM=xterm-256color -e A=1 -e API_TOKEN "
                                "api-a sh"));
        button("terminalPrivileged")->click();
        button("terminalFormOpen")->click();
        QCOMPARE(tabs()->count(), 2);
        connectShell();
        QCOMPARE(last()->command.environment,
                 (std::vector<std::string>{"TERM=xterm-256color", "A=1", "API_TOKEN=hush"}));
        QVERIFY(last()->command.privileged);
        QVERIFY(!variables->isVisible());
        button("terminalAdd")->click();
        connectShell();
        QVERIFY(!last()->command.privileged);
    }
    void fieldsMoveToTheFormWhereTheBarIsNarrow()
    {
        auto *user = m_tab->findChild<QLineEdit *>(QStringLiteral("terminalUser"));
        QVERIFY(user->isVisible());
        m_tab->resize(360, 560);
        QTRY_VERIFY(!user->isVisible());
        menuAction("terminalOptions")->trigger();
        QVERIFY(user->isVisible());
        QTRY_VERIFY(m_tab->findChild<QWidget *>(QStringLiteral("terminalForm"))->width() <= 360);
    }
    void startsTheDesktopsTerminal()
    {
        QStringList started;
        m_tab->setDesktop({{[](const QString &program) { return "/bin/" + program; },
                            [](const QString &) { return QString(); }},
                           [&started](const QStringList &words) {
                               started = words;
                               return true;
                           }});
        m_tab->setShown(true);
        connectShell();
        m_tab->openOutside();
        QCOMPARE(started, QStringList({"/bin/xdg-terminal-exec", "/bin/docker", "--context",
                                       "roadstead", "exec", "-i", "-t", "api-a", "bash"}));
        m_tab->setDesktop(
            {{[](const QString &) { return QString(); }, [](const QString &) { return QString(); }},
             {}});
        m_tab->openOutside();
        QVERIFY(m_tab->findChild<QLabel *>(QStringLiteral("terminalNoticeText"))
                    ->text()
                    .startsWith(QStringLiteral("The docker command is not installed")));
    }
    void anotherFormOfTheDetailsHasTheSameSessions()
    {
        m_tab->setShown(true);
        connectShell();
        TerminalPane *pane = m_tab->pane();
        m_tab->setShown(false);
        TerminalTab other(m_engine.get());
        other.resize(1064, 560);
        other.setContainer(row('a', docker::ContainerState::Running));
        other.show();
        other.setShown(true);
        QCOMPARE(other.pane(), pane);
        QTRY_VERIFY(pane->isVisible());
        QCOMPARE(m_engine->conversations.size(), std::size_t(2)); // nothing new was opened
        other.setShown(false);
        m_tab->setShown(true);
        QCOMPARE(m_tab->pane(), pane);
        QTRY_VERIFY(pane->isVisible());
        QVERIFY(m_tab->isAncestorOf(pane));
    }
    void fitsWhereverItStands_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<int>("width");
        QTest::addColumn<double>("scale");
        QTest::newRow("light") << false << 1064 << 1.0;
        QTest::newRow("dark") << true << 1064 << 1.0;
        QTest::newRow("pane") << false << 420 << 1.0;
        QTest::newRow("large") << true << 1064 << 2.0;
    }
    void fitsWhereverItStands()
    {
        QFETCH(bool, dark);
        QFETCH(int, width);
        QFETCH(double, scale);
        Theme::instance().setAppearance(dark ? Appearance::Dark : Appearance::Light);
        Theme::instance().setTextScale(scale);
        m_tab->resize(width, 600);
        m_tab->setShown(true);
        last()->write("0\n");
        connectShell();
        m_tab->findChild<QLineEdit *>(QStringLiteral("terminalUser"))
            ->setText(QStringLiteral("node"));
        button("terminalAdd")->click();
        connectShell();
        last()->write("\x1b[32mnode@api\x1b[0m:\x1b[34m/app\x1b[0m$ ls\r\n\x1b[33mwarn\x1b[0m "
                      "\x1b[31merror\x1b[0m \x1b[35m42\x1b[0m \x1b[37mhint\x1b[0m\r\n$ ");
        QTRY_VERIFY(screenText().contains(QStringLiteral("hint")));
        display()->setFocus();
        save("screen");
        menuAction("terminalOptions")->trigger();
        QCoreApplication::processEvents();
        save("form");
        QVERIFY2(m_tab->minimumSizeHint().width() <= width,
                 qPrintable(QString::number(m_tab->minimumSizeHint().width())));
        button("terminalFormCancel")->click();
        button("terminalSearch")->click();
        QCoreApplication::processEvents();
        save("search");
        Theme::instance().setTextScale(1.0);
        Theme::instance().setAppearance(Appearance::Light);
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
    void save(const char *what)
    {
        const QString folder = qEnvironmentVariable("ROADSTEAD_GALLERY");
        if (!folder.isEmpty()) {
            QVERIFY(m_tab->grab().save(folder + QStringLiteral("/terminal-") +
                                       QLatin1StringView(QTest::currentDataTag()) + u'-' +
                                       QLatin1StringView(what) + QStringLiteral(".png")));
        }
    }
    /// Of a menu that is opened for it.
    QAction *menuAction(const char *name)
    {
        for (QMenu *before : m_tab->findChildren<QMenu *>(QStringLiteral("terminalTabMenu"))) {
            delete before;
        }
        button("terminalMore")->click();
        return m_tab->findChild<QMenu *>(QStringLiteral("terminalTabMenu"))
            ->findChild<QAction *>(QLatin1StringView(name));
    }
    void tellHowItWasMade(bool tty, bool reads, bool once)
    {
        const auto word = [](bool is) { return std::string(is ? "true" : "false"); };
        docker::ContainerDetails details;
        details.raw = R"({"Config": {"Tty": )" + word(tty) + R"(, "OpenStdin": )" + word(reads) +
                      R"(, "StdinOnce": )" + word(once) + "}}";
        test::FakeContainerEngine::answer<docker::ContainerDetails>(
            m_engine->inspections.back().promise, details);
        QCoreApplication::processEvents();
    }
};

} // namespace tst_terminal_tab

ROADSTEAD_WIDGET_TEST(tst_terminal_tab::TerminalTabTest)
#include "tst_terminal_tab.moc"
