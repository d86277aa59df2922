// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/fake_run_engine.h"
#include "tests/ui/support/pictures.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/command_hint.h"
#include "ui/wizards/run/preview_panel.h"
#include "ui/wizards/run/run_presets.h"
#include "ui/wizards/run/run_wizard.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QDialog>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace tst_run_wizard {

using namespace roadstead;
using namespace roadstead::ui;
using Step = RunController::Step;

namespace {

const std::string id(64, '7');

/// A wizard in a window, over a machine with something on it.
struct WizardBench
{
    QTemporaryDir folder;
    test::FakeRunEngine engine;
    RunPresets presets{folder.filePath("presets.json")};
    RunController controller{&engine};
    QWidget window; ///< and the wizard in it, which goes before what it shows
    RunWizard *wizard;

    explicit WizardBench(QSize size = {1064, 722})
        : wizard(nullptr)
    {
        docker::EngineInfo info;
        info.cpus = 4;
        info.memory = 8LL << 30;
        engine.engineInfo = info;
        engine.listening = {{"tcp", "", 9090, 1, "prometheus", 2214}};
        docker::Network network;
        network.name = "shopfront_default";
        engine.knownNetworks = {network};
        engine.showImages({"harbourlabs/shopfront-api:1.8.2", "nginx:1.27"});
        engine.show({test::container(1, "shopfront-db-1")});
        wizard = new RunWizard(&controller, &presets, &window);
        window.resize(size);
        wizard->resize(size);
        window.show();
        window.activateWindow();
        [[maybe_unused]] const bool active = QTest::qWaitForWindowActive(&window);
        wizard->begin();
        settle();
    }

    template<typename Widget = QWidget>
    [[nodiscard]] Widget *find(const char *name) const
    {
        for (auto *widget : window.findChildren<Widget *>(QLatin1StringView(name))) {
            if (widget->isVisible()) {
                return widget;
            }
        }
        return nullptr;
    }
    void press(const char *name) const
    {
        auto *button = find<QAbstractButton>(name);
        QVERIFY2(button != nullptr, name);
        button->click();
        settle();
    }
    void type(const char *name, const QString &text) const
    {
        auto *field = find<QLineEdit>(name);
        QVERIFY2(field != nullptr, name);
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, text);
        settle();
    }
    static void settle() { QCoreApplication::processEvents(); }
};

RunForm shopForm()
{
    RunForm form{
        .image = "harbourlabs/shopfront-api:1.8.2",
        .name = "shopfront-api-canary",
        .ports = {{"", "3010", "3000"}, {"", "9090", "9229"}},
        .mounts = {{RunMount::Kind::Folder, "/usr/share", "/app/config", "", true},
                   {RunMount::Kind::Volume, "shopfront-uploads", "/app/uploads"}},
        .environment = {{"LOG_LEVEL", "debug"}, {"DATABASE_URL", "postgres://shop:tide@db/shop"}}};
    form.setOption("cpus", "1.5");
    form.setOption("memory", "512m");
    form.setOption("restart", "on-failure");
    form.setOption("network", "shopfront_default");
    return form;
}

} // namespace

