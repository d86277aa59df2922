// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/made_certificate.h"
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/fake_image_engine.h"
#include "tests/ui/support/fake_registry_desk.h"
#include "tests/ui/support/named_buttons.h"
#include "ui/pages/registries/registries_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/button.h"
#include "ui/widgets/copy_row.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/toast.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScrollArea>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace tst_registry_exceptions {

using namespace roadstead;
using namespace roadstead::ui;
using namespace Qt::StringLiterals;
using test::FakeRegistryDesk;
using Kind = ExceptionsController::Kind;

namespace {

constexpr const char *quay = "registry.harbourlabs.io:5000";
const QString optionsFile = QStringLiteral("/var/lib/roadstead-engine/1000/options");

/// A page over an engine that is ours, or not.
struct ExceptionsBench
{
    QWidget window;
    ToastHost toasts{&window};
    test::FakeImageEngine engine;
    FakeRegistryDesk desk;
    EngineOptions options;             ///< as root's file has them
    std::vector<std::string> insecure; ///< as the engine says
    EngineOptions wanted;              ///< asked for last
    QString line;
    FakeRegistryDesk::Promise<service::Done> open;
    std::function<void()> changed;
    std::unique_ptr<RegistriesPage> page;

    explicit ExceptionsBench(bool isOurs = true, EngineOptions present = {})
        : options(std::move(present))
    {
        desk.book.file = "/home/mara/.docker/config.json";
        desk.book.accounts = {FakeRegistryDesk::account("docker.io", "mara-lind"),
                              FakeRegistryDesk::account(quay, "deploy")};
        RegistriesPage::Parts parts;
        parts.desk = &desk;
        parts.toasts = &toasts;
        parts.engine = {.run =
                            [this](const docker::Command &command,
                                   service::EngineSession::ProgressReceiver progress) {
                                return engine.run(command, std::move(progress));
                            },
                        .images = [this] { return engine.images(); },
                        .containers = [this] { return engine.containers(); },
                        .trust = nullptr};
        parts.exceptions.insecure = [this] { return insecure; };
        if (isOurs) {
            parts.exceptions.file = optionsFile;
            parts.exceptions.current = [this] { return options; };
            parts.exceptions.set = [this](const EngineOptions &asked, const QString &command) {
                wanted = asked;
                line = command;
                open = FakeRegistryDesk::start<service::Done>();
                return service::Operation<service::Done>(open->future(), {});
            };
        }
        parts.follow = [this](QObject *, const std::function<void()> &told) { changed = told; };
        page = std::make_unique<RegistriesPage>(std::move(parts));
        page->widget()->setParent(&window);
        window.resize(1064, 800);
        page->widget()->resize(window.size());
        window.show();
        window.activateWindow();
        settle();
    }
    static void settle()
    {
        for (int i = 0; i < 8; ++i) {
            QCoreApplication::processEvents();
        }
    }
    /// An administrator agrees, and the engine has it.
    void agree()
    {
        options = wanted;
        FakeRegistryDesk::answer<service::Done>(open, service::Done{});
        settle();
    }
    template<typename Widget = QWidget>
    Widget *find(const char *name)
    {
        for (Widget *each : window.findChildren<Widget *>(QLatin1StringView(name))) {
            if (each->isVisible()) {
                return each;
            }
        }
        return nullptr;
    }
    void press(const char *name)
    {
        auto *button = find<QAbstractButton>(name);
        QVERIFY2(button != nullptr, name);
        button->click();
        settle();
    }
    QStringList badges()
    {
        QStringList texts;
        for (const Badge *badge : window.findChildren<Badge *>()) {
            texts.append(badge->text());
        }
        return texts;
    }
    Dialog *dialog(const char *name) { return window.findChild<Dialog *>(QLatin1StringView(name)); }
    /// Chooses from the menu of an account.
    void choose(int account, const char *action)
    {
        press(qPrintable(u"accountMore%1"_s.arg(account)));
        auto *menu = window.findChild<QMenu *>(u"accountMenu"_s);
        QVERIFY(menu != nullptr);
        auto *chosen = menu->findChild<QAction *>(QLatin1StringView(action));
        QVERIFY2(chosen != nullptr, action);
        chosen->trigger();
        menu->close();
        settle();
    }
    void fail(const char *detail)
    {
        page->accounts()->test(quay);
        FakeRegistryDesk::answer<registry::Greeting>(
            desk.greetings.back().promise,
            std::unexpected(Error{ErrorKind::TlsFailed, 60, detail, "registry.greet"}));
        settle();
    }
};

std::vector<service::CertificateFacts> made()
{
    return service::certificatesOf(test::madeCertificate).value();
}

} // namespace

