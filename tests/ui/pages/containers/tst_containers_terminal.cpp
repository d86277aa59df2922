// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/page_bench.h"
#include "ui/pages/containers/details_pane.h"
#include "ui/pages/containers/details_view.h"
#include "ui/shell/keymap.h"
#include "ui/theme/theme.h"
#include "ui/widgets/tab_bar.h"

#include <QAction>
#include <QSettings>
#include <QStandardPaths>

namespace tst_containers_terminal {

using namespace roadstead;
using namespace roadstead::ui;
using test::Harbour;
using Bench = test::PageBench;

/// The ways from the containers page to a terminal.
class ContainersTerminalTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName("roadstead-terminal-test");
        Theme::instance().install(*qApp);
    }
    void init() { QSettings().clear(); }

    void ctrlTOpensTheTerminalOfTheCurrentContainer()
    {
        Bench bench;
        Harbour harbour(bench.engine);
        const std::string id = harbour.id("shopfront-api-1");
        bench.table->setCurrentId(id);
        bench.table->setFocus();
        QTest::keyClick(bench.table, Qt::Key_T, Qt::ControlModifier);
        auto *details = bench.find<DetailsView>("containerDetails");
        QVERIFY(details);
        QCOMPARE(details->containerId(), id);
        QCOMPARE(details->tabs()->tabText(details->tabs()->currentIndex()),
                 QStringLiteral("Terminal"));
        QVERIFY(bench.engine.conversations.empty()); // before it is known that it is there
        answer(bench, id);
        QTRY_COMPARE(bench.engine.conversations.size(), std::size_t(1));
        QCOMPARE(bench.engine.conversations.back()->command.container.reference, id);
        QTRY_VERIFY(bench.find("terminalDisplay"));
        QTRY_VERIFY(bench.find("terminalDisplay")->hasFocus());
        // Again: the same terminal, not another one.
        details->tabs()->setCurrentIndex(0);
        details->tabs()->setFocus();
        QTest::keyClick(details->tabs(), Qt::Key_T, Qt::ControlModifier);
        QTRY_VERIFY(bench.find("terminalDisplay") && bench.find("terminalDisplay")->hasFocus());
        QCOMPARE(bench.engine.conversations.size(), std::size_t(1));
    }
    void thePaneShowsItsOwn()
    {
        Bench bench;
        Harbour harbour(bench.engine);
        const std::string id = harbour.id("gitea");
        bench.table->setCurrentId(id);
        bench.table->setFocus();
        QTest::keyClick(bench.table, Qt::Key_Return, Qt::AltModifier);
        auto *pane = bench.find<DetailsPane>("containerPane");
        QVERIFY(pane);
        QTRY_VERIFY(!bench.engine.inspections.empty());
        answer(bench, id);
        pane->view()->tabs()->setFocus();
        QTest::keyClick(pane->view()->tabs(), Qt::Key_T, Qt::ControlModifier);
        QTRY_COMPARE(bench.engine.conversations.size(), std::size_t(1));
        QVERIFY(!bench.page.canGoBack()); // no page was opened for it
        QTRY_VERIFY(pane->isAncestorOf(bench.find("terminalDisplay")));
    }
    void theKeysThatCloseItAreInTheKeyboardMap()
    {
        Bench bench;
        const Harbour harbour(bench.engine);
        bench.page.showTerminal(harbour.id("gitea"));
        answer(bench, harbour.id("gitea"));
        QTRY_VERIFY(bench.find("terminalDisplay"));
        auto *action =
            bench.page.widget()->findChild<QAction *>(QStringLiteral("terminalTabClose"));
        QVERIFY(action && action->isEnabled());
        QCOMPARE(action->shortcuts(), keysFor(Keys::CloseTerminal));
    }
    void thePaletteNamesTheContainerAndLeavesOutWhatDoesNotRun()
    {
        Bench bench;
        Harbour harbour(bench.engine);
        bench.table->selectIds({harbour.id("gitea")});
        bench.table->setCurrentId(harbour.id("gitea"));
        QAction *action = terminalAction(bench);
        QVERIFY(action && action->isEnabled());
        QCOMPARE(action->text(), QStringLiteral("Open a terminal in gitea"));
        bench.table->selectIds({harbour.id("seed-data")});
        bench.table->setCurrentId(harbour.id("seed-data"));
        QTRY_VERIFY(!action->isEnabled());
    }

private:
    static void answer(Bench &bench, const std::string &id)
    {
        docker::ContainerDetails details;
        details.id = id;
        details.raw = "{}";
        bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections.back().promise,
                                                      details);
    }
    static QAction *terminalAction(Bench &bench)
    {
        for (QAction *one : bench.page.actions()) {
            if (one->objectName() == QLatin1StringView("containerTerminal")) {
                return one;
            }
        }
        return nullptr;
    }
};

} // namespace tst_containers_terminal

ROADSTEAD_WIDGET_TEST(tst_containers_terminal::ContainersTerminalTest)
#include "tst_containers_terminal.moc"
