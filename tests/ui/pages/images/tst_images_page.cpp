// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/images_bench.h"
#include "ui/models/image_text.h"
#include "ui/pages/images/image_pane.h"
#include "ui/pages/images/images_page.h"
#include "ui/pages/images/images_view.h"
#include "ui/pages/list_table.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/label.h"
#include "ui/widgets/toast.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QTreeWidget>

namespace tst_images_page {

using namespace roadstead;
using namespace roadstead::ui;
using docker::ContainerState;
using test::image;
using test::imageId;
using test::user;

namespace {

/// A page in a window over images such as those of the pictures.
struct Bench : test::ImagesBench
{
    ListTable *table = page.widget()->findChild<ListTable *>();

    void fill()
    {
        docker::ImageSummary api =
            image(1, {"harbour/api:latest", "harbour/api:1.8.2", "harbour/api:1.8"}, 312'000'000);
        api.digests = {
            "harbour/api@sha256:3f9a1c70aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaae51b"};
        engine.show({api, image(2, {"nginx:1.27-alpine"}, 43'300'000),
                     image(3, {"postgres:16.4"}, 432'000'000), image(4, {}, 1'210'000'000)},
                    {user(1, "shop-api-1", 1), user(2, "shop-worker-1", 1, ContainerState::Exited),
                     user(3, "old-db", 3, ContainerState::Exited)});
        settle();
    }
    /// The last cell of a row, `fromEnd` px from its end.
    [[nodiscard]] QPoint atEnd(unsigned number, int fromEnd)
    {
        const QModelIndex index = table->model()->index(
            page.controller()->list()->rowOf(imageId(number)), ImageColumn::Created);
        return {table->columnViewportPosition(ImageColumn::Created) +
                    table->columnWidth(ImageColumn::Created) - fromEnd,
                table->visualRect(index).center().y()};
    }
    void hover(QPoint position)
    {
        QMouseEvent move(QEvent::MouseMove, position, table->viewport()->mapToGlobal(position),
                         Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        QCoreApplication::sendEvent(table->viewport(), &move);
    }
};

} // namespace

class ImagesPageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() { QSettings().clear(); }
    void emptyEngineOffersToPull();
    void hoverActionShowsAndSendsItsCommand();
    void paneShowsTheCurrentImage();
    void usersLeadToTheirContainers();
    void removalOfARunningImageSaysWhatStopsIt();
    void removalOfAStoppedImageWantsInsisting();
    void removalSendsWhatItShowed();
    void freeingSendsExactlyWhatIsChecked();
    void tagIsCheckedAtItsField();
    void menuUntagsOneOfSeveral();
    void selectionSurvivesRefreshAndSort();
    void pullLeadsToTheWizardAndBack();
    void aPullThatFailsLeadsToWhatMendsIt_data();
    void aPullThatFailsLeadsToWhatMendsIt();
    void aPullThatWantsAnAccountAsksForOne();
    void refusalIsTold();
    void newerVersionShowsABadge();
    void everythingHasAName();
    void picturesForPeople();
};

void ImagesPageTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName("roadstead-images-test");
    Theme::instance().install(*qApp);
}

void ImagesPageTest::emptyEngineOffersToPull()
{
    Bench bench;
    bench.engine.show({});
    QVERIFY(bench.find("imagesEmpty"));
    QSignalSpy back(&bench.page, &Page::canGoBackChanged);
    bench.page.showPullWizard();
    QVERIFY(bench.find("pullWizard"));
    QVERIFY(bench.page.canGoBack());
    QCOMPARE(bench.page.primaryAction(), nullptr);
}

void ImagesPageTest::hoverActionShowsAndSendsItsCommand()
{
    Bench bench;
    bench.fill();
    QSignalSpy runs(&bench.page, &ImagesPage::runWanted);
    const QPoint run = bench.atEnd(2, 68);
    bench.hover(run);
    QCOMPARE(commandHint(bench.table->viewport()),
             QString("docker run --detach nginx:1.27-alpine"));
    QTest::mouseClick(bench.table->viewport(), Qt::LeftButton, {}, run);
    Bench::settle();
    QCOMPARE(runs.size(), 1);
    QCOMPARE(runs[0][0].toString(), QString("nginx:1.27-alpine"));
    QVERIFY(bench.table->selectedKeys().empty());
}

void ImagesPageTest::paneShowsTheCurrentImage()
{
    Bench bench;
    bench.fill();
    bench.table->setCurrentKey(imageId(1));
    bench.press("imagePaneButton");
    QTRY_COMPARE(bench.engine.inspections.size(), std::size_t(1));
    QCOMPARE(bench.engine.inspections[0].asked.reference, imageId(1));
    docker::ImageDetails details;
    details.id = imageId(1);
    details.os = "linux";
    details.architecture = "amd64";
    details.environment = {"PATH=/bin", "API_KEY=canary"};
    details.command = {"node", "--password=canary"};
    details.raw = "{\"Id\":\"x\"}";
    test::FakeImageEngine::answer<docker::ImageDetails>(bench.engine.inspections[0].promise,
                                                        details);
    test::FakeImageEngine::answer<std::vector<docker::HistoryEntry>>(
        bench.engine.histories[0].promise,
        std::vector<docker::HistoryEntry>{{{}, 2, "CMD [\"node\"]", 0, {}, {}},
                                          {{}, 1, "COPY . . # buildkit", 20, {}, {}}});
    Bench::settle();
    QVERIFY(bench.find("layersCard"));
    QVERIFY(bench.find("imageEnvironmentCard"));
    QCOMPARE(bench.find<Badge>("imageUse")->text(), QString("In use by 2"));
    const auto labels = bench.window.findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        QVERIFY2(!label->text().contains("canary"), qPrintable(label->text()));
    }
}

void ImagesPageTest::usersLeadToTheirContainers()
{
    Bench bench;
    bench.fill();
    bench.table->setCurrentKey(imageId(1));
    bench.press("imagePaneButton");
    test::FakeImageEngine::answer<docker::ImageDetails>(bench.engine.inspections[0].promise, {});
    Bench::settle();
    QSignalSpy wanted(&bench.page, &ImagesPage::containerWanted);
    bench.press("usedBy_shop-api-1");
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][0].value<std::string>(), test::containerId(1));
}

