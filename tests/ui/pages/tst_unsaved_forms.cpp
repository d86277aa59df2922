// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/whole_window.h"
#include "ui/dialogs/sign_in_dialog.h"
#include "ui/pages/containers/container_table.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/label.h"
#include "ui/wizards/push/push_controller.h"
#include "ui/wizards/run/run_controller.h"

#include <QAction>
#include <QApplication>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

namespace tst_unsaved_forms {

using namespace roadstead;
using namespace roadstead::ui;
using namespace Qt::StringLiterals;
using test::WholeWindow;

namespace {

/// A form: how it is opened and found empty, how a person fills it, and what the question says.
struct Row
{
    const char *name;
    void (*open)(WholeWindow &all);
    void (*fill)(WholeWindow &all);
    const char *line;
};

void openTag(WholeWindow &all)
{
    all.window.showPage(all.images.id());
    all.images.showDetails(test::imageId(2));
    all.press("detailsTagButton");
}

const Row rows[] = {
    {"run",
     [](WholeWindow &all) {
         all.window.showPage(all.containers.id());
         all.containers.runImage(u"redis:7"_s);
     },
     [](WholeWindow &all) { all.type("containerName", "cache"); },
     "What is filled in to run a container"},
    {"recreate",
     [](WholeWindow &all) {
         all.window.showPage(all.containers.id());
         all.containers.recreate(all.id);
         all.containerEngine.answer<docker::CreateContainer>(
             all.containerEngine.commandQuestions.back().promise,
             docker::CreateContainer{.image = "nginx:1.27", .name = "shopfront-api-1"});
     },
     [](WholeWindow &all) { all.type("image", "nginx:1.28"); },
     "What is changed to recreate shopfront-api-1"},
    {"commit",
     [](WholeWindow &all) {
         all.window.showPage(all.containers.id());
         all.containers.commit(all.id);
     },
     [](WholeWindow &all) { all.type("commitRepository", "shop"); },
     "What is filled in to commit shopfront-api-1"},
    {"limits",
     [](WholeWindow &all) {
         all.showDetails();
         all.press("limitsEdit");
     },
     [](WholeWindow &all) { all.type("limitMemory", "640m"); },
     "Changed limits of shopfront-api-1"},
    {"options of a terminal",
     [](WholeWindow &all) {
         all.showTerminal();
         all.press("terminalMore");
         all.find<QMenu>("terminalTabMenu")->findChild<QAction *>(u"terminalOptions"_s)->trigger();
     },
     [](WholeWindow &all) {
         QTest::keyClicks(all.find<QPlainTextEdit>("terminalVariables"), "A=1");
     },
     "What is filled in for a terminal of shopfront-api-1"},
    {"terminal", [](WholeWindow &all) { all.showTerminal(); },
     [](WholeWindow &all) { QTest::keyClicks(all.find<QWidget>("terminalDisplay"), "make\r"); },
     "1 open terminals: what runs in them is out of reach then"},
    {"pull",
     [](WholeWindow &all) {
         all.window.showPage(all.images.id());
         all.images.pull()->offer(u"registry.example/web:1"_s); // chosen with one click
         all.images.showPullWizard();
     },
     [](WholeWindow &all) { all.type("pullImage", "redis:7"); },
     "What is filled in to pull an image"},
    {"push",
     [](WholeWindow &all) {
         all.window.showPage(all.images.id());
         all.images.showPushWizard("nginx:1.27-alpine");
     },
     [](WholeWindow &all) { all.type("pushRepository", "team/web"); },
     "What is filled in to push an image"},
    {"push, another tag",
     [](WholeWindow &all) {
         all.window.showPage(all.images.id());
         all.images.showPushWizard("nginx:1.27-alpine");
     },
     [](WholeWindow &all) {
         all.type("pushNewTag", "next");
         all.press("pushAddTag");
     },
     "What is filled in to push an image"},
    {"tag", openTag, [](WholeWindow &all) { all.type("newName", "harbour/web:2"); },
     "What is typed at: Tag nginx:1.27-alpine"},
    {"rename",
     [](WholeWindow &all) {
         all.window.showPage(all.containers.id());
         auto *table = all.window.findChild<ContainerTable *>();
         table->setCurrentId(all.id);
         table->setFocus();
         QTest::keyClick(table, Qt::Key_F2);
     },
     [](WholeWindow &all) { all.type("newName", "api"); },
     "What is typed at: Rename shopfront-api-1"},
    {"sign in",
     [](WholeWindow &all) {
         (new SignInDialog(&all.desk, "registry.example", "", &all.window))->open();
     },
     [](WholeWindow &all) { all.type("signInUser", "mara"); },
     "What is typed at: Sign in to registry.example?"},
    {"build",
     [](WholeWindow &all) {
         all.window.showPage(all.builds.id());
         BuildForm form;
         form.context = all.folder.path().toStdString();
         all.builds.controller()->begin(form);
         QTRY_VERIFY(!all.builds.controller()->isLooking());
     },
     [](WholeWindow &all) {
         BuildForm form = all.builds.controller()->form();
         form.tags = {"shop:1"};
         all.builds.controller()->setForm(form);
     },
     "What is filled in to build an image"},
};

} // namespace

/// Every form that holds a person's words: the question names it before they are lost.
class TestUnsavedForms : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(u"roadstead-unsaved-test"_s);
        QApplication::setQuitOnLastWindowClosed(false);
        Theme::instance().install(*qApp);
    }
    void init() { QSettings().clear(); }

    void isAskedAbout_data()
    {
        QTest::addColumn<const Row *>("row");
        for (const Row &row : rows) {
            QTest::newRow(row.name) << &row;
        }
    }
    void isAskedAbout()
    {
        QFETCH(const Row *, row);
        WholeWindow all;
        QSignalSpy ends(&all.window, &MainWindow::quitRequested);
        row->open(all);
        WholeWindow::settle();
        QVERIFY2(all.window.endSession(true), "empty, it can go");
        row->fill(all);
        WholeWindow::settle();
        all.window.quit();
        QStringList lines;
        auto *dialog = all.find<Dialog>("unsavedDialog");
        QVERIFY(dialog != nullptr);
        for (const auto *label : dialog->findChildren<ElidedLabel *>()) {
            if (label->isVisible()) {
                lines.append(label->fullText());
            }
        }
        QCOMPARE(lines, QStringList{QString::fromLatin1(row->line)});
        QCOMPARE(ends.count(), 0);
        dialog->verbButton()->click();
        QTRY_COMPARE(ends.count(), 1);
    }

    void whatIsFilledInToRunIsThereAgainWhereNobodyCouldBeAsked()
    {
        WholeWindow all;
        all.containers.runImage(u"redis:7"_s);
        RunForm form = all.containers.run()->form();
        form.name = "cache";
        form.environment = {{"LOG", "debug"}, {"API_KEY", "canary-7"}};
        all.containers.run()->setForm(form);
        QVERIFY(all.window.endSession(false));
        QVERIFY(all.find<Dialog>("unsavedDialog") == nullptr);
        QFile file(all.folder.filePath(u"presets.json"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("canary-7"));

        ContainersPage next(all.containerParts());
        form.environment[1] = {"API_KEY", "", false, true};
        QVERIFY(next.run()->form() == form);
        QCOMPARE(all.window.toasts()->toasts().size(), 1);
        QCOMPARE(next.unsaved().size(), 0); // its widget is not made yet
        const ContainersPage third(all.containerParts());
        QVERIFY2(ContainersPage(all.containerParts()).run()->form() == RunForm{}, "once");
    }
};

} // namespace tst_unsaved_forms

ROADSTEAD_WIDGET_TEST(tst_unsaved_forms::TestUnsavedForms)
#include "tst_unsaved_forms.moc"
