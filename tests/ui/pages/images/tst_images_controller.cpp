// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/fake_image_engine.h"
#include "tests/ui/support/fake_registry_desk.h"
#include "ui/pages/images/image_transfers.h"
#include "ui/pages/images/images_controller.h"
#include "ui/pages/images/layers/layer_text.h"
#include "ui/wizards/pull/pull_controller.h"

#include <QSignalSpy>
#include <QTest>

namespace tst_images_controller {

using namespace roadstead;
using namespace roadstead::ui;
using docker::ContainerState;
using test::image;
using test::imageId;
using test::user;

namespace {

struct Bench
{
    test::FakeImageEngine engine;
    test::FakeRegistryDesk desk;
    ImagesController controller{&engine, [] { return std::int64_t(1'700'000'000); }};
    ImageTransfers transfers{&engine};
    PullController pull{{.run =
                             [this](const docker::Command &command,
                                    service::EngineSession::ProgressReceiver progress) {
                                 return engine.run(command, std::move(progress));
                             },
                         .search = [this](const std::string &term,
                                          int limit) { return engine.search(term, limit); },
                         .knownNames = [] { return QStringList("here:1"); },
                         .tags =
                             [this](const std::string &registry, const std::string &repository) {
                                 return desk.tags(registry, repository, {});
                             }}};

    [[nodiscard]] ImageRowPointer row(unsigned number)
    {
        return controller.images()->find(imageId(number));
    }
    static void settle() { QCoreApplication::processEvents(); }
};

QString lineOf(const std::vector<docker::Command> &commands)
{
    QStringList lines;
    for (const docker::Command &command : commands) {
        lines.append(QString::fromStdString(docker::commandLine(docker::arguments(command))));
    }
    return lines.join("; ");
}

} // namespace

class ImagesControllerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void stateFollowsTheEngine();
    void removalTakesTheTagsOneByOne();
    void aRefusedTagEndsTheRemoval();
    void insistingRemovesById();
    void refusalNamesWhatIsInTheWay();
    void busyMarksGoWithTheAnswer();
    void sizesAreAskedWhileWanted();
    void platformsAreAskedOnce();
    void newsComparesDigests();
    void savingNamesEveryTag();
    void savingCanBeStopped();
    void loadingTellsWhatCame();
    void layersReadAsInTheirDockerfile_data();
    void layersReadAsInTheirDockerfile();
    void searchLeavesOtherRegistriesAlone();
    void tagsCompleteWhatIsTyped();
    void lateSearchResultsAreDropped();
    void pullGoesThroughItsSteps();
    void failedPullKeepsTheForm();
};

void ImagesControllerTest::stateFollowsTheEngine()
{
    Bench bench;
    QCOMPARE(bench.controller.state(), ListState::Loading);
    bench.engine.setLink(service::Link::Unreachable);
    QCOMPARE(bench.controller.state(), ListState::Away);
    bench.engine.show({});
    QCOMPARE(bench.controller.state(), ListState::Empty);
    bench.engine.show({image(1, {"web:1"})});
    QCOMPARE(bench.controller.state(), ListState::Rows);
    bench.controller.list()->setFilterText("other");
    QCOMPARE(bench.controller.state(), ListState::NoResult);
    bench.engine.setLink(service::Link::NotAnswering);
    QVERIFY(bench.controller.isStale());
}

void ImagesControllerTest::removalTakesTheTagsOneByOne()
{
    Bench bench;
    bench.engine.show({image(1, {"web:1", "web:1.0"})});
    QSignalSpy done(&bench.controller, &ImagesController::succeeded);
    bench.controller.remove({bench.row(1)}, {});
    QCOMPARE(bench.engine.sent.size(), std::size_t(1));
    QCOMPARE(bench.engine.line(0), QString("docker rmi web:1.0"));
    bench.engine.succeed(0);
    Bench::settle();
    QCOMPARE(bench.engine.line(1), QString("docker rmi web:1"));
    QVERIFY(done.isEmpty());
    bench.engine.succeed(1);
    Bench::settle();
    QCOMPARE(done.size(), 1);
}

void ImagesControllerTest::aRefusedTagEndsTheRemoval()
{
    Bench bench;
    bench.engine.show({image(1, {"web:1", "web:1.0"})});
    QSignalSpy failed(&bench.controller, &ImagesController::failed);
    bench.controller.remove({bench.row(1)}, {});
    bench.engine.fail(0, {ErrorKind::Conflict, 409, "conflict", "image.remove"});
    Bench::settle();
    QCOMPARE(failed.size(), 1);
    QCOMPARE(bench.engine.sent.size(), std::size_t(1));
    QCOMPARE(bench.row(1)->pending, ImageWork::None);
}

void ImagesControllerTest::insistingRemovesById()
{
    Bench bench;
    bench.engine.show({image(1, {"web:1", "web:1.0"}), image(2, {})});
    QCOMPARE(lineOf(removalOf(*bench.row(1), true)), QString("docker rmi -f web:1.0"));
    const docker::Command forced = removalOf(*bench.row(1), true).front();
    QCOMPARE(std::get<docker::RemoveImage>(forced).image.reference, imageId(1));
    QCOMPARE(lineOf(removalOf(*bench.row(2), false)),
             "docker rmi " + QString::fromStdString(bench.row(2)->shortId()));
}

void ImagesControllerTest::refusalNamesWhatIsInTheWay()
{
    Bench bench;
    bench.engine.show({image(1, {"web:1"}), image(2, {"db:1"})},
                      {user(1, "front", 1), user(2, "old", 2, ContainerState::Exited)});
    QCOMPARE(obstacleOf(*bench.row(1)), Obstacle::Running);
    QCOMPARE(obstacleOf(*bench.row(2)), Obstacle::Stopped);
    const Error conflict{ErrorKind::Conflict, 409, "unable to delete", "image.remove"};
    const Explanation running = explainRemoval(conflict, *bench.row(1));
    QCOMPARE(running.title, QString("Could not remove web:1"));
    QCOMPARE(running.body(), QString("Running containers are made from it: front. Stop and remove "
                                     "them, then remove the image."));
    QVERIFY(explainRemoval(conflict, *bench.row(2)).reason.contains("old"));
}

void ImagesControllerTest::busyMarksGoWithTheAnswer()
{
    Bench bench;
    bench.engine.show({image(1, {"web:1"})});
    bench.controller.tag(imageId(1), "web:2");
    QCOMPARE(bench.row(1)->pending, ImageWork::Tagging);
    QCOMPARE(bench.engine.line(0), QString("docker tag web:1 web:2"));
    QVERIFY(!isApplicable(ImageAction::Remove, *bench.row(1)));
    bench.engine.succeed(0);
    Bench::settle();
    QCOMPARE(bench.row(1)->pending, ImageWork::None);
    QCOMPARE(bench.row(1)->tags.size(), std::size_t(1)); // the list says so, nobody else
}

void ImagesControllerTest::sizesAreAskedWhileWanted()
{
    Bench bench;
    bench.engine.show({image(1, {"web:1"}, 100), image(2, {}, 50), image(3, {"db:1"}, 80)},
                      {user(1, "front", 1)});
    QVERIFY(bench.engine.sizeQuestions.empty());
    QCOMPARE(bench.controller.totals().all, -1);
    bench.controller.setSizesWanted(true);
    QCOMPARE(bench.engine.sizeQuestions.size(), std::size_t(1));
    docker::DiskUsage usage;
    usage.layersSize = 200;
    for (const auto &[number, shared] : {std::pair(1U, 30), std::pair(2U, 30), std::pair(3U, 0)}) {
        docker::ImageSummary summary = image(number, {});
        summary.sharedSize = shared;
        usage.images.push_back(summary);
    }
    test::FakeImageEngine::answer<docker::DiskUsage>(bench.engine.sizeQuestions[0].promise, usage);
    Bench::settle();
    const ImageTotals totals{200, 100, 80, 20};
    QCOMPARE(bench.controller.totals(), totals);
    bench.engine.show({image(1, {"web:1"}, 100)});
    QTRY_COMPARE(bench.engine.sizeQuestions.size(), std::size_t(2));
}

void ImagesControllerTest::platformsAreAskedOnce()
{
    Bench bench;
    bench.engine.show({image(1, {"web:1"})});
    bench.controller.setPlatformsWanted({imageId(1)});
    bench.controller.setPlatformsWanted({imageId(1)});
    QCOMPARE(bench.engine.inspections.size(), std::size_t(1));
    docker::ImageDetails details;
    details.os = "linux";
    details.architecture = "arm64";
    test::FakeImageEngine::answer<docker::ImageDetails>(bench.engine.inspections[0].promise,
                                                        details);
    Bench::settle();
    QCOMPARE(bench.row(1)->platform, QString("linux/arm64"));
    bench.controller.setPlatformsWanted({imageId(1)});
    QCOMPARE(bench.engine.inspections.size(), std::size_t(1));
}

void ImagesControllerTest::newsComparesDigests()
{
    Bench bench;
    docker::ImageSummary moved = image(1, {"web:1"});
    moved.digests = {"web@sha256:aa", "other@sha256:bb"};
    docker::ImageSummary same = image(2, {"db:1"});
    same.digests = {"db@sha256:cc"};
    bench.engine.show({moved, same, image(3, {"own:1"})});
    QSignalSpy checked(&bench.controller, &ImagesController::newsChecked);
    bench.controller.checkAllNews();
    QCOMPARE(bench.engine.registryQuestions.size(), std::size_t(2)); // what was made here is not
    for (const auto &question : bench.engine.registryQuestions) {
        docker::DistributionDetails details;
        details.digest = question.asked.reference == "web:1" ? "sha256:bb" : "sha256:cc";
        test::FakeImageEngine::answer<docker::DistributionDetails>(question.promise, details);
    }
    Bench::settle();
    QCOMPARE(bench.row(1)->news, ImageNews::Newer); // a digest of another name is none of its own
    QCOMPARE(bench.row(2)->news, ImageNews::Current);
    QCOMPARE(bench.row(3)->news, ImageNews::Unknown);
    QCOMPARE(checked.size(), 1);
    QCOMPARE(checked[0][0].toInt(), 1);
}

void ImagesControllerTest::savingNamesEveryTag()
{
    Bench bench;
    bench.engine.show({image(1, {"web:1", "web:1.0"}), image(2, {})});
    bench.transfers.save({bench.row(1), bench.row(2)}, "/tmp/both.tar");
    QCOMPARE(bench.engine.saves.size(), std::size_t(1));
    QCOMPARE(QString::fromStdString(
                 service::EngineImages::saveLine(bench.engine.saves[0]->images, "/tmp/both.tar")),
             "docker save -o /tmp/both.tar web:1.0 web:1 " +
                 QString::fromStdString(bench.row(2)->shortId()));
    bench.engine.saves[0]->advances(1'000'000);
    QCOMPARE(bench.transfers.running().front().amount, QString("1 MB"));
    QSignalSpy saved(&bench.transfers, &ImageTransfers::saved);
    test::FakeImageEngine::answer<std::uint64_t>(bench.engine.saves[0]->promise, 2'000'000U);
    Bench::settle();
    QCOMPARE(saved.size(), 1);
    QVERIFY(bench.transfers.running().empty());
}

void ImagesControllerTest::savingCanBeStopped()
{
    Bench bench;
    bench.engine.show({image(1, {"web:1"})});
    QSignalSpy failed(&bench.transfers, &ImageTransfers::failed);
    bench.transfers.save({bench.row(1)}, "/tmp/web.tar");
    bench.transfers.cancel(bench.transfers.running().front().id);
    QVERIFY(bench.engine.saves[0]->cancelled);
    Bench::settle();
    QVERIFY(bench.transfers.running().empty());
    QVERIFY(failed.isEmpty()); // a stop is no failure
}

void ImagesControllerTest::loadingTellsWhatCame()
{
    Bench bench;
    QSignalSpy loaded(&bench.transfers, &ImageTransfers::loaded);
    bench.transfers.load("/tmp/two.tar");
    QCOMPARE(bench.engine.line(0), QString("docker load -q -i /tmp/two.tar"));
    bench.engine.receivers[0]({{{}, "Loading", 5, 10}});
    QCOMPARE(bench.transfers.running().front().share.value(), 0.5);
    bench.engine.succeed(0, "Loaded image: web:1\nLoaded image ID: sha256:12\n");
    Bench::settle();
    QCOMPARE(loaded[0][1].toStringList(), (QStringList{"web:1", "sha256:12"}));
}

void ImagesControllerTest::layersReadAsInTheirDockerfile_data()
{
    QTest::addColumn<QByteArray>("createdBy");
    QTest::addColumn<QString>("text");
    QTest::newRow("buildkit run") << QByteArray("RUN /bin/sh -c npm ci # buildkit") << "RUN npm ci";
    QTest::newRow("classic run") << QByteArray("/bin/sh -c npm ci") << "RUN npm ci";
    QTest::newRow("classic setting")
        << QByteArray("/bin/sh -c #(nop)  CMD [\"sh\"]") << "CMD [\"sh\"]";
    QTest::newRow("copy") << QByteArray("COPY . . # buildkit") << "COPY . .";
    QTest::newRow("nothing") << QByteArray() << QString(QChar(0x2013));
}

void ImagesControllerTest::layersReadAsInTheirDockerfile()
{
    QFETCH(const QByteArray, createdBy);
    QFETCH(const QString, text);
    QCOMPARE(layerText(createdBy.toStdString()), text);
}

void ImagesControllerTest::searchLeavesOtherRegistriesAlone()
{
    Bench bench;
    QSignalSpy searched(&bench.pull, &PullController::searchChanged);
    bench.pull.setTyped("nginx:1.2");
    QTRY_COMPARE(bench.engine.searches.size(), std::size_t(1));
    QCOMPARE(bench.engine.searches[0].asked, std::string("nginx"));
    searched.clear();
    bench.pull.setTyped("registry.example/team/web");
    QTRY_COMPARE(searched.size(), 1);
    QCOMPARE(bench.engine.searches.size(), std::size_t(1));
}

void ImagesControllerTest::tagsCompleteWhatIsTyped()
{
    Bench bench;
    QSignalSpy completed(&bench.pull, &PullController::completionsChanged);
    bench.pull.setTyped("nginx:");
    QTRY_COMPARE(bench.desk.tagQuestions.size(), std::size_t(1));
    QCOMPARE(bench.desk.tagQuestions[0].asked,
             (std::vector<std::string>{"docker.io", "library/nginx", ""}));
    bench.pull.setTyped("nginx:1");                        // the same repository is asked for once
    bench.pull.setTyped("registry.example:5000/team/web"); // the colon is that of a port
    QTest::qWait(600);
    bench.pull.setTyped("registry.example:5000/team/web:");
    QTRY_COMPARE(bench.desk.tagQuestions.size(), std::size_t(2));
    QCOMPARE(bench.desk.tagQuestions[1].asked,
             (std::vector<std::string>{"registry.example:5000", "team/web", ""}));
    test::FakeRegistryDesk::answer<registry::NamePage>(bench.desk.tagQuestions[0].promise,
                                                       registry::NamePage{.names = {"late"}});
    test::FakeRegistryDesk::answer<registry::NamePage>(
        bench.desk.tagQuestions[1].promise,
        registry::NamePage{.names = {"1.0", "no tag\n", "--evil", "2.0"}});
    QTRY_COMPARE(completed.size(), 1);
    QCOMPARE(bench.pull.completions(), (QStringList{"here:1", "registry.example:5000/team/web:1.0",
                                                    "registry.example:5000/team/web:2.0"}));
}

void ImagesControllerTest::lateSearchResultsAreDropped()
{
    Bench bench;
    bench.pull.setTyped("ngin");
    QTRY_COMPARE(bench.engine.searches.size(), std::size_t(1));
    bench.pull.setTyped("postgres");
    QTRY_COMPARE(bench.engine.searches.size(), std::size_t(2));
    const auto results = [](const char *name) {
        return std::vector<docker::SearchResult>{{name, {}, 1, true, false}};
    };
    test::FakeImageEngine::answer<std::vector<docker::SearchResult>>(
        bench.engine.searches[1].promise, results("postgres"));
    Bench::settle();
    test::FakeImageEngine::answer<std::vector<docker::SearchResult>>(
        bench.engine.searches[0].promise, results("nginx"));
    Bench::settle();
    QCOMPARE(bench.pull.found().front().name, std::string("postgres"));
}

void ImagesControllerTest::pullGoesThroughItsSteps()
{
    Bench bench;
    bench.pull.setTyped("Bad Name");
    QVERIFY(!bench.pull.pull());
    QVERIFY(!bench.pull.problem().isEmpty());
    bench.pull.setTyped("nginx");
    bench.pull.setPlatform("linux/arm64");
    QCOMPARE(bench.pull.line(), QString("docker pull --platform linux/arm64 nginx:latest"));
    QVERIFY(bench.pull.pull());
    QCOMPARE(bench.pull.step(), PullController::Step::Pulling);
    bench.engine.receivers[0]({{"a", "Downloading", 1, 4}});
    QCOMPARE(bench.pull.layers().share().value(), 0.25);
    QVERIFY(!bench.pull.pull()); // one at a time
    bench.engine.succeed(0);
    Bench::settle();
    QCOMPARE(bench.pull.step(), PullController::Step::Done);
    QCOMPARE(bench.pull.image().display, std::string("nginx:latest"));
}

void ImagesControllerTest::failedPullKeepsTheForm()
{
    Bench bench;
    bench.pull.setTyped("nginx:none");
    QVERIFY(bench.pull.pull());
    bench.engine.fail(0, {ErrorKind::NotFound, 404, "manifest unknown", "image.pull"});
    Bench::settle();
    QCOMPARE(bench.pull.step(), PullController::Step::Editing);
    QCOMPARE(bench.pull.failure()->title, QString("Could not pull nginx:none"));
    QCOMPARE(bench.pull.typed(), QString("nginx:none"));
}

} // namespace tst_images_controller

ROADSTEAD_WIDGET_TEST(tst_images_controller::ImagesControllerTest)
#include "tst_images_controller.moc"
