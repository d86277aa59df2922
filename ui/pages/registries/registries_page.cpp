// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/registries/registries_page.h"

#include "engine/service/registries/cli_registry_desk.h"
#include "ui/dialogs/sign_in_dialog.h"
#include "ui/pages/registries/accounts_card.h"
#include "ui/pages/registries/browse_pane.h"
#include "ui/pages/registries/exception_dialogs.h"
#include "ui/pages/registries/exceptions_card.h"
#include "ui/pages/registries/registries_view.h"
#include "ui/pages/registries/trust_card.h"
#include "ui/shell/keymap.h"
#include "ui/text/display_text.h"
#include "ui/theme/icons.h"
#include "ui/trust/key_dialogs.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/toast.h"

#include <QAction>
#include <QDesktopServices>
#include <QFileInfo>
#include <QUrl>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

Dialog *openHelp(ExceptionHelpDialog::Wanted wanted, const std::string &registry, QWidget *parent)
{
    auto *dialog = new ExceptionHelpDialog(wanted, registry, parent);
    dialog->open();
    return dialog;
}

} // namespace

RegistriesPage::RegistriesPage(Parts parts, QObject *parent)
    : Page(parent)
    , m_parts(std::move(parts))
    , m_accounts(m_parts.desk)
    , m_browser(m_parts.desk)
    , m_local(m_parts.engine)
    , m_exceptions(m_parts.exceptions)
    , m_signIn(new QAction(icon(u"plus-lg"_s, Color::OnAccent), tr("Sign in…"), this))
    , m_test(new QAction(icon(u"arrow-clockwise"_s), tr("Test all accounts"), this))
{
    m_signIn->setObjectName(u"signInAction"_s);
    m_signIn->setShortcuts(keysFor(Keys::Primary));
    setCommandHint(m_signIn, u"docker login --username USER --password-stdin REGISTRY"_s);
    m_test->setObjectName(u"testAccountsAction"_s);
    connect(m_signIn, &QAction::triggered, this, [this] { askSignIn({}, {}); });
    connect(m_test, &QAction::triggered, &m_accounts, &AccountsController::testAll);
    connect(&m_accounts, &AccountsController::changed, this, &Page::countChanged);
    connect(&m_accounts, &AccountsController::failed, this, &RegistriesPage::tellProblem);
    connect(&m_accounts, &AccountsController::moved, this, [this](int count) {
        tell(tr("%n passwords were moved", nullptr, count),
             tr("config.json has none of them any more."));
    });
    connect(&m_accounts, &AccountsController::signedOut, this,
            [this](const QString &registry) { tell(tr("Signed out of %1").arg(registry)); });
    connect(&m_browser, &RepositoryBrowser::failed, this, &RegistriesPage::tellProblem);
    connect(&m_browser, &RepositoryBrowser::deleted, this,
            [this](const QString &repository) { tell(tr("Deleted from %1").arg(repository)); });
    connect(&m_local, &LocalRegistry::failed, this, &RegistriesPage::tellProblem);
    if (m_parts.follow) {
        m_parts.follow(this, [this] {
            m_local.refresh();
            m_exceptions.refresh();
            testSettled();
            followMending();
            if (m_view) {
                m_view->refresh();
            }
        });
    }
}

RegistriesPage::~RegistriesPage()
{
    delete m_view; // its parts use ours
}

QString RegistriesPage::id() const
{
    return u"registries"_s;
}

QString RegistriesPage::title() const
{
    return tr("Registries");
}

QString RegistriesPage::iconName() const
{
    return u"registry"_s;
}