void ImagesPageTest::removalOfARunningImageSaysWhatStopsIt()
{
    Bench bench;
    bench.fill();
    bench.table->setCurrentKey(imageId(1));
    bench.table->setFocus();
    QTest::keyClick(bench.table, Qt::Key_Delete);
    Bench::settle();
    auto *dialog = bench.find<Dialog>("removeImages");
    QVERIFY(dialog);
    QString said;
    const auto labels = dialog->findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        said += label->text() + '\n';
    }
    QVERIFY2(said.contains("Running containers are made from it: shop-api-1"), qPrintable(said));
    QVERIFY(said.contains("Stop and remove them"));
    QVERIFY(!bench.find<QAbstractButton>("removeImagesVerb")->isEnabled());
    QCOMPARE(dialog->command(), QString());
    bench.press("removeImagesCancel");
    QVERIFY(bench.engine.sent.empty());
}

void ImagesPageTest::removalOfAStoppedImageWantsInsisting()
{
    Bench bench;
    bench.fill();
    bench.table->selectKeys({imageId(3)});
    bench.press("bulkRemoveButton");
    auto *dialog = bench.find<Dialog>("removeImages");
    QVERIFY(dialog);
    QVERIFY(!bench.find<QAbstractButton>("removeImagesVerb")->isEnabled());
    bench.find<QCheckBox>("removeForced")->setChecked(true);
    QCOMPARE(dialog->command(), QString("docker rmi -f postgres:16.4"));
    bench.press("removeImagesVerb");
    QCOMPARE(bench.engine.line(0), QString("docker rmi -f postgres:16.4"));
}

