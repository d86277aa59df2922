// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/card.h"

#include <string>

namespace roadstead::ui {

class AccountsController;
class Button;
class ExceptionsController;

/// The accounts that are kept: where, and whether the registry takes them.
class AccountsCard : public Card
{
    Q_OBJECT
public:
    /// Both must outlive this.
    AccountsCard(AccountsController *controller, ExceptionsController *exceptions,
                 QWidget *parent = nullptr);
    void refresh();

Q_SIGNALS:
    void browseWanted(const std::string &registry);
    void signInWanted(const std::string &registry, const std::string &user);
    void signOutWanted(const std::string &registry);
    void trustWanted(const std::string &registry);
    void insecureWanted(const std::string &registry);
    void removalWanted(const std::string &registry); ///< of its exception

private:
    QWidget *makeAccountRow(std::size_t index);
    QWidget *makeDeed(std::size_t index);
    void showMenu(std::size_t index, QWidget *button);

    AccountsController *m_controller;
    ExceptionsController *m_exceptions;
    Button *m_testAll;
    QWidget *m_rows = nullptr;
};

/// The credential helpers: whom each serves, where it is, and whether it answers.
class HelpersCard : public Card
{
    Q_OBJECT
public:
    /// `controller` must outlive this.
    explicit HelpersCard(AccountsController *controller, QWidget *parent = nullptr);
    void refresh();

private:
    AccountsController *m_controller;
    QWidget *m_rows = nullptr;
};

} // namespace roadstead::ui
