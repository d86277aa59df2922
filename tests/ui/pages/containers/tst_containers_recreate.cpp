// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/form_bench.h"
#include "tests/ui/support/pictures.h"
#include "ui/models/container_text.h"
#include "ui/theme/theme.h"
#include "ui/wizards/recreate/recreate_controller.h"
#include "ui/wizards/run/run_controller.h"

#include <QLineEdit>
#include <QStandardPaths>

namespace tst_containers_recreate {

using namespace roadstead;
using namespace roadstead::ui;

namespace {

/// A container "web", and "web-before" that it replaced.
struct RecreatePageBench : test::FormBench
{
    std::string web = test::containerId(1);
    std::string before = test::containerId(2);

    docker::ContainerSummary newer = test::container(1, "web");
    docker::ContainerSummary older =
        test::container(2, "web-before", {}, docker::ContainerState::Exited);

    RecreatePageBench()
    {
        newer.labels["io.roadstead.replaces"] = before;
        engine.show({newer, older});
    }
    [[nodiscard]] ContainerRowPointer row(const std::string &id)
    {
        return page.controller()->containers()->find(id);
    }
    void answerCommand()
    {
        docker::CreateContainer create{.image = "nginx:1.27", .name = "web"};
        create.labels = {{"io.roadstead.replaces", before}, {"team", "harbour"}};
        engine.answer<docker::CreateContainer>(engine.commandQuestions.back().promise, create);
        settle();
    }
};

} // namespace

class TestContainersRecreate : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        Theme::instance().install(*qApp);
    }

    void theButtonBesideTheTabsOpensTheForm()
    {
        RecreatePageBench bench;
        bench.page.showDetails(bench.web);
        auto *button = bench.find<QAbstractButton>("detailsRecreate");
        QVERIFY(button != nullptr);
        QTest::mouseClick(button, Qt::LeftButton);
        bench.answerCommand();
        QVERIFY(bench.find("recreateWizard") != nullptr);
        QCOMPARE(bench.page.recreation()->form()->form().image, "nginx:1.27");
        QVERIFY(bench.page.recreation()->differences().empty());
        QVERIFY(bench.page.primaryAction() == nullptr);
        bench.page.goBack();
        QVERIFY(bench.find("recreateWizard") == nullptr);
        QVERIFY(!bench.page.canGoBack());
    }

    void aContainerThatCannotBeReadIsTold()
    {
        RecreatePageBench bench;
        bench.page.recreate(bench.web);
        bench.engine.answer<docker::CreateContainer>(
            bench.engine.commandQuestions.back().promise,
            std::unexpected(Error{ErrorKind::NotFound, 404, "no such container", "inspect"}));
        QCoreApplication::processEvents();
        QVERIFY(bench.find("recreateWizard") == nullptr);
        QCOMPARE(bench.toasts.toasts().size(), 1);
    }

    void aCopyHasNoNameAndNoLabelsOfTheSwap()
    {
        RecreatePageBench bench;
        bench.page.duplicate(bench.web);
        bench.answerCommand();
        QVERIFY(bench.find("runWizard") != nullptr);
        const RunForm &form = bench.page.run()->form();
        QCOMPARE(form.image, "nginx:1.27");
        QVERIFY(form.name.empty());
        QCOMPARE(form.options.at("label"), std::vector<std::string>{"team=harbour"});
    }

    void publishingAPortOpensTheFormWithARowForIt()
    {
        RecreatePageBench bench;
        QAction *publish = bench.entry(bench.web, "menuPublishPort");
        QVERIFY(publish != nullptr);
        publish->trigger();
        bench.answerCommand();
        QVERIFY(bench.find("recreateWizard") != nullptr);
        RecreatePageBench::settle(); // the new row is shown
        auto *field = qobject_cast<QLineEdit *>(bench.window.focusWidget());
        QVERIFY(field != nullptr);
        QTest::keyClicks(field, "8080");
        QVERIFY(!bench.page.recreation()->form()->form().ports.empty());
    }

    void aSwapThatWasCutOffIsOfferedOnceAndInTheMenu()
    {
        test::FormBench bench;
        const std::string next = test::containerId(1);
        const std::string old = test::containerId(2);
        auto newer = test::container(1, "web-next", {}, docker::ContainerState::Created);
        newer.labels = {{"io.roadstead.replaces", old}, {"io.roadstead.replaces.name", "web"}};
        bench.engine.show({newer, test::container(2, "web")});
        QCOMPARE(bench.toasts.toasts().size(), 1);
        QVERIFY(bench.notices().front().startsWith("The recreation of web was cut off"));
        QVERIFY(bench.entry(next, "menuFinishRecreate") != nullptr);
        QVERIFY(bench.entry(next, "menuTakeBack") != nullptr);
        QVERIFY(bench.entry(next, "menuUndoRecreate") == nullptr);
        bench.engine.show({newer, test::container(2, "web")});
        QCOMPARE(bench.toasts.toasts().size(), 1);
        bench.press("toastTakeBack");
        QVERIFY(bench.page.recreation()->isTakeBack());
        QCOMPARE(bench.engine.inspections.back().id, next);
    }

    void bothOfASwapOfferUndoAndTheRemovalOfTheOldOne()
    {
        for (const bool fromOld : {false, true}) {
            RecreatePageBench bench;
            const std::string &asked = fromOld ? bench.before : bench.web;
            QAction *undo = bench.entry(asked, "menuUndoRecreate");
            QVERIFY(undo != nullptr);
            undo->trigger();
            QVERIFY(bench.page.recreation()->isUndo());
            QCOMPARE(bench.engine.inspections.back().id, bench.web);
        }
        RecreatePageBench bench;
        QAction *remove = bench.entry(bench.web, "menuRemoveKept");
        QVERIFY(remove != nullptr);
        QCOMPARE(remove->text(), "Remove the old one");
        remove->trigger();
        QCOMPARE(bench.row(bench.before)->pending, PendingWork::RemovalWaits);
        QCOMPARE(bench.row(bench.web)->pending, PendingWork::None);
    }

    void whatIsKeptSaysSoInTheList()
    {
        RecreatePageBench bench;
        QCOMPARE(bench.row(bench.before)->note, "Replaced by web");
        QVERIFY(bench.row(bench.web)->note.isEmpty());
        QVERIFY(containerSentence(*bench.row(bench.before)).contains("replaced by web"));
        test::keepPictures(bench.window, QStringLiteral("list-kept"));
        // Another program, or this one after its next start, lists them anew: only labels tell.
        bench.engine.show({test::container(1, "web")});
        bench.engine.show({bench.newer, bench.older});
        QCOMPARE(bench.row(bench.before)->note, "Replaced by web");
        // A person renames the new one.
        bench.newer.name = "shop";
        bench.engine.show({bench.newer, bench.older});
        QCOMPARE(bench.row(bench.before)->note, "Replaced by shop");
        // And removes it.
        bench.engine.show({bench.older});
        QVERIFY(bench.row(bench.before)->note.isEmpty());
        QVERIFY(bench.entry(bench.before, "menuUndoRecreate") == nullptr);
    }

    void whatWasUndoneIsNotUndoneAgain()
    {
        RecreatePageBench bench;
        bench.newer.labels["io.roadstead.replaces.name"] = "web";
        bench.newer.name = "web-undone";
        bench.newer.state = docker::ContainerState::Exited;
        bench.older.name = "web";
        bench.older.state = docker::ContainerState::Running;
        bench.engine.show({bench.newer, bench.older});
        QCOMPARE(bench.row(bench.web)->note, "Undone");
        QVERIFY(bench.row(bench.before)->note.isEmpty());
        QVERIFY(bench.entry(bench.web, "menuUndoRecreate") == nullptr);
        QAction *remove = bench.entry(bench.web, "menuRemoveKept");
        QVERIFY(remove != nullptr && remove->text() == "Remove the undone one");
    }

    void whatHasNothingToDoWithASwapOffersNeither()
    {
        RecreatePageBench bench;
        bench.engine.show({bench.newer, bench.older, test::container(3, "db")});
        QVERIFY(bench.entry(test::containerId(3), "menuRecreate") != nullptr);
        QVERIFY(bench.entry(test::containerId(3), "menuUndoRecreate") == nullptr);
        QVERIFY(bench.entry(test::containerId(3), "menuRemoveKept") == nullptr);
    }
};

} // namespace tst_containers_recreate

ROADSTEAD_WIDGET_TEST(tst_containers_recreate::TestContainersRecreate)
#include "tst_containers_recreate.moc"
