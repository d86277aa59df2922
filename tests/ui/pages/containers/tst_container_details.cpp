// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/page_bench.h"
#include "ui/pages/containers/container_actions.h"
#include "ui/pages/containers/details_view.h"
#include "ui/pages/inspect_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/label.h"
#include "ui/widgets/progress.h"
#include "ui/widgets/tab_bar.h"

#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSettings>
#include <QStandardPaths>

namespace tst_container_details {

using namespace roadstead;
using namespace roadstead::ui;
using docker::ContainerState;
using test::Harbour;
using test::nameX;
using Bench = test::PageBench;

/// A container's details page, as a person uses it.
class ContainerDetailsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() { QSettings().clear(); }
    void detailsOpenByDoubleClickAndClose();
    void detailsFollowTheContainer();
    void secretsAreMaskedAndCopied();
    void inspectSearches();
    void commandsActOnTheContainerShown();
    void outputKeepsItsEndAndItsPlace();
    void inspectMasksSecrets();
    void limitsAreChangedInPlace();
    void whatIsWrittenSurvivesARefusalAndGoesWithTheContainer();
    void aRestartPolicyIsChosen();
    void waitsBeforeASpinnerAndTellsWhatFailed();
};

void ContainerDetailsTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName("roadstead-details-test");
    Theme::instance().install(*qApp);
}

void ContainerDetailsTest::detailsOpenByDoubleClickAndClose()
{
    Bench bench;
    Harbour harbour(bench.engine);
    const std::string id = harbour.id("shopfront-api-1");
    const QPoint position = bench.at(id, NameColumn, nameX);
    bench.click(position);
    QTest::mouseDClick(bench.table->viewport(), Qt::LeftButton, {}, position);
    QVERIFY(bench.page.canGoBack());
    QCOMPARE(bench.engine.inspections.at(0).id, id);
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections[0].promise,
                                                  test::apiDetails(id));
    Bench::settle();
    QCOMPARE(bench.find<QLabel>("restartPolicy")->text(), QString("Unless stopped"));
    bench.press("openPort3000");
    QCOMPARE(bench.opened, QList{QUrl("http://localhost:3000")});
    bench.press("detailsRestartButton");
    QCOMPARE(bench.engine.line(0), QString("docker restart shopfront-api-1"));
    bench.press("crumbContainers");
    QVERIFY(!bench.page.canGoBack());
    QCOMPARE(bench.table->currentId(), id);
}

void ContainerDetailsTest::detailsFollowTheContainer()
{
    Bench bench;
    Harbour harbour(bench.engine);
    const std::string id = harbour.id("shopfront-api-1");
    bench.page.showDetails(id);
    harbour.change("shopfront-api-1", ContainerState::Paused, "Up 3 hours (Paused)");
    QCOMPARE(bench.engine.inspections.size(), std::size_t(2));
    docker::ContainerDetails late = test::apiDetails(id);
    late.restartPolicy = "always";
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections[1].promise,
                                                  test::apiDetails(id));
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections[0].promise, late);
    Bench::settle();
    QCOMPARE(bench.find<QLabel>("restartPolicy")->text(), QString("Unless stopped"));
    harbour.drop("shopfront-api-1");
    QCOMPARE(bench.find<EmptyState>("detailsMessage")->what(),
             QString("This container was removed"));
}

void ContainerDetailsTest::secretsAreMaskedAndCopied()
{
    Bench bench;
    Harbour harbour(bench.engine);
    const std::string id = harbour.id("shopfront-api-1");
    bench.page.showDetails(id);
    docker::ContainerDetails details = test::apiDetails(id);
    details.labels["deploy.token"] = "s3cr3t-label";
    details.command = {"serve", "--api-token", "s3cr3t-1", "--db-password=s3cr3t-2"};
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections[0].promise, details);
    Bench::settle();
    const auto visibleText = [&bench] {
        QString all;
        for (const QLabel *label : bench.window.findChildren<QLabel *>()) {
            const auto *elided = qobject_cast<const ElidedLabel *>(label);
            all += elided ? elided->fullText() : QString();
            all += label->text() + label->accessibleName() + label->toolTip() + u'\n';
        }
        return all;
    };
    QVERIFY(!visibleText().contains("tide-7Kq2"));
    QVERIFY(!visibleText().contains("postgres://"));
    QVERIFY(!visibleText().contains("s3cr3t"));
    bench.press("copy_label_deploy.token");
    QCOMPARE(QGuiApplication::clipboard()->text(), QString("s3cr3t-label"));
    QVERIFY(visibleText().contains("production"));
    bench.press("copy_JWT_SECRET");
    QCOMPARE(QGuiApplication::clipboard()->text(), QString("tide-7Kq2-v0xw"));
    QVERIFY(!visibleText().contains("tide-7Kq2"));
    bench.press("reveal_JWT_SECRET");
    QVERIFY(visibleText().contains("tide-7Kq2"));
    bench.press("reveal_JWT_SECRET");
    QVERIFY(!visibleText().contains("tide-7Kq2"));
}