/// Helpers are asked when the page is looked at, not when the program starts: they may want a
/// keyring to be unlocked.
QWidget *RegistriesPage::widget()
{
    if (m_view) {
        return m_view;
    }
    m_view =
        new RegistriesView({.accounts = &m_accounts,
                            .browser = &m_browser,
                            .local = &m_local,
                            .exceptions = &m_exceptions,
                            .trust = m_parts.trust,
                            .isHere = [this](const std::string &digest) { return isHere(digest); },
                            .mirrors = [this] { return mirrorText(); }});
    m_view->addAction(m_signIn);
    connect(m_view, &RegistriesView::signInWanted, this,
            [this](const std::string &registry, const std::string &user) {
                askSignIn(registry, user);
            });
    connect(m_view, &RegistriesView::browseWanted, this,
            [this](const std::string &registry) { browse(registry); });
    connect(m_view, &RegistriesView::moveWanted, &m_accounts, &AccountsController::movePlain);
    connect(m_view, &RegistriesView::showFileWanted, this, &RegistriesPage::showFile);
    connect(m_view, &RegistriesView::removeLocalWanted, this, &RegistriesPage::askLocalRemoval);
    connect(m_view->accountsCard(), &AccountsCard::signOutWanted, this,
            &RegistriesPage::askSignOut);
    connect(m_view->pane(), &BrowsePane::closeWanted, this, [this] {
        m_view->setPaneOpen(false);
        m_browser.close();
    });
    connect(m_view->pane(), &BrowsePane::pullWanted, this, &RegistriesPage::pullWanted);
    connect(m_view->pane(), &BrowsePane::deleteWanted, this, &RegistriesPage::askDeletion);
    connectTrust();
    connectExceptions();
    m_accounts.refresh();
    return m_view;
}

std::optional<qint64> RegistriesPage::count() const
{
    return m_accounts.isRead() ? std::optional<qint64>(m_accounts.registryCount()) : std::nullopt;
}

QAction *RegistriesPage::primaryAction() const
{
    return m_signIn;
}

QList<QAction *> RegistriesPage::actions() const
{
    return {m_signIn, m_test};
}

QWidget *RegistriesPage::filterField() const
{
    return m_view && m_view->isPaneOpen() ? m_view->pane()->filterField() : nullptr;
}

QList<QWidget *> RegistriesPage::panes() const
{
    if (!m_view || !m_view->isPaneOpen()) {
        return {};
    }
    return {m_view, m_view->pane()};
}

void RegistriesPage::refresh()
{
    m_accounts.refresh();
    m_browser.refresh();
    m_local.refresh();
    m_exceptions.refresh();
}

void RegistriesPage::browse(const std::string &registry, const std::string &repository)
{
    widget();
    m_browser.open(registry, repository);
    m_view->setPaneOpen(true);
    m_view->pane()->filterField()->setFocus(Qt::OtherFocusReason);
}

bool RegistriesPage::isHere(const std::string &digest) const
{
    const auto images = m_parts.engine.images();
    return std::ranges::any_of(*images, [&digest](const docker::ImageSummary &image) {
        return std::ranges::any_of(image.digests, [&digest](const std::string &each) {
            return each.ends_with("@" + digest);
        });
    });
}

QString RegistriesPage::mirrorText() const
{
    const auto mirrors = m_parts.mirrors ? m_parts.mirrors() : std::vector<std::string>();
    return mirrors.empty() ? QString()
                           : tr("Mirror of docker.io: %1").arg(displayText(mirrors.front(), 60));
}

void RegistriesPage::tell(const QString &title, const QString &text)
{
    if (m_parts.toasts != nullptr) {
        ToastContent content;
        content.title = title;
        content.text = text;
        m_parts.toasts->show(content);
    }
}

void RegistriesPage::tellProblem(const Explanation &words)
{
    if (m_parts.toasts != nullptr) {
        ToastContent content;
        content.kind = ToastKind::Error;
        content.title = words.title;
        content.text = words.body();
        content.details = words.rawDetail;
        m_parts.toasts->show(content);
    }
}

/// What is in the way of it is mended first, then it is asked again.
void RegistriesPage::askSignIn(const std::string &registry, const std::string &user,
                               const std::function<void()> &back)
{
    auto *dialog = new SignInDialog(m_parts.desk, registry, user, widget());
    connect(dialog, &SignInDialog::signedIn, this, [this](const std::string &where) {
        tell(tr("Signed in to %1").arg(displayText(where, 80)));
    });
    connect(dialog, &SignInDialog::mendWanted, this,
            [this, back](RegistryRemedy remedy, const std::string &where, const std::string &who) {
                mend(remedy, where, [this, where, who, back] { askSignIn(where, who, back); });
            });
    connect(dialog, &QDialog::finished, this, [back](int result) {
        if (back && result != SignInDialog::toMend) {
            back();
        }
    });
    dialog->open();
}