class TestRunWizard : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        Theme::instance().install(*qApp);
    }

    void pictures_data()
    {
        QTest::addColumn<QByteArray>("scene");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("dark");
        const QSize small(1064, 722); // the page's part of a window of 1280 by 800
        const QSize large(1704, 1002);
        for (const bool dark : {false, true}) {
            const char *theme = dark ? "dark" : "light";
            for (const char *scene : {"form", "empty", "more", "paste", "pull", "done", "failed"}) {
                QTest::addRow("%s-%s", scene, theme) << QByteArray(scene) << small << dark;
            }
            QTest::addRow("form-1920-%s", theme) << QByteArray("form") << large << dark;
        }
    }
    void pictures()
    {
        QFETCH(const QByteArray, scene);
        QFETCH(const QSize, size);
        QFETCH(const bool, dark);
        Theme::instance().setAppearance(dark ? Appearance::Dark : Appearance::Light);
        WizardBench bench(size);
        prepare(scene, bench);
        QTest::qWait(50); // until layouts and completers have settled
        const QDir pictures(QCoreApplication::applicationDirPath() + "/gallery");
        QVERIFY(pictures.mkpath("."));
        const QImage image = bench.window.grab().toImage();
        QCOMPARE(image.size(), size);
        QVERIFY(image.save(pictures.filePath(QString("run-%1.png").arg(QTest::currentDataTag()))));
        Theme::instance().setAppearance(Appearance::System);
    }

    void theCommandFollowsWhatIsTyped()
    {
        const WizardBench bench;
        bench.type("image", "nginx:1.27");
        bench.type("containerName", "web");
        bench.press("portAdd");
        bench.type("hostPort0", "8080");
        bench.type("containerPort0", "80");
        QCOMPARE(bench.controller.line(),
                 QString("docker run --detach --name web --publish 8080:80 nginx:1.27"));
        QCOMPARE(bench.wizard->preview()->text(),
                 QString("docker run --detach \\\n  --name web \\\n  --publish 8080:80 \\\n  "
                         "nginx:1.27"));
        QCOMPARE(commandHint(bench.find("runContainer")), bench.controller.line());
        bench.press("portRow"
                    "Remove");
        QCOMPARE(bench.controller.line(), QString("docker run --detach --name web nginx:1.27"));
    }

    void severalNetworksOfALineAreShownAndChanged()
    {
        WizardBench bench;
        QVERIFY(!bench.controller.paste(
            "docker run -d --network name=shop,alias=web,ip=10.0.0.5,gw-priority=7 --network "
            "name=logs,alias=a,alias=b,ip6=fd00::5,mac-address=02:42:ac:14:00:0a,"
            "link-local-ip=169.254.34.68,driver-opt=com.example.rate=5 nginx:1.27"));
        QCOMPARE(bench.find<QLineEdit>("network")->text(), QString("shop"));
        QCOMPARE(bench.find<QLineEdit>("networkAlias")->text(), QString("web"));
        bench.press("moreOptions");
        bench.press("networksHead");
        QCOMPARE(bench.find<QLineEdit>("networkTarget0")->text(), QString("shop"));
        QCOMPARE(bench.find<QLineEdit>("networkPriority0")->text(), QString("7"));
        QVERIFY2(!bench.find("networkIp0"), "the first one's has a field of its own");
        const auto second = [&bench](const char *field) {
            return bench.find<QLineEdit>(field)->text();
        };
        QCOMPARE(second("networkTarget1"), QString("logs"));
        QCOMPARE(second("networkAliases1"), QString("a, b"));
        QCOMPARE(second("networkIp6"
                        "1"),
                 QString("fd00::5"));
        QCOMPARE(second("networkMac1"), QString("02:42:ac:14:00:0a"));
        QCOMPARE(second("networkLinkLocal1"), QString("169.254.34.68"));
        QCOMPARE(second("networkDriver1"), QString("com.example.rate=5"));
        test::keepPictures(*bench.find("networkRows"), "run-network-rows");
        const QString before = bench.controller.line();
        QVERIFY(before.contains("--network name=logs,alias=a,alias=b,ip6=fd00::5,"
                                "link-local-ip=169.254.34.68,mac-address=02:42:ac:14:00:0a,"
                                "driver-opt=com.example.rate=5"));

        bench.find<QLineEdit>("networkAliases1")->selectAll();
        bench.type("networkAliases1", "x, y");
        QCOMPARE(second("networkAliases1"), QString("x, y"));
        QVERIFY(bench.controller.line().contains("name=logs,alias=x,alias=y,ip6=fd00::5"));
        bench.find<QLineEdit>("networkAliases1")->clear();
        bench.type("networkIp1", "10.0.1.7");
        QVERIFY(bench.controller.line().contains("name=logs,ip=10.0.1.7,ip6=fd00::5"));
        bench.find<QLineEdit>("networkTarget0")->selectAll();
        bench.type("networkTarget0", "front");
        QCOMPARE(bench.find<QLineEdit>("network")->text(), QString("front"));
        QVERIFY(bench.controller.line().contains("--network name=front,gw-priority=7"));
        bench.find<QLineEdit>("network")->selectAll();
        bench.type("network", "back");
        QCOMPARE(bench.find<QLineEdit>("networkTarget0")->text(), QString("back"));
        QVERIFY(bench.controller.line().contains("--network name=back,gw-priority=7"));

        bench.press("networkAdd");
        bench.type("networkTarget2", "metrics");
        QVERIFY(bench.controller.line().contains("--network metrics"));
        QTest::mouseClick(bench.find("networkTarget0")
                              ->parentWidget()
                              ->findChild<QAbstractButton *>("networkRowRemove"),
                          Qt::LeftButton);
        QVERIFY(!bench.controller.line().contains("back"));
        QCOMPARE(bench.find<QLineEdit>("network")->text(), QString("logs"));
        QCOMPARE(bench.find<QLineEdit>("networkTarget1")->text(), QString("metrics"));
    }

    void everyPartOfTheFormComesBack()
    {
        WizardBench bench;
        RunForm form = shopForm();
        form.options["dns"] = {"9.9.9.9", "1.1.1.1"};
        form.setFlag("privileged", true);
        form.setFlag("rm", false);
        form.options["network-alias"] = {"api", "backend"};
        form.options["network"] = {"shop", "name=logs,ip=10.0.0.5,alias=B"}; // as it was typed
        form.setOption("entrypoint", "/bin/sh");
        form.others = {"--blkio-weight=500"};
        form.command = "sh -c 'sleep 5'";
        bench.controller.setForm(form);
        Q_EMIT bench.controller.formChanged();
        bench.press("moreOptions");
        for (const char *section :
             {"networksHead", "section1Head", "section2Head", "section6Head", "otherOptionsHead"}) {
            bench.press(section);
        }
        bench.press("detached"); // twice: everything is collected
        bench.press("detached");
        QVERIFY(bench.controller.form() == form);
    }

    void pressingRunLeadsToTheFirstMistake()
    {
        const WizardBench bench;
        bench.press("runContainer");
        QCOMPARE(QApplication::focusWidget(), bench.find("image"));
        QVERIFY(isFaulty(bench.find("image")));
        QVERIFY(bench.find("problemCount") != nullptr);
        QVERIFY(bench.engine.sent.empty());
    }

    void aMistakeInAClosedSectionIsShown()
    {
        WizardBench bench;
        RunForm form{.image = "nginx:1.27"};
        form.options["dns"] = {"nine"};
        bench.controller.setForm(form);
        Q_EMIT bench.controller.formChanged();
        QVERIFY(bench.find("dns0") == nullptr);
        bench.press("runContainer");
        QCOMPARE(QApplication::focusWidget(), bench.find("dns0"));
    }

    void aTakenPortIsMendedAtItsField()
    {
        WizardBench bench;
        bench.controller.setForm(shopForm());
        Q_EMIT bench.controller.formChanged();
        QTRY_VERIFY(bench.find("hostPort1") != nullptr && isFaulty(bench.find("hostPort1")));
        QVERIFY(!isFaulty(bench.find("hostPort0")));
        bench.press("fix-publish-1");
        QCOMPARE(bench.find<QLineEdit>("hostPort1")->text(), QString("9091"));
        QCOMPARE(bench.controller.problemCount(), 0);
    }

    void aLinePastedIntoTheImageFillsTheForm()
    {
        const WizardBench bench;
        QApplication::clipboard()->setText("docker run -d -p 8080:80 --name web nginx:1.27");
        auto *image = bench.find<QLineEdit>("image");
        image->setFocus();
        QTest::keyClick(image, Qt::Key_V, Qt::ControlModifier);
        QTRY_COMPARE(bench.controller.form().name, std::string("web"));
        QCOMPARE(image->text(), QString("nginx:1.27"));
        QTRY_VERIFY(bench.find("hostPort0") != nullptr);
    }

    void aMistakeInAPastedLineIsMarked()
    {
        const WizardBench bench;
        bench.press("pasteCommand");
        auto *text = bench.find<QPlainTextEdit>("pastedLine");
        QVERIFY(text != nullptr);
        QTest::keyClicks(text, "docker run --memory much nginx");
        QTest::keyClick(text, Qt::Key_Return);
        QVERIFY(bench.find("pasteProblem") != nullptr);
        QCOMPARE(text->extraSelections().size(), 1);
        QCOMPARE(text->extraSelections().front().cursor.selectedText(), QString("much"));
        QVERIFY(bench.controller.form() == RunForm{});
    }

    void secretsAreMasked()
    {
        const WizardBench bench;
        bench.press("variableAdd");
        bench.type("variableName0", "API_KEY");
        bench.type("variableValue0", "canary-7");
        auto *value = bench.find<QLineEdit>("variableValue0");
        QCOMPARE(value->echoMode(), QLineEdit::NoEcho);
        bench.press("showValue0");
        QCOMPARE(value->echoMode(), QLineEdit::Normal);
        bench.press("showValue0");
        QCOMPARE(value->echoMode(), QLineEdit::NoEcho);
        QVERIFY(!bench.wizard->preview()->text().contains("canary-7"));
        QCOMPARE(bench.controller.form().environment[0].value, std::string("canary-7"));
    }

    void byKeyboardFromTheImageToTheResult()
    {
        WizardBench bench;
        QCOMPARE(QApplication::focusWidget(), bench.find("image"));
        QTest::keyClicks(QApplication::focusWidget(), "nginx:1.27");
        if (QWidget *names = QApplication::activePopupWidget()) {
            QTest::keyClick(names, Qt::Key_Escape);
            bench.window.activateWindow(); // offscreen, nobody else gives the focus back
            QVERIFY(QTest::qWaitForWindowActive(&bench.window));
        }
        QTest::keyClick(bench.find("image"), Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), bench.find("containerName"));
        QTest::keyClicks(QApplication::focusWidget(), "web");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(bench.engine.line(0), QString("docker create --name web nginx:1.27"));
        QCOMPARE(QApplication::focusWidget(), bench.find("leaveWizard"));
        bench.engine.succeed(0, id);
        WizardBench::settle();
        bench.engine.succeed(1);
        WizardBench::settle();
        QCOMPARE(bench.controller.step(), Step::Done);
        QCOMPARE(QApplication::focusWidget(), bench.find("runDetails"));
        const QSignalSpy wanted(bench.wizard, &RunWizard::detailsWanted);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QCOMPARE(wanted.size(), 1);
    }

    void aPullIsStopped()
    {
        WizardBench bench;
        bench.type("image", "redis:7");
        bench.press("runContainer");
        QCOMPARE(bench.controller.step(), Step::Pulling);
        bench.press("leaveWizard");
        QCOMPARE(bench.controller.step(), Step::Editing);
        QCOMPARE(bench.find<QLineEdit>("image")->text(), QString("redis:7"));
        QVERIFY(bench.find("runFailure") == nullptr);
    }

    void whatItStartedGoesOnWithoutIt()
    {
        WizardBench bench;
        bench.type("image", "nginx:1.27");
        bench.press("runContainer");
        delete bench.wizard;
        bench.engine.succeed(0, id);
        WizardBench::settle();
        bench.engine.succeed(1);
        WizardBench::settle();
        QCOMPARE(bench.controller.step(), Step::Done);
    }

    void aPresetIsSavedAndChosen()
    {
        WizardBench bench;
        bench.type("image", "nginx:1.27");
        bench.press("savePreset");
        auto *name = bench.find<QLineEdit>("presetName");
        QVERIFY(name != nullptr);
        name->setText("Web");
        QTest::keyClick(name, Qt::Key_Return);
        WizardBench::settle();
        QCOMPARE(bench.presets.names(), QStringList{"Web"});
        bench.type("image", "redis:7");
        bench.engine.lines = {"docker create --name old nginx:1.27"};
        bench.press("startFrom");
        QAction *preset = nullptr;
        QAction *earlier = nullptr;
        for (QAction *action : bench.wizard->findChildren<QAction *>()) {
            preset = action->objectName() == "preset" ? action : preset;
            earlier = action->objectName() == "earlierLine" ? action : earlier;
        }
        QVERIFY(preset != nullptr && earlier != nullptr);
        preset->trigger();
        QCOMPARE(bench.find<QLineEdit>("image")->text(), QString("nginx:1.27"));
        earlier->trigger();
        QCOMPARE(bench.find<QLineEdit>("containerName")->text(), QString("old"));
        if (auto *menu = bench.wizard->findChild<QMenu *>()) {
            menu->close();
        }
    }

    void everyInteractiveWidgetHasNames()
    {
        WizardBench bench;
        bench.controller.setForm(shopForm());
        Q_EMIT bench.controller.formChanged();
        bench.press("moreOptions");
        for (int section = 1; section <= 9; ++section) {
            bench.press(QByteArray("section" + QByteArray::number(section) + "Head").constData());
        }
        for (const QWidget *widget : bench.wizard->findChildren<QWidget *>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() ||
                widget->objectName().startsWith("qt_")) {
                continue;
            }
            QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
        }
    }