void ContainerDetailsTest::inspectSearches()
{
    Bench bench;
    Harbour harbour(bench.engine);
    const std::string id = harbour.id("shopfront-api-1");
    bench.page.showDetails(id);
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections[0].promise,
                                                  test::apiDetails(id));
    Bench::settle();
    auto *field = qobject_cast<QLineEdit *>(bench.page.filterField());
    QCOMPARE(field->objectName(), QString("inspectSearch"));
    auto *view = bench.find<InspectView>("inspectView");
    QTRY_VERIFY(view->shownText().contains("\n  \"Name\": \"/shopfront-api-1\",\n"));
    field->setFocus();
    field->setText("running");
    QTRY_COMPARE(bench.find<QLabel>("inspectMatches")->text(), QString("2 matches"));
    auto *text = bench.find<QPlainTextEdit>("inspectText");
    const int first = text->textCursor().position();
    QTest::keyClick(field, Qt::Key_F3);
    QVERIFY(text->textCursor().position() > first);
}

void ContainerDetailsTest::commandsActOnTheContainerShown()
{
    Bench bench;
    Harbour harbour(bench.engine);
    const auto action = [&bench](const char *name) {
        for (QAction *one : bench.page.actions()) {
            if (one->objectName() == QLatin1StringView(name)) {
                return one;
            }
        }
        return static_cast<QAction *>(nullptr);
    };
    bench.table->selectIds({harbour.id("gitea"), harbour.id("mailpit")});
    QCOMPARE(action("pageStop")->text(), QString("Stop 2 containers"));
    bench.page.showDetails(harbour.id("shopfront-api-1"));
    QCOMPARE(action("pageStop")->text(), QString("Stop shopfront-api-1"));
    QCOMPARE(action("pageRemove")->text(), QString("Remove shopfront-api-1…"));
    QCOMPARE(commandHint(action("pageStop")), QString("docker stop shopfront-api-1"));
    QVERIFY(!action("openContainer")->isEnabled());
    auto *details = bench.find<DetailsView>("containerDetails");
    QTest::keyClick(details, Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(bench.engine.line(0), QString("docker restart shopfront-api-1"));
    bench.engine.succeed(0);
    Bench::settle();
    QTest::keyClick(details, Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(bench.engine.line(1), QString("docker stop shopfront-api-1"));
    bench.engine.succeed(1);
    Bench::settle();
    QTest::keyClick(details, Qt::Key_F2);
    QVERIFY(bench.find<QLineEdit>("newName"));
    bench.press("renameContainerCancel");
    bench.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&bench.window));
    QTest::keyClick(details, Qt::Key_Delete);
    QVERIFY(bench.find("removeContainers"));
    bench.press("removeContainersCancel");
    bench.page.goBack();
    QCOMPARE(action("pageStop")->text(), QString("Stop 2 containers"));
}

void ContainerDetailsTest::outputKeepsItsEndAndItsPlace()
{
    Bench bench;
    Harbour harbour(bench.engine);
    bench.page.showDetails(harbour.id("shopfront-api-1"));
    std::string log;
    for (int i = 0; i < 100; ++i) {
        log += "\x1b[32m" + std::string(400, 'x') + " line " + std::to_string(i) + "\x1b[0m\n";
    }
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections[0].promise,
                                                  test::apiDetails(harbour.id("shopfront-api-1")));
    bench.engine.answer<std::string>(bench.engine.logs[0].promise, log);
    Bench::settle();
    auto *text = bench.find("containerDetails")->findChild<QPlainTextEdit *>("outputText");
    QVERIFY(text->toPlainText().contains("line 99\n"));
    QVERIFY(!text->toPlainText().contains("[32m"));
    QScrollBar *bar = text->verticalScrollBar();
    QCOMPARE(bar->value(), bar->maximum());
    bar->setValue(7);
    bench.page.refresh();
    bench.engine.answer<std::string>(bench.engine.logs[1].promise, log + "one more\n");
    Bench::settle();
    QVERIFY(text->toPlainText().contains("one more"));
    QCOMPARE(bar->value(), 7);
}

/// The details page of shopfront-api-1, read.
struct OpenDetails
{
    Bench bench;
    Harbour harbour{bench.engine};

