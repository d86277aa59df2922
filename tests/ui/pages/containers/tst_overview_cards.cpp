// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/page_bench.h"
#include "tests/ui/support/pictures.h"
#include "ui/pages/containers/changes_card.h"
#include "ui/pages/containers/files/files_tab.h"
#include "ui/pages/containers/processes_card.h"
#include "ui/pages/containers/volume_sizes.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"
#include "ui/widgets/tab_bar.h"

#include <QClipboard>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTimer>

#include <chrono>

namespace tst_overview_cards {

using namespace roadstead;
using namespace roadstead::ui;
using docker::ChangeKind;
using docker::ContainerState;
using docker::FileChange;
using docker::ProcessTable;
using test::Harbour;
using Bench = test::PageBench;

namespace {

constexpr std::chrono::seconds patience{20};

ProcessTable table()
{
    return {{"UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"},
            {{"node", "48301", "48213", "0", "10:00", "?", "00:00:02", "worker --token=s3cr3t"},
             {"node", "48213", "1", "1", "10:00", "?", "00:01:07", "node dist/server.js"}}};
}

/// Opens the page of a container whose details are known.
std::string open(Bench &bench, Harbour &harbour)
{
    const std::string id = harbour.id("shopfront-api-1");
    bench.page.showDetails(id);
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections.back().promise,
                                                  test::apiDetails(id));
    Bench::settle();
    return id;
}

/// What the engine tells of its only volume.
std::vector<docker::Volume> measured(std::int64_t bytes)
{
    docker::Volume volume;
    volume.name = "shopfront-uploads";
    volume.size = bytes;
    return {volume};
}

QString textsOf(const QWidget *card)
{
    QStringList texts;
    for (const QLabel *label : card->findChildren<QLabel *>()) {
        const auto *elided = qobject_cast<const ElidedLabel *>(label);
        texts.append(elided ? elided->fullText() : label->text());
    }
    return texts.join(u'\n');
}

} // namespace

/// The cards of what runs in a container and of what it has changed.
class OverviewCardsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() { QSettings().clear(); }
    void processesAreReadByTheTitlesOfTheirColumns_data();
    void processesAreReadByTheTitlesOfTheirColumns();
    void processesAreShownOldestFirstAndSecretsMasked();
    void processesAreAskedForOnlyWhileTheyAreOnScreen();
    void aContainerThatDoesNotRunHasNoProcesses();
    void processesThatCannotBeReadAreExplained();
    void aNarrowCardKeepsIdsAndCommands();
    void foldersAboveAChangeAreLeftOut();
    void changesAreCountedAndShown();
    void aChangeIsShownInTheTabOfFiles();
    void changesAreAskedForAgainWhenTheStateIsAnother();
    void volumesAreMeasuredOnceAndOnlyWhileTheyAreOnScreen();
    void aSizeThatTheEngineDoesNotTellIsUnknown();
    void theHealthCheckIsShownWithItsTimes();
    void aHealthCheckThatIsOffIsNotShown();
    void theDigestOfTheRegistryIsShownAndCopied();
};

void OverviewCardsTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName("roadstead-overview-cards-test");
    Theme::instance().install(*qApp);
}

void OverviewCardsTest::processesAreReadByTheTitlesOfTheirColumns_data()
{
    QTest::addColumn<ProcessTable>("processes");
    QTest::addColumn<ProcessLine>("first");
    QTest::newRow("docker") << table()
                            << ProcessLine{48213, "node", "00:01:07", "node dist/server.js"};
    QTest::newRow("podman")
        << ProcessTable{{"USER", "PID", "PPID", "%CPU", "ELAPSED", "TTY", "TIME", "COMMAND"},
                        {{"root", "1", "0", "0.0", "2m", "?", "0s", "sleep 100"}}}
        << ProcessLine{1, "root", "0s", "sleep 100"};
    QTest::newRow("columns that are missing")
        << ProcessTable{{"CMD"}, {{"sleep"}}} << ProcessLine{0, "", "", "sleep"};
    QTest::newRow("rows that are short")
        << ProcessTable{{"PID", "CMD"}, {{"7"}}} << ProcessLine{7, "", "", ""};
    QTest::newRow("hostile words")
        << ProcessTable{{"PID", "CMD"}, {{"x", "a\u202eb\x1b"}}}
        << ProcessLine{0, "", "", displayText(std::string_view("a\u202eb\x1b"))};
}

