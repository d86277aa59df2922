// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/fake_container_engine.h"
#include "ui/pages/containers/stats/chart_view.h"
#include "ui/pages/containers/stats/stats_csv.h"
#include "ui/pages/containers/stats/stats_tab.h"
#include "ui/theme/theme.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/label.h"

#include <QAbstractButton>
#include <QFile>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <set>

namespace tst_stats_tab {

using namespace roadstead;
using namespace roadstead::ui;

namespace {
constexpr std::int64_t now = 1'800'000'000;
const std::string api(64, 'a');
const std::string web(64, 'b');

docker::ContainerSummary containerOf(const std::string &id, const std::string &name)
{
    docker::ContainerSummary summary;
    summary.id = id;
    summary.name = name;
    summary.state = docker::ContainerState::Running;
    return summary;
}

/// A reading every two seconds, with half a minute in which nothing was measured.
store::StatsPoints fiveMinutes()
{
    store::StatsPoints points;
    for (std::int64_t at = now - 300; at <= now; at += 2) {
        if (at > now - 120 && at < now - 90) {
            continue;
        }
        const store::Measures values = {
            double(at % 50) + 3, 4e8 + double(at % 90) * 1e5, 3e6, 2e6, 5e5, double(at % 7) * 1e6};
        points.push_back({.at = at, .count = 1, .mean = values, .most = values});
    }
    return points;
}
} // namespace

/// What a container used, as a person reads it.
class StatsTabTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        Theme::instance().install(*qApp);
    }
    void init()
    {
        QSettings().remove(QStringLiteral("stats"));
        m_engine = std::make_unique<test::FakeContainerEngine>();
        m_engine->show({containerOf(api, "api"), containerOf(web, "web")});
        service::ContainerStats stats;
        stats.id = api;
        stats.cpuPercent = 13.8;
        stats.memoryBytes = 432'013'312;
        stats.memoryLimit = 536'870'912;
        stats.counters.processes = 23;
        stats.counters.received = 1'000'000;
        stats.counters.devices = {"nvme0n1"};
        stats.receivedRate = 3e6;
        m_engine->figures[api] = stats;
        m_tab = std::make_unique<StatsTab>(m_engine.get(), nullptr, [] { return now; });
        m_tab->resize(1064, 590);
        m_tab->setContainer(ContainerRow(containerOf(api, "api")));
        m_tab->show();
    }
    void cleanup()
    {
        m_tab.reset();
        m_engine.reset();
    }

    void axesHaveRoundValuesWithTheUnitAtTheTop()
    {
        QCOMPARE(chartScale(ChartUnit::Percent, 141).labels,
                 QStringList({QStringLiteral("0"), QStringLiteral("50"), QStringLiteral("100"),
                              QStringLiteral("150"), QStringLiteral("200 %")}));
        QCOMPARE(chartScale(ChartUnit::Memory, 530.0 * 1024 * 1024).labels.constLast(),
                 QStringLiteral("640 MiB"));
        QCOMPARE(chartScale(ChartUnit::Rate, 5.4e6).labels.constLast(), QStringLiteral("8 MB/s"));
        QVERIFY(chartScale(ChartUnit::Percent, 0).top >= 5);
        for (const ChartUnit unit : {ChartUnit::Percent, ChartUnit::Memory, ChartUnit::Rate}) {
            // Nothing is known: no number is made up.
            QCOMPARE(chartScale(unit, -1).labels, QStringList(5));
        }
    }

    void asksOnlyWhileItIsShown()
    {
        QVERIFY(m_engine->historyQuestions.empty());
        m_tab->setShown(true);
        QCOMPARE(m_engine->historyQuestions.size(), 1U);
        QCOMPARE(m_engine->statsWatched, std::vector{api});
        m_tab->setShown(false);
        QVERIFY(m_engine->statsWatched.empty());
    }

    void showsFiguresAndTellsThemToAScreenReader()
    {
        fill();
        QCOMPARE(chart("statsCpu")->content().value, chartValueText(ChartUnit::Percent, 13.8));
        QCOMPARE(label("statsFact0"), QStringLiteral("23"));
        QCOMPARE(label("statsFact5"), QStringLiteral("nvme0n1"));
        QVERIFY(chart("statsMemory")->content().limit > 0);
        QVERIFY(chart("statsCpu")->accessibleDescription().contains(QStringLiteral("between")));
        QCOMPARE(chart("statsNetwork")->content().lines.size(), 2U);
    }

    void oneCrosshairMovesAcrossAllFour()
    {
        fill();
        auto *cpu = chart("statsCpu");
        const QPoint place(int(cpu->positionOf(now - 40)), 150);
        QMouseEvent move(QEvent::MouseMove, place, cpu->mapToGlobal(place), Qt::NoButton,
                         Qt::NoButton, Qt::NoModifier);
        QCoreApplication::sendEvent(cpu, &move);
        for (const char *name : {"statsCpu", "statsMemory", "statsNetwork", "statsDisk"}) {
            QVERIFY(chart(name)->crosshair());
            QVERIFY(chart(name)->crosshairTexts().size() >= 2);
        }
        const auto before = *cpu->crosshair();
        QTest::keyClick(chart("statsDisk"), Qt::Key_Left);
        QCOMPARE(*cpu->crosshair(), before - 2);
        QTest::keyClick(chart("statsDisk"), Qt::Key_Escape);
        QVERIFY(!cpu->crosshair());
    }

    void aGapHasNoValue()
    {
        fill();
        chart("statsCpu")->setCrosshair(now - 105);
        QCOMPARE(chart("statsCpu")->crosshairTexts().size(), 2);
        QCOMPARE(chart("statsCpu")->crosshairTexts().constLast(), QStringLiteral("Not measured"));
    }

    void lateAnswersAreDropped()
    {
        m_tab->setShown(true);
        button("stats1h")->click();
        answer(0, fiveMinutes());
        QCoreApplication::processEvents();
        QVERIFY(chart("statsCpu")->content().lines.front().points.empty());
        QCOMPARE(m_engine->historyQuestions.back().range, store::StatsRange::Hour);
    }

    void theRangeIsRemembered()
    {
        m_tab->setShown(true);
        button("stats24h")->click();
        StatsTab other(m_engine.get(), nullptr, [] { return now; });
        QVERIFY(other.findChild<QAbstractButton *>(QStringLiteral("stats24h"))->isChecked());
    }

    void holdFreezesTheViewAlone()
    {
        fill();
        button("statsHold")->click();
        const auto asked = m_engine->historyQuestions.size();
        m_tab->setShown(false);
        m_tab->setShown(true); // which asks, but for the hold
        QCOMPARE(m_engine->historyQuestions.size(), asked);
        QCOMPARE(label("statsLive"), QStringLiteral("Held"));
        button("statsHold")->click();
        QVERIFY(m_engine->historyQuestions.size() > asked);
    }

    void othersAreComparedInTheSameCharts()
    {
        m_tab->setShown(true);
        m_tab->setCompared({api, web});
        QCOMPARE(m_tab->compared(), std::vector{web});
        QCOMPARE(m_engine->statsWatched.size(), 2U);
        const auto &lines = chart("statsCpu")->content().lines;
        QCOMPARE(lines.size(), 2U);
        QCOMPARE(lines[0].name, QStringLiteral("api"));
        QCOMPARE(lines[1].name, QStringLiteral("web"));
        QCOMPARE(commandHint(m_tab.get()), QStringLiteral("docker stats api web"));
        QVERIFY(lines[0].tone != lines[1].tone);
    }

    void theLegendNamesEachContainerOnce()
    {
        m_tab->setShown(true);
        m_tab->setCompared({web});
        const auto &lines = chart("statsNetwork")->content().lines;
        QCOMPARE(lines.size(), 4U);
        QCOMPARE(std::ranges::count_if(lines, &ChartLine::isInLegend), 2);
        QCOMPARE(lines[1].legend, QStringLiteral("web"));
        QCOMPARE(lines[0].tone, lines[2].tone); // received and sent
        QVERIFY(lines[2].isDashed);
        QVERIFY(chart("statsNetwork")->content().detail.contains(QStringLiteral("dotted")));
    }

    void fiveAtMostAreCompared()
    {
        m_tab->setShown(true);
        m_tab->setCompared({"1", "2", "3", "4", "5", "6"});
        QCOMPARE(m_tab->compared().size(), 4U);
        QCOMPARE(chart("statsCpu")->content().lines.size(), 5U);
        std::set<Color> tones;
        for (const ChartLine &line : chart("statsCpu")->content().lines) {
            tones.insert(line.tone);
        }
        QCOMPARE(tones.size(), 5U);
    }

    void saysOfHowManyCpus()
    {
        fill();
        QVERIFY(chart("statsCpu")->content().detail.startsWith(QStringLiteral("of 8 CPUs, ")));
        docker::ContainerDetails details;
        details.nanoCpus = 1'500'000'000;
        tell(details);
        QTRY_VERIFY(
            chart("statsCpu")
                ->content()
                .detail.startsWith(QStringLiteral("of %1 CPUs, ").arg(QLocale().toString(1.5))));
    }

    void theMachinesNetworkIsCalledThat()
    {
        fill();
        QVERIFY(chart("statsNetwork")->content().detail.contains(QStringLiteral("since start")));
        docker::ContainerDetails details;
        details.networks = {{"host", "", "", "", "", {}}};
        tell(details);
        QTRY_VERIFY(
            chart("statsNetwork")->content().detail.contains(QStringLiteral("whole machine")));
    }

    void allFourHaveRoomInAWindowOf1280By800()
    {
        fill();
        m_tab->resize(1064, 540);
        const auto *scroll = m_tab->findChild<QScrollArea *>(QStringLiteral("statsScroll"));
        QTRY_COMPARE(scroll->verticalScrollBar()->maximum(), 0);
        m_tab->resize(1700, 900);
        QTRY_VERIFY(chart("statsCpu")->height() > 300);
    }

    void aStoppedContainerShowsWhatItUsedBefore()
    {
        auto stopped = containerOf(api, "api");
        stopped.state = docker::ContainerState::Exited;
        m_tab->setContainer(ContainerRow(stopped));
        m_tab->setShown(true);
        answer(m_engine->historyQuestions.size() - 1, fiveMinutes());
        QTRY_VERIFY(!chart("statsCpu")->content().lines.front().points.empty());
        QVERIFY(label("statsProblem").contains(QStringLiteral("Not running")));
        QCOMPARE(label("statsLive"), QStringLiteral("Not running"));
    }

    void troubleWithTheFileIsSaid()
    {
        m_engine->trouble = service::StatsHistory::Trouble::NotWritten;
        m_tab->setShown(true);
        QVERIFY(label("statsProblem").contains(QStringLiteral("could not be written")));
    }

    void csvFollowsTheStandardAndHoldsNoFormula()
    {
        const store::Measures values = {1.5, 2, -1, 4, 5, 6};
        const auto csv = QString::fromUtf8(
            statsCsv({{"=cmd\"x", {{.at = now, .count = 1, .mean = values, .most = values}}}}));
        const auto lines = csv.split(QStringLiteral("\r\n"));
        QCOMPARE(lines.size(), 3);
        QVERIFY(lines[1].startsWith(
            QStringLiteral("\"'=cmd\"\"x\",2027-01-15T08:00:00Z,1.50,2.00,,4.00")));
        QCOMPARE(lines[1].count(u','), lines[0].count(u','));
    }

    void exportWritesTheFileAndSaysSo()
    {
        fill();
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("api.csv"));
        m_tab->exportTo(path);
        QTRY_VERIFY(label("statsProblem").contains(QStringLiteral("Saved")));
        QVERIFY(QFile::exists(path));
        m_tab->exportTo(folder.filePath(QStringLiteral("no/such/folder.csv")));
        QTRY_VERIFY(label("statsProblem").contains(QStringLiteral("Could not save")));
    }

    void narrowTabsHaveOneColumn()
    {
        fill();
        m_tab->resize(500, 590);
        QTRY_COMPARE(chart("statsCpu")->x(), chart("statsMemory")->x());
        m_tab->resize(1064, 590);
        QTRY_VERIFY(chart("statsCpu")->x() < chart("statsMemory")->x());
    }

    /// For whoever looks at it: the picture of ROADSTEAD_GALLERY.
    void isDrawnInBothThemes()
    {
        fill();
        for (const Appearance appearance : {Appearance::Light, Appearance::Dark}) {
            Theme::instance().setAppearance(appearance);
            chart("statsCpu")->setFocus();
            chart("statsCpu")->setCrosshair(now - 40);
            const QImage picture = m_tab->grab().toImage();
            QVERIFY(!picture.isNull());
            const QString folder = qEnvironmentVariable("ROADSTEAD_GALLERY");
            if (!folder.isEmpty()) {
                picture.save(folder + (appearance == Appearance::Light
                                           ? QStringLiteral("/stats-light.png")
                                           : QStringLiteral("/stats-dark.png")));
            }
        }
        Theme::instance().setAppearance(Appearance::System);
    }

