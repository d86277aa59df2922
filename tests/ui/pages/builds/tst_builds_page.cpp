// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/fake_build_engine.h"
#include "tests/ui/support/named_buttons.h"
#include "tests/ui/support/window_bench.h"
#include "ui/pages/builds/builds_page.h"
#include "ui/pages/list_table.h"
#include "ui/theme/theme.h"
#include "ui/widgets/toast.h"

#include <QAbstractButton>
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

namespace tst_builds_page {

using namespace roadstead;
using namespace roadstead::ui;
using namespace Qt::StringLiterals;
using Step = BuildController::Step;

namespace {

/// Two builders as buildx lists them.
constexpr auto buildersScript =
    "case \"$2\" in\n"
    "ls) cat <<'END'\n"
    R"({"Name":"default","Driver":"docker","LastActivity":"2026-03-04T10:00:00Z","Current":true,"Nodes":[{"Name":"default","Endpoint":"default","Status":"running","Version":"v0.17.3","Platforms":["linux/amd64","linux/amd64/v2","linux/amd64/v3","linux/386"]}]})"
    "\n"
    R"({"Name":"multi","Driver":"docker-container","LastActivity":"2026-03-01T10:00:00Z","Current":false,"Nodes":[{"Name":"multi0","Endpoint":"roadstead","Status":"running","Version":"v0.19.0","DriverOpts":{"network":"host"},"Flags":["--allow-insecure-entitlement=network.host"],"Platforms":["linux/amd64","linux/arm64","linux/riscv64"]},{"Name":"multi1","Endpoint":"tcp://build.example:1234","Status":"inactive","Platforms":["linux/arm64"]}]})"
    "\n"
    R"({"Name":"old-ci","Driver":"remote","Current":false,"Nodes":[{"Name":"old-ci0","Endpoint":"tcp://10.0.0.7:1234","Status":"inactive","Err":"dial tcp 10.0.0.7:1234: connect: no route to host"}]})"
    "\n"
    "END\n"
    ";;\n"
    "inspect) printf 'Name:   multi\\nDriver: docker-container\\n';;\n"
    "history) ;;\n"
    "esac\n";

docker::BuildCacheRecord record(const std::string &id, const std::string &text, std::int64_t size,
                                std::vector<std::string> parents = {})
{
    return {.id = id,
            .parents = std::move(parents),
            .type = "regular",
            .description = text,
            .size = size,
            .created = "2026-03-01T10:00:00Z",
            .lastUsed = "2026-03-03T10:00:00Z",
            .usageCount = 3};
}

docker::DiskUsage someCache()
{
    docker::DiskUsage usage;
    usage.buildCache = {
        record("base0", "pulled from docker.io/library/node:22@sha256:1f2e", 1'120'000'000),
        record("copy1", "[build 2/5] COPY package.json package-lock.json ./", 184'000, {"base0"}),
        record("npm02", "[build 3/5] RUN npm ci", 412'000'000, {"copy1"}),
        record("src03", "[build 4/5] COPY . .", 5'400'000, {"npm02"}),
        record("local", "local source for context", 5'600'000),
        record("mount", "cached mount /root/.npm from exec /bin/sh -c npm ci", 268'000'000)};
    usage.buildCache[0].shared = true;
    usage.buildCache[3].inUse = true;
    usage.buildCache[4].type = "source.local";
    usage.buildCache[5].type = "exec.cachemount";
    return usage;
}

BuildRecord kept(const QString &name, int hoursAgo, BuildRecord::Outcome outcome)
{
    BuildRecord record{.name = name,
                       .context = u"/home/mara/src/shopfront"_s,
                       .line = u"docker buildx build --tag "_s + name + u" --load ."_s,
                       .startedAt = QDateTime::currentDateTimeUtc().addSecs(-3'600 * hoursAgo),
                       .milliseconds = 41'300 + 7'000 * hoursAgo,
                       .steps = 12,
                       .cached = outcome == BuildRecord::Outcome::Failed ? 4 : 9,
                       .outcome = outcome,
                       .builder = u"default"_s,
                       .engine = u"roadstead"_s};
    record.form.context = "/home/mara/src/shopfront";
    record.form.tags = {name.toStdString()};
    record.form.platforms = "linux/amd64, linux/arm64";
    record.form.arguments = {"NODE_ENV=production", "NPM_TOKEN="};
    return record;
}

service::KeptStep keptStep(const char *words, int number, build::StepState state, std::int64_t time)
{
    return {.words = words,
            .place = {.stage = "build", .number = number, .count = 5},
            .state = state,
            .milliseconds = time};
}

service::KeptBuild goodBuild()
{
    using State = build::StepState;
    return {.steps = {keptStep("FROM docker.io/library/node:22", 1, State::Cached, -1),
                      keptStep("COPY package.json package-lock.json ./", 2, State::Cached, -1),
                      keptStep("RUN npm ci", 3, State::Cached, -1),
                      keptStep("COPY . .", 4, State::Done, 210),
                      keptStep("RUN npm run build", 5, State::Done, 31'400)}};
}

service::KeptBuild badBuild()
{
    service::KeptBuild build = goodBuild();
    build.steps[2].state = build::StepState::Failed;
    build.steps[2].milliseconds = 8'300;
    build.steps[2].lines = {"npm error code ERESOLVE", "npm error ERESOLVE unable to resolve "
                                                       "dependency tree"};
    build.steps[2].error =
        "process \"/bin/sh -c npm ci\" did not complete successfully: exit code: 1";
    build.steps[3].state = build::StepState::Cancelled;
    build.steps[3].milliseconds = -1;
    build.steps[4].state = build::StepState::Waiting;
    build.steps[4].milliseconds = -1;
    build.failure = build::BuildFailure{
        .message = "process \"/bin/sh -c npm ci\" did not complete successfully: exit code: 1",
        .file = "Dockerfile",
        .firstLine = 4,
        .lastLine = 4};
    build.excerpt = {"WORKDIR /src", "COPY package.json package-lock.json ./", "RUN npm ci",
                     "COPY . .", "RUN npm run build"};
    build.excerptLine = 2;
    return build;
}

/// The page in a window, with builds that were kept.
struct BuildsBench : test::WindowBench
{
    explicit BuildsBench(const QString &history, bool filled = true)
        : toasts(&window)
    {
        QSettings().clear();
        engine.setScript(buildersScript);
        engine.cache = someCache();
        if (filled) {
            BuildHistory keeper(history);
            keeper.add(kept(u"shopfront:1.7"_s, 50, BuildRecord::Outcome::Built), goodBuild());
            keeper.add(kept(u"worker:dev"_s, 30, BuildRecord::Outcome::Stopped));
            BuildRecord failed = kept(u"shopfront:1.8"_s, 2, BuildRecord::Outcome::Failed);
            failed.problem = QString::fromStdString(badBuild().failure->message);
            keeper.add(failed, badBuild());
            BuildRecord newest =
                kept(u"registry.example:5000/team/shopfront:1.8"_s, 1, BuildRecord::Outcome::Built);
            newest.digest = u"sha256:0123"_s;
            newest.form.arguments = {"NODE_ENV=test"};
            service::KeptBuild steps = goodBuild();
            steps.steps[2].state = build::StepState::Done;
            steps.steps[2].milliseconds = 12'000;
            steps.steps[2].lines = {"added 812 packages in 11s"};
            keeper.add(newest, steps);
            (void)QTest::qWaitFor([&keeper] { return keeper.isLoaded(); });
        }
        page = std::make_unique<BuildsPage>(
            BuildsPage::Parts{.engine = &engine, .toasts = &toasts, .history = history});
        show(page->widget());
        (void)QTest::qWaitFor([this] { return page->history()->isLoaded(); });
        settle();
    }
    static void settle()
    {
        for (int i = 0; i < 5; ++i) {
            QCoreApplication::processEvents();
        }
    }
    void press(const char *name)
    {
        auto *button = find<QAbstractButton>(name);
        QVERIFY2(button, name);
        QTest::mouseClick(button, Qt::LeftButton);
        settle();
    }
    void showTab(int tab)
    {
        find<QTabBar>("buildsTabs")->setCurrentIndex(tab);
        settle();
    }
    [[nodiscard]] ListTable *table(const char *name) const { return find<ListTable>(name); }
    [[nodiscard]] std::string key(const char *name, int row) const
    {
        return table(name)->model()->rowCount() > row
                   ? static_cast<FlatListModelBase *>(table(name)->model())->keyAt(row)
                   : std::string();
    }
    /// The question that is open.
    [[nodiscard]] QDialog *dialog(const char *name) const
    {
        return window.findChild<QDialog *>(QLatin1StringView(name));
    }
    [[nodiscard]] QString text(const char *name) const
    {
        auto *label = find<QLabel>(name);
        return label != nullptr ? label->text() : QString();
    }

    test::FakeBuildEngine engine;
    ToastHost toasts;
    std::unique_ptr<BuildsPage> page;
};

} // namespace

/// The page "Builds", its list and what is kept.
class TestBuildsPage : public QObject
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
        m_folder = std::make_unique<QTemporaryDir>();
        QFile file(m_folder->filePath(u"Dockerfile"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("FROM busybox\nRUN true\n");
        m_engine.setScript("exit 0\n");
        m_page = page();
    }
    void cleanup() { m_page.reset(); }

    void emptyPageOffersABuild()
    {
        auto *empty = find("noBuilds");
        QTRY_VERIFY(empty->isVisibleTo(m_page->widget()));
        auto *button = empty->findChild<QAbstractButton *>();
        QVERIFY(button != nullptr);
        button->click();
        QVERIFY(find("buildWizard")->isVisibleTo(m_page->widget()));
        QVERIFY(m_page->canGoBack());
        QVERIFY(m_page->primaryAction() == nullptr);
        m_page->goBack();
        QVERIFY(m_page->primaryAction() != nullptr);
    }
    void whatIsNotSavedIsTold()
    {
        BuildController &controller = *m_page->controller();
        QVERIFY(m_page->unsaved().isEmpty());
        BuildForm form;
        form.context = m_folder->path().toStdString();
        controller.begin(form);
        QTRY_VERIFY(!controller.isLooking());
        QVERIFY2(m_page->unsaved().isEmpty(), "a folder is chosen with one click");
        controller.setText(u"FROM busybox\nRUN false\n"_s);
        QCOMPARE(m_page->unsaved().size(), 1);
        bool saved = false;
        m_page->unsaved()[0].save([&saved](bool done) { saved = done; });
        QVERIFY(saved);
        QVERIFY(m_page->unsaved().isEmpty());
        QFile file(m_folder->filePath(u"Dockerfile"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("RUN false"));
        form = controller.form();
        form.tags = {"shop:1"};
        controller.setForm(form);
        QCOMPARE(m_page->unsaved().size(), 1);
        QVERIFY(!m_page->unsaved()[0].save);
    }
    void buildsAreListedAndKept()
    {
        build({.tags = {"shop:1"}, .arguments = {"A=1", "API_TOKEN=canary"}});
        m_engine.setScript("echo 'ERROR: failed to solve: no' >&2; exit 1\n");
        build({.tags = {"shop:2"}});
        const QAbstractItemModel *model = table()->model();
        QCOMPARE(model->rowCount(), 2);
        QCOMPARE(cell(0, BuildColumn::Name), u"shop:2"_s);
        QCOMPARE(cell(0, BuildColumn::Result), u"Failed"_s);
        QCOMPARE(cell(1, BuildColumn::Result), u"Built"_s);
        m_page.reset();

        QFile kept(historyPath());
        QVERIFY(kept.open(QIODevice::ReadOnly));
        const QByteArray text = kept.readAll();
        QVERIFY(text.contains("shop:1"));
        QVERIFY(!text.contains("canary"));
        QCOMPARE(kept.permissions() & (QFile::ReadOther | QFile::ReadGroup), QFile::Permissions());

        m_page = page();
        QTRY_COMPARE(table()->model()->rowCount(), 2);
        table()->setCurrentIndex(table()->model()->index(1, 0));
        find("buildAgain")->setFocus();
        m_page->widget()->findChild<QAbstractButton *>(u"buildAgain"_s)->click();
        QCOMPARE(m_page->controller()->form().tags, std::vector<std::string>{"shop:1"});
        QCOMPARE(m_page->controller()->form().arguments,
                 (std::vector<std::string>{"A=1", "API_TOKEN="}));
    }
    void runningBuildIsOnTop()
    {
        m_engine.setScript("while :; do sleep 0.05; done\n");
        begin({.tags = {"shop:1"}});
        QVERIFY(m_page->controller()->build());
        QCOMPARE(m_page->count().value_or(0), 1);
        m_page->goBack();
        auto *running = m_page->widget()->findChild<QLabel *>(u"runningBuild"_s);
        QVERIFY(running->isVisibleTo(m_page->widget()));
        QVERIFY(running->text().contains(u"shop:1"_s));
    }

    void detailsShowWhyItFailed()
    {
        BuildsBench bench(historyPath());
        bench.table("buildsTable")->setCurrentKey(bench.key("buildsTable", 1));
        Q_EMIT bench.table("buildsTable")->opened(bench.key("buildsTable", 1));
        BuildsBench::settle();
        QVERIFY(bench.find("buildFailureCard") != nullptr);
        QVERIFY(bench.text("buildProblem").contains(u"exit code: 1"_s));
        QTRY_VERIFY(bench.find("buildFailureCard")->findChildren<QLabel *>().size() > 5); // lines
        QVERIFY(!bench.find<QAbstractButton>("buildOpenImage")->isEnabled());
        bench.find<QTabBar>("buildTabs")->setCurrentIndex(1);
        QTRY_VERIFY(bench.find<QTreeWidget>("buildStepList") != nullptr);
        auto *steps = bench.find<QTreeWidget>("buildStepList");
        QCOMPARE(steps->topLevelItemCount(), 5);
        QCOMPARE(steps->currentItem(), steps->topLevelItem(2)); // the one that failed
        QVERIFY(
            bench.find<QPlainTextEdit>("buildStepOutput")->toPlainText().contains(u"ERESOLVE"_s));
        steps->setCurrentItem(steps->topLevelItem(0));
        const auto *output = bench.find<QPlainTextEdit>("buildStepOutput");
        QCOMPARE(output->toPlainText(), QString()); // there is nothing to copy
        QVERIFY2(output->placeholderText().startsWith(u"This step wrote nothing"_s),
                 qPrintable(output->placeholderText()));
    }
    void stepsThatAreGoneAreSaid()
    {
        BuildsBench bench(historyPath());
        bench.table("buildsTable")->setCurrentKey(bench.key("buildsTable", 0));
        const std::string id = bench.key("buildsTable", 3);
        QVERIFY(QFile::remove(m_folder->filePath(u"build-steps/"_s) + QString::fromStdString(id) +
                              u".json"_s));
        Q_EMIT bench.table("buildsTable")->opened(id);
        bench.table("buildsTable")->setCurrentKey(id);
        bench.find<QTabBar>("buildTabs")->setCurrentIndex(1);
        QTRY_VERIFY(bench.find("noBuildSteps") != nullptr);
    }
    void imageIsOpenedWhereItStillIs()
    {
        BuildsBench bench(historyPath());
        bench.engine.images = {"sha256:0123"};
        QSignalSpy wanted(bench.page.get(), &BuildsPage::imageWanted);
        Q_EMIT bench.table("buildsTable")->opened(bench.key("buildsTable", 0));
        bench.table("buildsTable")->setCurrentKey(bench.key("buildsTable", 0));
        BuildsBench::settle();
        bench.press("buildOpenImage");
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.front().front().value<std::string>(), std::string("sha256:0123"));
    }
    void twoBuildsAreCompared()
    {
        BuildsBench bench(historyPath());
        bench.table("buildsTable")->selectKeys({bench.key("buildsTable", 0)});
        BuildsBench::settle();
        QVERIFY(!bench.find<QAbstractButton>("compareBuilds") ||
                !bench.find<QAbstractButton>("compareBuilds")->isEnabled());
        bench.table("buildsTable")
            ->selectKeys({bench.key("buildsTable", 0), bench.key("buildsTable", 3)});
        BuildsBench::settle();
        bench.press("compareBuilds");
        QVERIFY(bench.page->canGoBack());
        QTRY_VERIFY(bench.find<QTreeWidget>("compareSteps") != nullptr);
        QCOMPARE(bench.find<QTreeWidget>("compareSteps")->topLevelItemCount(), 5);
        QVERIFY2(bench.text("compareVerdict").contains(u"RUN npm ci"_s),
                 qPrintable(bench.text("compareVerdict")));
        QVERIFY(bench.find<QTreeWidget>("compareOptions")->topLevelItemCount() >= 2);
        QTest::keyClick(bench.find("compareBuildsView"), Qt::Key_Escape);
        QVERIFY(!bench.page->canGoBack());
    }
    void removalAsksAndForgets()
    {
        BuildsBench bench(historyPath());
        bench.table("buildsTable")->setCurrentKey(bench.key("buildsTable", 2));
        bench.table("buildsTable")->setFocus();
        QTest::keyClick(bench.table("buildsTable"), Qt::Key_Delete);
        QDialog *dialog = bench.dialog("removeBuildsDialog");
        QVERIFY(dialog != nullptr);
        dialog->accept();
        BuildsBench::settle();
        QCOMPARE(bench.table("buildsTable")->model()->rowCount(), 3);
    }
    void filterThatHidesAllSaysSo()
    {
        BuildsBench bench(historyPath());
        bench.page->history()->list()->setFilterText(u"nowhere"_s);
        BuildsBench::settle();
        QVERIFY(bench.find("noBuildMatches") != nullptr);
        bench.find("noBuildMatches")->findChild<QAbstractButton *>()->click();
        QVERIFY(bench.find("noBuildMatches") == nullptr);
    }

    void buildersAreListedUsedAndRemoved()
    {
        BuildsBench bench(historyPath());
        bench.showTab(1);
        QTRY_VERIFY(bench.table("buildersTable") != nullptr);
        QTRY_COMPARE(bench.table("buildersTable")->model()->rowCount(), 3);
        bench.table("buildersTable")->setCurrentKey("multi");
        Q_EMIT bench.table("buildersTable")->opened("multi");
        BuildsBench::settle();
        QVERIFY(bench.find<QAbstractButton>("useBuilder")->isEnabled());
        bench.press("useBuilder");
        QCOMPARE(bench.engine.lines.back(), u"docker buildx use multi"_s);
        QTRY_COMPARE(bench.engine.ended, 1);
        bench.find<QTabBar>("builderTabs")->setCurrentIndex(1);
        QTRY_VERIFY(bench.find<QPlainTextEdit>("builderInspect")
                        ->toPlainText()
                        .contains(u"docker-container"_s));
        QTRY_VERIFY(bench.find<QAbstractButton>("removeBuilder")->isEnabled());
        bench.press("removeBuilder");
        QDialog *dialog = bench.dialog("removeBuilderDialog");
        QVERIFY(dialog != nullptr);
        dialog->accept();
        QCOMPARE(bench.engine.lines.back(), u"docker buildx rm multi"_s);
        // The engine's own cannot go.
        bench.table("buildersTable")->setCurrentKey("default");
        BuildsBench::settle();
        QVERIFY(!bench.find<QAbstractButton>("removeBuilder")->isEnabled());
        QVERIFY(!bench.find<QAbstractButton>("useBuilder")->isEnabled());
    }
    void builderIsCreatedOnceAllIsRight()
    {
        BuildsBench bench(historyPath());
        bench.showTab(1);
        QTRY_COMPARE(bench.page->builders()->list()->rowCount(), 3);
        bench.press("createBuilder");
        QDialog *dialog = bench.dialog("createBuilderDialog");
        QVERIFY(dialog != nullptr);
        const auto field = [dialog](const char *name) {
            return dialog->findChild<QLineEdit *>(QLatin1StringView(name));
        };
        field("builderName")->setText(u"multi"_s); // taken
        dialog->accept();
        QVERIFY(dialog->isVisible());
        field("builderName")->setText(u"arm"_s);
        dialog->findChild<QComboBox *>(u"builderDriver"_s)->setCurrentText(u"remote"_s);
        dialog->accept();
        QVERIFY(dialog->isVisible()); // no endpoint
        field("builderEndpoint")->setText(u"tcp://me:secret@build.example:1234"_s);
        dialog->accept();
        QVERIFY(dialog->isVisible());
        field("builderEndpoint")->setText(u"tcp://build.example:1234"_s);
        field("builderPlatforms")->setText(u"linux/arm64, linux/arm/v7"_s);
        dialog->findChild<QPlainTextEdit *>(u"builderOptions"_s)->setPlainText(u"API_KEY=x"_s);
        dialog->accept();
        QVERIFY(dialog->isVisible());
        dialog->findChild<QPlainTextEdit *>(u"builderOptions"_s)
            ->setPlainText(u"default-load=true\n"_s);
        dialog->findChild<QCheckBox *>(u"builderUse"_s)->setChecked(true);
        dialog->accept();
        QCOMPARE(bench.engine.lines.back(),
                 u"docker buildx create --name arm --driver remote --platform "
                 "linux/arm64,linux/arm/v7 --driver-opt default-load=true --use "
                 "tcp://build.example:1234"_s);
        QTRY_COMPARE(bench.toasts.toasts().size(), 1);
    }
    void withoutBuildxTheTabSaysSo()
    {
        BuildsBench bench(historyPath());
        bench.engine.setScript("echo \"docker: 'buildx' is not a docker command.\" >&2; exit 1\n");
        bench.showTab(1);
        QTRY_VERIFY(bench.find("buildersAway") != nullptr);
    }

    void cacheIsRemovedRecordByRecord()
    {
        BuildsBench bench(historyPath());
        bench.showTab(2);
        QTRY_VERIFY(bench.table("cacheTable") != nullptr);
        QTRY_COMPARE(bench.table("cacheTable")->model()->rowCount(), 6);
        QVERIFY(bench.text("cacheTotal").contains(u"1.8 GB"_s));
        bench.table("cacheTable")->selectKeys({"mount", "local"});
        BuildsBench::settle();
        bench.press("removeCache");
        QDialog *dialog = bench.dialog("removeCacheDialog");
        QVERIFY(dialog != nullptr);
        dialog->accept();
        QTRY_COMPARE(bench.table("cacheTable")->model()->rowCount(), 4);
        QTRY_COMPARE(bench.toasts.toasts().size(), 1);
        // What a build uses holds all that it was made from.
        bench.table("cacheTable")->selectKeys({"npm02"});
        BuildsBench::settle();
        bench.press("removeCache");
        QTRY_COMPARE(bench.toasts.toasts().size(), 2);
        QVERIFY(bench.window.findChildren<QDialog *>(u"removeCacheDialog"_s).size() <= 1);
    }
    void pruningSaysWhatGoes()
    {
        BuildsBench bench(historyPath());
        bench.showTab(2);
        QTRY_COMPARE(bench.page->cache()->list()->rowCount(), 6);
        bench.press("pruneCache");
        QDialog *dialog = bench.dialog("pruneCacheDialog");
        QVERIFY(dialog != nullptr);
        dialog->findChild<QAbstractButton *>(u"pruneAll"_s)->click();
        auto *preview = dialog->findChild<QLabel *>(u"prunePreview"_s);
        QVERIFY2(preview->text().contains(u"2 records"_s), qPrintable(preview->text()));
        QVERIFY2(preview->text().contains(u"274 MB"_s), qPrintable(preview->text()));
        dialog->accept();
        QCOMPARE(bench.engine.lines.back(), u"docker builder prune -f"_s);
    }
    void cacheThatCannotBeReadIsSaid()
    {
        BuildsBench bench(historyPath());
        bench.engine.cache =
            std::unexpected(Error{ErrorKind::Refused, 0, "/run/engine.sock", "engine.diskusage"});
        bench.showTab(2);
        QTRY_VERIFY(bench.find("cacheAway") != nullptr);
        bench.engine.cache = docker::DiskUsage();
        bench.find("cacheAway")->findChild<QAbstractButton *>()->click();
        QTRY_VERIFY(bench.find("noCache") != nullptr);
    }

    void everythingHasAName()
    {
        BuildsBench bench(historyPath());
        for (int tab = 0; tab < 3; ++tab) {
            bench.showTab(tab);
            QCOMPARE(namelessButtons(bench.window), QStringList());
        }
    }

    void picturesForPeople()
    {
        const QString folder = qEnvironmentVariable("ROADSTEAD_PICTURES");
        if (folder.isEmpty()) {
            QSKIP("ROADSTEAD_PICTURES names no folder");
        }
        QDir().mkpath(folder);
        const auto keep = [&folder](QWidget *widget, const QString &name) {
            for (const auto &[appearance, suffix] : {std::pair(Appearance::Light, u"-light.png"_s),
                                                     std::pair(Appearance::Dark, u"-dark.png"_s)}) {
                Theme::instance().setAppearance(appearance);
                BuildsBench::settle();
                QVERIFY(widget->grab().save(folder + u'/' + name + suffix));
            }
            Theme::instance().setAppearance(Appearance::Light);
            BuildsBench::settle();
        };
        {
            BuildsBench empty(m_folder->filePath(u"none.json"_s), false);
            keep(&empty.window, u"builds-empty"_s);
        }
        BuildsBench bench(historyPath());
        bench.engine.images = {"sha256:0123"};
        QTRY_VERIFY(!bench.text("buildHistoryNote").isEmpty());
        keep(&bench.window, u"builds-list"_s);
        ListTable *builds = bench.table("buildsTable");
        builds->setCurrentKey(bench.key("buildsTable", 1));
        Q_EMIT builds->opened(bench.key("buildsTable", 1));
        QTRY_VERIFY(bench.find("buildFailureCard")->findChildren<QLabel *>().size() > 5);
        keep(&bench.window, u"builds-failed"_s);
        bench.find<QTabBar>("buildTabs")->setCurrentIndex(1);
        QTRY_VERIFY(bench.find("buildStepList") != nullptr);
        keep(&bench.window, u"builds-steps"_s);
        builds->setCurrentKey(bench.key("buildsTable", 0));
        bench.find<QTabBar>("buildTabs")->setCurrentIndex(0);
        QTest::qWait(200);
        keep(&bench.window, u"builds-built"_s);
        bench.press("buildPaneClose");
        builds->selectKeys({bench.key("buildsTable", 0), bench.key("buildsTable", 3)});
        keep(&bench.window, u"builds-selected"_s);
        bench.press("compareBuilds");
        QTRY_VERIFY(bench.find("compareSteps") != nullptr);
        keep(&bench.window, u"builds-compare"_s);
        bench.page->goBack();
        builds->clearSelection();
        bench.page->history()->list()->setFilterText(u"nowhere"_s);
        keep(&bench.window, u"builds-no-match"_s);
        bench.showTab(1);
        QTRY_COMPARE(bench.page->builders()->list()->rowCount(), 3);
        keep(&bench.window, u"builders"_s);
        bench.table("buildersTable")->setCurrentKey("multi");
        Q_EMIT bench.table("buildersTable")->opened("multi");
        keep(&bench.window, u"builders-details"_s);
        bench.press("createBuilder");
        QDialog *create = bench.dialog("createBuilderDialog");
        create->findChild<QLineEdit *>(u"builderName"_s)->setText(u"arm"_s);
        keep(create, u"builders-create"_s);
        create->reject();
        bench.press("removeBuilder");
        keep(bench.dialog("removeBuilderDialog"), u"builders-remove"_s);
        bench.dialog("removeBuilderDialog")->reject();
        bench.showTab(2);
        QTRY_COMPARE(bench.page->cache()->list()->rowCount(), 6);
        keep(&bench.window, u"cache"_s);
        bench.table("cacheTable")->selectKeys({"mount", "local"});
        keep(&bench.window, u"cache-selected"_s);
        bench.press("removeCache");
        keep(bench.dialog("removeCacheDialog"), u"cache-remove"_s);
        bench.dialog("removeCacheDialog")->reject();
        bench.press("pruneCache");
        bench.dialog("pruneCacheDialog")->findChild<QAbstractButton *>(u"pruneAll"_s)->click();
        keep(bench.dialog("pruneCacheDialog"), u"cache-prune"_s);
        bench.dialog("pruneCacheDialog")->reject();
        bench.engine.cache =
            std::unexpected(Error{ErrorKind::Refused, 0, "/run/engine.sock", "engine.diskusage"});
        BuildsBench away(m_folder->filePath(u"none.json"_s), false);
        away.engine.cache = bench.engine.cache;
        away.showTab(2);
        QTRY_VERIFY(away.find("cacheAway") != nullptr);
        keep(&away.window, u"cache-away"_s);
        away.engine.setScript("echo \"docker: 'buildx' is not a docker command.\" >&2; exit 1\n");
        away.showTab(1);
        QTRY_VERIFY(away.find("buildersAway") != nullptr);
        keep(&away.window, u"builders-away"_s);
    }

private:
    [[nodiscard]] QString historyPath() const { return m_folder->filePath(u"builds.json"_s); }
    std::unique_ptr<BuildsPage> page()
    {
        auto page = std::make_unique<BuildsPage>(
            BuildsPage::Parts{.engine = &m_engine, .history = historyPath()});
        page->widget()->resize(1064, 722);
        return page;
    }
    [[nodiscard]] QWidget *find(const char *name) const
    {
        return m_page->widget()->findChild<QWidget *>(QLatin1StringView(name));
    }
    [[nodiscard]] QTreeView *table() const
    {
        return m_page->widget()->findChild<QTreeView *>(u"buildsTable"_s);
    }
    [[nodiscard]] QString cell(int row, int column) const
    {
        return table()->model()->index(row, column).data().toString();
    }
    void begin(BuildForm form)
    {
        form.context = m_folder->path().toStdString();
        m_page->build(form);
        QTRY_VERIFY(!m_page->controller()->isLooking());
    }
    void build(const BuildForm &form)
    {
        begin(form);
        QVERIFY(m_page->controller()->build());
        QTRY_COMPARE_WITH_TIMEOUT(m_page->controller()->step(), Step::Result, 20'000);
    }

    test::FakeBuildEngine m_engine;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<BuildsPage> m_page;
};

} // namespace tst_builds_page

ROADSTEAD_WIDGET_TEST(tst_builds_page::TestBuildsPage)
#include "tst_builds_page.moc"