void OverviewCardsTest::processesAreReadByTheTitlesOfTheirColumns()
{
    QFETCH(ProcessTable, processes);
    QFETCH(ProcessLine, first);
    const std::vector<ProcessLine> lines = processLines(processes);
    QCOMPARE(lines.size(), processes.processes.size());
    QCOMPARE(lines.front().id, first.id);
    QCOMPARE(lines.front().user, first.user);
    QCOMPARE(lines.front().time, first.time);
    QCOMPARE(lines.front().command, first.command);
}

void OverviewCardsTest::processesAreShownOldestFirstAndSecretsMasked()
{
    Bench bench;
    Harbour harbour(bench.engine);
    const std::string id = open(bench, harbour);
    QCOMPARE(bench.engine.processQuestions.size(), std::size_t(1));
    QCOMPARE(bench.engine.processQuestions[0].id, id);
    bench.engine.answer<ProcessTable>(bench.engine.processQuestions[0].promise, table());
    Bench::settle();
    const QString texts = textsOf(bench.find("processesCard"));
    QVERIFY(texts.contains("node dist/server.js"));
    QVERIFY(texts.indexOf("48213") < texts.indexOf("48301"));
    QVERIFY(!texts.contains("s3cr3t"));
    QVERIFY(bench.find("process_48301")->accessibleName().contains("worker"));
}

void OverviewCardsTest::processesAreAskedForOnlyWhileTheyAreOnScreen()
{
    Bench bench;
    Harbour harbour(bench.engine);
    open(bench, harbour);
    auto *clock = bench.find("processesCard")->findChild<QTimer *>("processesClock");
    auto &questions = bench.engine.processQuestions;
    QSignalSpy ticks(clock, &QTimer::timeout);
    clock->setInterval(1);
    QTRY_VERIFY_WITH_TIMEOUT(ticks.size() > 3, patience);
    QVERIFY2(questions.size() == 1, "what is not answered is not asked again");
    bench.engine.answer<ProcessTable>(questions[0].promise, table());
    QTRY_COMPARE_WITH_TIMEOUT(questions.size(), std::size_t(2), patience);
    auto *tabs = bench.find<TabBar>("detailsTabs");
    tabs->setCurrentIndex(1);
    Bench::settle();
    QVERIFY(!clock->isActive());
    QCOMPARE(bench.engine.processCancels, 1);
    bench.engine.answer<ProcessTable>(questions[1].promise, ProcessTable{});
    tabs->setCurrentIndex(0);
    QTRY_COMPARE_WITH_TIMEOUT(questions.size(), std::size_t(3), patience);
    QVERIFY2(textsOf(bench.find("processesCard")).contains("48213"), "the late answer is dropped");
}

void OverviewCardsTest::aContainerThatDoesNotRunHasNoProcesses()
{
    Bench bench;
    Harbour harbour(bench.engine);
    const std::string id = harbour.id("shopfront-api-1");
    bench.page.showDetails(id);
    docker::ContainerDetails details = test::apiDetails(id);
    details.state = ContainerState::Exited;
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections[0].promise, details);
    Bench::settle();
    QVERIFY(bench.engine.processQuestions.empty());
    QVERIFY(!bench.find("processesCard"));
    QVERIFY(bench.find("changesCard"));
}

