// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/push_bench.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_row.h"
#include "ui/wizards/frame/stepper.h"
#include "ui/wizards/push/push_wizard.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

namespace tst_push_wizard {

using namespace roadstead;
using namespace roadstead::ui;
using namespace Qt::StringLiterals;
using test::FakeRegistryDesk;
using test::PushBench;
using Step = PushController::Step;

/// The push wizard as a person goes through it.
class TestPushWizard : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<PushBench> m_bench;
    std::unique_ptr<PushWizard> m_wizard;

    template<typename Widget = QWidget>
    Widget *find(const char *name)
    {
        for (Widget *each : m_wizard->findChildren<Widget *>(QLatin1StringView(name))) {
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
        PushBench::settle();
    }
    QString text(const char *name)
    {
        const auto *label = find<QLabel>(name);
        return label == nullptr ? u"(not there)"_s : label->text();
    }
    void toGhcr()
    {
        m_bench->controller.setImage("shopfront-api:1.8.3");
        find<QComboBox>("pushRegistry")->setEditText(u"ghcr.io"_s);
        PushBench::settle();
    }
    void sendSome()
    {
        m_bench->letIn();
        m_bench->succeed(); // the tag
        docker::ImageDetails details;
        details.layers = {"sha256:a3ed95caeb02" + std::string(52, '0'),
                          "sha256:4f4fb700ef54" + std::string(52, '0'),
                          "sha256:c1d8f0e7b2a9" + std::string(52, '0'),
                          "sha256:77be0f2c91d4" + std::string(52, '0')};
        test::FakeImageEngine::answer<docker::ImageDetails>(
            m_bench->engine.inspections.back().promise, details);
        PushBench::settle();
        std::vector<docker::HistoryEntry> made;
        for (const char *by : {"COPY /app/dist", "COPY /app/node_modules", "WORKDIR /app",
                               "FROM distroless/nodejs20"}) {
            made.emplace_back();
            made.back().createdBy = by;
            made.back().size = 9;
        }
        test::FakeImageEngine::answer<std::vector<docker::HistoryEntry>>(
            m_bench->engine.histories.back().promise, made);
        PushBench::settle();
        m_bench->progress({{"a3ed95caeb02", "Layer already exists"},
                           {"4f4fb700ef54", "Mounted from library/node"},
                           {"c1d8f0e7b2a9", "Pushing", 54'200'000, 88'900'000},
                           {"77be0f2c91d4", "Pushing", 4'100'000, 4'900'000},
                           {"e90b12ac5570", "Waiting"}});
        QTest::qWait(150); // the pace of progress
    }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        Theme::instance().install(*qApp);
    }
    void init()
    {
        m_bench = std::make_unique<PushBench>();
        m_wizard = std::make_unique<PushWizard>(&m_bench->controller);
        m_wizard->resize(1064, 722);
        m_wizard->show();
        m_wizard->activateWindow();
        m_wizard->begin();
        PushBench::settle();
    }
    void cleanup()
    {
        m_wizard.reset();
        m_bench.reset();
    }

