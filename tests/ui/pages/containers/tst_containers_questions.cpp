// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/page_bench.h"
#include "ui/dialogs/output_dialog.h"
#include "ui/dialogs/remove_dialog.h"
#include "ui/pages/containers/container_table.h"
#include "ui/pages/containers/containers_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/label.h"
#include "ui/widgets/toast.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

namespace tst_containers_questions {

using namespace roadstead;
using namespace roadstead::ui;
using docker::ContainerState;
using test::Harbour;
using Bench = test::PageBench;

/// What the page asks before a command, and says after it.
class ContainersQuestionsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() { QSettings().clear(); }
    void confirmationSendsWhatItShowed();
    void aContainerIsCopiedAsDockerRun();
    void aContainerIsCopiedAsDockerCreateAndAsComposeFile();
    void renameSaysWhatIsWrongAtTheField();
    void removalOfSeveralAsksAndOffersVolumes();
    void removalOfOneExitedShowsUndo();
    void killAsksForTheSignal();
    void failureIsShownWithItsRawMessage();
    void helloRunsFromTheEmptyState();
    void helloEndIsToldWhenItsDialogIsClosed_data();
    void helloEndIsToldWhenItsDialogIsClosed();
    void aBulkStopIsToldOnce();
};

void ContainersQuestionsTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName("roadstead-questions-test");
    Theme::instance().install(*qApp);
}

void ContainersQuestionsTest::aContainerIsCopiedAsDockerCreateAndAsComposeFile()
{
    Bench bench;
    Harbour harbour(bench.engine);
    bench.table->setCurrentId(harbour.id("gitea"));
    docker::CreateContainer create;
    create.image = "gitea/gitea:1.22";
    create.name = "gitea";
    create.autoRemove = true;
    const auto copy = [&](const char *entry) {
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
        QCoreApplication::sendEvent(bench.table, &event);
        auto *menu = bench.find<QMenu>("containerMenu");
        QVERIFY(menu);
        menu->findChild<QAction *>(QLatin1StringView(entry))->trigger();
        menu->close();
        bench.engine.answer<docker::CreateContainer>(bench.engine.commandQuestions.back().promise,
                                                     create);
        Bench::settle();
    };
    copy("menuCopyCreate");
    QCOMPARE(QGuiApplication::clipboard()->text(),
             QString("docker create --name gitea --rm gitea/gitea:1.22"));
    QSignalSpy shown(&bench.toasts, &ToastHost::shown);
    copy("menuCopyCompose");
    const QString yaml = QGuiApplication::clipboard()->text();
    QVERIFY2(yaml.contains("\n    image: gitea/gitea:1.22\n    container_name: gitea\n"),
             qPrintable(yaml));
    QCOMPARE(shown.size(), 1);
    QVERIFY2(yaml.startsWith("# Compose has no word for --rm\n"), "what is lost is said");
}

void ContainersQuestionsTest::aContainerIsCopiedAsDockerRun()
{
    Bench bench;
    Harbour harbour(bench.engine);
    QSignalSpy shown(&bench.toasts, &ToastHost::shown);
    bench.table->setCurrentId(harbour.id("gitea"));
    const auto copy = [&bench] {
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
        QCoreApplication::sendEvent(bench.table, &event);
        auto *menu = bench.find<QMenu>("containerMenu");
        QVERIFY(menu);
        menu->findChild<QAction *>("menuCopyRun")->trigger();
        menu->close();
    };
    QGuiApplication::clipboard()->setText("before");
    copy();
    QCOMPARE(bench.engine.commandQuestions.at(0).id, harbour.id("gitea"));
    docker::CreateContainer create;
    create.image = "gitea/gitea:1.22";
    create.name = "gitea";
    create.environment = {"A=b c"};
    bench.engine.answer<docker::CreateContainer>(bench.engine.commandQuestions[0].promise, create);
    Bench::settle();
    QCOMPARE(QGuiApplication::clipboard()->text(),
             QString("docker run -d --name gitea -e 'A=b c' gitea/gitea:1.22"));
    QCOMPARE(shown.size(), 1);
    copy();
    bench.engine.answer<docker::CreateContainer>(
        bench.engine.commandQuestions[1].promise,
        std::unexpected(Error{ErrorKind::NotFound, 404, "no such container", "container.inspect"}));
    Bench::settle();
    QVERIFY2(QGuiApplication::clipboard()->text().startsWith("docker run"), "it stays");
    QCOMPARE(shown.size(), 2);
}