void OverviewCardsTest::processesThatCannotBeReadAreExplained()
{
    Bench bench;
    Harbour harbour(bench.engine);
    open(bench, harbour);
    bench.engine.answer<ProcessTable>(
        bench.engine.processQuestions[0].promise,
        std::unexpected(
            Error{ErrorKind::EngineFailed, 500,
                  "ps: not found, as " + std::string(120, 'x') + " says " + std::string(120, 'y'),
                  "container.top"}));
    Bench::settle();
    auto *card = bench.find("processesCard");
    QVERIFY(bench.find("cardProblem"));
    QVERIFY(textsOf(card).contains("Could not be read"));
    QVERIFY2(card->mapTo(&bench.window, QPoint(card->width(), 0)).x() < bench.window.width(),
             "a long reason makes the page wider than the window");
    QTRY_VERIFY_WITH_TIMEOUT(bench.engine.processQuestions.size() > 1, patience);
    bench.engine.answer<ProcessTable>(bench.engine.processQuestions[1].promise, table());
    Bench::settle();
    QVERIFY(!bench.find("cardProblem"));
}

void OverviewCardsTest::aNarrowCardKeepsIdsAndCommands()
{
    Bench bench;
    Harbour harbour(bench.engine);
    open(bench, harbour);
    bench.engine.answer<ProcessTable>(bench.engine.processQuestions[0].promise, table());
    Bench::settle();
    auto *card = static_cast<ProcessesCard *>(bench.find("processesCard"));
    QVERIFY(textsOf(card).contains("00:01:07"));
    card->setNarrow(true);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    const QString texts = textsOf(card);
    QVERIFY(!texts.contains("00:01:07"));
    QVERIFY(texts.contains("48213") && texts.contains("node dist/server.js"));
}

void OverviewCardsTest::foldersAboveAChangeAreLeftOut()
{
    const std::vector<FileChange> changes{
        {"/etc", ChangeKind::Modified},       {"/etc-old", ChangeKind::Added},
        {"/etc/app", ChangeKind::Added},      {"/etc/app/conf", ChangeKind::Added},
        {"/etc/hosts", ChangeKind::Modified}, {"/tmp", ChangeKind::Modified},
        {"/var", ChangeKind::Modified},       {"/var/log", ChangeKind::Deleted}};
    const std::vector<FileChange> own{
        {"/etc-old", ChangeKind::Added},      {"/etc/app", ChangeKind::Added},
        {"/etc/app/conf", ChangeKind::Added}, {"/etc/hosts", ChangeKind::Modified},
        {"/tmp", ChangeKind::Modified},       {"/var/log", ChangeKind::Deleted}};
    QCOMPARE(ownChanges(changes), own);
    QCOMPARE(ownChanges({}), std::vector<FileChange>());
}

void OverviewCardsTest::changesAreCountedAndShown()
{
    Bench bench;
    Harbour harbour(bench.engine);
    bench.engine.fileAccess.changed = {{"/etc", ChangeKind::Modified},
                                       {"/etc/hosts", ChangeKind::Modified},
                                       {"/app/old.js", ChangeKind::Deleted}};
    for (char letter = 'a'; letter < 'a' + 9; ++letter) {
        bench.engine.fileAccess.changed.push_back(
            {std::string("/tmp/") + letter, ChangeKind::Added});
    }
    open(bench, harbour);
    Bench::settle();
    const QString texts = textsOf(bench.find("changesCard"));
    QVERIFY2(texts.contains("9 added · 1 changed · 1 deleted"), qPrintable(texts));
    QVERIFY(texts.contains("/app/old.js"));
    QVERIFY(texts.contains("3 more"));
    bench.engine.fileAccess.changed.clear();
    bench.press("readChanges");
    Bench::settle();
    QVERIFY(textsOf(bench.find("changesCard")).contains("As in the image"));
}

