// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/engine_session.h"
#include "engine/service/trust/cli_trust_desk.h"
#include "tests/support/shell_script.h"
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/fake_registry_desk.h"

#include <QDir>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <optional>

namespace tst_trust_desk {

using namespace roadstead;
using namespace Qt::StringLiterals;
using test::FakeRegistryDesk;
using trust::TrustCause;
using trust::trustCauseOf;
using State = trust::Verdict::State;

namespace {

const std::string digest = "sha256:" + std::string(64, '7');

/// Stands where cosign would: notes what it gets, and does what files beside it say.
constexpr auto cosignScript = R"SH(here=$(dirname "$0")
[ "$2" = --help ] || echo "$*" >>"$here/calls"
[ "$1" = version ] && { echo 'GitVersion: v2.5.0'; exit 0; }
[ "$2" = --help ] && { touch "$here/asked"; [ ! -e "$here/slow-help" ] || sleep 1; cat "$here/help" 2>/dev/null; exit 0; }
cat >>"$here/input"
env >>"$here/environment"
[ -e "$here/hang" ] && exec sleep 100
case "$1" in
generate-key-pair)
    [ -e "$here/fail" ] && { cat "$here/fail" >&2; exit 1; }
    umask 022; echo secret >"$3.key"; echo open >"$3.pub" ;;
sign) [ ! -e "$here/fail" ] || { cat "$here/fail" >&2; exit 1; } ;;
verify)
    key=$(basename "$3")
    [ -e "$here/say-$key" ] && { cat "$here/say-$key" >&2; exit "$(cat "$here/end-$key")"; }
    printf '[{"critical":{"image":{"docker-manifest-digest":"%s"}}}]' "$(cat "$here/digest")" ;;
esac
)SH";

} // namespace

/// The desk over a cosign that does what a test says.
class TestTrustDesk : public QObject
{
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<service::EngineSession> m_session;
    std::unique_ptr<FakeRegistryDesk> m_registries;
    std::unique_ptr<service::CliTrustDesk> m_desk;