void ContainersQuestionsTest::confirmationSendsWhatItShowed()
{
    Bench bench;
    Harbour harbour(bench.engine);
    bench.page.controller()->requestRemoval({harbour.id("gitea"), harbour.id("seed-data")});
    const QString shown = bench.find<Dialog>("removeContainers")->command();
    QCOMPARE(shown, QString("docker rm -f gitea; docker rm seed-data"));
    harbour.change("seed-data", ContainerState::Running, "Up 1 second");
    QCOMPARE(bench.find<Dialog>("removeContainers")->command(), shown);
    bench.press("removeContainersVerb");
    QCOMPARE(bench.engine.line(0), QString("docker rm -f gitea"));
    QCOMPARE(bench.engine.line(1), QString("docker rm seed-data")); // fails, and says why
}

void ContainersQuestionsTest::renameSaysWhatIsWrongAtTheField()
{
    Bench bench;
    Harbour harbour(bench.engine);
    bench.table->setFocus();
    bench.table->setCurrentId(harbour.id("gitea"));
    QTest::keyClick(bench.table, Qt::Key_F2);
    auto *field = bench.find<QLineEdit>("newName");
    QVERIFY(field);
    field->setText("no spaces");
    bench.press("renameContainerVerb");
    QVERIFY(!bench.find<QLabel>("dialogProblem")->text().isEmpty());
    field->setText("mailpit");
    QVERIFY(bench.find<QLabel>("dialogProblem")->text().contains("mailpit"));
    field->setText("forge");
    QCOMPARE(bench.find<Dialog>("renameContainer")->command(),
             QString("docker rename gitea forge"));
    bench.press("renameContainerVerb");
    QCOMPARE(bench.engine.line(0), QString("docker rename gitea forge"));
}

void ContainersQuestionsTest::removalOfSeveralAsksAndOffersVolumes()
{
    Bench bench;
    Harbour harbour(bench.engine);
    bench.table->selectIds({harbour.id("gitea"), harbour.id("seed-data")});
    Bench::settle();
    // Its button is in the bar where there is room, else in the bar's menu.
    bench.window.findChild<QAction *>("bulkRemove")->trigger();
    Bench::settle();
    auto *dialog = bench.find<RemoveDialog>("removeContainers");
    QVERIFY(dialog);
    QVERIFY(bench.engine.sent.empty());
    QCOMPARE(dialog->command(), QString("docker rm -f gitea; docker rm seed-data"));
    QVERIFY(dialog->cancelButton()->hasFocus());
    QVERIFY(!bench.find("confirmName"));
    // How much each has written is said once the engine has told it.
    QCOMPARE(bench.engine.measured, (std::vector{harbour.id("gitea"), harbour.id("seed-data")}));
    docker::ContainerSummary measured;
    measured.id = harbour.id("gitea");
    measured.size = 2'500'000;
    bench.engine.answer<std::vector<docker::ContainerSummary>>(bench.engine.measurement,
                                                               std::vector{measured});
    Bench::settle();
    QStringList amounts;
    for (const QLabel *amount : dialog->findChildren<QLabel *>("amount")) {
        amounts.append(amount->isVisible() ? amount->text() : QString());
    }
    QCOMPARE(amounts, (QStringList{"running, 2.5 MB", QString()}));
    bench.find<QCheckBox>("removeVolumes")->setChecked(true);
    QCOMPARE(dialog->command(), QString("docker rm -f -v gitea; docker rm -v seed-data"));
    // What is lost is looked up and named, and the number of containers must be typed.
    QVERIFY(!dialog->verbButton()->isEnabled());
    docker::ContainerDetails details;
    details.mounts = {{"volume", std::string(64, 'c'), "", "/data", true},
                      {"volume", "named", "", "/named", true}};
    QCOMPARE(bench.engine.inspections.size(), std::size_t(2));
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections[0].promise, details);
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections[1].promise,
                                                  docker::ContainerDetails());
    Bench::settle();
    const auto lines = [dialog] {
        QStringList texts;
        for (const ElidedLabel *label : dialog->findChildren<ElidedLabel *>()) {
            if (label->isVisible()) {
                texts.append(label->fullText());
            }
        }
        return texts;
    };
    QVERIFY(lines().contains("Volume cccccccccccc of gitea, at /data"));
    QVERIFY(lines().filter("named").isEmpty());
    QVERIFY(!dialog->verbButton()->isEnabled());
    bench.find<QCheckBox>("removeVolumes")->setChecked(false);
    QVERIFY(lines().filter("Volume").isEmpty());
    QVERIFY(dialog->verbButton()->isEnabled());
    bench.find<QCheckBox>("removeVolumes")->setChecked(true);
    QVERIFY(!dialog->verbButton()->isEnabled());
    bench.find<QLineEdit>("confirmName")->setText("2");
    bench.press("removeContainersVerb");
    QCOMPARE(bench.engine.line(0), QString("docker rm -f -v gitea"));
    QCOMPARE(bench.engine.line(1), QString("docker rm -v seed-data"));
}