    OpenDetails()
    {
        bench.page.showDetails(harbour.id("shopfront-api-1"));
        answer(test::apiDetails(harbour.id("shopfront-api-1")));
    }
    void answer(const docker::ContainerDetails &details)
    {
        bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections.back().promise,
                                                      details);
        Bench::settle();
    }
    void write(const char *field, const QString &text)
    {
        auto *edit = bench.find<QLineEdit>(field);
        QVERIFY2(edit, field);
        edit->selectAll();
        QTest::keyClick(edit, Qt::Key_Delete);
        QTest::keyClicks(edit, text);
    }
};

void ContainerDetailsTest::limitsAreChangedInPlace()
{
    OpenDetails open;
    Bench &bench = open.bench;
    QVERIFY(!bench.find("limitsEditor"));
    bench.press("limitsEdit");
    auto *cpus = bench.find<QLineEdit>("limitCpus");
    QVERIFY(cpus && cpus->hasFocus());
    QCOMPARE(cpus->text(), QString("2"));
    QCOMPARE(bench.find<QLineEdit>("limitMemory")->text(), QString("512 MiB"));
    open.write("limitMemory", "640m");
    auto *apply = bench.find<QAbstractButton>("limitsApply");
    const QString line = "docker update -m 640m --memory-swap 1280m shopfront-api-1";
    QCOMPARE(commandHint(apply), line);
    const auto says = [&](const QString &words) {
        const auto labels = bench.find("limitsEditor")->findChildren<QLabel *>();
        return std::ranges::any_of(labels, [&](QLabel *each) { return each->text() == words; });
    };
    service::ContainerStats &used = bench.engine.figures[open.harbour.id("shopfront-api-1")];
    used.cpuPercent = 50;
    used.memoryBytes = 128LL << 20;
    used.memoryLimit = 512LL << 20;
    Q_EMIT bench.engine.statsChanged();
    Bench::settle();
    QVERIFY(says("50.0 % used now"));
    QVERIFY(says("128 MiB used, was 512 MiB"));
    const auto bars = bench.find("limitsEditor")->findChildren<ProgressBar *>();
    QCOMPARE(bars.size(), 2);
    QCOMPARE(bars[0]->share(), 0.25); // two CPUs are the limit
    QCOMPARE(bars[1]->share(), 0.25);
    // What the list says meanwhile takes nothing away.
    open.harbour.change("gitea", ContainerState::Exited, "Exited (0) 1 second ago");
    QCOMPARE(bench.find<QLineEdit>("limitMemory")->text(), QString("640m"));
    bench.press("limitsApply");
    QCOMPARE(bench.engine.line(0), line);
    QVERIFY(!apply->isEnabled());
    const std::size_t asked = bench.engine.inspections.size();
    bench.engine.succeed(0);
    Bench::settle();
    QVERIFY(!bench.find("limitsEditor"));
    QVERIFY(bench.find("limitsEdit")->hasFocus());
    QCOMPARE(bench.engine.inspections.size(), asked + 1);
    docker::ContainerDetails details = test::apiDetails(open.harbour.id("shopfront-api-1"));
    details.memoryLimit = 640LL << 20;
    open.answer(details);
    bench.press("limitsEdit");
    QCOMPARE(bench.find<QLineEdit>("limitMemory")->text(), QString("640 MiB"));
    QTest::keyClick(bench.find<QLineEdit>("limitMemory"), Qt::Key_Escape);
    QVERIFY(!bench.find("limitsEditor"));
    QVERIFY2(bench.find("containerDetails"), "Escape leaves the card alone");
}

void ContainerDetailsTest::whatIsWrittenSurvivesARefusalAndGoesWithTheContainer()
{
    OpenDetails open;
    Bench &bench = open.bench;
    bench.press("limitsEdit");
    open.write("limitProcesses", "some");
    QVERIFY2(!bench.find("limitsProblem"), "nobody is told off while writing");
    bench.press("limitsApply");
    QVERIFY(bench.find<QLabel>("limitsProblem")->text().contains("whole number"));
    QVERIFY(bench.find("limitProcesses")->hasFocus());
    QVERIFY(bench.engine.sent.empty());
    open.write("limitProcesses", "9");
    QTest::keyClick(bench.find("limitProcesses"), Qt::Key_Return);
    QCOMPARE(bench.engine.line(0), QString("docker update --pids-limit 9 shopfront-api-1"));
    bench.engine.fail(0,
                      {ErrorKind::EngineFailed, 500, "no <b>such</b> cgroup", "container.update"});
    Bench::settle();
    QVERIFY(bench.find("limitsProblem"));
    QCOMPARE(bench.find<QLineEdit>("limitProcesses")->text(), QString("9"));
    QVERIFY(bench.find("limitsApply")->isEnabled());
    bench.press("limitsApply");
    bench.page.showDetails(open.harbour.id("gitea"));
    bench.engine.fail(1, {ErrorKind::EngineFailed, 500, "late", "container.update"});
    docker::ContainerDetails other = test::apiDetails(open.harbour.id("gitea"));
    other.pidsLimit = 0;
    open.answer(other);
    QVERIFY(!bench.find("limitsEditor"));
    bench.press("limitsEdit");
    QCOMPARE(bench.find<QLineEdit>("limitProcesses")->text(), QString());
    QVERIFY2(!bench.find("limitsProblem"), "another container's");
}

