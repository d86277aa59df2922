// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/fake_build_engine.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/wizards/build/build_wizard.h"
#include "ui/wizards/build/dockerfile_view.h"
#include "ui/wizards/build/stage_view.h"
#include "ui/wizards/frame/stepper.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>

namespace tst_build_wizard {

using namespace roadstead;
using namespace roadstead::ui;
using namespace Qt::StringLiterals;
using Step = BuildController::Step;

namespace {

/// The engine's own, one in a container of it, and that of another context.
const QByteArray twoBuilders =
    R"({"Name":"default","Current":true,"Driver":"docker","Nodes":[{"Name":"default","Endpoint":"default","Status":"running"}]}
{"Name":"harbour","Current":false,"Driver":"docker-container","Nodes":[{"Name":"harbour0","Endpoint":"default","Status":"inactive"}]}
{"Name":"elsewhere","Current":false,"Driver":"docker","Nodes":[{"Name":"elsewhere","Endpoint":"elsewhere","Status":"running"}]})";

QString recordedPath(const QString &name)
{
    return QStringLiteral(ROADSTEAD_SOURCE_DIR "/tests/data/build/") + name;
}

} // namespace

/// The build wizard as a person goes through it.
class TestBuildWizard : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(u"roadstead-build-wizard-test"_s);
        Theme::instance().install(*qApp);
    }
    void init()
    {
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QFile::copy(recordedPath(u"failing_build.dockerfile"_s),
                            m_folder->filePath(u"Dockerfile"_s)));
        m_engine = std::make_unique<test::FakeBuildEngine>();
        m_controller = std::make_unique<BuildController>(m_engine.get());
        m_wizard = std::make_unique<BuildWizard>(m_controller.get());
        m_wizard->resize(1064, 722);
        m_wizard->show();
        m_wizard->begin();
    }
    void cleanup()
    {
        m_wizard.reset();
        m_controller.reset();
    }

    void stepsLeadToABuildAndItsResult()
    {
        m_engine->setScript("cat '" + recordedPath(u"cached_build.rawjson"_s).toUtf8() + "' >&2\n");
        chooseContext();
        press("buildNext");
        QCOMPARE(m_controller->step(), Step::Dockerfile);
        QVERIFY(find<DockerfileView>("dockerfileEditor")->toPlainText().contains(u"heredoc"_s));
        press("buildNext");
        auto *tag = find<QLineEdit>("buildTag0");
        QVERIFY(tag != nullptr && tag->isVisible());
        QTest::keyClicks(tag, u"shop:1"_s);
        QCOMPARE(text("buildSubject"), u"shop:1"_s);
        press("buildNext");
        QTRY_COMPARE_WITH_TIMEOUT(m_controller->step(), Step::Result, 20'000);
        QCOMPARE(text("buildResultTitle"), u"shop:1 is built"_s);
        QVERIFY(text("buildResultText").startsWith(u"9 of "_s));
        QCOMPARE(find<Stepper>("buildSteps")->current(), int(Step::Result));
        QSignalSpy run(m_wizard.get(), &BuildWizard::runWanted);
        press("runBuilt");
        QCOMPARE(run.takeFirst().constFirst().toString(), u"shop:1"_s);
    }
    void mistakeIsLedTo()
    {
        chooseContext();
        m_controller->goTo(Step::Options);
        QTest::keyClicks(find<QLineEdit>("buildTag0"), u"Shop"_s);
        m_controller->goTo(Step::Dockerfile);
        m_controller->goTo(Step::Options);
        m_wizard->activateWindow();
        press("buildNext");
        QCOMPARE(m_controller->step(), Step::Options);
        QTRY_VERIFY(find<QLineEdit>("buildTag0")->hasFocus());
        QVERIFY(m_engine->lines.isEmpty());
    }
    void failureLeadsToItsLine()
    {
        m_engine->setScript("cat '" + recordedPath(u"failing_build.rawjson"_s).toUtf8() +
                            "' >&2; exit 1\n");
        chooseContext();
        QVERIFY(m_controller->build());
        QTRY_COMPARE_WITH_TIMEOUT(m_controller->step(), Step::Result, 20'000);
        QVERIFY(text("buildResultTitle").contains(u"19"_s));
        press("showBuildSteps");
        QVERIFY(find<StageView>("buildStages")->isVisible());
        QVERIFY(find<QLabel>("buildStep") != nullptr);
        QVERIFY(find<QPlainTextEdit>("buildOutput")->toPlainText().contains(u"bad"_s));
        m_controller->goTo(Step::Options);
        m_controller->goTo(Step::Result);
        press("editDockerfile");
        QCOMPARE(m_controller->step(), Step::Dockerfile);
        QCOMPARE(find<DockerfileView>("dockerfileEditor")->textCursor().blockNumber() + 1, 19);
    }
    void aRegistryInTheWayHasAButton_data()
    {
        QTest::addColumn<QByteArray>("words");
        QTest::addColumn<bool>("isOwn"); ///< the engine's own builder builds
        QTest::addColumn<QString>("button");
        QTest::addColumn<RegistryRemedy>("remedy");
        const QByteArray push = "failed to push pier.example/ship:1: ";
        const QByteArray unknown = push + "tls: x509: certificate signed by unknown authority";
        const QByteArray plain = push + "http: server gave HTTP response to HTTPS client";
        const QByteArray nobody = push + "authorization failed: no basic auth credentials";
        QTest::newRow("an unknown certificate")
            << unknown << true << u"Trust its certificate…"_s << RegistryRemedy::Trust;
        QTest::newRow("no encryption")
            << plain << true << u"Use without encryption…"_s << RegistryRemedy::Insecure;
        QTest::newRow("no account") << nobody << true << u"Sign in…"_s << RegistryRemedy::SignIn;
        QTest::newRow("no account, another builder")
            << nobody << false << u"Sign in…"_s << RegistryRemedy::SignIn;
        QTest::newRow("another builder believes nothing that the engine does")
            << unknown << false << QString() << RegistryRemedy::None;
        QTest::newRow("something else") << QByteArray(push + "no space left on device") << true
                                        << QString() << RegistryRemedy::None;
    }
    void aRegistryInTheWayHasAButton()
    {
        QFETCH(const QByteArray, words);
        QFETCH(const bool, isOwn);
        QFETCH(const QString, button);
        QFETCH(const RegistryRemedy, remedy);
        m_engine->listing = twoBuilders;
        m_engine->setScript("echo 'ERROR: failed to solve: " + words + "' >&2\nexit 1\n");
        chooseContext();
        m_controller->goTo(Step::Options);
        auto *choice = find<QComboBox>("buildBuilder");
        QTRY_VERIFY(choice->isVisible());
        choose(choice, isOwn ? 0 : 1);
        m_wizard->activateWindow();
        press("buildNext");
        QTRY_COMPARE_WITH_TIMEOUT(m_controller->step(), Step::Result, 20'000);
        auto *mend = find<QAbstractButton>("buildFailureMend");
        QCOMPARE(mend->isVisible() ? mend->text() : QString(), button);
        if (button.isEmpty()) {
            return;
        }
        QVERIFY2(text("buildResultText").contains(u"pier.example"_s),
                 qPrintable(text("buildResultText")));
        QSignalSpy wanted(m_wizard.get(), &BuildWizard::mendWanted);
        press("buildFailureMend");
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].value<RegistryRemedy>(), remedy);
        QCOMPARE(wanted[0][1].value<std::string>(), std::string("pier.example"));
        m_wizard->resume();
        QTRY_VERIFY(find<QAbstractButton>("buildNext")->hasFocus());
    }
    void stepsAndLinesChooseEachOther()
    {
        m_engine->setScript("cat '" + recordedPath(u"failing_build.rawjson"_s).toUtf8() +
                            "' >&2; exit 1\n");
        chooseContext();
        QVERIFY(m_controller->build());
        QTRY_COMPARE_WITH_TIMEOUT(m_controller->step(), Step::Result, 20'000);
        press("showBuildSteps");
        auto *lines = find<DockerfileView>("buildDockerfile");
        lines->setTextCursor(QTextCursor(lines->document()->findBlockByNumber(9))); // RUN echo
        QVERIFY(find<QWidget>("buildStep")->accessibleName().contains(u"hello"_s));
        QVERIFY(find<StageView>("buildStages")->accessibleName().contains(u"hello"_s));
        const QString before = find<QWidget>("buildStep")->accessibleName();
        QTest::keyClick(find<StageView>("buildStages"), Qt::Key_Up);
        QVERIFY(find<QWidget>("buildStep")->accessibleName() != before);
    }
    void stopIsThereWhileItBuilds()
    {
        m_engine->setScript("trap 'exit 130' TERM\necho x >&2\nwhile :; do sleep 0.05; done\n");
        chooseContext();
        QSignalSpy seen(m_controller.get(), &BuildController::runChanged);
        QVERIFY(m_controller->build());
        QTRY_VERIFY(seen.size() > 1);
        QVERIFY(!find<QAbstractButton>("buildNext")->isVisible());
        press("leaveBuild");
        QTRY_COMPARE_WITH_TIMEOUT(m_controller->step(), Step::Result, 20'000);
        QVERIFY(text("buildResultTitle").contains(u"stopped"_s));
    }
    void everythingHasANameForTheScreenReader()
    {
        chooseContext();
        for (int step = 0; step < 3; ++step) {
            m_controller->goTo(Step(step));
            for (QWidget *widget : m_wizard->findChildren<QWidget *>()) {
                const bool isPart = widget->objectName().startsWith(u"qt_"_s);
                if (widget->isVisible() && widget->focusPolicy() != Qt::NoFocus && !isPart &&
                    qobject_cast<QAbstractScrollArea *>(widget->parentWidget()) == nullptr) {
                    QVERIFY2(!widget->accessibleName().isEmpty() ||
                                 qobject_cast<QAbstractButton *>(widget) != nullptr,
                             qPrintable(QString::fromLatin1(widget->metaObject()->className()) +
                                        u' ' + widget->objectName()));
                }
            }
        }
    }

    void whoBuildsIsSaidWhereItIsNotBuildx()
    {
        m_engine->setScript("exit 0\n");
        m_engine->buildKit = false;
        m_controller->setContext(m_folder->path());
        QTRY_VERIFY(!m_controller->isLooking());
        const auto *note = m_wizard->findChild<ElidedLabel *>(u"buildNote"_s);
        QVERIFY(note->isVisible());
        QCOMPARE(note->fullText(), m_controller->builderNote());
        m_engine->buildKit = true;
        m_controller->setContext(m_folder->path());
        QTRY_COMPARE(note->fullText(), QString());
    }

    void remarksOfTheBuilderStandOnTheirLines()
    {
        m_engine->versionScript = "echo github.com/docker/buildx v0.15.1 abc";
        m_engine->setScript(
            "cat > /dev/null; echo '{\"warnings\":[{\"ruleName\":\"FromAsCasing\",'"
            "'\"detail\":\"The as keyword should match the case of FROM\",'"
            "'\"location\":{\"ranges\":[{\"start\":{\"line\":3},\"end\":{\"line\":3}}]}}]}'\n"
            "exit 1\n");
        m_controller->setContext(m_folder->path());
        QTRY_VERIFY(!m_controller->isLooking());
        m_controller->goTo(Step::Dockerfile);
        auto *editor = m_wizard->findChild<DockerfileView *>(u"dockerfileEditor"_s);
        QTRY_COMPARE(editor->remarks().size(), 1);
        QVERIFY(editor->remarks().contains(3));
        const auto *remark = m_wizard->findChild<QLabel *>(u"dockerfileRemark"_s);
        QVERIFY(remark->isVisible());
        QCOMPARE(remark->text(),
                 u"Line 3: The as keyword should match the case of FROM (FromAsCasing)"_s);
        const QString folder = qEnvironmentVariable("ROADSTEAD_PICTURES");
        if (!folder.isEmpty()) { // to be looked at
            QVERIFY(m_wizard->grab().save(folder + u"/build-check.png"_s));
        }
    }

    void theBuilderIsChosenWhereThereAreSeveral()
    {
        m_engine->listing = twoBuilders;
        m_engine->setScript("exit 0\n");
        chooseContext();
        m_controller->goTo(Step::Options);
        auto *choice = find<QComboBox>("buildBuilder");
        QTRY_VERIFY(choice->isVisible());
        QCOMPARE(choice->count(), 2); // that of another context builds for another engine
        QCOMPARE(choice->currentText(), u"The engine’s own"_s);
        const auto *note = find<QLabel>("buildBuilderNote");
        QVERIFY(!note->isVisible());
        QVERIFY(!m_controller->line().contains(u"--builder"_s));
        choose(choice, 1);
        QCOMPARE(choice->currentText(), u"harbour (docker-container)"_s);
        QVERIFY2(m_controller->line().startsWith(u"docker buildx build --builder harbour "_s),
                 qPrintable(m_controller->line()));
        QVERIFY(m_controller->line().contains(u" --load "_s));
        QVERIFY(note->isVisible());
        QVERIFY(note->text().contains(u"--load"_s));
        auto *destination = find<QComboBox>("buildDestination");
        choose(destination, destination->findData(int(docker::BuildDestination::Cache)));
        QVERIFY(!note->isVisible());
        choose(destination, destination->findData(int(docker::BuildDestination::Engine)));
        const QString folder = qEnvironmentVariable("ROADSTEAD_PICTURES");
        for (const auto &[appearance, suffix] : {std::pair(Appearance::Light, u"-light.png"_s),
                                                 std::pair(Appearance::Dark, u"-dark.png"_s)}) {
            if (!folder.isEmpty()) { // to be looked at
                Theme::instance().setAppearance(appearance);
                QTest::qWait(50);
                QVERIFY(m_wizard->grab().save(folder + u"/build-builder"_s + suffix));
            }
        }
        Theme::instance().setAppearance(Appearance::Light);
    }

    void theBuilderIsRememberedAsLongAsItIsThere()
    {
        m_engine->listing = twoBuilders;
        m_engine->setScript("exit 0\n");
        chooseContext();
        m_controller->goTo(Step::Options);
        auto *choice = find<QComboBox>("buildBuilder");
        QTRY_VERIFY(choice->isVisible());
        choose(choice, 1);
        QVERIFY(m_controller->build());
        QTRY_COMPARE_WITH_TIMEOUT(m_controller->step(), Step::Result, 20'000);

        BuildController next(m_engine.get());
        next.begin({.context = m_folder->path().toStdString()});
        QTRY_COMPARE(next.form().builder, std::string("harbour"));
        QVERIFY(next.line().contains(u"--builder harbour"_s));
        next.begin({.context = m_folder->path().toStdString()});
        QCOMPARE(next.form().builder, std::string("harbour")); // at once

        m_engine->listing = twoBuilders.first(twoBuilders.indexOf('\n'));
        m_engine->setScript("exit 0\n");
        BuildController later(m_engine.get());
        QSignalSpy told(&later, &BuildController::buildersChanged);
        later.begin({.context = m_folder->path().toStdString(), .builder = "harbour"});
        QTRY_VERIFY(!told.isEmpty());
        QVERIFY(later.builders().empty()); // there is no choice
        QVERIFY(!later.line().contains(u"--builder"_s));
    }

    void oneThatIsInUseIsNotNamed()
    {
        QByteArray listing = twoBuilders;
        listing.replace(R"("Current":true)", R"("Current":"was")")
            .replace(R"("Current":false,"Driver":"docker-container")",
                     R"("Current":true,"Driver":"docker-container")")
            .replace(R"("Current":"was")", R"("Current":false)");
        m_engine->listing = listing;
        m_engine->setScript("exit 0\n");
        chooseContext();
        m_controller->goTo(Step::Options);
        auto *choice = find<QComboBox>("buildBuilder");
        QTRY_VERIFY(choice->isVisible());
        QCOMPARE(choice->currentText(), u"harbour (docker-container)"_s);
        QVERIFY(!m_controller->line().contains(u"--builder"_s));
        QVERIFY(find<QLabel>("buildBuilderNote")->isVisible());
        choose(choice, 1);
        QCOMPARE(choice->currentText(), u"The engine’s own"_s);
        QVERIFY(m_controller->line().contains(u"--builder default"_s));
    }

    void withoutAChoiceNoneIsOffered()
    {
        m_engine->setScript("exit 0\n");
        chooseContext();
        m_controller->goTo(Step::Options);
        QTest::qWait(100);
        QVERIFY(!find<QComboBox>("buildBuilder")->isVisible());
    }

    void whatIsWrongWithAnAddressIsSaidBelowIt()
    {
        const auto *problem = m_wizard->findChild<QLabel *>(u"buildContextProblem"_s);
        m_controller->setContext(u"https://me:secret@host/shop.git"_s);
        QVERIFY(problem->isVisible());
        QVERIFY(problem->text().contains(u"GIT_AUTH_TOKEN"_s));
        QVERIFY(!problem->text().contains(u"secret@"_s));
        m_controller->setContext(u"https://host/shop.git"_s);
        QVERIFY(!problem->isVisible());
    }

private:
    template<typename Widget>
    [[nodiscard]] Widget *find(const char *name) const
    {
        return m_wizard->findChild<Widget *>(QLatin1StringView(name));
    }
    [[nodiscard]] QString text(const char *name) const { return find<QLabel>(name)->text(); }
    void press(const char *name) const
    {
        auto *button = find<QAbstractButton>(name);
        QVERIFY2(button != nullptr && button->isVisible() && button->isEnabled(), name);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    static void choose(QComboBox *choice, int index)
    {
        choice->setCurrentIndex(index);
        Q_EMIT choice->activated(index);
    }
    void chooseContext()
    {
        auto *field = find<QLineEdit>("buildContext");
        field->setText(m_folder->path());
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(!m_controller->isLooking() && !m_controller->form().context.empty());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<test::FakeBuildEngine> m_engine;
    std::unique_ptr<BuildController> m_controller;
    std::unique_ptr<BuildWizard> m_wizard;
};

} // namespace tst_build_wizard

ROADSTEAD_WIDGET_TEST(tst_build_wizard::TestBuildWizard)
#include "tst_build_wizard.moc"
