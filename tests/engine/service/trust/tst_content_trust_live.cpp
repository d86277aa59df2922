// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/service/trust/live_bench.h"
#include "tests/support/argument_watch.h"
#include "tests/support/real_notary.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>

namespace tst_content_trust_live {

using namespace roadstead;
using namespace Qt::StringLiterals;
using test::ArgumentWatch;
using trust::TrustCause;
using trust::trustCauseOf;
using State = trust::Verdict::State;

namespace {

constexpr const char *rootWord = "root staple word";
constexpr const char *repositoryWord = "repository staple word";

} // namespace

/// Docker Content Trust with the real Notary server and its signer, a real registry and a real
/// engine.
class TestContentTrustLive : public QObject
{
    Q_OBJECT
    test::TrustLiveBench m;
    RealNotary m_notary;
    std::string m_digest;

    trust::Verdict judged(const std::string &image)
    {
        return m.resultOf(m.desk->judge(image)).value_or(trust::Verdict{});
    }
    /// What the docker command trusts of the server.
    void setAuthority(const QString &file)
    {
        const QString folder = m.folder.filePath(u"docker/tls/"_s + m_notary.place());
        QVERIFY(QDir().mkpath(folder));
        QFile::remove(folder + u"/ca.crt"_s);
        QVERIFY(QFile::copy(file, folder + u"/ca.crt"_s));
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_notary.start());
        QVERIFY(m.start());
        setAuthority(m_notary.authority());
        m_digest = m.push("shop:1", u"one"_s);
        QVERIFY(!m.push("shop:2", u"two"_s).empty());
        QVERIFY(!m_digest.empty());
        m.desk->setRules({.policy = trust::Policy::Refuse, .notaryServer = m_notary.address()});
    }

    void whatNobodySignedIsUnsigned()
    {
        const trust::Verdict verdict = judged(m.name("shop:1"));
        QVERIFY(verdict.why);
        QVERIFY2(verdict.state == State::Unsigned, verdict.why->detail.c_str());
        QCOMPARE(trustCauseOf(*verdict.why), TrustCause::NoSignature);
    }

    void aTagIsSignedAndItsDigestFound()
    {
        ArgumentWatch watch(repositoryWord);
        ArgumentWatch rootWatch(rootWord);
        const auto done = m.resultOf(m.desk->signAtNotary(
            m.name("shop:1"), {.root = rootWord, .repository = repositoryWord}));
        QVERIFY2(done, done ? "" : done.error().detail.c_str());
        watch.stop();
        rootWatch.stop();
        QVERIFY(!watch.wasSeen() && !rootWatch.wasSeen());
        QVERIFY(!m.isKept(rootWord) && !m.isKept(repositoryWord));
        QCOMPARE(m.lastLine(),
                 QString::fromStdString("DOCKER_CONTENT_TRUST_SERVER=" + m_notary.address() +
                                        " docker trust sign --local " + m.name("shop:1")));
        const trust::Verdict verdict = judged(m.name("shop:1"));
        QVERIFY2(verdict.state == State::Trusted, verdict.why ? verdict.why->detail.c_str() : "");
        QCOMPARE(verdict.digest, m_digest);
        QCOMPARE(judged(verdict.byDigest()).state, State::Trusted);
        QCOMPARE(judged(m.name("shop:2")).state, State::Unsigned);
    }

    void aWrongPassphrase()
    {
        const auto result = m.resultOf(m.desk->signAtNotary(
            m.name("shop:2"), {.root = "wrong word", .repository = "wrong word"}));
        QVERIFY(!result);
        QVERIFY2(trustCauseOf(result.error()) == TrustCause::NoSigningKey,
                 result.error().detail.c_str());
    }

    void pulledByTheDigestThatWasSigned()
    {
        m.engine.docker({u"rmi"_s, QString::fromStdString(m.name("shop:1"))});
        const auto pulled =
            m.resultOf(m.images->pull({.image = m.imageName(m.name("shop:1"))}, false, {}));
        QVERIFY2(pulled, pulled ? "" : pulled.error().detail.c_str());
        QVERIFY(m.isHere(m.registry.name() + "/team/shop@" + m_digest));
    }

    void aTagThatWasTamperedWithIsRefused()
    {
        const std::string moved = m.push("shop:1", u"an impostor"_s);
        QVERIFY(moved != m_digest);
        m.engine.docker({u"rmi"_s, QString::fromStdString(m.name("shop:1"))});
        const auto refused =
            m.resultOf(m.images->pull({.image = m.imageName(m.name("shop:1"))}, false, {}));
        QCOMPARE(trustCauseOf(refused.error()), TrustCause::PolicyRefuses);
        QCOMPARE(m.images->verdict()->state, State::Unsigned);
        QCOMPARE(trustCauseOf(*m.images->verdict()->why), TrustCause::DigestMismatch);
        QVERIFY(!m.isHere(m.name("shop:1")));
    }

    /// The server forgot all, and somebody else began the same repository there.
    void aForeignRootIsTampering()
    {
        QVERIFY(m_notary.start());
        setAuthority(m_notary.authority());
        QProcess notary;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char *role : {"ROOT", "TARGETS", "SNAPSHOT", "DELEGATION"}) {
            environment.insert(u"NOTARY_%1_PASSPHRASE"_s.arg(QLatin1StringView(role)),
                               u"of somebody else"_s);
        }
        notary.setProcessEnvironment(environment);
        notary.setProcessChannelMode(QProcess::MergedChannels);
        notary.start(u"notary"_s,
                     {u"-s"_s, QString::fromStdString(m_notary.address()), u"--tlscacert"_s,
                      m_notary.authority(), u"-d"_s, m.folder.filePath(u"other"_s), u"init"_s,
                      u"-p"_s, QString::fromStdString(m.registry.name() + "/team/shop")});
        QVERIFY(notary.waitForFinished());
        QVERIFY2(notary.exitCode() == 0, notary.readAll().constData());
        const trust::Verdict verdict = judged(m.name("shop:1"));
        QCOMPARE(verdict.state, State::Unchecked);
        QVERIFY2(trustCauseOf(*verdict.why) == TrustCause::Tampered, verdict.why->detail.c_str());
    }

    void aServerThatIsNotReached()
    {
        m_notary.stop();
        QVERIFY(QDir(m.folder.filePath(u"docker/trust/tuf"_s)).removeRecursively());
        const trust::Verdict verdict = judged(m.name("shop:1"));
        QCOMPARE(verdict.state, State::Unchecked);
        QVERIFY2(trustCauseOf(*verdict.why) == TrustCause::ServerNotReached,
                 verdict.why->detail.c_str());
    }
};

} // namespace tst_content_trust_live

ROADSTEAD_GUILESS_TEST(tst_content_trust_live::TestContentTrustLive)
#include "tst_content_trust_live.moc"