    void formLeadsToAResult()
    {
        toGhcr();
        QCOMPARE(text("pushAccount"), u"harbourlabs"_s);
        QCOMPARE(text("pushNames"), u"ghcr.io/harbourlabs/shopfront-api:1.8.3"_s);
        QVERIFY(text("pushLines").contains(u"docker tag shopfront-api:1.8.3"_s));
        press("pushVerb");
        QCOMPARE(m_bench->controller.step(), Step::Checking);
        QVERIFY(!find<QLineEdit>("pushRepository")->isEnabled());
        sendSome();
        QVERIFY(text("pushAmount").startsWith(u"58 MB of 94 MB"_s));
        QCOMPARE(find<Stepper>("pushSteps")->current(), 2);
        m_bench->pushed(PushBench::digest('6'));
        QCOMPARE(find<Stepper>("pushSteps")->current(), 3);
        QCOMPARE(text("pushResultTitle"), u"Pushed ghcr.io/harbourlabs/shopfront-api:1.8.3"_s);
        press("copyPullCommand");
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 u"docker pull ghcr.io/harbourlabs/shopfront-api:1.8.3"_s);
        press("pushByDigestCopy");
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 u"docker pull ghcr.io/harbourlabs/shopfront-api@"_s +
                     QString::fromStdString(PushBench::digest('6')));
        press("pushUseKubernetes");
        QCOMPARE(find<CopyRow>("pushByTag")->text(),
                 u"image: ghcr.io/harbourlabs/shopfront-api:1.8.3"_s);
        QSignalSpy browse(m_wizard.get(), &PushWizard::browseWanted);
        press("pushBrowse");
        QCOMPARE(browse.size(), 1);
        QSignalSpy leave(m_wizard.get(), &PushWizard::leaveWanted);
        press("pushVerb");
        QCOMPARE(leave.size(), 1);
        press("leavePush"); // push another
        QCOMPARE(m_bench->controller.step(), Step::Editing);
    }

    void mistakesAreLedTo()
    {
        toGhcr();
        auto *name = find<QLineEdit>("pushRepository");
        name->setFocus();
        name->selectAll();
        QTest::keyClicks(name, u"Team"_s);
        press("pushVerb");
        QCOMPARE(m_bench->controller.step(), Step::Editing);
        QTRY_VERIFY(name->hasFocus());
        QVERIFY(text("pushRepositoryNote").contains(u"small letters"_s));
    }

    void tagsAreAddedAndChosen()
    {
        toGhcr();
        QTest::keyClicks(find<QLineEdit>("pushNewTag"), u"1.8"_s);
        press("pushAddTag");
        QVERIFY(text("pushNames").contains(u":1.8"_s));
        find<QCheckBox>("pushTag0")->click();
        QVERIFY(!text("pushNames").contains(u":1.8.3"_s));
    }

    void refusalsOfferToSignIn()
    {
        toGhcr();
        press("pushVerb");
        m_bench->refuse(FakeRegistryDesk::refusal(401, "UNAUTHORIZED: authentication required"));
        QVERIFY(text("pushFailureTitle").contains(u"ghcr.io"_s));
        QVERIFY(text("pushFailureText").contains(u"harbourlabs"_s));
        press("pushFailureDetails");
        QVERIFY(text("pushFailureDetail").contains(u"UNAUTHORIZED"_s));
        press("pushFailureMend");
        auto *dialog = m_wizard->findChild<QDialog *>(u"signInDialog"_s);
        QVERIFY(dialog != nullptr);
        auto *secret = dialog->findChild<QLineEdit *>(u"signInSecret"_s);
        QCOMPARE(secret->echoMode(), QLineEdit::Password);
        QTest::keyClicks(secret, u"canary-99"_s);
        dialog->accept();
        QCOMPARE(m_bench->desk.signIns.back().asked,
                 (std::vector<std::string>{"ghcr.io", "harbourlabs", "canary-99"}));
        FakeRegistryDesk::answer<registry::Greeting>(
            m_bench->desk.signIns.back().promise, std::unexpected(FakeRegistryDesk::refusal(401)));
        PushBench::settle();
        QVERIFY(dialog->isVisible()); // stays open with the reason
        dialog->accept();
        FakeRegistryDesk::answer<registry::Greeting>(m_bench->desk.signIns.back().promise,
                                                     registry::Greeting{});
        PushBench::settle();
        QTRY_VERIFY(m_wizard->findChild<QDialog *>(u"signInDialog"_s) == nullptr);
        // A window of the offscreen platform does not become active again by itself.
        auto *again = find<QAbstractButton>("pushVerb");
        QTRY_COMPARE(again->window()->focusWidget(), again);
        press("pushVerb"); // try again
        QCOMPARE(m_bench->desk.checks.size(), std::size_t(2));
    }

    void whatTheEngineDoesNotBelieveLeadsToWhereItIsSet_data()
    {
        QTest::addColumn<std::string>("said");
        QTest::addColumn<int>("remedy");
        QTest::addColumn<QString>("verb");
        QTest::newRow("made certificate")
            << std::string("tls: failed to verify certificate: x509: certificate signed by "
                           "unknown authority")
            << int(RegistryRemedy::Trust) << u"Trust its certificate…"_s;
        QTest::newRow("no encryption")
            << std::string("http: server gave HTTP response to HTTPS client")
            << int(RegistryRemedy::Insecure) << u"Use without encryption…"_s;
        QTest::newRow("nobody there")
            << std::string("dial tcp 10.0.0.9:443: connect: connection refused")
            << int(RegistryRemedy::None) << QString();
    }

    void whatTheEngineDoesNotBelieveLeadsToWhereItIsSet()
    {
        QFETCH(const std::string, said);
        QFETCH(const int, remedy);
        QFETCH(const QString, verb);
        std::vector<std::pair<int, std::string>> wanted;
        connect(m_wizard.get(), &PushWizard::mendWanted, this,
                [&](RegistryRemedy asked, const std::string &registry) {
                    wanted.emplace_back(int(asked), registry);
                });
        toGhcr();
        press("pushVerb");
        m_bench->letIn();
        m_bench->succeed(); // the tag
        m_bench->fail({ErrorKind::EngineFailed, 0, said, "image.push"});
        auto *mend = find<QAbstractButton>("pushFailureMend");
        if (remedy == int(RegistryRemedy::None)) {
            QVERIFY(mend == nullptr);
            return;
        }
        QCOMPARE(mend->text(), verb);
        QVERIFY(mend->hasFocus());
        press("pushFailureMend");
        QCOMPARE(wanted, (std::vector<std::pair<int, std::string>>{{remedy, "ghcr.io"}}));
        m_wizard->resume();
        auto *again = find<QAbstractButton>("pushVerb");
        QCOMPARE(again->text(), u"Try again"_s);
        QVERIFY(again->hasFocus());
    }

    void signingInWhereNobodyIsBelievedLeadsThere()
    {
        std::vector<std::pair<int, std::string>> wanted;
        connect(m_wizard.get(), &PushWizard::mendWanted, this,
                [&](RegistryRemedy asked, const std::string &registry) {
                    wanted.emplace_back(int(asked), registry);
                });
        toGhcr();
        press("pushSignIn");
        auto *dialog = m_wizard->findChild<QDialog *>(u"signInDialog"_s);
        auto *mend = dialog->findChild<QAbstractButton *>(u"signInMend"_s);
        QVERIFY(!mend->isVisible());
        QTest::keyClicks(dialog->findChild<QLineEdit *>(u"signInSecret"_s), u"canary-99"_s);
        dialog->accept();
        FakeRegistryDesk::answer<registry::Greeting>(
            m_bench->desk.signIns.back().promise,
            failure(ErrorKind::TlsFailed, "registry.greet", "self-signed certificate", 60));
        PushBench::settle();
        QVERIFY(mend->isVisible());
        QCOMPARE(mend->text(), u"Trust its certificate…"_s);
        mend->click();
        PushBench::settle();
        QCOMPARE(wanted, (std::vector<std::pair<int, std::string>>{
                             {int(RegistryRemedy::Trust), "ghcr.io"}}));
        QTRY_VERIFY(m_wizard->findChild<QDialog *>(u"signInDialog"_s) == nullptr);
    }

    void secretsAreInNoText()
    {
        toGhcr();
        press("pushSignIn");
        auto *dialog = m_wizard->findChild<QDialog *>(u"signInDialog"_s);
        QTest::keyClicks(dialog->findChild<QLineEdit *>(u"signInSecret"_s), u"canary-99"_s);
        for (const QLabel *label : dialog->findChildren<QLabel *>()) {
            QVERIFY(!label->text().contains(u"canary"_s));
            QVERIFY(!label->accessibleName().contains(u"canary"_s));
        }
        dialog->reject();
    }

    void everythingHasAName()
    {
        toGhcr();
        for (const QWidget *widget : m_wizard->findChildren<QWidget *>()) {
            const bool isInteractive = qobject_cast<const QAbstractButton *>(widget) ||
                                       qobject_cast<const QComboBox *>(widget) ||
                                       qobject_cast<const QLineEdit *>(widget);
            if (isInteractive && widget->focusPolicy() != Qt::NoFocus &&
                !qobject_cast<const QComboBox *>(widget->parentWidget())) {
                QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
                const auto *button = qobject_cast<const QAbstractButton *>(widget);
                QVERIFY2(!widget->accessibleName().isEmpty() ||
                             (button != nullptr && !button->text().isEmpty()),
                         qPrintable(widget->objectName()));
            }
        }
    }

    void picturesForPeople()
    {
        const QString folder = qEnvironmentVariable("ROADSTEAD_PICTURES");
        if (folder.isEmpty()) {
            QSKIP("ROADSTEAD_PICTURES names no folder");
        }
        QDir().mkpath(folder);
        const auto keep = [&](const QString &name) {
            for (const auto &[appearance, suffix] : {std::pair(Appearance::Light, u"-light.png"_s),
                                                     std::pair(Appearance::Dark, u"-dark.png"_s)}) {
                Theme::instance().setAppearance(appearance);
                PushBench::settle();
                QVERIFY(m_wizard->grab().save(folder + u'/' + name + suffix));
            }
            Theme::instance().setAppearance(Appearance::Light);
        };
        keep(u"push-empty"_s);
        toGhcr();
        m_bench->controller.setTagChosen("latest", true);
        PushBench::settle();
        keep(u"push-form"_s);
        press("pushVerb");
        m_bench->refuse(FakeRegistryDesk::refusal(403, "DENIED: permission_denied: write_package"));
        keep(u"push-refused"_s);
        press("pushVerb");
        m_bench->letIn();
        m_bench->succeed();
        m_bench->fail({ErrorKind::EngineFailed, 0,
                       "Get \"https://ghcr.io/v2/\": tls: failed to verify certificate: x509: "
                       "certificate signed by unknown authority",
                       "image.push"});
        keep(u"push-untrusted"_s);
        press("pushVerb");
        sendSome();
        keep(u"push-wizard"_s);
        m_bench->pushed(PushBench::digest('6'));
        m_bench->succeed();
        m_bench->pushed(PushBench::digest('6'));
        keep(u"push-result"_s);
    }
};

} // namespace tst_push_wizard

ROADSTEAD_WIDGET_TEST(tst_push_wizard::TestPushWizard)
#include "tst_push_wizard.moc"
