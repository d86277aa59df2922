// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/service/trust/live_bench.h"
#include "tests/support/argument_watch.h"
#include "tests/support/test_program/test_program.h"

#include <QFileInfo>

namespace tst_trust_live {

using namespace roadstead;
using namespace Qt::StringLiterals;
using test::ArgumentWatch;
using trust::TrustCause;
using trust::trustCauseOf;
using State = trust::Verdict::State;

namespace {

constexpr const char *keyWord = "correct horse battery";

std::string detailOf(const Error &error)
{
    return std::to_string(error.code) + " " + error.detail;
}

} // namespace

/// cosign with a key pair, a real registry that asks for an account, and a real engine; no network
/// but loopback, no transparency log.
class TestTrustLive : public QObject
{
    Q_OBJECT
    test::TrustLiveBench m;
    std::string m_digest;
    std::string m_otherDigest;
    trust::TrustedKey m_key;
    trust::TrustedKey m_otherKey;
    QByteArray m_log;

    void speakWith(const trust::TrustedKey &key, trust::Policy policy = trust::Policy::Refuse)
    {
        m.desk->setRules({.policy = policy, .keys = {key}});
    }
    trust::Verdict judged(const std::string &image)
    {
        return m.resultOf(m.desk->judge(image)).value_or(trust::Verdict{});
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m.start());
        QVERIFY(m.resultOf(m.desk->cosign()));
        m_digest = m.push("web:1", u"one"_s);
        m_otherDigest = m.push("web:2", u"two"_s);
        QVERIFY(m_digest.starts_with("sha256:"));
        QVERIFY(m_digest != m_otherDigest);
    }

