// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/fake_image_engine.h"
#include "tests/ui/support/fake_registry_desk.h"
#include "tests/ui/support/fake_trust_desk.h"
#include "tests/ui/support/named_buttons.h"
#include "ui/pages/registries/registries_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/toast.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPointer>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QTreeWidget>

namespace tst_registries_page {

using namespace roadstead;
using namespace roadstead::ui;
using namespace Qt::StringLiterals;
using test::FakeRegistryDesk;

namespace {

std::string digestWith(char digit)
{
    return "sha256:" + std::string(64, digit);
}

/// A page in a window over accounts such as those of the pictures.
struct RegistriesBench
{
    QWidget window;
    ToastHost toasts{&window};
    test::FakeImageEngine engine;
    FakeRegistryDesk desk;
    test::FakeTrustDesk trust;
    std::unique_ptr<RegistriesPage> page;

    RegistriesBench()
    {
        desk.book.file = "/home/mara/.docker/config.json";
        desk.book.offered = "secretservice";
        desk.book.accounts = {FakeRegistryDesk::account("docker.io", "mara-lind"),
                              FakeRegistryDesk::account("ghcr.io", "harbourlabs"),
                              FakeRegistryDesk::account("registry.harbourlabs.io", "deploy", "")};
        registry::HelperState secret;
        secret.name = "secretservice";
        secret.servesAll = true;
        secret.path = "/usr/bin/docker-credential-secretservice";
        secret.took = std::chrono::milliseconds(38);
        registry::HelperState missing;
        missing.name = "ecr-login";
        missing.serves = {"1234.dkr.ecr.eu-west-1.amazonaws.com"};
        missing.error = Error{ErrorKind::NotInstalled, 0, "docker-credential-ecr-login", "x"};
        desk.book.helpers = {secret, missing};
        docker::ImageSummary here = test::image(1, {"ghcr.io/harbourlabs/shopfront-api:1.8.2"});
        here.digests = {"ghcr.io/harbourlabs/shopfront-api@" + digestWith('3')};
        engine.show({here});
        RegistriesPage::Parts parts;
        parts.desk = &desk;
        parts.trust = &trust;
        trust.setRules({.policy = trust::Policy::Off,
                        .keys = {{.name = "release",
                                  .publicKey = "/home/mara/keys/release.pub",
                                  .privateKey = "/home/mara/keys/release.key",
                                  .scope = "ghcr.io/harbourlabs"}}});
        parts.toasts = &toasts;
        parts.engine = {.run =
                            [this](const docker::Command &command,
                                   service::EngineSession::ProgressReceiver progress) {
                                return engine.run(command, std::move(progress));
                            },
                        .images = [this] { return engine.images(); },
                        .containers = [this] { return engine.containers(); },
                        .trust = &trust};
        parts.mirrors = [] { return std::vector<std::string>{"http://registry-mirror:5000/"}; };
        parts.follow = [this](QObject *owner, const std::function<void()> &changed) {
            QObject::connect(&engine, &ImageEngine::imagesChanged, owner, changed);
        };
        page = std::make_unique<RegistriesPage>(std::move(parts));
        page->widget()->setParent(&window);
        window.resize(1064, 722);
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
        QTest::mouseClick(button, Qt::LeftButton);
        settle();
    }
    QString text(const char *name)
    {
        const auto *label = find<QLabel>(name);
        return label == nullptr ? u"(not there)"_s : label->text();
    }
    QDialog *dialog(const char *name)
    {
        return window.findChild<QDialog *>(QLatin1StringView(name));
    }
    void fillRepositories()
    {
        FakeRegistryDesk::answer<registry::NamePage>(
            desk.repositoryQuestions.back().promise,
            registry::NamePage{.names = {"harbourlabs/ci-runner-cache", "harbourlabs/order-tools",
                                         "harbourlabs/shopfront-api",
                                         "harbourlabs/shopfront-web"}});
        settle();
    }
    void fillTags()
    {
        FakeRegistryDesk::answer<registry::NamePage>(
            desk.tagQuestions.back().promise,
            registry::NamePage{.names = {"1.7.5", "1.8.1", "1.8.2", "latest"}});
        settle();
        const auto answerFacts = [this](std::size_t at, char digit, const char *created) {
            service::TagFacts facts;
            facts.digest = digestWith(digit);
            facts.bytes = 93'400'000;
            facts.created = created;
            facts.platforms = {"linux/amd64", "linux/arm64"};
            FakeRegistryDesk::answer<service::TagFacts>(desk.factQuestions[at].promise, facts);
        };
        answerFacts(0, '5', "2026-01-01T00:00:00Z");
        answerFacts(1, 'a', "2026-02-01T00:00:00Z");
        answerFacts(2, '3', "2026-03-01T00:00:00Z");
        answerFacts(3, '3', "2026-03-01T00:00:00Z");
        settle();
    }
};

} // namespace

/// The page "Registries" as a person uses it.
class TestRegistriesPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        Theme::instance().install(*qApp);
    }

    void plainTextIsToldAndMoved()
    {
        RegistriesBench bench;
        QVERIFY(bench.text("plainTextTitle").startsWith(u"1 "_s));
        bench.press("movePlainText");
        QCOMPARE(bench.desk.moves.back().asked, (std::vector<std::string>{"secretservice"}));
        FakeRegistryDesk::answer<int>(bench.desk.moves.back().promise, 1);
        bench.desk.book.accounts.back().helper = "secretservice";
        Q_EMIT bench.desk.accountsChanged();
        RegistriesBench::settle();
        QVERIFY(bench.find("plainTextWarning") == nullptr);
        QCOMPARE(bench.toasts.toasts().size(), 1);
    }

    void withoutAHelperItIsSaidWhatToInstall()
    {
        RegistriesBench bench;
        bench.desk.book.offered.clear();
        bench.page->refresh();
        RegistriesBench::settle();
        QVERIFY(bench.find("movePlainText") == nullptr);
        QVERIFY(bench.find("plainTextWarning") != nullptr);
    }

    void accountsAreTested()
    {
        RegistriesBench bench;
        bench.press("testAccounts");
        QCOMPARE(bench.desk.greetings.size(), std::size_t(3));
        FakeRegistryDesk::answer<registry::Greeting>(bench.desk.greetings[0].promise,
                                                     registry::Greeting{});
        FakeRegistryDesk::answer<registry::Greeting>(
            bench.desk.greetings[2].promise, std::unexpected(FakeRegistryDesk::refusal(401)));
        RegistriesBench::settle();
        using State = AccountTest::State;
        QCOMPARE(bench.page->accounts()->testOf("docker.io").state, State::Good);
        QCOMPARE(bench.page->accounts()->testOf("ghcr.io").state, State::Testing);
        QCOMPARE(bench.page->accounts()->testOf("registry.harbourlabs.io").state, State::Failed);
        bench.press("accountSignIn2");
        QDialog *dialog = bench.dialog("signInDialog");
        QVERIFY(dialog != nullptr);
        QCOMPARE(dialog->findChild<QLineEdit *>(u"signInUser"_s)->text(), u"deploy"_s);
        dialog->reject();
    }

    void focusStaysInRowsThatAreMadeAnew()
    {
        RegistriesBench bench;
        auto *more = bench.find("accountMore1");
        const QString name = more->accessibleName();
        more->setFocus(Qt::TabFocusReason);
        const QPointer<QWidget> before(more);
        bench.page->accounts()->test("ghcr.io");
        RegistriesBench::settle();
        QVERIFY(before.isNull());
        QVERIFY(bench.window.focusWidget() != nullptr);
        QCOMPARE(bench.window.focusWidget()->accessibleName(), name);
    }

    void signingInAsksForTheRegistry()
    {
        RegistriesBench bench;
        bench.page->primaryAction()->trigger();
        QDialog *dialog = bench.dialog("signInDialog");
        QVERIFY(dialog != nullptr);
        QTest::keyClicks(dialog->findChild<QLineEdit *>(u"signInRegistry"_s),
                         u"https://quay.io/v2/"_s);
        QTest::keyClicks(dialog->findChild<QLineEdit *>(u"signInUser"_s), u"mara"_s);
        dialog->accept(); // no secret yet
        QVERIFY(bench.desk.signIns.empty());
        QTest::keyClicks(dialog->findChild<QLineEdit *>(u"signInSecret"_s), u"canary-55"_s);
        dialog->accept();
        QCOMPARE(bench.desk.signIns.back().asked,
                 (std::vector<std::string>{"quay.io", "mara", "canary-55"}));
        FakeRegistryDesk::answer<registry::Greeting>(bench.desk.signIns.back().promise,
                                                     registry::Greeting{});
        RegistriesBench::settle();
        QCOMPARE(bench.toasts.toasts().size(), 1);
    }

    void signingOutAsksFirst()
    {
        RegistriesBench bench;
        bench.press("accountMore1");
        auto *menu = bench.window.findChild<QMenu *>(u"accountMenu"_s);
        QVERIFY(menu != nullptr);
        menu->findChild<QAction *>(u"menuSignOut"_s)->trigger();
        menu->close();
        QDialog *dialog = bench.dialog("signOutDialog");
        QVERIFY(dialog != nullptr);
        QVERIFY(bench.desk.signOuts.empty());
        dialog->accept();
        QCOMPARE(bench.desk.signOuts.back().asked, (std::vector<std::string>{"ghcr.io"}));
    }

    void repositoriesAndTagsAreBrowsed()
    {
        RegistriesBench bench;
        bench.press("accountBrowse1");
        QCOMPARE(bench.desk.repositoryQuestions.back().asked.front(), "ghcr.io");
        bench.fillRepositories();
        auto *list = bench.find<QListWidget>("repositories");
        QCOMPARE(list->count(), 4);
        list->setCurrentRow(2);
        RegistriesBench::settle();
        bench.fillTags();
        auto *tags = bench.find<QTreeWidget>("registryTags");
        QCOMPARE(tags->topLevelItemCount(), 4);
        QCOMPARE(tags->topLevelItem(0)->text(0), u"1.8.2"_s); // newest first
        QCOMPARE(tags->topLevelItem(0)->text(2), u"Here"_s);
        QCOMPARE(tags->topLevelItem(3)->text(2), QString());
        QSignalSpy pulls(bench.page.get(), &RegistriesPage::pullWanted);
        tags->setCurrentItem(tags->topLevelItem(2));
        bench.press("pullBrowsed");
        QCOMPARE(pulls.takeFirst().constFirst().toString(),
                 u"ghcr.io/harbourlabs/shopfront-api:1.8.1"_s);
    }

    void deletingSaysAllTagsThatGo()
    {
        RegistriesBench bench;
        bench.page->browse("ghcr.io", "harbourlabs/shopfront-api");
        bench.fillRepositories();
        bench.fillTags();
        auto *tags = bench.find<QTreeWidget>("registryTags");
        tags->setCurrentItem(tags->topLevelItem(0));
        bench.press("deleteTag");
        QDialog *dialog = bench.dialog("deleteTagDialog");
        QVERIFY(dialog != nullptr);
        QStringList said;
        for (const QLabel *label : dialog->findChildren<QLabel *>()) {
            said.append(label->accessibleName() + label->text());
        }
        QVERIFY2(said.join(u' ').contains(u"latest"_s), qPrintable(said.join(u'|')));
        dialog->accept();
        QCOMPARE(
            bench.desk.deletions.back().asked,
            (std::vector<std::string>{"ghcr.io", "harbourlabs/shopfront-api", digestWith('3')}));
        FakeRegistryDesk::answer<service::Done>(bench.desk.deletions.back().promise,
                                                std::unexpected(FakeRegistryDesk::refusal(405)));
        RegistriesBench::settle();
        QCOMPARE(bench.toasts.toasts().size(), 1);
    }

    void registriesWithoutACatalogAreOpenedByName()
    {
        RegistriesBench bench;
        bench.press("accountBrowse0");
        FakeRegistryDesk::answer<registry::NamePage>(
            bench.desk.repositoryQuestions.back().promise,
            std::unexpected(FakeRegistryDesk::refusal(404)));
        RegistriesBench::settle();
        QVERIFY(!bench.text("catalogNote").isEmpty());
        QTest::keyClicks(bench.find<QLineEdit>("repositoryFilter"), u"library/nginx"_s);
        bench.press("openRepository");
        QCOMPARE(bench.desk.tagQuestions.back().asked[1], "library/nginx");
    }

    void lateAnswersAreDropped()
    {
        RegistriesBench bench;
        bench.page->browse("ghcr.io", "one");
        const auto late = bench.desk.tagQuestions.back().promise;
        bench.page->browse("ghcr.io", "two");
        FakeRegistryDesk::answer<registry::NamePage>(late, registry::NamePage{.names = {"old"}});
        RegistriesBench::settle();
        QVERIFY(bench.page->browser()->tags().empty());
    }

    void aRegistryOfOnesOwnIsStarted()
    {
        RegistriesBench bench;
        bench.press("startLocalRegistry");
        QCOMPARE(bench.engine.line(0), u"docker pull registry:2"_s);
        bench.engine.succeed(0);
        RegistriesBench::settle();
        QVERIFY2(bench.engine.line(1).contains(u"127.0.0.1:5001:5000"_s),
                 qPrintable(bench.engine.line(1)));
        QVERIFY(bench.engine.line(1).contains(u"roadstead-registry:/var/lib/registry"_s));
        bench.engine.succeed(1);
        RegistriesBench::settle();
        QCOMPARE(bench.engine.line(2), u"docker start roadstead-registry"_s);
        docker::ContainerSummary running =
            test::container(9, "roadstead-registry", {}, docker::ContainerState::Running);
        running.ports = {{"127.0.0.1", 5000, 5001, "tcp"}};
        bench.engine.show({test::image(7, {"registry:2"})}, {running});
        bench.engine.succeed(2);
        RegistriesBench::settle();
        QCOMPARE(bench.page->local()->state(), LocalRegistry::State::Running);
        QVERIFY(bench.text("localRegistryText").contains(u"localhost:5001"_s));
        bench.press("browseLocalRegistry");
        QCOMPARE(bench.desk.repositoryQuestions.back().asked.front(), "localhost:5001");
    }

    void whatFailsIsTold()
    {
        RegistriesBench bench;
        bench.press("startLocalRegistry");
        bench.engine.fail(0, {ErrorKind::EngineFailed, 500, "no network", "image.pull"});
        RegistriesBench::settle();
        QCOMPARE(bench.toasts.toasts().size(), 1);
        QCOMPARE(bench.page->local()->state(), LocalRegistry::State::Absent);
        QVERIFY(bench.find<QAbstractButton>("startLocalRegistry")->isEnabled());
    }

    void keysAreAskedForAndRemoved()
    {
        RegistriesBench bench;
        bench.press("addTrustKey");
        QVERIFY(bench.dialog("addKeyDialog"));
        bench.dialog("addKeyDialog")->reject();
        bench.press("makeTrustKeys");
        QVERIFY(bench.dialog("keyPairDialog"));
        bench.dialog("keyPairDialog")->reject();
        bench.press("removeTrustKey0");
        QVERIFY(bench.dialog("removeKeyDialog"));
        QCOMPARE(bench.trust.rules().keys.size(), std::size_t(1));
        bench.dialog("removeKeyDialog")->accept();
        QVERIFY(bench.trust.rules().keys.empty());
    }

    void theLocalRegistrysImageObeysThePolicy()
    {
        RegistriesBench bench;
        bench.trust.setRules({.policy = trust::Policy::Refuse});
        bench.press("startLocalRegistry");
        QVERIFY(bench.engine.sent.empty());
        bench.trust.verdict({.name = "docker.io/library/registry", .tag = "2"});
        RegistriesBench::settle();
        QVERIFY(bench.engine.sent.empty());
        QCOMPARE(bench.toasts.toasts().size(), 1);
    }

    void everythingHasAName()
    {
        RegistriesBench bench;
        bench.page->browse("ghcr.io", "harbourlabs/shopfront-api");
        RegistriesBench::settle();
        QCOMPARE(namelessButtons(bench.window), QStringList());
    }

    void picturesForPeople()
    {
        const QString folder = qEnvironmentVariable("ROADSTEAD_PICTURES");
        if (folder.isEmpty()) {
            QSKIP("ROADSTEAD_PICTURES names no folder");
        }
        QDir().mkpath(folder);
        RegistriesBench bench;
        const auto keep = [&](const QString &name) {
            for (const auto &[appearance, suffix] : {std::pair(Appearance::Light, u"-light.png"_s),
                                                     std::pair(Appearance::Dark, u"-dark.png"_s)}) {
                Theme::instance().setAppearance(appearance);
                RegistriesBench::settle();
                QVERIFY(bench.window.grab().save(folder + u'/' + name + suffix));
            }
            Theme::instance().setAppearance(Appearance::Light);
        };
        keep(u"registries-list"_s);
        bench.page->widget()->resize(1064, 1400); // to see all of it
        bench.window.resize(1064, 1400);
        keep(u"registries-trust"_s);
        bench.window.resize(1064, 722);
        bench.page->widget()->resize(1064, 722);
        bench.press("testAccounts");
        FakeRegistryDesk::answer<registry::Greeting>(bench.desk.greetings[0].promise,
                                                     registry::Greeting{});
        FakeRegistryDesk::answer<registry::Greeting>(
            bench.desk.greetings[2].promise, std::unexpected(FakeRegistryDesk::refusal(401)));
        RegistriesBench::settle();
        bench.press("accountBrowse1");
        bench.fillRepositories();
        bench.find<QListWidget>("repositories")->setCurrentRow(2);
        RegistriesBench::settle();
        bench.fillTags();
        auto *tags = bench.find<QTreeWidget>("registryTags");
        tags->setCurrentItem(tags->topLevelItem(2));
        RegistriesBench::settle();
        keep(u"registries"_s);
        bench.page->primaryAction()->trigger();
        RegistriesBench::settle();
        QDialog *dialog = bench.dialog("signInDialog");
        QTest::keyClicks(dialog->findChild<QLineEdit *>(u"signInRegistry"_s), u"ghcr.io"_s);
        QTest::keyClicks(dialog->findChild<QLineEdit *>(u"signInUser"_s), u"mara"_s);
        RegistriesBench::settle();
        QVERIFY(dialog->grab().save(folder + u"/sign-in-light.png"_s));
        dialog->reject();
    }
};

} // namespace tst_registries_page

ROADSTEAD_WIDGET_TEST(tst_registries_page::TestRegistriesPage)
#include "tst_registries_page.moc"
