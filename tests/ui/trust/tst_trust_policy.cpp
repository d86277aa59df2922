// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/fake_run_engine.h"
#include "tests/ui/support/images_bench.h"
#include "tests/ui/trust/trust_bench.h"
#include "ui/wizards/run/run_presets.h"
#include "ui/wizards/run/run_wizard.h"

#include <QTemporaryDir>

#include <memory>

namespace tst_trust_policy {

using namespace roadstead;
using namespace roadstead::ui;
using namespace Qt::StringLiterals;
using namespace roadstead::test;
using trust::Policy;
using trust::TrustCause;
using State = trust::Verdict::State;

namespace {

/// A run wizard over an engine and a desk that do what a test says.
struct TrustedRunEngine : test::FakeRunEngine
{
    FakeTrustDesk desk;
    [[nodiscard]] service::TrustDesk *trust() const override
    {
        return const_cast<FakeTrustDesk *>(&desk);
    }
};

struct RunBench
{
    QTemporaryDir folder;
    TrustedRunEngine engine;
    RunPresets presets{folder.filePath("presets.json")};
    std::unique_ptr<RunController> controller;
    QWidget window;
    RunWizard *wizard = nullptr;

    explicit RunBench(Policy policy, bool isHere)
    {
        engine.desk.setRules(rulesOf(policy));
        if (isHere) {
            docker::ImageSummary image;
            image.id = "sha256:" + std::string(64, 'a');
            image.tags = {web + ":1"};
            image.digests = {web + "@" + digest};
            engine.setImages({image});
        }
        controller = std::make_unique<RunController>(&engine);
        wizard = new RunWizard(controller.get(), &presets, &window);
        window.resize(1064, 722);
        wizard->resize(1064, 722);
        window.show();
        RunForm form;
        form.image = web + ":1";
        controller->setForm(form);
        settleWindow();
    }
    ~RunBench() { delete wizard; }
};

void pullWeb(test::ImagesBench &bench)
{
    bench.page.showPullWizard();
    bench.page.pull()->setTyped(QString::fromStdString(web + ":1"));
    settleWindow();
    press(bench.window, "pullVerb");
}

} // namespace

/// What the policy says in the wizards that pull and run.
class TestTrustPolicy : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { beginTrustTests(u"trust_policy"_s); }

    // ---- Pulling

    void warnWaitsForAWord()
    {
        test::ImagesBench bench;
        bench.trust.setRules(rulesOf(Policy::Warn));
        pullWeb(bench);
        QVERIFY(bench.engine.sent.empty());
        bench.trust.verdict(verdictOf(State::Unsigned, TrustCause::NoSignature));
        settleWindow();
        QVERIFY(bench.engine.sent.empty());
        QVERIFY(isShown(bench.window, "pullPolicy"));
        QVERIFY(!isShown(bench.window, "pullFailure"));
        QCOMPARE(textOf(bench.window, "pullPolicyTitle"),
                 u"registry.example/team/web:1 is not verified"_s);
        QVERIFY(textOf(bench.window, "pullPolicyText").contains(u"Nobody has signed it."_s));
        bench.page.pull()->setTyped(u"other:2"_s); // the word is for what was shown
        QVERIFY(!isShown(bench.window, "pullPolicy"));
        pullWeb(bench);
        bench.trust.verdict(verdictOf(State::Unsigned, TrustCause::NoSignature));
        settleWindow();
        press(bench.window, "pullAnyway");
        bench.trust.verdict(verdictOf(State::Unsigned, TrustCause::NoSignature));
        settleWindow();
        QCOMPARE(bench.engine.line(0), u"docker pull registry.example/team/web:1"_s);
    }

    void refuseSaysWhyAndHasNoWayRound()
    {
        test::ImagesBench bench;
        bench.trust.setRules(rulesOf(Policy::Refuse));
        pullWeb(bench);
        bench.trust.verdict(verdictOf(State::OtherSigner, TrustCause::OtherKey));
        settleWindow();
        QVERIFY(isShown(bench.window, "pullPolicy"));
        QVERIFY(!isShown(bench.window, "pullAnyway"));
        QCOMPARE(textOf(bench.window, "pullPolicyTitle"),
                 u"The policy refuses registry.example/team/web:1"_s);
        QVERIFY(bench.engine.sent.empty());
        bench.trust.setRules({});
        settleWindow();
        QVERIFY(!isShown(bench.window, "pullPolicy"));
    }

    void whatIsHeldBackIsToldToWhoHasLeft()
    {
        test::ImagesBench bench;
        bench.trust.setRules(rulesOf(Policy::Refuse));
        pullWeb(bench);
        bench.page.goBack();
        bench.trust.verdict(verdictOf(State::Unsigned, TrustCause::NoSignature));
        settleWindow();
        QCOMPARE(bench.toasts.toasts().size(), 1);
    }