void ImagesPageTest::removalSendsWhatItShowed()
{
    Bench bench;
    bench.fill();
    bench.table->selectKeys({imageId(1), imageId(2), imageId(4)});
    bench.press("bulkRemoveButton");
    auto *dialog = bench.find<Dialog>("removeImages");
    const QString shortId =
        QString::fromStdString(bench.page.controller()->images()->find(imageId(4))->shortId());
    QCOMPARE(dialog->command(), "docker rmi nginx:1.27-alpine " + shortId);
    QCOMPARE(bench.find<QAbstractButton>("removeImagesVerb")->text(), QString("Remove 2 images"));
    bench.press("removeImagesVerb");
    QCOMPARE(bench.engine.sent.size(), std::size_t(2));
    QCOMPARE(bench.engine.line(0), QString("docker rmi nginx:1.27-alpine"));
    QCOMPARE(bench.engine.line(1), "docker rmi " + shortId);
}

void ImagesPageTest::freeingSendsExactlyWhatIsChecked()
{
    Bench bench;
    bench.fill();
    bench.press("freeImages");
    auto *list = bench.find<QTreeWidget>("freeableImages");
    QVERIFY(list);
    QCOMPARE(list->topLevelItemCount(), 2);
    QCOMPARE(list->topLevelItem(0)->child(0)->checkState(0), Qt::Checked); // untagged
    QCOMPARE(list->topLevelItem(1)->child(0)->checkState(0), Qt::Unchecked);
    list->topLevelItem(0)->child(0)->setCheckState(0, Qt::Unchecked);
    QVERIFY(!bench.find<QAbstractButton>("freeImagesDialogVerb")->isEnabled());
    list->topLevelItem(1)->child(0)->setCheckState(0, Qt::Checked);
    // What appears while one looks is not taken.
    bench.engine.show({image(2, {"nginx:1.27-alpine"}), image(9, {})});
    bench.press("freeImagesDialogVerb");
    QCOMPARE(bench.engine.sent.size(), std::size_t(1));
    QCOMPARE(bench.engine.line(0), QString("docker rmi nginx:1.27-alpine"));
}

void ImagesPageTest::tagIsCheckedAtItsField()
{
    Bench bench;
    bench.fill();
    bench.page.showDetails(imageId(2));
    bench.press("detailsTagButton");
    auto *field = bench.find<QLineEdit>("newName");
    QVERIFY(field);
    bench.press("tagImageVerb"); // has it already
    QVERIFY(bench.find<Label>("dialogProblem"));
    field->setText("Harbour/Web");
    QVERIFY(bench.find<Label>("dialogProblem")->text().contains("small letters"));
    field->setText("harbour/web:2");
    QCOMPARE(bench.find<Dialog>("tagImage")->command(),
             QString("docker tag nginx:1.27-alpine harbour/web:2"));
    bench.press("tagImageVerb");
    QCOMPARE(bench.engine.line(0), QString("docker tag nginx:1.27-alpine harbour/web:2"));
}

void ImagesPageTest::menuUntagsOneOfSeveral()
{
    Bench bench;
    bench.fill();
    Q_EMIT bench.table->menuWanted({imageId(1)}, {});
    auto *menu = bench.window.findChild<QMenu *>("untagMenu");
    QVERIFY(menu);
    QCOMPARE(menu->actions().size(), 3);
    menu->actions().at(1)->trigger();
    QCOMPARE(bench.engine.line(0), QString("docker rmi harbour/api:1.8"));
    bench.window.findChild<QAction *>("menuCopyReference")->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), QString("harbour/api:1.8.2"));
    bench.window.findChild<QMenu *>("imageMenu")->close();
}

void ImagesPageTest::selectionSurvivesRefreshAndSort()
{
    Bench bench;
    bench.fill();
    bench.table->selectKeys({imageId(2), imageId(3)});
    bench.table->header()->setSortIndicator(ImageColumn::Size, Qt::DescendingOrder);
    QCOMPARE(bench.table->selectedKeys().size(), std::size_t(2));
    bench.engine.show(
        {image(2, {"nginx:1.27-alpine"}), image(3, {"postgres:16.4"}), image(7, {"new:1"})});
    QCOMPARE(bench.table->selectedKeys().size(), std::size_t(2));
    bench.page.controller()->list()->setFilterText("nginx");
    QCOMPARE(bench.table->selectedKeys(), std::vector{imageId(2)}); // what is hidden leaves
}

