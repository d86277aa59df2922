// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/page_bench.h"
#include "ui/theme/theme.h"

#include <QSettings>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>

namespace tst_visible_figures {

using namespace roadstead;
using namespace roadstead::ui;
using Bench = test::PageBench;

/// Engines elsewhere are asked for the figures of what is on screen, and of nothing else.
class VisibleFiguresTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        Theme::instance().install(*qApp);
    }
    void init() { QSettings().clear(); }
    void figuresAreAskedForOfWhatIsOnScreen();
};

void VisibleFiguresTest::figuresAreAskedForOfWhatIsOnScreen()
{
    Bench bench;
    test::Snapshot many;
    for (unsigned number = 0; number < 200; ++number) {
        many.push_back(test::container(number, "c" + std::to_string(1000 + number)));
    }
    bench.engine.show(std::move(many));
    Bench::settle();
    const auto onScreen = [&] {
        Q_EMIT bench.engine.statsChanged();
        return bench.engine.statsVisible;
    };
    const auto isShown = [&](const std::string &id) {
        return bench.table->viewport()->rect().intersects(
            bench.table->visualRect(bench.page.controller()->tree()->indexOf(id)));
    };
    const std::vector<std::string> top = onScreen();
    QVERIFY(top.size() > 5 && top.size() < 40);
    QVERIFY(std::ranges::all_of(top, isShown));
    bench.table->scrollToBottom();
    const std::vector<std::string> bottom = onScreen();
    QVERIFY(std::ranges::all_of(bottom, isShown));
    QVERIFY(std::ranges::find_first_of(top, bottom) == top.end());
    bench.page.showDetails(top.front());
    QCOMPARE(onScreen(), std::vector{top.front()});
    bench.page.goBack();
    QVERIFY(onScreen().size() > 5);
    bench.window.hide();
    QVERIFY(onScreen().empty());
}

} // namespace tst_visible_figures

ROADSTEAD_WIDGET_TEST(tst_visible_figures::VisibleFiguresTest)
#include "tst_visible_figures.moc"