void ContainersQuestionsTest::removalOfOneExitedShowsUndo()
{
    Bench bench;
    Harbour harbour(bench.engine);
    bench.page.controller()->requestRemoval({harbour.id("seed-data")});
    QCOMPARE(bench.toasts.toasts().size(), 1);
    bench.milliseconds += ContainersController::undoMilliseconds - 1;
    bench.toasts.expireAll(); // the program ends: nothing is deleted
    QVERIFY(bench.engine.sent.empty());
    bench.milliseconds += 1;
    bench.page.controller()->sendDueRemovals();
    QCOMPARE(bench.engine.line(0), QString("docker rm seed-data"));
}

void ContainersQuestionsTest::killAsksForTheSignal()
{
    Bench bench;
    Harbour harbour(bench.engine);
    bench.table->selectIds({harbour.id("gitea")});
    bench.press("bulkKillButton");
    auto *signalBox = bench.find<QComboBox>("killSignal");
    QVERIFY(signalBox);
    signalBox->setCurrentText("SIGHUP");
    bench.press("killContainersVerb");
    QCOMPARE(bench.engine.line(0), QString("docker kill -s SIGHUP gitea"));
}

void ContainersQuestionsTest::failureIsShownWithItsRawMessage()
{
    Bench bench;
    Harbour harbour(bench.engine);
    bench.page.controller()->perform(ContainerAction::Start, {harbour.id("ci-runner-7f3")});
    QSignalSpy shown(&bench.toasts, &ToastHost::shown);
    bench.engine.fail(0,
                      {ErrorKind::Conflict, 409, "port is already allocated", "container.start"});
    Bench::settle();
    QCOMPARE(shown.size(), 1);
    const auto content = shown[0][0].value<ToastContent>();
    QCOMPARE(content.kind, ToastKind::Error);
    QCOMPARE(content.title, QString("Could not start ci-runner-7f3"));
    QVERIFY(!content.text.isEmpty());
    QVERIFY(content.details.contains("port is already allocated"));
    content.actions.front().run();
    QVERIFY(QGuiApplication::clipboard()->text().contains("port is already allocated"));
}

void ContainersQuestionsTest::helloRunsFromTheEmptyState()
{
    Bench bench;
    bench.engine.show({});
    auto *empty = bench.find<EmptyState>("containersEmpty");
    QVERIFY(empty);
    QCOMPARE(empty->what(), QString("No containers yet"));
    QVERIFY(commandHint(empty->findChild<QAbstractButton *>("containersEmptyPrimary"))
                .startsWith("docker load -q -i /hello.tar; docker run "));
    Q_EMIT empty->primaryPressed();
    const std::string id = test::containerId(1);
    for (const std::string &reply : {std::string("Loaded"), id}) {
        bench.engine.succeed(bench.engine.sent.size() - 1, reply);
        Bench::settle();
    }
    bench.engine.show({test::container(1, "kind_hopper", {}, ContainerState::Exited)});
    bench.engine.succeed(2);
    Bench::settle();
    bench.engine.answer<std::string>(bench.engine.logs.at(0).promise,
                                     "Hello from Roadstead\n\x1b[31mred\n");
    Bench::settle();
    auto *dialog = bench.find<OutputDialog>("helloDialog");
    QVERIFY(dialog);
    QVERIFY(dialog->outputText().startsWith("Hello from Roadstead\n"));
    QCOMPARE(dialog->outputText(), QString("Hello from Roadstead\nred\n"));
    QVERIFY(bench.find<QLabel>("helloDialogStatus")->text().contains("exit code 0"));
    QVERIFY(bench.table->isVisible());
    // The command is shown, and Close is not said to run it.
    QVERIFY(dialog->command().contains("docker run"));
    QCOMPARE(commandHint(dialog->verbButton()), QString());
}

