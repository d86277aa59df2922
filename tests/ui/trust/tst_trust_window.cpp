// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/images_bench.h"
#include "tests/ui/support/push_bench.h"
#include "tests/ui/trust/trust_bench.h"
#include "ui/pages/registries/trust_card.h"
#include "ui/text/trust_text.h"
#include "ui/theme/theme.h"
#include "ui/trust/key_dialogs.h"
#include "ui/trust/sign_image_dialog.h"
#include "ui/trust/signature_line.h"
#include "ui/widgets/button.h"
#include "ui/wizards/push/push_wizard.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace tst_trust_window {

using namespace roadstead;
using namespace roadstead::ui;
using namespace Qt::StringLiterals;
using namespace roadstead::test;
using trust::Policy;
using trust::TrustCause;
using State = trust::Verdict::State;

/// Signing, keys, and what the policy says, in the window.
class TestTrustWindow : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;

    QString write(const QString &name, const QByteArray &text)
    {
        QFile file(m_folder.filePath(name));
        [[maybe_unused]] const bool isOpen = file.open(QIODevice::WriteOnly);
        file.write(text);
        return file.fileName();
    }
private Q_SLOTS:
    void initTestCase() { beginTrustTests(u"trust_window"_s); }

    // ---- Signing

    void signingTakesKeyAndPasswordAndForgetsThem()
    {
        FakeTrustDesk desk;
        QWidget window;
        window.show();
        const QString key = write(u"mine.key"_s, "x");
        auto *dialog = new SignImageDialog(&desk, web + "@" + digest, web + ":1", &window);
        QSignalSpy done(dialog, &SignImageDialog::signedImage);
        dialog->open();
        settleWindow();
        QVERIFY(!isShown(*dialog, "signMethod")); // there is no Notary server
        dialog->verbButton()->click();
        QVERIFY(desk.signings.empty());
        field(*dialog, "signKey")->setText(key);
        QCOMPARE(dialog->command(),
                 QString::fromStdString("cosign sign --key " + key.toStdString() +
                                        " --yes --tlog-upload=false " + web + "@" + digest));
        dialog->verbButton()->click();
        QVERIFY(desk.signings.empty()); // no password yet
        QLineEdit *password = field(*dialog, "signPassword");
        QCOMPARE(password->echoMode(), QLineEdit::Password);
        QTest::keyClicks(password, "open sesame");
        QVERIFY(!dialog->command().contains(u"sesame"_s));
        dialog->verbButton()->click();
        settleWindow();
        QCOMPARE(desk.signings.back().asked,
                 (std::vector<std::string>{web + "@" + digest, key.toStdString(), "open sesame"}));
        QVERIFY(!dialog->verbButton()->isEnabled());
        FakeTrustDesk::answer<std::string>(
            desk.signings.back(),
            std::unexpected(trust::trustError(TrustCause::WrongPassword, "trust.sign")));
        settleWindow();
        QVERIFY(dialog->isVisible());
        QVERIFY(dialog->verbButton()->isEnabled());
        QCOMPARE(done.size(), 0);
        QString left = u"never"_s; // the dialog goes when it is done
        connect(dialog, &SignImageDialog::signedImage, this, [&] { left = password->text(); });
        dialog->verbButton()->click();
        settleWindow();
        FakeTrustDesk::answer<std::string>(desk.signings.back(), web + "@" + digest);
        settleWindow();
        QCOMPARE(done.size(), 1);
        QCOMPARE(left, QString());
        const QSettings settings;
        for (const QString &name : settings.allKeys()) {
            QVERIFY(!settings.value(name).toString().contains(u"sesame"_s));
        }
    }

    void contentTrustIsOfferedWhereThereIsAServer()
    {
        FakeTrustDesk desk;
        desk.setRules({.notaryServer = "https://notary.example"});
        QWidget window;
        window.show();
        auto *dialog = new SignImageDialog(&desk, web + "@" + digest, web + ":1", &window);
        dialog->open();
        settleWindow();
        press(*dialog, "signAtNotary");
        QVERIFY(dialog->command().contains(u"docker trust sign --local registry.example"_s));
        QTest::keyClicks(field(*dialog, "signRootPhrase"), "short");
        QTest::keyClicks(field(*dialog, "signRepositoryPhrase"), "long enough");
        dialog->verbButton()->click();
        QVERIFY(desk.notarySignings.empty());
        field(*dialog, "signRootPhrase")->setText(u"also long enough"_s);
        dialog->verbButton()->click();
        settleWindow();
        QCOMPARE(desk.notarySignings.back().asked,
                 (std::vector<std::string>{web + ":1", "also long enough", "long enough"}));
        dialog->reject();
        QVERIFY(*desk.notarySignings.back().isCancelled);
    }

    void theLineTellsWhatIsKnown_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<int>("cause"); ///< 0 = none
        QTest::addColumn<QString>("text");
        QTest::newRow("good") << int(State::Trusted) << 0 << u"Signed by release"_s;
        QTest::newRow("none") << int(State::Unsigned) << int(TrustCause::NoSignature)
                              << u"Not signed"_s;
        QTest::newRow("moved") << int(State::Unsigned) << int(TrustCause::DigestMismatch)
                               << u"Not what was signed"_s;
        QTest::newRow("foreign") << int(State::OtherSigner) << int(TrustCause::OtherKey)
                                 << u"Signed by somebody else"_s;
        QTest::newRow("no answer")
            << int(State::Unchecked) << int(TrustCause::NotReached) << u"Could not be checked"_s;
        QTest::newRow("nobody") << int(State::NoRule) << 0 << u"No key speaks for it"_s;
    }
    void theLineTellsWhatIsKnown()
    {
        QFETCH(const int, state);
        QFETCH(const int, cause);
        QFETCH(const QString, text);
        FakeTrustDesk desk;
        desk.setRules(rulesOf(Policy::Warn));
        SignatureLine line(u"image"_s, &desk);
        line.setImage(web + "@" + digest, web + ":1");
        line.resize(500, 30);
        line.show();
        QCOMPARE(line.text(), u"Not checked"_s);
        QVERIFY(desk.judgements.empty()); // looking asks nobody
        press(line, "imageVerify");
        QCOMPARE(line.text(), u"Checking"_s);
        desk.verdict(verdictOf(State(state), cause == 0 ? std::optional<TrustCause>()
                                                        : std::optional(TrustCause(cause))));
        settleWindow();
        QCOMPARE(line.text(), text);
        desk.setRules({});
        QCOMPARE(line.text(), u"Not checked"_s);
    }

    void whyItCouldNotBeCheckedIsSaid_data()
    {
        QTest::addColumn<int>("cause");
        QTest::addColumn<QString>("reason");
        QTest::newRow("no account") << int(TrustCause::NeedsAccount) << u"who you are"_s;
        QTest::newRow("no rights") << int(TrustCause::RegistryRefused) << u"your account"_s;
    }
    void whyItCouldNotBeCheckedIsSaid()
    {
        QFETCH(const int, cause);
        QFETCH(const QString, reason);
        const auto words =
            explainTrust(trust::trustError(TrustCause(cause), "trust.verify", "UNAUTHORIZED"),
                         TrustAct::Verify, web);
        QVERIFY2(words.reason.contains(reason), qPrintable(words.reason));
        QVERIFY2(words.advice.contains(u"Sign in on the page Registries"_s),
                 qPrintable(words.advice));
    }

    void anImageIsSignedFromItsDetailsAndItsMenu()
    {
        test::ImagesBench bench;
        docker::ImageSummary image = test::image(1, {web + ":1"});
        image.digests = {web + "@" + digest};
        bench.engine.show({image});
        bench.page.showDetails(image.id);
        QTRY_COMPARE(bench.engine.inspections.size(), std::size_t(1));
        test::FakeImageEngine::answer<docker::ImageDetails>(bench.engine.inspections[0].promise,
                                                            docker::ImageDetails());
        settleWindow();
        auto *line = bench.find<SignatureLine>("imageSignature");
        QVERIFY(line);
        press(*line, "imageSign");
        auto *dialog = bench.window.findChild<SignImageDialog *>();
        QVERIFY(dialog);
        dialog->reject();
        press(*line, "imageVerify");
        QCOMPARE(bench.trust.judgements.back().asked.front(), web + "@" + digest);
        bench.trust.verdict(verdictOf(State::Trusted));
        settleWindow();
        QCOMPARE(line->text(), u"Signed by release"_s);
    }

    void aPushedImageCanBeSigned()
    {
        FakeTrustDesk trust;
        test::PushBench made;
        PushController controller(
            {.run =
                 [&made](const docker::Command &command,
                         service::EngineSession::ProgressReceiver progress) {
                     return made.engine.run(command, std::move(progress));
                 },
             .inspect =
                 [&made](const docker::Target &target) { return made.engine.inspect(target); },
             .history =
                 [&made](const docker::Target &target) { return made.engine.history(target); },
             .images = [&made] { return made.engine.images(); },
             .makerText = [](std::string_view) { return QString(); },
             .desk = &made.desk,
             .trust = &trust});
        QWidget window;
        auto *wizard = new PushWizard(&controller, &window);
        window.resize(1064, 722);
        wizard->resize(1064, 722);
        window.show();
        controller.setImage("127.0.0.1:5000/team/web:1");
        QVERIFY(controller.push());
        FakeRegistryDesk::answer<service::Done>(made.desk.checks.back().promise, service::Done{});
        settleWindow();
        FakeRegistryDesk::answer<std::string>(made.desk.digestQuestions.back().promise,
                                              std::unexpected(FakeRegistryDesk::refusal(404)));
        settleWindow();
        made.engine.succeed(made.engine.sent.size() - 1, "1: digest: " + digest + " size: 528");
        settleWindow();
        QCOMPARE(controller.step(), PushController::Step::Done);
        QCOMPARE(textOf(window, "pushSignatureText"), QString()); // elided labels draw themselves
        if (const QString folder = qEnvironmentVariable("ROADSTEAD_PICTURES"); !folder.isEmpty()) {
            QVERIFY(window.grab().save(folder + u"/push-signature-light.png"_s));
        }
        press(window, "pushSign");
        auto *dialog = window.findChild<SignImageDialog *>();
        QVERIFY(dialog);
        field(*dialog, "signKey")->setText(write(u"push.key"_s, "x"));
        field(*dialog, "signPassword")->setText(u"open"_s);
        dialog->verbButton()->click();
        settleWindow();
        QCOMPARE(trust.signings.back().asked.front(), "127.0.0.1:5000/team/web@" + digest);
        FakeTrustDesk::answer<std::string>(trust.signings.back(),
                                           "127.0.0.1:5000/team/web@" + digest);
        settleWindow();
        QCOMPARE(trust.judgements.back().asked.front(), "127.0.0.1:5000/team/web@" + digest);
        trust.verdict(
            {.state = State::NoRule, .name = "127.0.0.1:5000/team/web", .digest = digest});
        settleWindow();
        auto *line = window.findChild<SignatureLine *>(u"pushSignature"_s);
        QVERIFY(line->text().startsWith(u"Signed by you"_s));
        delete wizard;
    }

    // ---- Keys and rules

    void theCardShowsAndChangesTheRules()
    {
        FakeTrustDesk desk;
        desk.setRules(rulesOf(Policy::Off));
        TrustCard card(&desk);
        card.resize(800, 400);
        card.show();
        settleWindow();
        QVERIFY(!isShown(card, "cosignMissing"));
        press(card, "trustRefuse");
        QCOMPARE(desk.rules().policy, Policy::Refuse);
        QVERIFY(textOf(card, "trustSentence").startsWith(u"Only images that are verified"_s));
        QSignalSpy removal(&card, &TrustCard::removeKeyWanted);
        press(card, "removeTrustKey0");
        QCOMPARE(removal.size(), 1);
        field(card, "notaryServer")->setText(u"notary"_s);
        press(card, "setNotaryServer");
        QCOMPARE(desk.rules().notaryServer, "");
        QVERIFY(textOf(card, "notaryNote").contains(u"https://notary.example"_s));
        field(card, "notaryServer")->setText(u"https://notary.harbour.example:4443"_s);
        press(card, "setNotaryServer");
        QCOMPARE(desk.rules().notaryServer, "https://notary.harbour.example:4443");
    }

    void cosignThatIsMissingIsSaid()
    {
        FakeTrustDesk desk;
        desk.version =
            std::unexpected(trust::trustError(TrustCause::NotInstalled, "trust.program", "cosign"));
        TrustCard card(&desk);
        card.resize(800, 400);
        card.show();
        settleWindow();
        QVERIFY(isShown(card, "cosignMissing"));
        QVERIFY(textOf(card, "cosignMissingText").contains(u"package cosign"_s));
    }

    void aPublicKeyIsAdded()
    {
        FakeTrustDesk desk;
        QWidget window;
        window.show();
        auto *dialog = new AddKeyDialog(&desk, &window);
        dialog->open();
        field(*dialog, "keyFile")->setText(write(u"junk.pub"_s, "junk"));
        dialog->verbButton()->click();
        QVERIFY(dialog->isVisible());
        field(*dialog, "keyFile")
            ->setText(write(u"harbour.pub"_s, "-----BEGIN PUBLIC KEY-----\nx\n"));
        QCOMPARE(field(*dialog, "keyName")->text(), u"harbour"_s);
        field(*dialog, "keyScope")->setText(u"https://x"_s);
        dialog->verbButton()->click();
        QVERIFY(dialog->isVisible());
        field(*dialog, "keyScope")->setText(u"ghcr.io/harbourlabs/*"_s);
        dialog->verbButton()->click();
        settleWindow();
        QCOMPARE(desk.rules().keys.size(), std::size_t(1));
        QCOMPARE(desk.rules().keys.front().scope, "ghcr.io/harbourlabs");
        QCOMPARE(desk.rules().keys.front().name, "harbour");
    }

    void aKeyPairIsMade()
    {
        FakeTrustDesk desk;
        desk.setRules(rulesOf(Policy::Off));
        QWidget window;
        window.show();
        auto *dialog = new KeyPairDialog(&desk, &window);
        QSignalSpy made(dialog, &KeyPairDialog::made);
        dialog->open();
        field(*dialog, "keyFolder")->setText(m_folder.path());
        const auto isAsked = [&] {
            dialog->verbButton()->click();
            settleWindow();
            return !desk.keyWishes.empty();
        };
        field(*dialog, "keyName")->setText(u"release"_s);
        QVERIFY(!isAsked()); // taken
        field(*dialog, "keyName")->setText(u"../mine"_s);
        QVERIFY(!isAsked());
        field(*dialog, "keyName")->setText(u"mine"_s);
        QVERIFY(!isAsked()); // no password
        field(*dialog, "keyPassword")->setText(u"secret words"_s);
        QVERIFY(!isAsked()); // typed once
        field(*dialog, "keyPasswordAgain")->setText(u"secret words"_s);
        QVERIFY(!dialog->command().contains(u"secret"_s));
        QVERIFY(isAsked());
        QCOMPARE(
            desk.keyWishes.back().asked,
            (std::vector<std::string>{m_folder.path().toStdString(), "mine", "", "secret words"}));
        FakeTrustDesk::answer<trust::TrustedKey>(
            desk.keyWishes.back(),
            std::unexpected(trust::trustError(TrustCause::FileExists, "trust.key")));
        settleWindow();
        QVERIFY(dialog->isVisible());
        QString left = u"never"_s; // the dialog goes when it is done
        connect(dialog, &KeyPairDialog::made, this,
                [&left, password = field(*dialog, "keyPassword")] { left = password->text(); });
        QVERIFY(isAsked());
        FakeTrustDesk::answer<trust::TrustedKey>(desk.keyWishes.back(),
                                                 trust::TrustedKey{.name = "mine"});
        settleWindow();
        QCOMPARE(made.size(), 1);
        QCOMPARE(left, QString());
    }

    void picturesForPeople()
    {
        const QString folder = qEnvironmentVariable("ROADSTEAD_PICTURES");
        if (folder.isEmpty()) {
            QSKIP("ROADSTEAD_PICTURES names no folder");
        }
        FakeTrustDesk desk;
        trust::Rules rules = rulesOf(Policy::Warn);
        rules.keys.push_back({.name = "harbourlabs",
                              .publicKey = "/home/mara/keys/harbourlabs.pub",
                              .scope = "ghcr.io/harbourlabs"});
        rules.notaryServer = "https://notary.harbourlabs.example:4443";
        desk.setRules(rules);
        QWidget window;
        window.resize(900, 700);
        window.show();
        auto *sign = new SignImageDialog(&desk, web + "@" + digest, web + ":1", &window);
        sign->open();
        keepPictures(*sign, u"sign-image"_s);
        press(*sign, "signAtNotary");
        keepPictures(*sign, u"sign-notary"_s);
        sign->reject();
        auto *pair = new KeyPairDialog(&desk, &window);
        pair->open();
        field(*pair, "keyName")->setText(u"mine"_s);
        keepPictures(*pair, u"key-pair"_s);
        pair->reject();
    }
};

} // namespace tst_trust_window

ROADSTEAD_WIDGET_TEST(tst_trust_window::TestTrustWindow)
#include "tst_trust_window.moc"
