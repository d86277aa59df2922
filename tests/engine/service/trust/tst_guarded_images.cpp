// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registry/trust/trust_cause.h"
#include "engine/service/trust/guarded_images.h"
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/fake_trust_desk.h"

#include <QTest>

#include <optional>

namespace tst_guarded_images {

using namespace roadstead;
using service::GuardedImages;
using test::FakeTrustDesk;
using trust::Policy;
using trust::TrustCause;
using trust::trustCauseOf;
using State = trust::Verdict::State;

namespace {

const std::string digest = "sha256:" + std::string(64, '7');
const docker::PullImage webPull{.image = {"r.example/team/web", "1", "r.example/team/web:1"},
                                .platform = "linux/arm64"};

} // namespace

/// What is pulled and let through under each policy.
class TestGuardedImages : public QObject
{
    Q_OBJECT
    std::vector<std::string> m_ran;
    std::optional<Error> m_engineError;
    std::optional<FakeTrustDesk> m_desk;
    std::optional<GuardedImages> m_images;

    void begin(Policy policy)
    {
        m_ran.clear();
        m_engineError.reset();
        m_images.reset();
        m_desk.emplace();
        m_desk->setRules(
            {.policy = policy,
             .keys = {{.name = "release", .publicKey = "/k/release.pub", .scope = "r.example"}}});
        m_images.emplace(
            [this](const docker::Command &command, const auto &) {
                m_ran.push_back(docker::commandLine(docker::arguments(command)));
                const auto pending = std::make_shared<service::Pending<std::string>>();
                pending->finish(m_engineError ? Result<std::string>(std::unexpected(*m_engineError))
                                              : Result<std::string>("done"));
                return service::Operation<std::string>{pending->future(), {}};
            },
            &*m_desk);
    }
    Result<std::string> endOf(const service::Operation<std::string> &operation)
    {
        std::optional<Result<std::string>> result;
        operation.then(this, [&](const Result<std::string> &told) { result = told; });
        [[maybe_unused]] const bool came =
            QTest::qWaitFor([&] { return result.has_value(); }, 5'000);
        return result.value_or(failure(ErrorKind::NotAnswering, "test"));
    }
    Result<std::string> pulled(State state, bool isDecided = false)
    {
        const auto operation = m_images->pull(webPull, isDecided, {});
        m_desk->verdict({.state = state,
                         .name = "r.example/team/web",
                         .tag = "1",
                         .digest = digest,
                         .signer = "release"});
        return endOf(operation);
    }

private Q_SLOTS:
    void offAsksNobody()
    {
        begin(Policy::Off);
        QVERIFY(endOf(m_images->pull(webPull, false, {})));
        QVERIFY(m_desk->judgements.empty());
        QCOMPARE(m_ran, (std::vector<std::string>{
                            "docker pull --platform linux/arm64 r.example/team/web:1"}));
        QVERIFY(!m_images->verdict());
    }

    void whatWasVerifiedIsWhatIsPulled()
    {
        for (const Policy policy : {Policy::Warn, Policy::Refuse}) {
            begin(policy);
            QVERIFY(pulled(State::Trusted));
            QCOMPARE(m_ran,
                     (std::vector<std::string>{
                         "docker pull --platform linux/arm64 r.example/team/web@" + digest,
                         "docker tag r.example/team/web@" + digest + " r.example/team/web:1"}));
        }
    }

    void aDigestNeedsNoTag()
    {
        begin(Policy::Refuse);
        const docker::PullImage exact{
            .image = {"r.example/team/web", digest, "r.example/team/web@" + digest}};
        const auto operation = m_images->pull(exact, false, {});
        m_desk->verdict({.state = State::Trusted, .name = "r.example/team/web", .digest = digest});
        QVERIFY(endOf(operation));
        QCOMPARE(m_ran, (std::vector<std::string>{"docker pull r.example/team/web@" + digest}));
    }

    void warnAsksOnceAndGoesOn()
    {
        begin(Policy::Warn);
        const auto asked = pulled(State::Unsigned);
        QCOMPARE(trustCauseOf(asked.error()), TrustCause::PolicyAsks);
        QVERIFY(m_ran.empty());
        QCOMPARE(m_images->verdict()->state, State::Unsigned);
        QVERIFY(pulled(State::Unsigned, true));
        QCOMPARE(m_ran, (std::vector<std::string>{
                            "docker pull --platform linux/arm64 r.example/team/web:1"}));
        begin(Policy::Warn);
        QVERIFY(pulled(State::NoRule)); // nobody speaks for it
    }

    void refuseTakesNoWordForIt()
    {
        for (const State state :
             {State::NoRule, State::Unsigned, State::OtherSigner, State::Unchecked}) {
            begin(Policy::Refuse);
            QCOMPARE(trustCauseOf(pulled(state, true).error()), TrustCause::PolicyRefuses);
            QVERIFY(m_ran.empty());
        }
    }

    void aPolicyThatWasTightenedMeanwhileCounts()
    {
        begin(Policy::Warn);
        const auto operation = m_images->pull(webPull, true, {});
        trust::Rules rules = m_desk->rules();
        rules.policy = Policy::Refuse;
        m_desk->setRules(rules);
        m_desk->verdict({.state = State::Unsigned, .name = "r.example/team/web", .digest = digest});
        QCOMPARE(trustCauseOf(endOf(operation).error()), TrustCause::PolicyRefuses);
    }

    void imagesThatAreHereGoByTheirDigest()
    {
        begin(Policy::Refuse);
        docker::ImageSummary image;
        image.digests = {"other/web@sha256:" + std::string(64, '1'),
                         "r.example/team/web@" + digest};
        const auto operation = m_images->admit("r.example/team/web:1", image, false);
        QCOMPARE(m_desk->judgements.back().asked.front(), "r.example/team/web@" + digest);
        m_desk->verdict({.state = State::Trusted, .name = "r.example/team/web", .digest = digest});
        QVERIFY(endOf(operation));
        QVERIFY(m_ran.empty());
        image.digests.clear(); // built here
        QVERIFY(endOf(m_images->admit("web:1", image, false)));
        QCOMPARE(m_images->verdict()->state, State::Local);
    }

    void stoppedWhileItIsChecked()
    {
        begin(Policy::Refuse);
        const auto operation = m_images->pull(webPull, false, {});
        QVERIFY(m_images->isChecking());
        operation.cancel();
        QCOMPARE(endOf(operation).error().kind, ErrorKind::Cancelled);
        QVERIFY(!m_images->isChecking());
        QVERIFY(*m_desk->judgements.back().isCancelled);
    }

    void aFailedPullNamesNothing()
    {
        begin(Policy::Refuse);
        m_engineError = Error{ErrorKind::EngineFailed, 500, "no", "image.pull"};
        QCOMPARE(pulled(State::Trusted).error().detail, "no");
        QCOMPARE(m_ran.size(), std::size_t(1));
    }

    void linesTellWhatWillRun()
    {
        begin(Policy::Refuse);
        QCOMPARE(m_images->lines(webPull),
                 (std::vector<std::string>{
                     "cosign verify --key /k/release.pub --insecure-ignore-tlog=true --output json "
                     "r.example/team/web@DIGEST",
                     "docker pull --platform linux/arm64 r.example/team/web@DIGEST",
                     "docker tag r.example/team/web@DIGEST r.example/team/web:1"}));
        begin(Policy::Off);
        QCOMPARE(m_images->lines(webPull).size(), std::size_t(1));
    }
};

} // namespace tst_guarded_images

ROADSTEAD_GUILESS_TEST(tst_guarded_images::TestGuardedImages)
#include "tst_guarded_images.moc"