/// Who does not want it after all goes back as well; a failure is told here and stays.
void RegistriesPage::mend(RegistryRemedy remedy, const std::string &registry,
                          std::function<void()> back)
{
    m_mending.reset();
    if (remedy == RegistryRemedy::SignIn) {
        askSignIn(registry, {}, back);
        return;
    }
    const Dialog *dialog =
        remedy == RegistryRemedy::Trust ? askTrust(registry) : askInsecure(registry);
    connect(dialog, &QDialog::finished, this, [this, registry, back = std::move(back)] {
        m_exceptions.isBusy() ? void(m_mending = Mending{registry, back}) : back();
    });
}

void RegistriesPage::followMending()
{
    if (m_mending && !m_exceptions.isBusy() && m_exceptions.isSettled(m_mending->registry)) {
        std::exchange(m_mending, std::nullopt)->back();
    }
}

void RegistriesPage::askSignOut(const std::string &registry)
{
    const QString name = displayText(registry, 80);
    auto *dialog = new ConfirmDialog(u"signOutDialog"_s, tr("Sign out of %1?").arg(name), widget());
    dialog->addLost(u"lock"_s, tr("The password or token that is kept for it"));
    dialog->setStays(
        tr("The account itself, what is in the registry, and images that are here. The "
           "docker command is signed out, too."));
    dialog->setCommand(QString::fromStdString(service::CliRegistryDesk::signOutLine(registry)));
    dialog->setVerb(tr("Sign out"), ButtonKind::DangerSolid);
    connect(dialog, &QDialog::accepted, this, [this, registry] { m_accounts.signOut(registry); });
    dialog->open();
}

void RegistriesPage::askDeletion(const std::string &digest)
{
    const std::vector<std::string> tags = m_browser.tagsOf(digest);
    auto *dialog = new ConfirmDialog(
        u"deleteTagDialog"_s,
        tr("Delete this image from %1?").arg(displayText(m_browser.repository(), 60)), widget());
    for (const std::string &tag : tags) {
        dialog->addLost(u"tag"_s, displayText(tag, 80));
    }
    dialog->setText(tr("Registries delete an image, not a tag: every tag that means it goes."));
    dialog->setStays(tr("Copies that engines have. Its layers go when the registry cleans up."));
    dialog->setVerb(tr("Delete %n tags", nullptr, int(tags.size())), ButtonKind::DangerSolid);
    connect(dialog, &QDialog::accepted, this, [this, digest] { m_browser.deleteImage(digest); });
    dialog->open();
}

void RegistriesPage::connectTrust()
{
    TrustCard *card = m_view->trustCard();
    if (card == nullptr) {
        return;
    }
    connect(card, &TrustCard::addKeyWanted, this,
            [this] { (new AddKeyDialog(m_parts.trust, widget()))->open(); });
    connect(card, &TrustCard::makeKeysWanted, this, [this] {
        auto *dialog = new KeyPairDialog(m_parts.trust, widget());
        connect(dialog, &KeyPairDialog::made, this,
                [this](const QString &name, const QString &privateKey) {
                    tell(tr("The key pair %1 is made").arg(name),
                         tr("Keep a copy of %1 in a safe place.").arg(privateKey));
                });
        dialog->open();
    });
    connect(card, &TrustCard::removeKeyWanted, this, &RegistriesPage::askKeyRemoval);
}

void RegistriesPage::askKeyRemoval(const std::string &name)
{
    const QString shown = displayText(name, 60);
    auto *dialog = new ConfirmDialog(u"removeKeyDialog"_s,
                                     tr("Let the key %1 speak for nothing?").arg(shown), widget());
    dialog->addLost(u"shield-lock"_s, tr("What it speaks for, and its name here"));
    dialog->setStays(tr("Its files, and signatures that were made with it."));
    dialog->setVerb(tr("Remove key"), ButtonKind::DangerSolid);
    connect(dialog, &QDialog::accepted, this, [this, name] {
        trust::Rules rules = m_parts.trust->rules();
        std::erase_if(rules.keys, [&name](const auto &each) { return each.name == name; });
        m_parts.trust->setRules(rules);
    });
    dialog->open();
}