void OverviewCardsTest::aChangeIsShownInTheTabOfFiles()
{
    Bench bench;
    Harbour harbour(bench.engine);
    bench.engine.fileAccess.changed = {{"/etc/hosts", ChangeKind::Modified}};
    open(bench, harbour);
    Bench::settle();
    bench.press("showChange1");
    auto *files = bench.find<FilesTab>("filesTab");
    QVERIFY(files);
    QTRY_COMPARE_WITH_TIMEOUT(files->controller()->path(), std::string("/etc"), patience);
    QCOMPARE(bench.engine.fileAccess.readings.front(), std::string("/etc"));
}

void OverviewCardsTest::changesAreAskedForAgainWhenTheStateIsAnother()
{
    Bench bench;
    Harbour harbour(bench.engine);
    const std::string id = open(bench, harbour);
    Bench::settle();
    QVERIFY(textsOf(bench.find("changesCard")).contains("As in the image"));
    bench.engine.fileAccess.changed = {{"/new", ChangeKind::Added}};
    bench.page.controller()->engine()->refresh();
    harbour.change("shopfront-api-1", ContainerState::Paused, "Up 3 hours (Paused)");
    docker::ContainerDetails details = test::apiDetails(id);
    details.state = ContainerState::Paused;
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections.back().promise, details);
    Bench::settle();
    QTRY_VERIFY_WITH_TIMEOUT(textsOf(bench.find("changesCard")).contains("1 added"), patience);
}

void OverviewCardsTest::volumesAreMeasuredOnceAndOnlyWhileTheyAreOnScreen()
{
    Bench bench;
    Harbour harbour(bench.engine);
    const auto &questions = bench.engine.volumeQuestions;
    const std::string id = harbour.id("shopfront-api-1");
    bench.page.showDetails(id);
    bench.find<TabBar>("detailsTabs")->setCurrentIndex(1);
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections.back().promise,
                                                  test::apiDetails(id));
    Bench::settle();
    QVERIFY2(questions.empty(), "nobody looks at them");
    bench.find<TabBar>("detailsTabs")->setCurrentIndex(0);
    Bench::settle();
    QCOMPARE(questions.size(), std::size_t(1));
    QCOMPARE(bench.find<ElidedLabel>("mountSize1")->fullText(), unknownText());
    QCOMPARE(bench.find<ElidedLabel>("mountSize2")->fullText(), "…");
    QVERIFY(!bench.find("measureVolumes")->isEnabled());
    bench.engine.answer<std::vector<docker::Volume>>(questions[0], measured(318000000));
    Bench::settle();
    QCOMPARE(bench.find<ElidedLabel>("mountSize2")->fullText(), diskSizeText(318000000));
    test::keepPictures(bench.window, QStringLiteral("overview-mounts"));

    const auto lookAgain = [&bench] {
        for (const int tab : {1, 0}) {
            bench.find<TabBar>("detailsTabs")->setCurrentIndex(tab);
            Bench::settle();
        }
    };
    bench.milliseconds += VolumeSizes::goodForMilliseconds - 1;
    lookAgain();
    QVERIFY2(questions.size() == 1, "what is known is still good");
    bench.milliseconds += 1;
    lookAgain();
    QCOMPARE(questions.size(), std::size_t(2));
    QVERIFY2(bench.find<ElidedLabel>("mountSize2")->fullText() == diskSizeText(318000000),
             "the old one stays until the new one is there");
    bench.engine.answer<std::vector<docker::Volume>>(questions[1], measured(5000));
    Bench::settle();
    QCOMPARE(bench.find<ElidedLabel>("mountSize2")->fullText(), diskSizeText(5000));
    bench.press("measureVolumes");
    QCOMPARE(questions.size(), std::size_t(3));
}

