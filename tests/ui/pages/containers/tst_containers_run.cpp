// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/form_bench.h"
#include "ui/theme/theme.h"
#include "ui/wizards/run/run_controller.h"

#include <QAction>
#include <QLineEdit>
#include <QSignalSpy>
#include <QStandardPaths>

namespace tst_containers_run {

using namespace roadstead;
using namespace roadstead::ui;

namespace {

const std::string id(64, '7');

using RunBench = test::FormBench;

} // namespace

class TestContainersRun : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        Theme::instance().install(*qApp);
    }

    void theKeyOpensTheWizardAndBackLeavesIt()
    {
        RunBench bench;
        const test::Harbour harbour(bench.engine);
        QCOMPARE(bench.page.primaryAction()->objectName(), QString("runContainer"));
        const QSignalSpy primary(&bench.page, &Page::primaryActionChanged);
        QTest::keyClick(&bench.window, Qt::Key_N, Qt::ControlModifier);
        QVERIFY(bench.find("runWizard") != nullptr);
        QVERIFY(bench.page.primaryAction() == nullptr);
        QVERIFY(bench.page.canGoBack());
        QCOMPARE(primary.size(), 1);
        auto *image = bench.find<QLineEdit>("image");
        QCOMPARE(QApplication::focusWidget(), image);
        QTest::keyClicks(image, "redis:7");
        bench.page.goBack();
        QVERIFY(bench.find("runWizard") == nullptr);
        bench.page.showRunWizard();
        QCOMPARE(image->text(), QString("redis:7"));
    }

    void whatIsFilledInWouldBeLost()
    {
        RunBench bench;
        const test::Harbour harbour(bench.engine);
        bench.page.runImage("redis:7");
        QVERIFY2(bench.page.unsaved().isEmpty(), "an image is chosen with one click");
        QTest::keyClicks(bench.find<QLineEdit>("containerName"), "cache");
        QCOMPARE(bench.page.unsaved().size(), 1);
        bench.page.goBack();
        QVERIFY2(bench.page.unsaved().size() == 1, "it is there when one comes back");
        bench.page.run()->clear();
        QVERIFY(bench.page.unsaved().isEmpty());
        bench.page.commit(harbour.id("shopfront-api-1"));
        QVERIFY(bench.page.unsaved().isEmpty());
        QTest::keyClicks(bench.find<QLineEdit>("commitRepository"), "shop");
        QCOMPARE(bench.page.unsaved().size(), 1);
        bench.page.goBack();
        QVERIFY2(bench.page.unsaved().isEmpty(), "it begins anew for another container");
    }

    void theHelloContainerIsStillThere()
    {
        RunBench bench;
        QStringList names;
        for (const QAction *action : bench.page.actions()) {
            names.append(action->objectName());
        }
        QVERIFY(names.contains("runHello"));
        QCOMPARE(names.front(), QString("runContainer"));
    }

    void whatEndsOutOfSightIsTold()
    {
        RunBench bench;
        bench.page.showRunWizard();
        bench.page.run()->setForm({.image = "nginx:1.27", .name = "web"});
        QVERIFY(bench.page.run()->run());
        bench.page.goBack();
        bench.runEngine.succeed(0, id);
        RunBench::settle();
        bench.runEngine.succeed(1);
        RunBench::settle();
        QCOMPARE(bench.toasts.toasts().size(), 1);
        QCOMPARE(bench.toasts.toasts().front()->kind(), ToastKind::Done);
        bench.page.run()->edit();
        QVERIFY(bench.page.run()->run());
        bench.runEngine.fail(2, ErrorKind::EngineFailed, "no space left on device");
        RunBench::settle();
        QCOMPARE(bench.toasts.toasts().size(), 2);
    }

    void whatDoesNotGoToTheBackgroundIsShown()
    {
        RunBench bench;
        bench.page.showRunWizard();
        RunForm form{.image = "nginx:1.27", .isDetached = false};
        bench.page.run()->setForm(form);
        QVERIFY(bench.page.run()->run());
        bench.runEngine.succeed(0, id);
        RunBench::settle();
        bench.runEngine.succeed(1);
        RunBench::settle();
        QVERIFY(bench.find("runWizard") == nullptr);
        QVERIFY(bench.page.canGoBack());
    }
};

} // namespace tst_containers_run

ROADSTEAD_WIDGET_TEST(tst_containers_run::TestContainersRun)
#include "tst_containers_run.moc"