void ContainersQuestionsTest::helloEndIsToldWhenItsDialogIsClosed_data()
{
    QTest::addColumn<int>("exitCode"); // -1: the image cannot be loaded, -2: removed
    QTest::addColumn<bool>("good");
    QTest::addColumn<QString>("says");
    QTest::newRow("works") << 0 << true << "The engine works";
    QTest::newRow("wrong exit code") << 3 << false << "exit code 3";
    QTest::newRow("does not load") << -1 << false << "space";
    QTest::newRow("removed meanwhile") << -2 << false << "was removed";
}

void ContainersQuestionsTest::helloEndIsToldWhenItsDialogIsClosed()
{
    QFETCH(const int, exitCode);
    QFETCH(const bool, good);
    QFETCH(const QString, says);
    Bench bench;
    bench.engine.show({});
    QSignalSpy shown(&bench.toasts, &ToastHost::shown);
    bench.page.runHello();
    bench.find<QDialog>("helloDialog")->reject();
    Bench::settle();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    bench.page.runHello(); // shows it again while it is under way
    QCOMPARE(bench.engine.sent.size(), std::size_t(1));
    QVERIFY(bench.find<OutputDialog>("helloDialog"));
    bench.find<QDialog>("helloDialog")->reject();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    if (exitCode == -1) {
        bench.engine.fail(0, {ErrorKind::EngineFailed, 500, "no space left on device", "x"});
    } else {
        bench.engine.succeed(0);
        Bench::settle();
        bench.engine.succeed(1, test::containerId(1));
        Bench::settle();
        bench.engine.show({test::container(1, "kind_hopper")});
        bench.engine.succeed(2);
        Bench::settle();
        auto ended = test::container(1, "kind_hopper", {}, ContainerState::Exited);
        ended.exitCode = exitCode;
        bench.engine.show(exitCode == -2 ? test::Snapshot() : test::Snapshot{ended});
        bench.engine.answer<std::string>(bench.engine.logs.at(0).promise, "Hello\n");
    }
    Bench::settle();
    QCOMPARE(shown.size(), 1);
    const auto content = shown[0][0].value<ToastContent>();
    QCOMPARE(content.kind, good ? ToastKind::Done : ToastKind::Error);
    QVERIFY2((content.text + content.details).contains(says), qPrintable(content.text));
    content.actions.front().run();
    QVERIFY(bench.find<OutputDialog>("helloDialog"));
}

void ContainersQuestionsTest::aBulkStopIsToldOnce()
{
    Bench bench;
    test::Snapshot snapshot;
    for (unsigned i = 0; i < 2000; ++i) {
        snapshot.push_back(
            test::container(i, "web-" + std::to_string(i), "p" + std::to_string(i / 100)));
    }
    bench.engine.show(snapshot);
    bench.table->selectAllShown();
    Bench::settle();
    auto *stop = bench.page.controller();
    auto *button = bench.find<QAbstractButton>("bulkStopButton");
    QVERIFY(commandHint(button).startsWith("docker stop web-"));
    QSignalSpy changed(stop->tree(), &QAbstractItemModel::dataChanged);
    bench.press("bulkStopButton");
    QVERIFY2(changed.size() <= 2 * 20, qPrintable(QString::number(changed.size())));
    QVERIFY(!button->isEnabled()); // all of them are stopping
}

} // namespace tst_containers_questions

ROADSTEAD_WIDGET_TEST(tst_containers_questions::ContainersQuestionsTest)
#include "tst_containers_questions.moc"
