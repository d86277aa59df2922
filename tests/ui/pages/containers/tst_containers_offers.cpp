// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/form_bench.h"
#include "ui/dialogs/batch_dialog.h"
#include "ui/pages/containers/container_waits.h"
#include "ui/pages/containers/containers_controller.h"
#include "ui/theme/theme.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/label.h"
#include "ui/wizards/commit/commit_controller.h"

#include <QLabel>
#include <QStandardPaths>

#include <cerrno>

namespace tst_containers_offers {

using namespace roadstead;
using namespace roadstead::ui;
using docker::ContainerState;

namespace {

const std::string web = test::containerId(1);
const std::string db = test::containerId(2);

struct OfferBench : test::FormBench
{
    OfferBench() { engine.show({test::container(1, "web"), test::container(2, "db")}); }
    /// What a notice says, and its buttons.
    [[nodiscard]] QString notice(const char *name) const { return find<QLabel>(name)->text(); }
};

} // namespace

/// What is done with one container beside its life, and what several come to together.
class TestContainersOffers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        Theme::instance().install(*qApp);
    }

    void thePaletteNamesTheContainer()
    {
        OfferBench bench;
        bench.page.showDetails(web);
        QStringList texts;
        for (const QAction *action : bench.page.actions()) {
            texts.append(action->text());
        }
        for (const char *text :
             {"Edit and recreate web…", "Duplicate web…", "Publish a port of web…",
              "Commit web to an image…", "Export the files of web…", "Tell me when web ends"}) {
            QVERIFY2(texts.contains(QString::fromUtf8(text)), text);
        }
    }

    void commitOpensItsPageAndTellsItsEndElsewhere()
    {
        OfferBench bench;
        QAction *entry = bench.entry(web, "menuCommit");
        QVERIFY(entry != nullptr);
        QCOMPARE(commandHint(entry), QString("docker commit web REPOSITORY:TAG"));
        entry->trigger();
        QVERIFY(bench.find("commitWizard") != nullptr);
        QVERIFY(bench.page.primaryAction() == nullptr);
        QVERIFY(bench.page.commits()->commit());
        bench.page.goBack();
        QVERIFY(bench.find("commitWizard") == nullptr);
        QVERIFY(bench.toasts.toasts().isEmpty());
        bench.runEngine.succeed(0, "sha256:1");
        OfferBench::settle();
        QCOMPARE(bench.notices(), QStringList{"web is committed"});
        bench.press("toastShowCommit");
        QVERIFY(bench.find("commitResult") != nullptr);
    }

    void anExportTellsHowFarItIsAndWhere()
    {
        OfferBench bench;
        bench.page.exportTo(web, "/home/ada/web.tar");
        QCOMPARE(bench.engine.fileAccess.lines,
                 QStringList{"docker export -o /home/ada/web.tar web"});
        QCOMPARE(bench.toasts.toasts().front()->kind(), ToastKind::Work);
        bench.engine.fileAccess.exportAdvances({50'000'000, 0});
        QVERIFY(bench.notice("toastText").startsWith("50 MB, "));
        docker::ContainerSummary size;
        size.rootFsSize = 200'000'000;
        QCOMPARE(bench.engine.measured, std::vector{web});
        bench.engine.answer<std::vector<docker::ContainerSummary>>(bench.engine.measurement,
                                                                   std::vector{size});
        OfferBench::settle();
        QVERIFY(bench.notice("toastText").startsWith("50 MB of about 200 MB, "));
        test::FakeFileAccess::finish<service::CopyReport>(bench.engine.fileAccess.exported,
                                                          service::CopyReport{210'000'000, {}, 0});
        OfferBench::settle();
        QCOMPARE(bench.toasts.toasts().size(), 1);
        QCOMPARE(bench.toasts.toasts().front()->kind(), ToastKind::Done);
        QCOMPARE(bench.notice("toastText"), QString("210 MB in /home/ada/web.tar"));
        bench.press("toastOpenFolder");
        QCOMPARE(bench.opened, QList{QUrl("file:///home/ada")});
    }

    void anExportCanBeStopped()
    {
        OfferBench bench;
        bench.page.exportTo(web, "/home/ada/web.tar");
        bench.press("toastStopExport");
        OfferBench::settle();
        QCOMPARE(bench.engine.fileAccess.cancelled, 1);
        QVERIFY(bench.toasts.toasts().isEmpty());
    }

    void aFullDiskIsNamedWithWhatIsNeeded()
    {
        OfferBench bench;
        bench.page.exportTo(web, "/home/ada/web.tar");
        bench.engine.fileAccess.exportAdvances({50'000'000, 0});
        test::FakeFileAccess::finish<service::CopyReport>(
            bench.engine.fileAccess.exported,
            failure(ErrorKind::DiskFull, "container.export", "/home/ada/web.tar", ENOSPC));
        OfferBench::settle();
        QCOMPARE(bench.toasts.toasts().size(), 1);
        QCOMPARE(bench.toasts.toasts().front()->kind(), ToastKind::Error);
        QVERIFY(bench.notice("toastText").contains("/home/ada"));
        QVERIFY(bench.notice("toastText").contains("50 MB"));
        QVERIFY(bench.find("toastExportElsewhere") != nullptr);
    }

    void theEndOfAContainerIsToldOnAnyPage()
    {
        OfferBench bench;
        QAction *entry = bench.entry(web, "menuWait");
        QCOMPARE(commandHint(entry), QString("docker wait web"));
        entry->trigger();
        QVERIFY(bench.page.waits()->isAwaited(web));
        QCOMPARE(bench.entry(web, "menuWait")->text(), QString("Stop waiting for its end"));
        bench.page.showDetails(db);
        bench.engine.answer<int>(bench.engine.waits.front().promise, 137);
        OfferBench::settle();
        QCOMPARE(bench.notice("toastTitle"), QString("web has ended with code 137"));
        QCOMPARE(bench.toasts.toasts().size(), 1);
        QVERIFY(!bench.page.waits()->isAwaited(web));
    }

    void waitingCanBeStopped()
    {
        OfferBench bench;
        bench.entry(web, "menuWait")->trigger();
        bench.entry(web, "menuWait")->trigger();
        OfferBench::settle();
        QVERIFY(!bench.page.waits()->isAwaited(web));
        QCOMPARE(bench.engine.waits.size(), std::size_t(1));
        QVERIFY(bench.engine.waits.front().promise->future().isFinished());
    }

    /// The connection is lost: nothing is told as an end, and the waiting goes on once it is back.
    void waitingSurvivesAnEngineThatWasAway()
    {
        OfferBench bench;
        bench.page.waits()->begin({web, "web"});
        bench.toasts.expireAll();
        bench.engine.setLink(service::Link::Unreachable);
        bench.engine.answer<int>(bench.engine.waits.front().promise,
                                 failure(ErrorKind::ConnectionLost, "container.wait"));
        OfferBench::settle();
        QVERIFY(bench.page.waits()->isAwaited(web));
        QVERIFY(bench.toasts.toasts().isEmpty());
        QCOMPARE(bench.engine.waits.size(), std::size_t(1));
        bench.engine.setLink(service::Link::Live);
        QCOMPARE(bench.engine.waits.size(), std::size_t(2));
        bench.engine.answer<int>(bench.engine.waits.back().promise, 0);
        OfferBench::settle();
        QCOMPARE(bench.notice("toastTitle"), QString("web has ended"));
    }

    void severalThatFailAreToldTogetherEachWithItsReason()
    {
        OfferBench bench;
        bench.engine.show(
            {test::container(1, "web"), test::container(2, "db"), test::container(3, "cache")});
        const std::string cache = test::containerId(3);
        bench.page.controller()->perform(ContainerAction::Stop, {web, db, cache});
        bench.engine.fail(0, {ErrorKind::EngineFailed, 500, "it hangs", "container.stop"});
        bench.engine.succeed(1);
        OfferBench::settle();
        QVERIFY(bench.toasts.toasts().isEmpty()); // not all is known
        bench.engine.fail(2, {ErrorKind::Conflict, 409, "it is busy", "container.stop"});
        OfferBench::settle();
        QCOMPARE(bench.toasts.toasts().size(), 1);
        QCOMPARE(bench.notice("toastTitle"), QString("2 of 3 containers were not stopped"));
        QVERIFY(bench.notice("toastText").contains("It hangs."));
        bench.press("toastBatch");
        auto *dialog = bench.find<BatchDialog>("batchResult");
        QVERIFY(dialog != nullptr);
        QVERIFY(bench.find("batchFailure0")->accessibleName().contains("It hangs."));
        QVERIFY(bench.find("batchFailure1")->accessibleName().contains("It is busy."));
        QCOMPARE(bench.find<QLabel>("batchDone")->text(), QString("Done: db"));
        QCOMPARE(dialog->command(), QString("docker stop web cache"));
        dialog->accept();
        OfferBench::settle();
        QCOMPARE(bench.engine.line(3), QString("docker stop web"));
        QCOMPARE(bench.engine.line(4), QString("docker stop cache"));
    }

    void severalThatAllWorkAreNotTold()
    {
        OfferBench bench;
        bench.page.controller()->perform(ContainerAction::Stop, {web, db});
        bench.engine.succeed(0);
        bench.engine.succeed(1);
        OfferBench::settle();
        QVERIFY(bench.toasts.toasts().isEmpty());
    }
};

} // namespace tst_containers_offers

ROADSTEAD_WIDGET_TEST(tst_containers_offers::TestContainersOffers)
#include "tst_containers_offers.moc"