void ContainerDetailsTest::aRestartPolicyIsChosen()
{
    OpenDetails open;
    Bench &bench = open.bench;
    bench.press("policyEdit");
    auto *menu = bench.find<QMenu>("policyMenu");
    QVERIFY(menu);
    auto *chosen = menu->findChild<QAction *>("policy-unless-stopped-0");
    QVERIFY(chosen && chosen->isChecked());
    auto *failing = menu->findChild<QAction *>("policy-on-failure-5");
    QCOMPARE(commandHint(failing), QString("docker update --restart on-failure:5 shopfront-api-1"));
    failing->trigger();
    menu->close();
    QCOMPARE(bench.engine.line(0), commandHint(failing));
    const std::size_t asked = bench.engine.inspections.size();
    bench.engine.succeed(0);
    Bench::settle();
    QCOMPARE(bench.engine.inspections.size(), asked + 1);
}

void ContainerDetailsTest::inspectMasksSecrets()
{
    Bench bench;
    Harbour harbour(bench.engine);
    const std::string id = harbour.id("shopfront-api-1");
    bench.page.showDetails(id);
    docker::ContainerDetails details = test::apiDetails(id);
    details.raw = R"({"Config":{"Env":["JWT_SECRET=tide-7","A=1"],"Cmd":["--token","tide-8","x"],)"
                  R"("Labels":{"app.password":"tide-9 \"q\"","url":"ftp://u:tide-10@h/"}},)"
                  R"("SandboxKey":"/run/ns"})";
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections[0].promise, details);
    Bench::settle();
    QVERIFY(bench.page.filterField()); // shows the tab
    auto *view = bench.find<InspectView>("inspectView");
    QTRY_VERIFY(view->shownText().contains("\"A=1\""));
    QVERIFY2(!view->shownText().contains("tide"), qPrintable(view->shownText()));
    QVERIFY(view->shownText().contains("\"x\""));
    QVERIFY(view->shownText().contains("/run/ns"));
    bench.press("inspectCopy");
    QTRY_VERIFY(QGuiApplication::clipboard()->text().contains("JWT_SECRET=tide-7"));
    bench.press("inspectReveal");
    for (const char *secret : {"tide-7", "tide-8", "tide-9", "tide-10"}) {
        QVERIFY2(view->shownText().contains(QLatin1StringView(secret)), secret);
    }
    bench.press("inspectReveal");
    QVERIFY(!view->shownText().contains("tide"));
}

void ContainerDetailsTest::waitsBeforeASpinnerAndTellsWhatFailed()
{
    Bench bench;
    Harbour harbour(bench.engine);
    const std::string id = harbour.id("shopfront-api-1");
    bench.page.showDetails(id);
    QVERIFY(!bench.find("detailsLoading"));
    QVERIFY(!bench.find("overview"));
    QTRY_VERIFY(bench.find("detailsLoading"));
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections[0].promise,
                                                  test::apiDetails(id));
    bench.engine.answer<std::string>(
        bench.engine.logs[0].promise,
        std::unexpected(Error{ErrorKind::EngineFailed, 500, "no such driver", "logs"}));
    Bench::settle();
    QVERIFY(bench.find("overview"));
    QVERIFY(!bench.find("detailsProblem"));
    bench.page.refresh();
    bench.engine.answer<docker::ContainerDetails>(
        bench.engine.inspections[1].promise,
        std::unexpected(Error{ErrorKind::EngineFailed, 500, "disk on fire", "inspect"}));
    Bench::settle();
    QVERIFY(bench.find("detailsProblem"));
    QVERIFY(bench.find("overview"));
    bench.page.refresh();
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections[2].promise,
                                                  test::apiDetails(id));
    Bench::settle();
    QVERIFY(!bench.find("detailsProblem"));
    bench.engine.setLink(service::Link::Unreachable);
    QVERIFY(bench.find("detailsProblem"));
}

} // namespace tst_container_details

ROADSTEAD_WIDGET_TEST(tst_container_details::ContainerDetailsTest)
#include "tst_container_details.moc"