private:
    static void prepare(const QByteArray &scene, WizardBench &bench)
    {
        if (scene != "empty") {
            bench.controller.setForm(shopForm());
            Q_EMIT bench.controller.formChanged();
            WizardBench::settle();
        }
        if (scene == "form") {
            bench.find("hostPort1")->setFocus(Qt::TabFocusReason);
        } else if (scene == "more") {
            bench.press("moreOptions");
            bench.press("section2Head");
            bench.find("dnsAdd")->setFocus();
            bench.press("dnsAdd");
        } else if (scene == "paste") {
            bench.press("pasteCommand");
            auto *text = bench.find<QPlainTextEdit>("pastedLine");
            text->setPlainText("docker run -d --name web --memory much -p 8080:80 nginx:1.27");
            QTest::keyClick(text, Qt::Key_Return);
        } else if (scene == "pull" || scene == "done" || scene == "failed") {
            run(scene, bench);
        }
    }
    static void run(const QByteArray &scene, WizardBench &bench)
    {
        RunForm form = shopForm();
        form.ports[1].hostPort = "9091";
        form.image = scene == "pull" ? "redis:7.4" : form.image;
        bench.controller.setForm(form);
        Q_EMIT bench.controller.formChanged();
        bench.press("runContainer");
        if (scene == "pull") {
            bench.engine.sent[0].progress({{"7cf63256a31a", "Pull complete", 0, 0},
                                           {"a1b3bd9a7f3c", "Downloading", 9'800'000, 28'200'000},
                                           {"0d2b4bd5a1b1", "Downloading", 1'300'000, 5'100'000},
                                           {"4f4fb700ef54", "Waiting", 0, 0}});
            QTest::qWait(150); // the bar moves at most ten times a second
            return;
        }
        bench.engine.succeed(0, id);
        WizardBench::settle();
        if (scene == "done") {
            auto container = test::container(2, "shopfront-api-canary");
            container.id = id;
            container.ports = {{"0.0.0.0", 3000, 3010, "tcp"}, {"0.0.0.0", 9229, 9091, "tcp"}};
            bench.engine.show({container});
            bench.engine.succeed(1);
        } else {
            bench.engine.fail(1, ErrorKind::EngineFailed,
                              "listen tcp4 0.0.0.0:3010: bind: address already in use");
            WizardBench::settle();
            bench.engine.succeed(2);
        }
        WizardBench::settle();
    }
};

} // namespace tst_run_wizard

ROADSTEAD_WIDGET_TEST(tst_run_wizard::TestRunWizard)
#include "tst_run_wizard.moc"