/// What a person does about a registry without a certificate that everybody trusts.
class TestRegistryExceptions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        Theme::instance().install(*qApp);
    }

    void aCertificateIsShownBeforeItIsTrusted()
    {
        ExceptionsBench bench;
        bench.fail("self-signed certificate in certificate chain");
        bench.press("accountTrust1");
        Dialog *dialog = bench.dialog("trustCertificateDialog");
        QVERIFY(dialog != nullptr);
        QCOMPARE(bench.desk.certificateQuestions.back().asked, std::vector<std::string>{quay});
        QVERIFY(!dialog->verbButton()->isEnabled()); // nothing is trusted unseen
        QVERIFY(dialog->cancelButton()->hasFocus());
        FakeRegistryDesk::answer<std::vector<service::CertificateFacts>>(
            bench.desk.certificateQuestions.back().promise, made());
        ExceptionsBench::settle();
        const auto text = [dialog](const char *name) {
            return dialog->findChild<QLabel *>(QLatin1StringView(name))->text();
        };
        QCOMPARE(text("certificateSubject"), u"CN=Harbour test authority, O=Harbour Labs"_s);
        QCOMPARE(text("certificateFingerprint").remove(u'\n'),
                 QLatin1StringView(test::madeFingerprint));
        QVERIFY(text("certificateValidity").contains(u"2126"_s) ||
                text("certificateValidity").contains(u"26"_s));
        QVERIFY(dialog->verbButton()->isEnabled());
        QVERIFY(dialog->command().contains(u"certificate=registry.harbourlabs.io:5000"_s));
        QVERIFY(bench.open == nullptr);
        dialog->accept();
        ExceptionsBench::settle();
        QVERIFY(bench.wanted.certificates.contains(quay));
        QCOMPARE(bench.wanted.certificates.at(quay), *normalCertificates(test::madeCertificate));
        QVERIFY(bench.wanted.insecureRegistries.empty());
        QVERIFY(!bench.badges().contains(u"own certificate"_s)); // an administrator is asked
        const std::size_t tests = bench.desk.greetings.size();
        bench.agree();
        QVERIFY(bench.badges().contains(u"own certificate"_s));
        QCOMPARE(bench.toasts.toasts().size(), 1);
        QCOMPARE(bench.desk.greetings.size(), tests + 1); // whether it helped
    }

    void aCertificateFromAFileIsTrustedInItsPlace()
    {
        ExceptionsBench bench;
        const QTemporaryDir folder;
        const auto write = [&](const QByteArray &text) {
            QFile file(folder.filePath(u"ca.pem"_s));
            return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
        };
        bench.choose(1, "menuTrust");
        Dialog *dialog = bench.dialog("trustCertificateDialog");
        auto *path = dialog->findChild<QLineEdit *>(u"trustFile"_s);
        QVERIFY(path != nullptr);
        QVERIFY(write("no certificate"));
        path->setText(folder.filePath(u"ca.pem"_s));
        QVERIFY(!dialog->verbButton()->isEnabled());
        // A key beside it is nobody's to give away.
        QVERIFY(write(QByteArray(test::madeCertificate) +
                      "-----BEGIN PRIVATE KEY-----\nTUlJ\n-----END PRIVATE KEY-----\n"));
        path->clear();
        path->setText(folder.filePath(u"ca.pem"_s));
        QVERIFY(!dialog->verbButton()->isEnabled());
        // Words around it, as openssl writes them, do no harm.
        QVERIFY(write(QByteArray("Certificate:\n    Data:\n") + test::madeCertificate));
        path->clear();
        path->setText(folder.filePath(u"ca.pem"_s));
        QVERIFY(dialog->verbButton()->isEnabled());
        dialog->accept();
        ExceptionsBench::settle();
        QCOMPARE(bench.wanted.certificates.at(quay), *normalCertificates(test::madeCertificate));
        QVERIFY(bench.line.contains(folder.filePath(u"ca.pem"_s)));
    }

    void aRegistryThatCannotBeAskedSaysWhy()
    {
        ExceptionsBench bench;
        bench.choose(1, "menuTrust");
        Dialog *dialog = bench.dialog("trustCertificateDialog");
        FakeRegistryDesk::answer<std::vector<service::CertificateFacts>>(
            bench.desk.certificateQuestions.back().promise,
            failure(ErrorKind::Refused, "registry.certificates", "refused"));
        ExceptionsBench::settle();
        auto *state = dialog->findChild<QLabel *>(u"certificateState"_s);
        QVERIFY2(state->text().contains(u"Nothing listens"_s), qPrintable(state->text()));
        QVERIFY(!dialog->verbButton()->isEnabled());
    }

    void withoutEncryptionIsConfirmedFirst()
    {
        ExceptionsBench bench;
        bench.fail("wrong version number");
        bench.press("accountInsecure1");
        Dialog *dialog = bench.dialog("insecureRegistryDialog");
        QVERIFY(dialog != nullptr);
        QVERIFY(dialog->cancelButton()->hasFocus());
        QCOMPARE(dialog->command(),
                 u"echo insecure-registry=registry.harbourlabs.io:5000 | sudo tee -a "_s +
                     optionsFile);
        QVERIFY(bench.open == nullptr);
        dialog->accept();
        ExceptionsBench::settle();
        QCOMPARE(bench.wanted.insecureRegistries, std::set<std::string>{quay});
        const std::size_t tests = bench.desk.greetings.size();
        bench.agree();
        QVERIFY(bench.badges().contains(u"not verified"_s));
        QCOMPARE(bench.desk.greetings.size(), tests); // the engine has not said so yet
        bench.insecure = {quay};
        bench.changed();
        ExceptionsBench::settle();
        QCOMPARE(bench.desk.greetings.size(), tests + 1);
    }

    void anExceptionIsRemoved()
    {
        ExceptionsBench bench(true,
                              {.insecureRegistries = {"other.example", quay}, .certificates = {}});
        bench.choose(1, "menuRemoveException");
        Dialog *dialog = bench.dialog("removeExceptionDialog");
        QVERIFY(dialog != nullptr);
        QVERIFY(dialog->command().contains(u"sed -i '/^insecure-registry="_s));
        dialog->accept();
        ExceptionsBench::settle();
        QCOMPARE(bench.wanted.insecureRegistries, std::set<std::string>{"other.example"});
        bench.agree();
        QVERIFY(!bench.badges().contains(u"not verified"_s));
        // Of one without an account, in the card.
        bench.press("removeException0");
        QVERIFY(bench.dialog("removeExceptionDialog") != nullptr);
    }

    void oneThatIsTypedIsAHost()
    {
        ExceptionsBench bench;
        bench.press("useInsecure");
        Dialog *dialog = bench.dialog("insecureRegistryDialog");
        auto *field = dialog->findChild<QLineEdit *>(u"insecureRegistry"_s);
        QVERIFY(!dialog->verbButton()->isEnabled());
        for (const QString &hostile :
             {u"10.0.0.0/8"_s, u"*"_s, u"a\",\"b"_s, u"a b"_s, u"a:99999"_s}) {
            field->setText(hostile);
            QVERIFY2(!dialog->verbButton()->isEnabled(), qPrintable(hostile));
        }
        field->setText(u"http://pier.lan:5000/v2/"_s);
        QVERIFY(dialog->verbButton()->isEnabled());
        dialog->accept();
        ExceptionsBench::settle();
        QCOMPARE(bench.wanted.insecureRegistries, std::set<std::string>{"pier.lan:5000"});
    }

    void whatIsRefusedIsToldAndChangesNothing()
    {
        ExceptionsBench bench;
        bench.page->exceptions()->useInsecure(quay);
        QVERIFY(!bench.find("useInsecure")->isEnabled());
        FakeRegistryDesk::answer<service::Done>(bench.open,
                                                failure(ErrorKind::Denied, "engine.configure"));
        ExceptionsBench::settle();
        QCOMPARE(bench.toasts.toasts().size(), 1);
        QVERIFY(!bench.badges().contains(u"not verified"_s));
        QVERIFY(bench.find("useInsecure")->isEnabled());
        // Who closes the prompt knows.
        bench.page->exceptions()->useInsecure(quay);
        FakeRegistryDesk::answer<service::Done>(bench.open,
                                                failure(ErrorKind::Cancelled, "engine.configure"));
        ExceptionsBench::settle();
        QCOMPARE(bench.toasts.toasts().size(), 1);
    }

    void whoWantedItMendedIsToldOnceItIs()
    {
        ExceptionsBench bench;
        int back = 0;
        const auto mend = [&](RegistryRemedy remedy) {
            bench.page->mend(remedy, "pier.lan:5000", [&back] { ++back; });
            ExceptionsBench::settle();
        };
        mend(RegistryRemedy::Trust);
        Dialog *dialog = bench.find<Dialog>("trustCertificateDialog");
        QVERIFY(dialog != nullptr);
        QCOMPARE(bench.desk.certificateQuestions.back().asked,
                 std::vector<std::string>{"pier.lan:5000"});
        FakeRegistryDesk::answer<std::vector<service::CertificateFacts>>(
            bench.desk.certificateQuestions.back().promise, made());
        ExceptionsBench::settle();
        dialog->accept();
        ExceptionsBench::settle();
        QCOMPARE(back, 0); // an administrator is asked
        bench.agree();
        QCOMPARE(back, 1);

        mend(RegistryRemedy::Insecure);
        bench.find<Dialog>("insecureRegistryDialog")->accept();
        bench.agree();
        QCOMPARE(back, 1); // the engine has not said so yet
        bench.insecure = {"pier.lan:5000"};
        bench.changed();
        ExceptionsBench::settle();
        QCOMPARE(back, 2);
        bench.changed();
        QCOMPARE(back, 2);
    }

    void whoWantedItMendedIsToldThatItWillNotBe()
    {
        ExceptionsBench bench;
        int back = 0;
        const auto mend = [&] {
            bench.page->mend(RegistryRemedy::Insecure, quay, [&back] { ++back; });
            ExceptionsBench::settle();
            return bench.find<Dialog>("insecureRegistryDialog");
        };
        mend()->reject();
        ExceptionsBench::settle();
        QCOMPARE(back, 1);
        mend()->accept();
        FakeRegistryDesk::answer<service::Done>(bench.open,
                                                failure(ErrorKind::Cancelled, "engine.configure"));
        ExceptionsBench::settle();
        QCOMPARE(back, 2);
        // Why it failed is to be read here.
        mend()->accept();
        FakeRegistryDesk::answer<service::Done>(bench.open,
                                                failure(ErrorKind::Denied, "engine.configure"));
        ExceptionsBench::settle();
        QCOMPARE(back, 2);
        QCOMPARE(bench.toasts.toasts().size(), 1);
        bench.page->exceptions()->useInsecure("other.example");
        bench.agree();
        QCOMPARE(back, 2);
    }

    void signingInGoesOnOnceTheRegistryIsBelieved()
    {
        ExceptionsBench bench;
        int back = 0;
        bench.page->mend(RegistryRemedy::SignIn, "pier.lan:5000", [&back] { ++back; });
        Dialog *dialog = bench.find<Dialog>("signInDialog");
        QVERIFY(dialog != nullptr);
        dialog->findChild<QLineEdit *>(u"signInUser"_s)->setText(u"mara"_s);
        dialog->findChild<QLineEdit *>(u"signInSecret"_s)->setText(u"canary-99"_s);
        dialog->accept();
        FakeRegistryDesk::answer<registry::Greeting>(
            bench.desk.signIns.back().promise,
            failure(ErrorKind::TlsFailed, "registry.greet", "wrong version number", 35));
        ExceptionsBench::settle();
        bench.press("signInMend");
        bench.find<Dialog>("insecureRegistryDialog")->accept();
        bench.insecure = {"pier.lan:5000"};
        bench.agree();
        QTRY_VERIFY(bench.find<QLineEdit>("signInUser") != nullptr);
        QCOMPARE(bench.find<QLineEdit>("signInUser")->text(), u"mara"_s);
        QCOMPARE(bench.find<QLineEdit>("signInSecret")->text(), QString());
        QCOMPARE(back, 0);
        bench.find<QLineEdit>("signInSecret")->setText(u"canary-99"_s);
        bench.find<Dialog>("signInDialog")->accept();
        FakeRegistryDesk::answer<registry::Greeting>(bench.desk.signIns.back().promise,
                                                     registry::Greeting{});
        ExceptionsBench::settle();
        QCOMPARE(back, 1);
    }

    void anEngineOfSomebodyElsesIsExplained()
    {
        ExceptionsBench bench(false);
        QVERIFY(bench.find("useInsecure") == nullptr);
        QCOMPARE(bench.page->exceptions()->mayChange(), false);
        bench.choose(1, "menuInsecure");
        Dialog *dialog = bench.dialog("exceptionHelpDialog");
        QVERIFY(dialog != nullptr);
        QCOMPARE(dialog->findChild<CopyRow *>(u"daemonLine"_s)->text(),
                 u"{ \"insecure-registries\": [\"registry.harbourlabs.io:5000\"] }"_s);
        dialog->accept();
        ExceptionsBench::settle();
        bench.choose(1, "menuTrust");
        QCOMPARE(bench.window.findChild<CopyRow *>(u"certificateFile"_s)->text().isEmpty(), false);
        // What such an engine says of itself is shown all the same.
        bench.insecure = {quay};
        bench.changed();
        ExceptionsBench::settle();
        QVERIFY(bench.badges().contains(u"not verified"_s));
    }

    void everythingHasANameHere()
    {
        ExceptionsBench bench(true, {.insecureRegistries = {quay}, .certificates = {}});
        bench.choose(1, "menuTrust");
        QCOMPARE(namelessButtons(bench.window), QStringList());
    }

    void picturesForPeople()
    {
        const QString folder = qEnvironmentVariable("ROADSTEAD_PICTURES");
        if (folder.isEmpty()) {
            QSKIP("ROADSTEAD_PICTURES names no folder");
        }
        QDir().mkpath(folder);
        // A dialog has the colours of the time when it was opened.
        for (const auto &[appearance, suffix] : {std::pair(Appearance::Light, u"-light.png"_s),
                                                 std::pair(Appearance::Dark, u"-dark.png"_s)}) {
            Theme::instance().setAppearance(appearance);
            takePictures(folder, suffix);
        }
        Theme::instance().setAppearance(Appearance::Light);
    }

