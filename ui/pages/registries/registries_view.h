// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/surface.h"

#include <cstdint>
#include <functional>
#include <string>

class QSpinBox;

namespace roadstead::service {
class TrustDesk;
}

namespace roadstead::ui {

class AccountsCard;
class AccountsController;
class BrowsePane;
class Button;
class ExceptionsCard;
class ExceptionsController;
class HelpersCard;
class Label;
class LocalRegistry;
class PageHeader;
class RepositoryBrowser;
class SidePane;
class TrustCard;

/// The registries page: accounts, helpers, a registry of one's own, and what is in one beside them.
class RegistriesView : public Surface
{
    Q_OBJECT
public:
    /// All must outlive this.
    struct Parts
    {
        AccountsController *accounts = nullptr;
        RepositoryBrowser *browser = nullptr;
        LocalRegistry *local = nullptr;
        ExceptionsController *exceptions = nullptr;
        service::TrustDesk *trust = nullptr; ///< null = nothing is signed
        std::function<bool(const std::string &digest)> isHere;
        std::function<QString()> mirrors; ///< of Docker Hub; display text, may be empty
    };

    explicit RegistriesView(const Parts &parts, QWidget *parent = nullptr);
    ~RegistriesView() override;

    [[nodiscard]] AccountsCard *accountsCard() const { return m_accountsCard; }
    [[nodiscard]] ExceptionsCard *exceptionsCard() const { return m_exceptionsCard; }
    [[nodiscard]] TrustCard *trustCard() const { return m_trustCard; } ///< may be null
    [[nodiscard]] BrowsePane *pane() const { return m_pane; }
    void setPaneOpen(bool open);
    [[nodiscard]] bool isPaneOpen() const;
    void refresh();

Q_SIGNALS:
    void signInWanted(const std::string &registry, const std::string &user);
    void browseWanted(const std::string &registry);
    void moveWanted();
    void showFileWanted();
    void removeLocalWanted();

private:
    QWidget *makeList();
    QWidget *makeWarning();
    QWidget *makeLocal();
    void refreshLocal();

    AccountsController *m_accounts;
    RepositoryBrowser *m_browser;
    LocalRegistry *m_local;
    ExceptionsController *m_exceptions;
    service::TrustDesk *m_trust;
    std::function<QString()> m_mirrors;
    PageHeader *m_header = nullptr;
    Label *m_mirror = nullptr;
    Surface *m_warning = nullptr;
    Label *m_warningTitle = nullptr;
    Label *m_warningText = nullptr;
    Button *m_move = nullptr;
    Label *m_problem = nullptr;
    AccountsCard *m_accountsCard = nullptr;
    HelpersCard *m_helpersCard = nullptr;
    TrustCard *m_trustCard = nullptr;
    ExceptionsCard *m_exceptionsCard = nullptr;
    Label *m_localText = nullptr;
    QSpinBox *m_port = nullptr;
    Button *m_start = nullptr;
    Button *m_browseLocal = nullptr;
    Button *m_removeLocal = nullptr;
    SidePane *m_side = nullptr;
    BrowsePane *m_pane = nullptr;
};

} // namespace roadstead::ui