void RegistriesPage::connectExceptions()
{
    const auto follow = [this](auto *card) {
        using Of = std::remove_pointer_t<decltype(card)>;
        connect(card, &Of::trustWanted, this, &RegistriesPage::askTrust);
        connect(card, &Of::insecureWanted, this, &RegistriesPage::askInsecure);
        connect(card, &Of::removalWanted, this, &RegistriesPage::askExceptionRemoval);
    };
    follow(m_view->accountsCard());
    follow(m_view->exceptionsCard());
    connect(&m_exceptions, &ExceptionsController::failed, this, &RegistriesPage::tellProblem);
    connect(&m_exceptions, &ExceptionsController::failed, this, [this] { m_mending.reset(); });
    connect(&m_exceptions, &ExceptionsController::cancelled, this, &RegistriesPage::followMending);
    connect(&m_exceptions, &ExceptionsController::done, this, [this](const std::string &registry) {
        using Kind = ExceptionsController::Kind;
        const QString name = displayText(registry, 80);
        const Kind kind = m_exceptions.kindOf(registry);
        tell(kind == Kind::OwnCertificate ? tr("The certificate of %1 is trusted").arg(name)
             : kind == Kind::Insecure     ? tr("%1 is used without encryption").arg(name)
                                          : tr("The exception of %1 is removed").arg(name));
        m_toTest = m_accounts.book().accountAt(registry) != nullptr ? registry : std::string();
        testSettled();
        followMending();
    });
}

/// Whether it helped, once the engine says so of itself: what it says holds for our questions, too.
void RegistriesPage::testSettled()
{
    if (!m_toTest.empty() && m_exceptions.isSettled(m_toTest)) {
        m_accounts.test(std::exchange(m_toTest, std::string()));
    }
}

Dialog *RegistriesPage::askTrust(const std::string &registry)
{
    if (!m_exceptions.mayChange()) {
        return openHelp(ExceptionHelpDialog::Wanted::Certificate, registry, widget());
    }
    auto *dialog = new TrustCertificateDialog(
        m_parts.desk, registry,
        [this](const std::string &name, const QString &file) {
            return m_exceptions.trustLine(name, file);
        },
        widget());
    connect(dialog, &TrustCertificateDialog::trusted, &m_exceptions, &ExceptionsController::trust);
    dialog->open();
    return dialog;
}

Dialog *RegistriesPage::askInsecure(const std::string &registry)
{
    if (!m_exceptions.mayChange()) {
        return openHelp(ExceptionHelpDialog::Wanted::Insecure, registry, widget());
    }
    auto *dialog = new InsecureRegistryDialog(
        registry, [this](const std::string &name) { return m_exceptions.insecureLine(name); },
        widget());
    connect(dialog, &QDialog::accepted, this,
            [this, dialog] { m_exceptions.useInsecure(dialog->registry()); });
    dialog->open();
    return dialog;
}

void RegistriesPage::askExceptionRemoval(const std::string &registry)
{
    const QString name = displayText(registry, 80);
    const bool isInsecure = m_exceptions.kindOf(registry) == ExceptionsController::Kind::Insecure;
    auto *dialog = new ConfirmDialog(u"removeExceptionDialog"_s,
                                     tr("Remove the exception of %1?").arg(name), widget());
    dialog->addLost(u"shield-lock"_s,
                    isInsecure ? tr("Pulling and pushing there without a good certificate")
                               : tr("Pulling and pushing there with the certificate of your own"));
    dialog->setStays(tr("The account, what is in the registry, images that are here, and running "
                        "containers: the engine restarts for it."));
    dialog->setCommand(m_exceptions.removalLine(registry));
    dialog->setVerb(tr("Remove exception"), ButtonKind::DangerSolid);
    connect(dialog, &QDialog::accepted, this, [this, registry] { m_exceptions.remove(registry); });
    dialog->open();
}

void RegistriesPage::askLocalRemoval()
{
    auto *dialog =
        new ConfirmDialog(u"removeLocalDialog"_s, tr("Remove the local registry?"), widget());
    dialog->addLost(u"container"_s, QLatin1StringView(LocalRegistry::container));
    dialog->setStays(tr("What was pushed to it, in the volume %1.")
                         .arg(QLatin1StringView(LocalRegistry::volume)));
    dialog->setCommand(u"docker rm -f "_s + QLatin1StringView(LocalRegistry::container));
    dialog->setVerb(tr("Remove"), ButtonKind::DangerSolid);
    connect(dialog, &QDialog::accepted, &m_local, &LocalRegistry::remove);
    dialog->open();
}

void RegistriesPage::showFile()
{
    const QFileInfo file(QString::fromStdString(m_accounts.book().file));
    QDesktopServices::openUrl(QUrl::fromLocalFile(file.absolutePath()));
}

} // namespace roadstead::ui