private:
    static void takePictures(const QString &folder, const QString &suffix)
    {
        const auto keep = [&](QWidget *widget, const QString &name) {
            ExceptionsBench::settle();
            QVERIFY(widget->grab().save(folder + u'/' + name + suffix));
        };
        ExceptionsBench bench(
            true, {.insecureRegistries = {"pier.lan:5000"},
                   .certificates = {{quay, *normalCertificates(test::madeCertificate)}}});
        bench.fail("self-signed certificate in certificate chain");
        keep(&bench.window, u"exceptions"_s);
        bench.choose(1, "menuTrust");
        FakeRegistryDesk::answer<std::vector<service::CertificateFacts>>(
            bench.desk.certificateQuestions.back().promise, made());
        keep(bench.dialog("trustCertificateDialog"), u"trust-certificate"_s);
        bench.dialog("trustCertificateDialog")->reject();
        bench.choose(1, "menuInsecure");
        keep(bench.dialog("insecureRegistryDialog"), u"insecure-registry"_s);
        bench.dialog("insecureRegistryDialog")->reject();
        ExceptionsBench other(false);
        keep(&other.window, u"exceptions-other-engine"_s);
        other.choose(1, "menuInsecure");
        keep(other.dialog("exceptionHelpDialog"), u"exception-help"_s);
    }
};

} // namespace tst_registry_exceptions

ROADSTEAD_WIDGET_TEST(tst_registry_exceptions::TestRegistryExceptions)
#include "tst_registry_exceptions.moc"