private:
    void answer(std::size_t question, store::StatsPoints points)
    {
        test::FakeContainerEngine::answer<store::StatsPoints>(
            m_engine->historyQuestions[question].promise, std::move(points));
    }
    void fill()
    {
        m_tab->setShown(true);
        answer(m_engine->historyQuestions.size() - 1, fiveMinutes());
        QTRY_VERIFY(!chart("statsCpu")->content().lines.front().points.empty());
    }
    void tell(const docker::ContainerDetails &details)
    {
        test::FakeContainerEngine::answer<docker::ContainerDetails>(
            m_engine->inspections.back().promise, details);
    }
    ChartView *chart(const char *name)
    {
        return m_tab->findChild<ChartView *>(QLatin1StringView(name));
    }
    QAbstractButton *button(const char *name)
    {
        return m_tab->findChild<QAbstractButton *>(QLatin1StringView(name));
    }
    QString label(const char *name)
    {
        auto *found = m_tab->findChild<QLabel *>(QLatin1StringView(name));
        if (auto *elided = qobject_cast<ElidedLabel *>(found)) {
            return elided->fullText();
        }
        return found->text();
    }

    std::unique_ptr<test::FakeContainerEngine> m_engine;
    std::unique_ptr<StatsTab> m_tab;
};

} // namespace tst_stats_tab

ROADSTEAD_WIDGET_TEST(tst_stats_tab::StatsTabTest)
#include "tst_stats_tab.moc"