void ImagesPageTest::pullLeadsToTheWizardAndBack()
{
    Bench bench;
    bench.fill();
    bench.page.primaryAction()->trigger();
    auto *field = bench.find<QLineEdit>("pullImage");
    QVERIFY(field);
    bench.press("pullVerb");
    QVERIFY(bench.find<Label>("pullImageNote")); // nothing was typed
    field->setText("redis:7");
    QCOMPARE(commandHint(bench.find<QAbstractButton>("pullVerb")), QString("docker pull redis:7"));
    bench.press("pullVerb");
    QCOMPARE(bench.engine.line(0), QString("docker pull redis:7"));
    bench.page.goBack();
    QVERIFY(bench.table->isVisible());
    bench.engine.show({image(5, {"redis:7"})});
    bench.engine.succeed(0);
    Bench::settle();
    QCOMPARE(bench.toasts.toasts().size(), 1); // nobody looked
    bench.press("toastShowImage");
    QCOMPARE(bench.table->currentKey(), imageId(5));
}

void ImagesPageTest::aPullThatFailsLeadsToWhatMendsIt_data()
{
    QTest::addColumn<std::string>("said");
    QTest::addColumn<int>("remedy");
    QTest::addColumn<QString>("reason");
    QTest::newRow("made certificate")
        << std::string("Get \"https://pier.lan/v2/\": tls: failed to verify certificate: x509: "
                       "certificate signed by unknown authority")
        << int(RegistryRemedy::Trust) << "signed by nobody who is trusted";
    QTest::newRow("no encryption")
        << std::string("Get \"https://pier.lan/v2/\": http: server gave HTTP response to HTTPS "
                       "client")
        << int(RegistryRemedy::Insecure) << "speaks without encryption";
    QTest::newRow("no such tag") << std::string("manifest for pier.lan/web:1 not found")
                                 << int(RegistryRemedy::None) << "not found";
}

void ImagesPageTest::aPullThatFailsLeadsToWhatMendsIt()
{
    QFETCH(const std::string, said);
    QFETCH(const int, remedy);
    QFETCH(const QString, reason);
    Bench bench;
    bench.fill();
    std::vector<std::pair<int, std::string>> wanted;
    connect(&bench.page, &ImagesPage::mendWanted, this,
            [&](RegistryRemedy asked, const std::string &registry) {
                wanted.emplace_back(int(asked), registry);
            });
    bench.page.showPullWizard();
    bench.page.pull()->setTyped("pier.lan/web:1");
    bench.press("pullVerb");
    bench.engine.fail(0, {ErrorKind::EngineFailed, 500, said, "image.pull"});
    Bench::settle();
    QVERIFY2(bench.page.pull()->failure()->body().contains(reason),
             qPrintable(bench.page.pull()->failure()->body()));
    auto *mend = bench.find<QAbstractButton>("pullFailureMend");
    if (remedy == int(RegistryRemedy::None)) {
        QVERIFY(!mend || !mend->isVisible());
        return;
    }
    QVERIFY(mend && mend->isVisible());
    QCOMPARE(mend->text(), remedyText(RegistryRemedy(remedy)));
    QVERIFY(mend->hasFocus());
    bench.press("pullFailureMend");
    QCOMPARE(wanted, (std::vector<std::pair<int, std::string>>{{remedy, "pier.lan"}}));
    bench.page.resume();
    auto *again = bench.find<QAbstractButton>("pullVerb");
    QCOMPARE(again->text(), QString("Try again"));
    QVERIFY(again->hasFocus());
    bench.press("pullVerb");
    QCOMPARE(bench.engine.line(1), QString("docker pull pier.lan/web:1"));
}

void ImagesPageTest::aPullThatWantsAnAccountAsksForOne()
{
    Bench bench;
    bench.fill();
    bench.page.showPullWizard();
    bench.page.pull()->setTyped("pier.lan/web:1");
    bench.press("pullVerb");
    bench.engine.fail(0, {ErrorKind::EngineFailed, 500,
                          "Head \"https://pier.lan/v2/web/manifests/1\": no basic auth credentials",
                          "image.pull"});
    Bench::settle();
    bench.press("pullFailureMend");
    auto *dialog = bench.window.findChild<QDialog *>("signInDialog");
    QVERIFY(dialog);
    QCOMPARE(dialog->findChild<QLineEdit *>("signInRegistry")->text(), QString("pier.lan"));
    QTest::keyClicks(dialog->findChild<QLineEdit *>("signInUser"), "mara");
    QTest::keyClicks(dialog->findChild<QLineEdit *>("signInSecret"), "canary-99");
    dialog->accept();
    test::FakeRegistryDesk::answer<registry::Greeting>(bench.desk.signIns.back().promise,
                                                       registry::Greeting{});
    Bench::settle();
    QTRY_VERIFY(!bench.window.findChild<QDialog *>("signInDialog"));
    // A window of the offscreen platform does not become active again by itself.
    auto *again = bench.find<QAbstractButton>("pullVerb");
    QTRY_COMPARE(again->window()->focusWidget(), again);
}

