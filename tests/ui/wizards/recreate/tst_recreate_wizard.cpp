// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_swap_engine.h"
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/fake_run_engine.h"
#include "ui/text/secret_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/label.h"
#include "ui/wizards/recreate/recreate_controller.h"
#include "ui/wizards/recreate/recreate_wizard.h"

#include <QAbstractButton>
#include <QDir>
#include <QLineEdit>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

namespace tst_recreate_wizard {

using namespace roadstead;
using namespace roadstead::ui;
using Step = RecreateController::Step;

namespace {

constexpr int patience = 60'000;

struct RecreateBed
{
    test::FakeRunEngine runs;
    test::FakeSwapEngine swaps;
    RecreateController controller{
        &runs,
        &swaps,
        {.look = std::chrono::milliseconds(1), .looksRunning = 2, .looksHealthy = 4}};
    RecreateWizard wizard{&controller};

    RecreateBed()
    {
        docker::ContainerDetails old;
        old.id = "old";
        old.name = "web";
        old.state = docker::ContainerState::Running;
        swaps.containers["old"] = old;
        docker::ContainerSummary listed = test::container(1, "web", "shopfront");
        listed.id = "old";
        listed.ports = {
            {.ip = "127.0.0.1", .privatePort = 80, .publicPort = 8080, .protocol = "tcp"}};
        runs.show({listed});
        runs.showImages({"web:1", "web:2"});
        wizard.resize(1064, 722);
        wizard.show();
        docker::CreateContainer before{.image = "web:1", .name = "web"};
        before.environment = {"POOL=10", "API_TOKEN=hunter2", "GONE=1"};
        controller.open({"old", "web", "shopfront", true}, before);
    }
    void change(const auto &edit)
    {
        RunForm form = controller.form()->form();
        edit(form);
        controller.form()->setForm(form);
        Q_EMIT controller.form()->formChanged();
    }
    void changePool()
    {
        change([](RunForm &form) { form.environment[0].value = "20"; });
    }
    template<typename Widget = QWidget>
    [[nodiscard]] Widget *find(const char *name) const
    {
        return wizard.findChild<Widget *>(QLatin1StringView(name));
    }
    [[nodiscard]] QString said(const char *name) const
    {
        return find<QWidget>(name)->accessibleName();
    }
    [[nodiscard]] QString text(const char *name) const { return find<QLabel>(name)->text(); }
    void press(const char *name) const
    {
        auto *button = find<QAbstractButton>(name);
        QVERIFY2(button != nullptr && button->isVisible() && button->isEnabled(), name);
        QTest::mouseClick(button, Qt::LeftButton);
    }
};

} // namespace

class TestRecreateWizard : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        Theme::instance().install(*qApp);
    }

    void theFormIsFilledAndNothingIsChanged()
    {
        RecreateBed bed;
        QCOMPARE(bed.text("changeCount"), QString("Changed: 0"));
        QVERIFY(!bed.find<QAbstractButton>("recreate")->isEnabled());
        QCOMPARE(bed.text("recreateName"), QString("web"));
        QVERIFY(bed.find("projectWarning")->isVisible());
        QCOMPARE(bed.controller.form()->form().environment.size(), std::size_t(3));
    }

    void theCommandBarHearsWhatIsTyped()
    {
        struct Watch : QObject
        {
            int changes = 0;
            bool eventFilter(QObject *, QEvent *event) override
            {
                changes += event->type() == QEvent::DynamicPropertyChange ? 1 : 0;
                return false;
            }
        };
        RecreateBed bed;
        QWidget *hinted = bed.find<QLineEdit>("image");
        while (hinted != nullptr && commandHint(hinted).isEmpty()) {
            hinted = hinted->parentWidget();
        }
        QVERIFY(hinted != nullptr);
        Watch watch;
        hinted->installEventFilter(&watch);
        bed.change([](RunForm &form) { form.image = "web:2"; });
        QVERIFY(watch.changes > 0);
        QVERIFY(commandHint(hinted).contains("web:2"));
        hinted->removeEventFilter(&watch);
    }

    void whatChangesIsListedAndSecretsAreMasked()
    {
        RecreateBed bed;
        bed.change([](RunForm &form) {
            form.image = "web:2";
            form.environment[0].value = "20";
            form.environment[1].value = "hunter3";
            form.environment[2] = {"LOG_LEVEL", "info"};
        });
        QCOMPARE(bed.text("changeCount"), QString("Changed: 5"));
        QStringList lines;
        for (int i = 0; i < 5; ++i) {
            lines.append(bed.said(qPrintable(QStringLiteral("change%1").arg(i))));
        }
        QVERIFY(lines.contains("Image tag: was 1, becomes 2"));
        QVERIFY(lines.contains("POOL: was 10, becomes 20"));
        QVERIFY(lines.contains("LOG_LEVEL: new, info"));
        QVERIFY(lines.contains("GONE: taken away"));
        QVERIFY(lines.contains(QStringLiteral("API_TOKEN: was %1, becomes %1").arg(maskedText())));
        QVERIFY(!lines.join(u' ').contains("hunter"));
        QVERIFY(!bed.controller.line().contains("hunter"));
        bed.press("resetChanges");
        QCOMPARE(bed.text("changeCount"), QString("Changed: 0"));
    }

    void itsOwnNameAndPortsAreNoMistakes()
    {
        RecreateBed bed;
        bed.change([](RunForm &form) { form.ports = {{"127.0.0.1", "8080", "80", "tcp"}}; });
        QCOMPARE(bed.controller.form()->problemCount(), 0);
        QVERIFY(bed.controller.form()->wanted().has_value());
    }

    void theLineSaysWhatIsDone()
    {
        RecreateBed bed;
        bed.changePool();
        const QString line = bed.controller.line();
        QVERIFY2(line.startsWith("docker create --name web-next"), qPrintable(line));
        QVERIFY(
            line.endsWith("docker stop web && docker update --restart no web && docker rename web "
                          "web-before && docker rename web-next web && docker start web"));
    }

    void itIsRecreatedAndUndone()
    {
        RecreateBed bed;
        bed.changePool();
        bed.press("recreate");
        QTRY_COMPARE_WITH_TIMEOUT(bed.controller.step(), Step::Ended, patience);
        QCOMPARE(bed.text("recreateTitle"), QString("web is recreated"));
        QCOMPARE(bed.swaps.containers.at("new").name, "web");
        QCOMPARE(bed.swaps.containers.at("old").name, "web-before");
        bed.press("undoRecreate");
        QTRY_COMPARE_WITH_TIMEOUT(bed.controller.step(), Step::Ended, patience);
        QCOMPARE(bed.text("recreateTitle"), QString("The old web is back"));
        QCOMPARE(bed.swaps.containers.at("old").name, "web");
        QVERIFY(!bed.find("undoRecreate")->isVisible());
    }

    void whatFailsIsToldAndTheFormIsThere()
    {
        RecreateBed bed;
        bed.changePool();
        bed.swaps.newEnds = true;
        bed.press("recreate");
        QTRY_COMPARE_WITH_TIMEOUT(bed.controller.step(), Step::Ended, patience);
        QCOMPARE(bed.text("recreateTitle"), QString("web is as it was"));
        QVERIFY(!bed.text("recreateText").isEmpty());
        QCOMPARE(bed.swaps.containers.at("old").name, "web");
        bed.press("recreateAgain");
        QCOMPARE(bed.text("changeCount"), QString("Changed: 1"));
        QVERIFY(bed.find("recreate")->isVisible());
    }

    void aMissingImageIsPulledBeforeAnythingIsTouched()
    {
        RecreateBed bed;
        bed.change([](RunForm &form) { form.image = "web:3"; });
        bed.press("recreate");
        QCOMPARE(bed.controller.step(), Step::Pulling);
        QVERIFY(bed.swaps.commands.empty());
        QCOMPARE(bed.runs.line(0), QString("docker pull web:3"));
        bed.runs.fail(0, ErrorKind::NotFound, "manifest unknown", "image.pull");
        QTRY_COMPARE_WITH_TIMEOUT(bed.controller.step(), Step::Ended, patience);
        QCOMPARE(bed.text("recreateTitle"), QString("web was not touched"));
        QVERIFY(bed.swaps.commands.empty());
        bed.press("recreateAgain");
        bed.press("recreate");
        bed.runs.succeed(1);
        QTRY_COMPARE_WITH_TIMEOUT(bed.text("recreateTitle"), QString("web is recreated"), patience);
    }

    void picture_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void picture()
    {
        QFETCH(const bool, dark);
        Theme::instance().setAppearance(dark ? Appearance::Dark : Appearance::Light);
        RecreateBed bed;
        bed.change([](RunForm &form) {
            form.image = "web:2";
            form.environment[0].value = "20";
            form.environment[1].value = "hunter3";
            form.environment[2] = {"LOG_LEVEL", "info"};
        });
        QCoreApplication::processEvents();
        const QDir folder(QCoreApplication::applicationDirPath());
        QVERIFY(bed.wizard.grab().save(
            folder.filePath(dark ? "recreate-dark.png" : "recreate-light.png")));
        bed.press("recreate");
        QTRY_COMPARE_WITH_TIMEOUT(bed.controller.step(), Step::Ended, patience);
        QCoreApplication::processEvents();
        QVERIFY(bed.wizard.grab().save(
            folder.filePath(dark ? "recreated-dark.png" : "recreated-light.png")));
        Theme::instance().setAppearance(Appearance::Light);
    }
};

} // namespace tst_recreate_wizard

ROADSTEAD_WIDGET_TEST(tst_recreate_wizard::TestRecreateWizard)
#include "tst_recreate_wizard.moc"
