// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/files_bench.h"
#include "tests/ui/support/whole_window.h"
#include "ui/pages/containers/terminal/terminal_pane.h"
#include "ui/pages/containers/terminal/terminal_screen.h"
#include "ui/pages/containers/terminal/terminal_tab.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"
#include "ui/wizards/run/run_controller.h"

#include <QApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QSettings>
#include <QStandardPaths>

#include <cmath>

namespace tst_window_pictures {

using namespace roadstead;
using namespace roadstead::ui;
using namespace Qt::StringLiterals;
using test::WholeWindow;

namespace {

constexpr auto details = "containerDetails";
const Error broken{ErrorKind::EngineFailed, 500,
                   "driver failed: lstat /var/lib/docker/overlay2/7f3a: input/output error",
                   "container.inspect"};

void chooseTab(WholeWindow &all, const QString &title)
{
    auto *tabs = all.find<DetailsView>(details)->tabs();
    for (int i = 0; i < tabs->count(); ++i) {
        if (tabs->tabText(i) == title) {
            tabs->setCurrentIndex(i);
        }
    }
    WholeWindow::settle();
}

void answerDetails(WholeWindow &all)
{
    docker::ContainerDetails made = test::apiDetails(all.id);
    made.workingDir = "/app";
    for (const auto &question : all.containerEngine.inspections) {
        if (!question.promise->future().isFinished()) {
            all.containerEngine.answer<docker::ContainerDetails>(question.promise, made);
        }
    }
    WholeWindow::settle();
}

void writeLog(test::FakeLog &log)
{
    static const std::vector<std::pair<const char *, docker::LogStream>> lines = {
        {"INFO POST /api/checkout 201 ms=212 order=SF-20931 rid=c81e0a", docker::LogStream::Stdout},
        {"INFO payment captured provider=stripe amount=84.50 EUR", docker::LogStream::Stdout},
        {"WARN slow query ms=1288 table=order_items rows=48210", docker::LogStream::Stderr},
        {"DEBUG pool acquire idle=0 busy=10 max=10", docker::LogStream::Stdout},
        {"ERROR POST /api/checkout 500 ms=5006 TimeoutError: no free connection after 5000 ms",
         docker::LogStream::Stderr},
        {"    at Pool.acquire (/app/dist/db/pool.js:88:19)", docker::LogStream::Stderr},
        {"INFO GET /health 200 ms=2", docker::LogStream::Stdout}};
    for (std::int64_t i = 0; i < 300; ++i) {
        const auto &[text, stream] = lines[std::size_t(i) % lines.size()];
        log.write({test::fakeDay + i * 300'000'000, text, stream});
    }
}

store::StatsPoints somePoints(double shift)
{
    store::StatsPoints points;
    const std::int64_t now = QDateTime::currentSecsSinceEpoch(); // the charts have the real clock
    for (std::int64_t at = now - 300; at <= now; at += 2) {
        const double wave = std::sin(double(at) / (9 + shift)) + std::sin(double(at) / 3.7);
        const store::Measures values = {14 + 6 * wave + shift, 4e8 + 1e7 * wave + shift * 2e7,
                                        3e6 + 1e6 * wave,      2e6 + 8e5 * wave,
                                        5e5 + 2e5 * wave,      3e6 + 1e6 * wave};
        points.push_back({.at = at, .count = 1, .mean = values, .most = values});
    }
    return points;
}

void answerStats(WholeWindow &all)
{
    double shift = 0;
    for (const auto &question : all.containerEngine.historyQuestions) {
        if (!question.promise->future().isFinished()) {
            all.containerEngine.answer<store::StatsPoints>(question.promise, somePoints(shift));
            shift += 3;
        }
    }
    WholeWindow::settle();
}

void openOverview(WholeWindow &all)
{
    all.containerEngine.fileAccess.changed = {
        {"/app/cache", docker::ChangeKind::Added},
        {"/app/config/local.json", docker::ChangeKind::Modified},
        {"/app/tmp/session-7f3a.lock", docker::ChangeKind::Deleted}};
    all.showDetails();
    for (const auto &question : all.containerEngine.processQuestions) {
        all.containerEngine.answer<docker::ProcessTable>(
            question.promise,
            {{{"UID", "PID", "TIME", "CMD"},
              {{"node", "48213", "00:01:07", "node dist/server.js"},
               {"node", "48301", "00:00:02", "node dist/worker.js --queue mail"}}}});
    }
    all.containerEngine.answer<std::string>(all.containerEngine.logs.back().promise,
                                            "Listening on 3000\nGET /health 200 4 ms\n");
}

struct Scene
{
    const char *name;
    void (*open)(WholeWindow &all);
};

const Scene scenes[] = {
    {"overview", openOverview},
    {"overview-limits",
     [](WholeWindow &all) {
         openOverview(all);
         all.press("limitsEdit");
         all.find<QLineEdit>("limitMemory")->setFocus();
         all.type("limitMemory", "640m");
     }},
    {"logs",
     [](WholeWindow &all) {
         writeLog(all.containerEngine.log);
         all.showDetails();
         chooseTab(all, u"Logs"_s);
         answerDetails(all);
         QTest::qWait(300);
         all.type("logsSearch", "checkout");
         QTRY_VERIFY(all.find<ElidedLabel>("logsFound"));
         QTRY_VERIFY(all.find<ElidedLabel>("logsFound")->fullText().startsWith(u"Found"_s));
         QTest::keyClick(all.find<QLineEdit>("logsSearch"), Qt::Key_Return);
     }},
    {"terminal",
     [](WholeWindow &all) {
         all.showTerminal();
         all.containerEngine.conversations.back()->write(
             "\x1b[32mnode@shopfront-api-1\x1b[0m:\x1b[34m/app\x1b[0m$ ls -lh dist\r\n"
             "drwxr-xr-x    2 node     node        4.0K Oct  7 16:20 \x1b[34mdb\x1b[0m\r\n"
             "-rw-r--r--    1 node     node        1.2K Oct  9 14:32 feature-flags.json\r\n"
             "\x1b[33mwarn\x1b[0m   3 waits over 1000 ms in the last 10 min\r\n"
             "\x1b[31merror\x1b[0m  1 timeout after 5000 ms\r\n"
             "\x1b[32mnode@shopfront-api-1\x1b[0m:\x1b[34m/app\x1b[0m$ ");
         all.press("terminalAdd");
         all.containerEngine.conversations.back()->write("0\n");
         all.containerEngine.conversations.back()->finish(0);
         WholeWindow::settle();
         Q_EMIT all.containerEngine.conversations.back()->opened();
         all.containerEngine.conversations.back()->write("# ");
         QTest::qWait(200);
     }},
    {"files",
     [](WholeWindow &all) {
         test::fill(all.containerEngine.fileAccess);
         all.showDetails();
         chooseTab(all, u"Files"_s);
         answerDetails(all);
         test::open(all.find<FilesTab>("filesTab"), u"feature-flags.json"_s);
     }},
    {"stats",
     [](WholeWindow &all) {
         all.showDetails();
         chooseTab(all, u"Stats"_s);
         answerDetails(all);
         answerStats(all);
     }},
    {"compare",
     [](WholeWindow &all) {
         all.window.showPage(all.containers.id());
         all.containers.compareStats({all.id, all.harbour.id("shopfront-db-1"),
                                      all.harbour.id("observability-prometheus-1")});
         answerDetails(all);
         answerStats(all);
     }},
    {"inspect",
     [](WholeWindow &all) {
         all.showDetails();
         chooseTab(all, u"Inspect"_s);
     }},
    {"merged-logs",
     [](WholeWindow &all) {
         for (const char *name : {"shopfront-api-1", "shopfront-db-1", "shopfront-web-1"}) {
             writeLog(all.containerEngine.logsOf[all.harbour.id(name)]);
         }
         all.window.showPage(all.containers.id());
         all.containers.showLogs({all.harbour.id("shopfront-api-1"),
                                  all.harbour.id("shopfront-db-1"),
                                  all.harbour.id("shopfront-web-1")});
         QTest::qWait(400);
     }},
    {"run",
     [](WholeWindow &all) {
         all.window.showPage(all.containers.id());
         all.containers.showRunWizard();
         QVERIFY(!all.containers.run()->paste(
             u"docker run -d --name shopfront-api-canary -p 3010:3000 -p 9090:9229 "
             "-v /src/shopfront/config:/app/config:ro -v shopfront-uploads:/app/uploads "
             "-e LOG_LEVEL=debug -e DATABASE_URL=postgres://shop:secret@db/shop --cpus 1.5 "
             "-m 512m --restart on-failure nginx:1.27"_s));
     }},
    {"recreate",
     [](WholeWindow &all) {
         all.window.showPage(all.containers.id());
         all.containers.recreate(all.id);
         docker::CreateContainer made{.image = "harbourlabs/shopfront-api:1.8.2",
                                      .name = "shopfront-api-1"};
         made.environment = {"DB_POOL_MAX=10", "NODE_ENV=production", "API_TOKEN=secret"};
         all.containerEngine.answer<docker::CreateContainer>(
             all.containerEngine.commandQuestions.back().promise, made);
         WholeWindow::settle();
         all.type("image", "harbourlabs/shopfront-api:1.8.3");
     }},
    {"empty-files",
     [](WholeWindow &all) {
         all.showDetails();
         chooseTab(all, u"Files"_s);
         answerDetails(all);
     }},
    {"error-overview",
     [](WholeWindow &all) {
         all.window.showPage(all.containers.id());
         all.containers.showDetails(all.id);
         all.containerEngine.answer<docker::ContainerDetails>(
             all.containerEngine.inspections.back().promise, std::unexpected(broken));
         WholeWindow::settle();
     }},
    {"error-processes",
     [](WholeWindow &all) {
         all.showDetails();
         for (const auto &question : all.containerEngine.processQuestions) {
             all.containerEngine.answer<docker::ProcessTable>(question.promise,
                                                              std::unexpected(broken));
         }
         all.containerEngine.answer<std::string>(all.containerEngine.logs.back().promise,
                                                 std::unexpected(broken));
         WholeWindow::settle();
     }},
    {"error-files",
     [](WholeWindow &all) {
         all.containerEngine.fileAccess.fault = broken;
         all.showDetails();
         chooseTab(all, u"Files"_s);
         answerDetails(all);
     }},
    {"error-stats",
     [](WholeWindow &all) {
         all.showDetails();
         chooseTab(all, u"Stats"_s);
         answerDetails(all);
         for (const auto &question : all.containerEngine.historyQuestions) {
             all.containerEngine.answer<store::StatsPoints>(question.promise,
                                                            std::unexpected(broken));
         }
         WholeWindow::settle();
     }},
    {"error-terminal",
     [](WholeWindow &all) {
         all.window.showPage(all.containers.id());
         all.containers.showTerminal(all.id);
         answerDetails(all);
         QTRY_VERIFY(!all.containerEngine.conversations.empty());
         for (std::size_t i = 0; i < all.containerEngine.conversations.size(); ++i) {
             all.containerEngine.conversations[i]->finish(std::unexpected(broken));
             WholeWindow::settle();
         }
     }},
    {"error-build",
     [](WholeWindow &all) {
         all.buildEngine.setScript(
             "echo 'ERROR: failed to solve: failed to push pier.example:5443/shop:1: failed to do "
             "request: Head \"https://pier.example:5443/v2/shop/blobs/sha256:12\": tls: failed to "
             "verify certificate: x509: certificate signed by unknown authority' >&2\nexit 1\n");
         QFile file(all.folder.filePath(u"Dockerfile"_s));
         QVERIFY(file.open(QIODevice::WriteOnly) && file.write("FROM scratch\nCOPY . /\n") > 0);
         file.close();
         all.window.showPage(all.builds.id());
         all.builds.build({.context = all.folder.path().toStdString(),
                           .tags = {"pier.example:5443/shop:1"},
                           .destination = docker::BuildDestination::Registry});
         BuildController *builds = all.builds.controller();
         QTRY_VERIFY(!builds->isLooking());
         QVERIFY(builds->build());
         QTRY_COMPARE(builds->step(), BuildController::Step::Result);
     }},
    {"error-not-answering",
     [](WholeWindow &all) {
         all.showDetails();
         all.containerEngine.setLink(service::Link::NotAnswering, broken);
         WholeWindow::settle();
     }},
    {"loading-stats",
     [](WholeWindow &all) {
         all.showDetails();
         chooseTab(all, u"Stats"_s);
     }},
};

} // namespace

/// The window as a person has it, for people to look at beside the design: each scene in both
/// appearances and two sizes. With QT_SCALE_FACTOR=2 the pictures have twice the pixels.
class TestWindowPictures : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(u"roadstead-pictures"_s);
        QApplication::setQuitOnLastWindowClosed(false);
        Theme::instance().install(*qApp);
        Theme::instance().setReducedMotion(true);
    }
    void init() { QSettings().clear(); }
    void cleanup() { Theme::instance().setAppearance(Appearance::Light); }

    void picturesForPeople_data()
    {
        QTest::addColumn<const Scene *>("scene");
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QSize>("size");
        for (const Scene &scene : scenes) {
            for (const bool dark : {false, true}) {
                for (const QSize size : {QSize(1280, 800), QSize(1920, 1080)}) {
                    QTest::addRow("%s-%d-%s", scene.name, size.width(), dark ? "dark" : "light")
                        << &scene << dark << size;
                }
            }
        }
    }
    void picturesForPeople()
    {
        const QString folder = qEnvironmentVariable("ROADSTEAD_PICTURES");
        if (folder.isEmpty()) {
            QSKIP("ROADSTEAD_PICTURES names no folder");
        }
        QFETCH(const Scene *, scene);
        QFETCH(const bool, dark);
        QFETCH(const QSize, size);
        QVERIFY(QDir().mkpath(folder));
        Theme::instance().setAppearance(dark ? Appearance::Dark : Appearance::Light);
        WholeWindow all;
        all.window.resize(size);
        scene->open(all);
        QTest::qWait(100);
        const QPixmap picture = all.window.grab();
        const QString scale = u"@%1x"_s.arg(qRound(picture.devicePixelRatio()));
        QVERIFY(picture.save(folder + u'/' + QLatin1StringView(QTest::currentDataTag()) +
                             (picture.devicePixelRatio() > 1 ? scale : QString()) + u".png"_s));
    }
};

} // namespace tst_window_pictures

ROADSTEAD_WIDGET_TEST(tst_window_pictures::TestWindowPictures)
#include "tst_window_pictures.moc"