void ImagesPageTest::refusalIsTold()
{
    Bench bench;
    bench.fill();
    bench.page.controller()->remove(bench.page.controller()->rowsOf({imageId(2)}), {});
    bench.engine.show({image(2, {"nginx:1.27-alpine"})}, {user(1, "late", 2)});
    bench.engine.fail(0, {ErrorKind::Conflict, 409, "conflict: …", "image.remove"});
    Bench::settle();
    QCOMPARE(bench.toasts.toasts().size(), 1);
    QVERIFY(bench.toasts.toasts().front()->accessibleName().contains("late") ||
            !bench.toasts.toasts().front()->findChildren<QLabel *>().isEmpty());
}

void ImagesPageTest::newerVersionShowsABadge()
{
    Bench bench;
    bench.fill();
    QVERIFY(bench.engine.registryQuestions.empty()); // opt-in
    auto *news = bench.page.actions().at(4);
    QCOMPARE(news->objectName(), QString("newerVersions"));
    news->setChecked(true);
    QCOMPARE(bench.engine.registryQuestions.size(), std::size_t(2)); // two of three tags at once
    docker::DistributionDetails details;
    details.digest = "sha256:other";
    test::FakeImageEngine::answer<docker::DistributionDetails>(
        bench.engine.registryQuestions[0].promise, details);
    Bench::settle();
    QCOMPARE(bench.page.controller()->images()->find(imageId(1))->news, ImageNews::Newer);
    QVERIFY(imageSentence(*bench.page.controller()->images()->find(imageId(1)), 0)
                .contains("newer version"));
}

void ImagesPageTest::everythingHasAName()
{
    Bench bench;
    bench.fill();
    bench.press("imagePaneButton");
    const auto buttons = bench.window.findChildren<QAbstractButton *>();
    for (const QAbstractButton *button : buttons) {
        if (button->isVisible() && button->focusPolicy() != Qt::NoFocus) {
            QVERIFY2(!button->objectName().isEmpty(), qPrintable(button->text()));
            QVERIFY2(!button->accessibleName().isEmpty() || !button->text().isEmpty(),
                     qPrintable(button->objectName()));
        }
    }
}

/// To be looked at, where a folder is named for them.
void ImagesPageTest::picturesForPeople()
{
    const QString folder = qEnvironmentVariable("ROADSTEAD_PICTURES");
    if (folder.isEmpty()) {
        QSKIP("ROADSTEAD_PICTURES names no folder");
    }
    QDir().mkpath(folder);
    for (const Appearance look : {Appearance::Light, Appearance::Dark}) {
        Theme::instance().setAppearance(look);
        const QString name = folder + (look == Appearance::Dark ? "/images-dark" : "/images-light");
        Bench bench;
        bench.fill();
        bench.table->setCurrentKey(imageId(1));
        bench.press("imagePaneButton");
        Bench::settle();
        QVERIFY(bench.window.grab().save(name + ".png"));
        bench.page.showPullWizard();
        bench.page.pull()->setTyped("pier.lan/web:1");
        bench.press("pullVerb");
        bench.engine.fail(0, {ErrorKind::EngineFailed, 500,
                              "x509: certificate signed by unknown authority", "image.pull"});
        Bench::settle();
        QVERIFY(bench.window.grab().save(name + "-pull-untrusted.png"));
    }
}

} // namespace tst_images_page

ROADSTEAD_WIDGET_TEST(tst_images_page::ImagesPageTest)
#include "tst_images_page.moc"