    void whatIsVerifiedIsPulledByDigest()
    {
        test::ImagesBench bench;
        bench.trust.setRules(rulesOf(Policy::Refuse));
        pullWeb(bench);
        bench.trust.verdict(verdictOf(State::Trusted));
        settleWindow();
        QCOMPARE(bench.engine.line(0), QString::fromStdString("docker pull " + web + "@" + digest));
        bench.engine.succeed(0);
        settleWindow();
        QCOMPARE(bench.engine.line(1),
                 QString::fromStdString("docker tag " + web + "@" + digest + " " + web + ":1"));
        bench.engine.succeed(1);
        settleWindow();
        QCOMPARE(bench.page.pull()->step(), PullController::Step::Done);
        QVERIFY(textOf(bench.window, "pullVerdict").startsWith(u"Signed by release: sha256:7"_s));
    }

    // ---- Running

    void aRunIsRefusedBeforeAnythingIsMade()
    {
        for (const bool isHere : {true, false}) {
            RunBench bench(Policy::Refuse, isHere);
            QVERIFY(bench.controller->run());
            QCOMPARE(bench.controller->step(), RunController::Step::Checking);
            QCOMPARE(bench.engine.desk.judgements.back().asked.front(),
                     isHere ? web + "@" + digest : web + ":1");
            bench.engine.desk.verdict(verdictOf(State::Unsigned, TrustCause::NoSignature));
            settleWindow();
            QCOMPARE(bench.controller->step(), RunController::Step::Editing);
            QVERIFY(bench.engine.sent.empty());
            QVERIFY(isShown(bench.window, "runPolicy"));
            QVERIFY(!isShown(bench.window, "runAnyway"));
            QVERIFY(!isShown(bench.window, "runFailure"));
        }
    }

    void aRunThatWasWarnedOfGoesOn()
    {
        RunBench bench(Policy::Warn, true);
        QVERIFY(bench.controller->run());
        bench.engine.desk.verdict(verdictOf(State::Unchecked, TrustCause::NotReached));
        settleWindow();
        press(bench.window, "runAnyway");
        bench.engine.desk.verdict(verdictOf(State::Unchecked, TrustCause::NotReached));
        settleWindow();
        QCOMPARE(bench.controller->step(), RunController::Step::Creating);
        QCOMPARE(bench.engine.sent.size(), std::size_t(1));
    }

    void aMissingImageIsPulledByDigestThenRun()
    {
        RunBench bench(Policy::Refuse, false);
        QVERIFY(bench.controller->line().startsWith(u"cosign verify --key /keys/release.pub"_s));
        QVERIFY(bench.controller->run());
        bench.engine.desk.verdict(verdictOf(State::Trusted));
        settleWindow();
        QCOMPARE(bench.controller->step(), RunController::Step::Pulling);
        QCOMPARE(bench.engine.line(0), QString::fromStdString("docker pull " + web + "@" + digest));
        bench.engine.succeed(0);
        settleWindow();
        bench.engine.succeed(1);
        settleWindow();
        QCOMPARE(bench.controller->step(), RunController::Step::Creating);
    }

    void aRunCanBeStoppedWhileItIsChecked()
    {
        RunBench bench(Policy::Refuse, true);
        QVERIFY(bench.controller->run());
        bench.controller->cancel();
        settleWindow();
        QCOMPARE(bench.controller->step(), RunController::Step::Editing);
        QVERIFY(*bench.engine.desk.judgements.back().isCancelled);
        QVERIFY(bench.engine.sent.empty());
    }

    void picturesForPeople()
    {
        const QString folder = qEnvironmentVariable("ROADSTEAD_PICTURES");
        if (folder.isEmpty()) {
            QSKIP("ROADSTEAD_PICTURES names no folder");
        }
        {
            test::ImagesBench bench;
            docker::ImageSummary image = test::image(1, {web + ":1"});
            image.digests = {web + "@" + digest};
            bench.engine.show({image});
            bench.trust.setRules(rulesOf(Policy::Warn));
            bench.page.showDetails(image.id);
            QTRY_COMPARE(bench.engine.inspections.size(), std::size_t(1));
            test::FakeImageEngine::answer<docker::ImageDetails>(bench.engine.inspections[0].promise,
                                                                docker::ImageDetails());
            settleWindow();
            press(bench.window, "imageVerify");
            bench.trust.verdict(verdictOf(State::Trusted));
            keepPictures(bench.window, u"image-signed"_s);
            pullWeb(bench);
            bench.trust.verdict(verdictOf(State::Unsigned, TrustCause::NoSignature));
            keepPictures(bench.window, u"pull-warn"_s);
            bench.trust.setRules(rulesOf(Policy::Refuse));
            pullWeb(bench);
            bench.trust.verdict(verdictOf(State::OtherSigner, TrustCause::OtherKey));
            keepPictures(bench.window, u"pull-refuse"_s);
        }
        {
            RunBench bench(Policy::Warn, true);
            QVERIFY(bench.controller->run());
            bench.engine.desk.verdict(verdictOf(State::Unchecked, TrustCause::NotReached));
            keepPictures(bench.window, u"run-warn"_s);
        }
    }
};

} // namespace tst_trust_policy

ROADSTEAD_WIDGET_TEST(tst_trust_policy::TestTrustPolicy)
#include "tst_trust_policy.moc"