    void write(const QString &name, const QByteArray &text) const
    {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    [[nodiscard]] QByteArray read(const QString &name) const
    {
        QFile file(m_folder->filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    template<typename T>
    std::optional<Result<T>> resultOf(const service::Operation<T> &operation)
    {
        std::optional<Result<T>> result;
        operation.then(this, [&](Result<T> told) { result = std::move(told); });
        [[maybe_unused]] const bool came =
            QTest::qWaitFor([&] { return result.has_value(); }, 20'000);
        return result;
    }
    void answerDigest(Result<std::string> answer = digest)
    {
        QVERIFY(QTest::qWaitFor([this] { return !m_registries->digestQuestions.empty(); }));
        FakeRegistryDesk::answer<std::string>(m_registries->digestQuestions.back().promise,
                                              std::move(answer));
    }
    std::optional<trust::Verdict> judged(const std::string &image)
    {
        const auto operation = m_desk->judge(image);
        if (!image.contains('@') && !m_desk->rules().keysFor("r.example/team/web").empty()) {
            answerDigest();
        }
        const auto result = resultOf(operation);
        return result && *result ? std::optional(**result) : std::nullopt;
    }
    void addKeys(const QStringList &names)
    {
        trust::Rules rules;
        for (const QString &name : names) {
            rules.keys.push_back({.name = name.toStdString(),
                                  .publicKey = m_folder->filePath(name + u".pub"_s).toStdString(),
                                  .scope = "r.example"});
        }
        m_desk->setRules(rules);
    }

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void init()
    {
        QCoreApplication::setOrganizationName(u"roadstead-tests"_s);
        QCoreApplication::setApplicationName(u"trust_desk"_s);
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        const QString cosign =
            test::writeShellScript(m_folder->filePath(u"cosign"_s), cosignScript);
        write(u"digest"_s, QByteArray::fromStdString(digest));
        m_session = std::make_unique<service::EngineSession>(u"/nowhere/engine.sock"_s);
        m_registries = std::make_unique<FakeRegistryDesk>();
        m_desk = std::make_unique<service::CliTrustDesk>(
            m_session.get(), m_registries.get(), service::CliTrustDesk::Programs{.cosign = cosign});
    }
    void cleanup()
    {
        m_desk.reset();
        m_registries.reset();
        m_session.reset();
    }

    void rulesAreKept()
    {
        trust::Rules rules{.policy = trust::Policy::Refuse,
                           .keys = {{"release", "/k/release.pub", "/k/release.key", "r.example"}},
                           .notaryServer = "https://notary.example"};
        m_desk->setRules(rules);
        const service::CliTrustDesk again(m_session.get(), m_registries.get());
        QCOMPARE(again.rules(), rules);
    }

    void aServerOfTheEnvironmentCounts()
    {
        qputenv("DOCKER_CONTENT_TRUST_SERVER", "https://notary.example:4443");
        const service::CliTrustDesk again(m_session.get(), m_registries.get());
        qunsetenv("DOCKER_CONTENT_TRUST_SERVER");
        QCOMPARE(again.rules().notaryServer, "https://notary.example:4443");
    }

    void isItThere()
    {
        QCOMPARE(**resultOf(m_desk->cosign()), "v2.5.0");
        const auto none = std::make_unique<service::CliTrustDesk>(
            m_session.get(), m_registries.get(),
            service::CliTrustDesk::Programs{.cosign = u"/nowhere/cosign"_s});
        const auto result = resultOf(none->cosign());
        QCOMPARE(trustCauseOf(result->error()), TrustCause::NotInstalled);
        QCOMPARE(result->error().kind, ErrorKind::NotInstalled);
    }

    void aKeyPairReplacesNothingAndIsPrivate()
    {
        const service::KeyWish wish{m_folder->path().toStdString(), "release", "r.example"};
        const auto made = resultOf(m_desk->makeKeyPair(wish, "pass word"));
        QVERIFY2(*made, made->has_value() ? "" : made->error().detail.c_str());
        const QString secret = m_folder->filePath(u"release.key"_s);
        QCOMPARE(QFile::permissions(secret) &
                     (QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
        QCOMPARE(read(u"input"_s), "pass word");
        QVERIFY(!read(u"calls"_s).contains("pass"));
        QVERIFY(!read(u"environment"_s).contains("pass word"));
        QCOMPARE(m_desk->rules().keys.size(), std::size_t(1));
        QCOMPARE(m_desk->rules().keys.front().privateKey, secret.toStdString());
        QVERIFY(QDir(m_folder->path())
                    .entryList({u".roadstead-*"_s}, QDir::Dirs | QDir::Hidden)
                    .isEmpty());
        const auto again = resultOf(m_desk->makeKeyPair(wish, "other"));
        QCOMPARE(trustCauseOf(again->error()), TrustCause::FileExists);
        QCOMPARE(read(u"release.key"_s), "secret\n");
        const auto bad = resultOf(m_desk->makeKeyPair({wish.folder, "../x", {}}, "other"));
        QCOMPARE(trustCauseOf(bad->error()), TrustCause::BadKey);
        const auto nowhere = resultOf(m_desk->makeKeyPair({"/nowhere", "x", {}}, "other"));
        QCOMPARE(trustCauseOf(nowhere->error()), TrustCause::BadKey);
    }

    /// cosign 3 would insist on the public log.
    void aNewerCosignIsToldToLeaveItsServicesAlone()
    {
        write(u"help"_s,
              "    --use-signing-config=true:\n\twhether to use a TUF-provided config\n");
        const service::SignWish wish{.image = "r.example/team/web:1", .privateKey = "/k/a.key"};
        QVERIFY(!m_desk->signLine(wish).contains("--use-signing-config"));
        QVERIFY(*resultOf(m_desk->cosign()));
        QVERIFY(m_desk->signLine(wish).contains(" --use-signing-config=false "));
        const auto operation = m_desk->sign(wish, "open sesame");
        answerDigest();
        QVERIFY(*resultOf(operation));
        QVERIFY(read(u"calls"_s)
                    .endsWith(
                        "sign --key /k/a.key --yes --tlog-upload=false --use-signing-config=false "
                        "r.example/team/web@" +
                        QByteArray::fromStdString(digest) + "\n"));
        QCOMPARE(read(u"input"_s), "open sesame");
    }

    void nothingIsSignedThatWasCancelledWhileCosignWasAsked()
    {
        write(u"slow-help"_s, "");
        const auto operation = m_desk->sign(
            {.image = "r.example/team/web:1", .privateKey = "/k/a.key"}, "open sesame");
        answerDigest();
        QTRY_VERIFY(QFile::exists(m_folder->filePath(u"asked"_s)));
        operation.cancel();
        const auto result = resultOf(operation);
        QVERIFY(result && !*result);
        QCOMPARE(result->error().kind, ErrorKind::Cancelled);
        QCOMPARE(read(u"calls"_s), "");
        QCOMPARE(read(u"input"_s), "");
    }

    void theDigestIsSigned()
    {
        const auto operation = m_desk->sign(
            {.image = "r.example/team/web:1", .privateKey = "/k/a.key"}, "open sesame");
        answerDigest();
        const auto result = resultOf(operation);
        QVERIFY(*result);
        QCOMPARE(**result, "r.example/team/web@" + digest);
        QCOMPARE(m_registries->digestQuestions.back().asked,
                 (std::vector<std::string>{"r.example", "team/web", "1"}));
        QCOMPARE(read(u"calls"_s), "sign --key /k/a.key --yes --tlog-upload=false "
                                   "r.example/team/web@" +
                                       QByteArray::fromStdString(digest) + "\n");
        QCOMPARE(read(u"input"_s), "open sesame");
        const auto &history = m_session->history();
        QVERIFY(history.back().line.startsWith(u"cosign sign --key /k/a.key"_s));
        QVERIFY(history.back().milliseconds);
        QVERIFY(!history.back().error);
        QVERIFY(!history.back().line.contains(u"sesame"_s));
    }

    void whatNoRegistryHasIsNotSigned()
    {
        const auto operation =
            m_desk->sign({.image = "r.example/web@" + digest, .privateKey = "/k/a.key"}, "x");
        answerDigest(std::unexpected(FakeRegistryDesk::refusal(404)));
        QCOMPARE(resultOf(operation)->error().kind, ErrorKind::NotFound);
        QCOMPARE(read(u"calls"_s), "");
        const auto other =
            m_desk->sign({.image = "r.example/web@" + digest, .privateKey = "/k/a.key"}, "x");
        answerDigest("sha256:" + std::string(64, '1'));
        QCOMPARE(trustCauseOf(resultOf(other)->error()), TrustCause::DigestMismatch);
        QCOMPARE(read(u"calls"_s), "");
    }

    void aWrongPassword()
    {
        write(u"fail"_s, "Error: signing [x]: getting signer: reading key: decrypt: encrypted: "
                         "decryption failed\n");
        const auto operation =
            m_desk->sign({.image = "r.example/web:1", .privateKey = "/k/a.key"}, "x");
        answerDigest();
        QCOMPARE(trustCauseOf(resultOf(operation)->error()), TrustCause::WrongPassword);
        QCOMPARE(trustCauseOf(*m_session->history().back().error), TrustCause::WrongPassword);
    }

    void signingCanBeStopped()
    {
        write(u"hang"_s, "");
        const auto operation =
            m_desk->sign({.image = "r.example/web:1", .privateKey = "/k/a.key"}, "x");
        answerDigest();
        QVERIFY(QTest::qWaitFor([this] { return !read(u"environment"_s).isEmpty(); }));
        operation.cancel();
        QCOMPARE(resultOf(operation)->error().kind, ErrorKind::Cancelled);
    }

    void withoutARuleNothingIsAsked()
    {
        const auto verdict = judged("r.example/team/web:1");
        QCOMPARE(verdict->state, State::NoRule);
        QCOMPARE(read(u"calls"_s), "");
        QVERIFY(m_registries->digestQuestions.empty());
    }

    void aKeyThatVerifiesIsEnough()
    {
        addKeys({u"first"_s, u"second"_s});
        write(u"say-first.pub"_s, "Error: no matching signatures: x\n");
        write(u"end-first.pub"_s, "12");
        const auto verdict = judged("r.example/team/web:1");
        QCOMPARE(verdict->state, State::Trusted);
        QCOMPARE(verdict->signer, "second");
        QCOMPARE(verdict->byDigest(), "r.example/team/web@" + digest);
        QVERIFY(!verdict->why);
        QVERIFY(m_desk->known("r.example/team/web@" + digest));
        m_desk->setRules({});
        QVERIFY(!m_desk->known("r.example/team/web@" + digest));
    }

    void outcomes_data()
    {
        QTest::addColumn<QByteArray>("said");
        QTest::addColumn<int>("status");
        QTest::addColumn<State>("state");
        QTest::addColumn<TrustCause>("cause");
        QTest::newRow("none") << QByteArray("Error: no signatures found\n") << 10 << State::Unsigned
                              << TrustCause::NoSignature;
        QTest::newRow("another's") << QByteArray("Error: no matching signatures: x\n") << 12
                                   << State::OtherSigner << TrustCause::OtherKey;
        QTest::newRow("of another image")
            << QByteArray("Error: no matching signatures: invalid or missing digest in claim: x\n")
            << 12 << State::Unsigned << TrustCause::DigestMismatch;
        QTest::newRow("key file gone")
            << QByteArray("Error: loading public key: open k: no such file or directory\n") << 1
            << State::Unchecked << TrustCause::BadKey;
        QTest::newRow("no way in")
            << QByteArray("Error: GET https://r.example/v2/: UNAUTHORIZED: authentication\n") << 1
            << State::Unchecked << TrustCause::NeedsAccount;
        QTest::newRow("no rights")
            << QByteArray("Error: GET https://r.example/v2/: DENIED: requested access\n") << 1
            << State::Unchecked << TrustCause::RegistryRefused;
        QTest::newRow("nothing there") << QByteArray("Error: dial tcp: connection refused\n") << 1
                                       << State::Unchecked << TrustCause::NotReached;
    }
    void outcomes()
    {
        QFETCH(const QByteArray, said);
        QFETCH(const int, status);
        addKeys({u"only"_s});
        write(u"say-only.pub"_s, said);
        write(u"end-only.pub"_s, QByteArray::number(status));
        const auto verdict = judged("r.example/team/web@" + digest);
        QVERIFY(verdict);
        QTEST(verdict->state, "state");
        QTEST(trustCauseOf(*verdict->why), "cause");
        QCOMPARE(verdict->digest, digest);
    }

    void aProgramThatIsMissingIsSaid()
    {
        m_desk = std::make_unique<service::CliTrustDesk>(
            m_session.get(), m_registries.get(),
            service::CliTrustDesk::Programs{.cosign = u"/nowhere/cosign"_s});
        addKeys({u"only"_s});
        const auto verdict = judged("r.example/team/web@" + digest);
        QCOMPARE(verdict->state, State::Unchecked);
        QCOMPARE(trustCauseOf(*verdict->why), TrustCause::NotInstalled);
    }

    void aRegistryThatDoesNotTellItsDigest()
    {
        addKeys({u"only"_s});
        const auto operation = m_desk->judge("r.example/team/web:1");
        answerDigest(std::unexpected(FakeRegistryDesk::refusal(401)));
        const auto result = resultOf(operation);
        QCOMPARE((*result)->state, State::Unchecked);
        QCOMPARE((*result)->why->kind, ErrorKind::Unauthorized);
        QCOMPARE(read(u"calls"_s), "");
    }

    void theNotaryServerSpeaksByTag_data()
    {
        QTest::addColumn<QByteArray>("signedDigest");
        QTest::addColumn<State>("state");
        QTest::addColumn<TrustCause>("cause");
        QTest::newRow("the same") << QByteArray(64, '7') << State::Trusted << TrustCause::Unknown;
        QTest::newRow("another") << QByteArray(64, '8') << State::Unsigned
                                 << TrustCause::DigestMismatch;
        QTest::newRow("none") << QByteArray() << State::Unsigned << TrustCause::NoSignature;
    }
    void theNotaryServerSpeaksByTag()
    {
        QFETCH(const QByteArray, signedDigest);
        const QString docker = test::writeShellScript(
            m_folder->filePath(u"docker"_s),
            signedDigest.isEmpty()
                ? QByteArray("echo '[{\"SignedTags\":[]}]'\n")
                : "printf '[{\"SignedTags\":[{\"SignedTag\":\"1\",\"Digest\":\"" + signedDigest +
                      "\",\"Signers\":[\"Repo Admin\"]}]}]'\n");
        m_desk = std::make_unique<service::CliTrustDesk>(
            m_session.get(), m_registries.get(), service::CliTrustDesk::Programs{.docker = docker});
        m_desk->setRules({.notaryServer = "https://notary.example"});
        const auto operation = m_desk->judge("r.example/team/web:1");
        answerDigest();
        const auto result = resultOf(operation);
        QTEST((*result)->state, "state");
        QTEST((*result)->why ? trustCauseOf(*(*result)->why) : TrustCause::Unknown, "cause");
        QCOMPARE(m_session->history().back().line,
                 u"DOCKER_CONTENT_TRUST_SERVER=https://notary.example docker trust inspect "
                 "r.example/team/web:1"_s);
    }
};

} // namespace tst_trust_desk

ROADSTEAD_GUILESS_TEST(tst_trust_desk::TestTrustDesk)
#include "tst_trust_desk.moc"
