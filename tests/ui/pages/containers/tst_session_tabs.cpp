// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/terminal_test.h"
#include "ui/pages/containers/terminal/session_tabs.h"

#include <QAccessible>
#include <QLineEdit>

#include <algorithm>
#include <vector>

namespace tst_session_tabs {

using namespace roadstead;
using namespace roadstead::ui;

/// The row of a container's terminals, and the ways to close one.
class SessionTabsTest : public TerminalTest
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { TerminalTest::initTestCase(); }
    void init() { TerminalTest::init(); }
    void cleanup() { TerminalTest::cleanup(); }

    void assistiveToolsFindTabsAndTheirButtons()
    {
        openThree();
        QStringList found;
        for (QAccessibleInterface *part : accessible(tabs(), QAccessible::PageTab)) {
            found.append(part->text(QAccessible::Name));
            QCOMPARE(part->parent(), QAccessible::queryAccessibleInterface(tabs()));
        }
        QCOMPARE(found, QStringList({"bash", "bash as node", "bash as root"}));
        found.clear();
        const auto buttons = accessible(m_tab.get(), QAccessible::Button);
        for (QAccessibleInterface *part : buttons) {
            if (part->text(QAccessible::Name).startsWith(QStringLiteral("Close terminal"))) {
                found.append(part->text(QAccessible::Name));
                QVERIFY(!part->state().invisible && part->state().focusable);
            }
        }
        QCOMPARE(found, QStringList({"Close terminal 1, bash", "Close terminal 2, bash as node",
                                     "Close terminal 3, bash as root"}));
        auto *bar = QAccessible::queryAccessibleInterface(tabs());
        QCOMPARE(bar->role(), QAccessible::PageTabList);
        QCOMPARE(bar->text(QAccessible::Name), QStringLiteral("Sessions"));
        for (int i = 0; i < bar->childCount(); ++i) {
            QCOMPARE(bar->indexOfChild(bar->child(i)), i);
        }
        QCOMPARE(bar->selectionInterface()->selectedItem(0)->text(QAccessible::Name),
                 QStringLiteral("bash as root"));
        bar->child(0)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(tabs()->currentIndex(), 0);
        const auto second = std::ranges::find_if(buttons, [](QAccessibleInterface *part) {
            return part->text(QAccessible::Name) ==
                   QStringLiteral("Close terminal 2, bash as node");
        });
        const QPoint place = (*second)->rect().center();
        QCOMPARE(bar->childAt(place.x(), place.y())->childAt(place.x(), place.y()), *second);
        (*second)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QTRY_COMPARE(tabs()->count(), 2);
        QCOMPARE(tabs()->tabText(1), QStringLiteral("bash as root"));
        QCOMPARE(accessible(tabs(), QAccessible::PageTab).size(), std::size_t(2));
    }
    void whoListensFromTheBeginningFindsThemToo()
    {
        QAccessible::setActive(true); // the bar is told of while it is being made
        {
            SessionTabs bar;
            bar.setTitles({QStringLiteral("sh")});
            QStringList found;
            for (QAccessibleInterface *part : accessible(&bar, QAccessible::Button)) {
                found.append(part->text(QAccessible::Name));
            }
            QCOMPARE(found.value(0), QStringLiteral("Close terminal 1, sh"));
        }
        QAccessible::setActive(false);
    }
    void tabKeyComesToTheButtonsOfTheTabs()
    {
        openThree();
        QVERIFY(QTest::qWaitForWindowActive(m_tab.get()));
        tabs()->setFocus();
        for (const char *next :
             {"terminalClose0", "terminalClose1", "terminalClose2", "terminalAdd"}) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            QCOMPARE(QApplication::focusWidget()->objectName(), QLatin1StringView(next));
        }
        button("terminalClose0")->setFocus();
        QTest::keyClick(button("terminalClose0"), Qt::Key_Space);
        QTRY_COMPARE(tabs()->count(), 2);
        QVERIFY2(tabs()->hasFocus(), "who walks there goes on");
    }
    void keysCloseTheTerminalInFront()
    {
        openThree();
        QVERIFY(QTest::qWaitForWindowActive(m_tab.get()));
        display()->setFocus();
        QTest::keyClick(display(), Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(tabs()->count(), 2);
        QCOMPARE(tabs()->tabText(tabs()->currentIndex()), QStringLiteral("bash as node"));
        QTRY_VERIFY(display()->hasFocus());
        button("terminalAdd")->setFocus();
        for (const int left : {1, 0}) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_W,
                            Qt::ControlModifier | Qt::ShiftModifier);
            QTRY_COMPARE(tabs()->count(), left);
        }
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_W,
                        Qt::ControlModifier | Qt::ShiftModifier);
    }
    void middleButtonOfTheMouseClosesATab()
    {
        openThree();
        QTest::mousePress(tabs(), Qt::MiddleButton, {}, tabs()->tabRect(0).center());
        QTest::mouseRelease(tabs(), Qt::MiddleButton, {}, tabs()->tabRect(1).center());
        QCOMPARE(tabs()->count(), 3);
        tabs()->setCurrentIndex(1);
        TerminalPane *front = m_tab->pane();
        QTest::mouseClick(tabs(), Qt::MiddleButton, {}, tabs()->tabRect(0).center());
        QTRY_COMPARE(tabs()->count(), 2);
        QCOMPARE(m_tab->pane(), front);
    }

private:
    void openThree()
    {
        m_tab->setShown(true);
        connectShell();
        for (const char *user : {"node", "root"}) {
            m_tab->findChild<QLineEdit *>(QStringLiteral("terminalUser"))
                ->setText(QLatin1StringView(user));
            button("terminalAdd")->click();
            connectShell();
        }
        QCOMPARE(tabs()->count(), 3);
    }
    /// All of that role below a widget, from parent to child, as a screen reader goes.
    static std::vector<QAccessibleInterface *> accessible(QWidget *root, QAccessible::Role role)
    {
        std::vector<QAccessibleInterface *> found;
        std::vector<QAccessibleInterface *> left = {QAccessible::queryAccessibleInterface(root)};
        while (!left.empty()) {
            QAccessibleInterface *part = left.back();
            left.pop_back();
            if (part->role() == role) {
                found.push_back(part);
            }
            for (int i = part->childCount() - 1; i >= 0; --i) {
                left.push_back(part->child(i));
            }
        }
        return found;
    }
};

} // namespace tst_session_tabs

ROADSTEAD_WIDGET_TEST(tst_session_tabs::SessionTabsTest)
#include "tst_session_tabs.moc"