void OverviewCardsTest::aSizeThatTheEngineDoesNotTellIsUnknown()
{
    Bench bench;
    Harbour harbour(bench.engine);
    open(bench, harbour);
    bench.engine.answer<std::vector<docker::Volume>>(
        bench.engine.volumeQuestions.at(0),
        failure(ErrorKind::InvalidArgument, "engine.diskusage"));
    Bench::settle();
    QCOMPARE(bench.find<ElidedLabel>("mountSize2")->fullText(), "Unknown");
    QVERIFY(bench.find("mountSize2")->toolTip().contains("does not tell"));
    QVERIFY(bench.find("measureVolumes")->isEnabled());
}

void OverviewCardsTest::theHealthCheckIsShownWithItsTimes()
{
    using namespace std::chrono_literals;
    Bench bench;
    Harbour harbour(bench.engine);
    const std::string id = open(bench, harbour);
    docker::ContainerDetails details = test::apiDetails(id);
    details.healthCheck.command = "node health.js --token=s3cr3t";
    details.healthCheck.interval = 10s;
    details.healthCheck.timeout = {};
    details.healthCheck.startPeriod = 1500ms;
    bench.page.refresh();
    harbour.change("shopfront-api-1", ContainerState::Running, "Up 4 hours (healthy)");
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections.back().promise, details);
    Bench::settle();
    QString texts = textsOf(bench.find("stateCard"));
    QVERIFY2(texts.contains("Every 10 s, 3 tries"), qPrintable(texts));
    QVERIFY2(texts.contains("Times out after 30 s · start period 1.5 s, every 5 s"),
             qPrintable(texts));
    QVERIFY(texts.contains("node health.js") && !texts.contains("s3cr3t"));
    bench.press("copyHealthCheck");
    QCOMPARE(QGuiApplication::clipboard()->text(), "node health.js --token=s3cr3t");
    details.healthLog.clear();
    details.health = docker::Health::Starting;
    harbour.change("shopfront-api-1", ContainerState::Running, "Up 1 second (health: starting)");
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections.back().promise, details);
    Bench::settle();
    QVERIFY2(bench.find("healthCheck"), "it is known before it has run");
}

void OverviewCardsTest::aHealthCheckThatIsOffIsNotShown()
{
    Bench bench;
    Harbour harbour(bench.engine);
    const std::string id = harbour.id("shopfront-api-1");
    bench.page.showDetails(id);
    docker::ContainerDetails details = test::apiDetails(id);
    details.health = docker::Health::None;
    details.healthCheck.isDisabled = true;
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections.back().promise, details);
    Bench::settle();
    QVERIFY(textsOf(bench.find("stateCard")).contains("No health check"));
    QVERIFY(!bench.find("healthCheck"));
}

void OverviewCardsTest::theDigestOfTheRegistryIsShownAndCopied()
{
    Bench bench;
    Harbour harbour(bench.engine);
    const std::string id = harbour.id("shopfront-api-1");
    bench.page.showDetails(id);
    docker::ContainerDetails details = test::apiDetails(id);
    details.imageId = "sha256:11";
    const std::string own = "harbourlabs/shopfront-api@sha256:" + std::string(64, 'c');
    bench.engine.digestsOf["sha256:11"] = {"other/name@sha256:" + std::string(64, 'd'), own};
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections.back().promise, details);
    Bench::settle();
    QVERIFY(textsOf(bench.find("originCard")).contains("sha256:" + QString(64, 'c')));
    bench.press("copyDigest");
    QCOMPARE(QGuiApplication::clipboard()->text().toStdString(), own);
    // Pushed meanwhile, or listed only now.
    bench.engine.digestsOf["sha256:11"] = {own + "e"};
    harbour.change("shopfront-api-1", ContainerState::Running, "Up 4 hours");
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections.back().promise, details);
    Bench::settle();
    QVERIFY(textsOf(bench.find("originCard")).contains(QString(64, 'c') + 'e'));
}

} // namespace tst_overview_cards

ROADSTEAD_WIDGET_TEST(tst_overview_cards::OverviewCardsTest)
#include "tst_overview_cards.moc"