    void passwordsStandNowhereWhileKeysAreMadeAndUsed()
    {
        ArgumentWatch watch(keyWord);
        const service::KeyWish wish{m.folder.path().toStdString(), "release",
                                    m.registry.name() + "/team"};
        const auto made = m.resultOf(m.desk->makeKeyPair(wish, keyWord));
        QVERIFY2(made, made ? "" : detailOf(made.error()).c_str());
        m_key = *made;
        const auto other =
            m.resultOf(m.desk->makeKeyPair({wish.folder, "other", wish.scope}, "another"));
        QVERIFY(other);
        m_otherKey = *other;
        QCOMPARE(QFileInfo(QString::fromStdString(m_key.privateKey)).permissions() &
                     (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());

        const auto signedImage = m.resultOf(
            m.desk->sign({.image = m.name("web:1"), .privateKey = m_key.privateKey}, keyWord));
        QVERIFY2(signedImage, signedImage ? "" : detailOf(signedImage.error()).c_str());
        QCOMPARE(*signedImage, m.registry.name() + "/team/web@" + m_digest);
        const std::string config =
            m.desk->signLine({}).contains("use-signing-config") // of cosign 3
                ? " --use-signing-config=false"
                : "";
        QCOMPARE(m.lastLine(),
                 QString::fromStdString("cosign sign --key " + m_key.privateKey +
                                        " --yes --tlog-upload=false" + config +
                                        " --allow-insecure-registry --allow-http-registry " +
                                        m.registry.name() + "/team/web@" + m_digest));
        watch.stop();
        QVERIFY(watch.looks() > 0);
        QVERIFY(!watch.wasSeen());
        QVERIFY(!m.isKept(keyWord));
        QVERIFY(!m.isKept("another"));
        QVERIFY(!m.isKept(RealRegistry::password));
    }

    void aWrongPasswordSignsNothing()
    {
        const auto result = m.resultOf(
            m.desk->sign({.image = m.name("web:2"), .privateKey = m_key.privateKey}, "wrong"));
        QCOMPARE(trustCauseOf(result.error()), TrustCause::WrongPassword);
        const auto gone = m.resultOf(
            m.desk->sign({.image = m.name("web:2"), .privateKey = "/nowhere/a.key"}, "wrong"));
        QCOMPARE(trustCauseOf(gone.error()), TrustCause::BadKey);
        const auto nothing = m.resultOf(
            m.desk->sign({.image = m.registry.name() + "/team/web@sha256:" + std::string(64, '1'),
                          .privateKey = m_key.privateKey},
                         keyWord));
        QCOMPARE(nothing.error().kind, ErrorKind::NotFound);
    }

    void verdicts()
    {
        speakWith(m_key);
        const trust::Verdict good = judged(m.name("web:1"));
        QVERIFY2(good.state == State::Trusted, good.why ? detailOf(*good.why).c_str() : "");
        QCOMPARE(good.digest, m_digest);
        QCOMPARE(good.signer, "release");
        QCOMPARE(judged(good.byDigest()).state, State::Trusted);

        const trust::Verdict none = judged(m.name("web:2"));
        QCOMPARE(none.state, State::Unsigned);
        QCOMPARE(trustCauseOf(*none.why), TrustCause::NoSignature);

        speakWith(m_otherKey);
        const trust::Verdict foreign = judged(m.name("web:1"));
        QCOMPARE(foreign.state, State::OtherSigner);
        QCOMPARE(trustCauseOf(*foreign.why), TrustCause::OtherKey);

        trust::TrustedKey elsewhere = m_key;
        elsewhere.scope = "registry.example";
        speakWith(elsewhere);
        QCOMPARE(judged(m.name("web:1")).state, State::NoRule);

        trust::TrustedKey gone = m_key;
        gone.publicKey = "/nowhere/release.pub";
        speakWith(gone);
        const trust::Verdict unreadable = judged(m.name("web:1"));
        QCOMPARE(unreadable.state, State::Unchecked);
        QCOMPARE(trustCauseOf(*unreadable.why), TrustCause::BadKey);
    }

    void refuseStopsWhatIsNotSigned()
    {
        speakWith(m_key);
        m.engine.docker({u"rmi"_s, QString::fromStdString(m.name("web:2"))});
        const auto refused =
            m.resultOf(m.images->pull({.image = m.imageName(m.name("web:2"))}, true, {}));
        QCOMPARE(trustCauseOf(refused.error()), TrustCause::PolicyRefuses);
        QCOMPARE(m.images->verdict()->state, State::Unsigned);
        QVERIFY(!m.isHere(m.name("web:2")));
    }

    void refuseLetsWhatIsSignedThroughByItsDigest()
    {
        speakWith(m_key);
        m.engine.docker({u"rmi"_s, QString::fromStdString(m.name("web:1"))});
        QVERIFY(!m.isHere(m.name("web:1")));
        const auto pulled =
            m.resultOf(m.images->pull({.image = m.imageName(m.name("web:1"))}, false, {}));
        QVERIFY2(pulled, pulled ? "" : pulled.error().detail.c_str());
        QVERIFY(m.isHere(m.name("web:1")));
        QVERIFY(m.isHere(m.registry.name() + "/team/web@" + m_digest));
        const auto &history = m.session->history();
        QCOMPARE(
            history[history.size() - 2].line,
            QString::fromStdString("docker pull " + m.registry.name() + "/team/web@" + m_digest));
    }

    void aTagThatMovesIsNotTrusted()
    {
        speakWith(m_key);
        QVERIFY(m.push("web:1", u"an impostor"_s) != m_digest);
        m.engine.docker({u"rmi"_s, QString::fromStdString(m.name("web:1"))});
        const auto refused =
            m.resultOf(m.images->pull({.image = m.imageName(m.name("web:1"))}, false, {}));
        QCOMPARE(trustCauseOf(refused.error()), TrustCause::PolicyRefuses);
        QVERIFY(!m.isHere(m.name("web:1")));
    }

    void withoutAnAccountItCannotBeChecked()
    {
        speakWith(m_key);
        QVERIFY(m.resultOf(m.registries->signOut(m.registry.name())));
        const trust::Verdict byTag = judged(m.name("web:2"));
        QCOMPARE(byTag.state, State::Unchecked);
        QCOMPARE(byTag.why->kind, ErrorKind::Unauthorized);
        const trust::Verdict byDigest = judged(m.registry.name() + "/team/web@" + m_digest);
        QVERIFY2(byDigest.state == State::Unchecked,
                 byDigest.why ? detailOf(*byDigest.why).c_str() : "");
        QCOMPARE(trustCauseOf(*byDigest.why), TrustCause::NeedsAccount);
    }

    void aRegistryThatIsGone()
    {
        speakWith(m_key);
        m.registry.stop();
        const trust::Verdict verdict = judged(m.registry.name() + "/team/web@" + m_digest);
        QCOMPARE(verdict.state, State::Unchecked);
        QCOMPARE(trustCauseOf(*verdict.why), TrustCause::NotReached);
    }
};

} // namespace tst_trust_live

ROADSTEAD_GUILESS_TEST(tst_trust_live::TestTrustLive)
#include "tst_trust_live.moc"
