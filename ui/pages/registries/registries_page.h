// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/registries/accounts_controller.h"
#include "ui/pages/registries/exceptions_controller.h"
#include "ui/pages/registries/local_registry.h"
#include "ui/pages/registries/repository_browser.h"
#include "ui/shell/page.h"
#include "ui/text/registry_text.h"

#include <QPointer>

#include <functional>
#include <optional>
#include <string>

namespace roadstead::ui {

class Dialog;
class RegistriesView;
class ToastHost;

/// The page "Registries": accounts and where they are kept, what registries hold, and one of one's
/// own.
class RegistriesPage : public Page
{
    Q_OBJECT
public:
    struct Parts
    {
        service::RegistryDesk *desk = nullptr; ///< must outlive the page
        service::TrustDesk *trust = nullptr;   ///< must outlive the page; null = nothing is signed
        ToastHost *toasts = nullptr;           ///< must outlive the page
        LocalRegistry::Parts engine{};
        ExceptionsController::Parts exceptions{};
        std::function<std::vector<std::string>()> mirrors{}; ///< of Docker Hub, URLs
        /// Tells when containers, images or what the engine says of itself changed.
        std::function<void(QObject *owner, std::function<void()> changed)> follow{};
    };

    explicit RegistriesPage(Parts parts, QObject *parent = nullptr);
    ~RegistriesPage() override;

    [[nodiscard]] QString id() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString iconName() const override;
    QWidget *widget() override;
    [[nodiscard]] std::optional<qint64> count() const override;
    [[nodiscard]] QAction *primaryAction() const override;
    [[nodiscard]] QList<QAction *> actions() const override;
    [[nodiscard]] QWidget *filterField() const override;
    [[nodiscard]] QList<QWidget *> panes() const override;
    void refresh() override;
    [[nodiscard]] bool worksWithoutEngine() const override { return true; }

    [[nodiscard]] AccountsController *accounts() { return &m_accounts; }
    [[nodiscard]] RepositoryBrowser *browser() { return &m_browser; }
    [[nodiscard]] LocalRegistry *local() { return &m_local; }
    [[nodiscard]] ExceptionsController *exceptions() { return &m_exceptions; }
    /// Looks into a registry; `repository` empty = none is chosen.
    void browse(const std::string &registry, const std::string &repository = {});
    /// Asks what mends a registry for somebody else, who is told once it is done, or not wanted.
    void mend(RegistryRemedy remedy, const std::string &registry, std::function<void()> back);

Q_SIGNALS:
    void pullWanted(const QString &reference);

private:
    [[nodiscard]] bool isHere(const std::string &digest) const;
    [[nodiscard]] QString mirrorText() const;
    void tell(const QString &title, const QString &text = {});
    void tellProblem(const Explanation &words);
    void askSignIn(const std::string &registry, const std::string &user,
                   const std::function<void()> &back = {});
    void askSignOut(const std::string &registry);
    void askDeletion(const std::string &digest);
    void askLocalRemoval();
    void connectExceptions();
    Dialog *askTrust(const std::string &registry);
    Dialog *askInsecure(const std::string &registry);
    void testSettled();
    void followMending();
    void askExceptionRemoval(const std::string &registry);
    void connectTrust();
    void askKeyRemoval(const std::string &name);
    void showFile();

    Parts m_parts;
    AccountsController m_accounts;
    RepositoryBrowser m_browser;
    LocalRegistry m_local;
    ExceptionsController m_exceptions;
    std::string m_toTest; ///< a registry whose exception the engine has not told yet
    struct Mending
    {
        std::string registry;
        std::function<void()> back;
    };
    std::optional<Mending> m_mending; ///< an administrator, then the engine is waited for
    QAction *m_signIn;
    QAction *m_test;
    QPointer<RegistriesView> m_view;
};

} // namespace roadstead::ui
