// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/registries/registry_desk.h"
#include "ui/text/registry_text.h"
#include "ui/widgets/dialog.h"

#include <QPointer>
#include <QString>

#include <string>

class QLineEdit;

namespace roadstead::ui {

class Label;
class LinkButton;

/// Asks for an account at a registry, tries it there and keeps it; stays open until that worked.
class SignInDialog : public Dialog
{
    Q_OBJECT
public:
    static constexpr int toMend = 2; ///< what it finishes with before mendWanted()

    /// `registry` empty = it is asked for, too. `user`: what the field begins with, as it is.
    /// `desk` must outlive the dialog.
    SignInDialog(service::RegistryDesk *desk, const std::string &registry, const std::string &user,
                 QWidget *parent);
    ~SignInDialog() override;

    void accept() override;
    void reject() override;

Q_SIGNALS:
    void signedIn(const std::string &registry);
    /// Nobody can sign in there before this is done; the dialog is closed.
    void mendWanted(roadstead::ui::RegistryRemedy remedy, const std::string &registry,
                    const std::string &user);

private:
    [[nodiscard]] std::string registry() const;
    [[nodiscard]] QString problem() const;
    void refresh();
    void take(const Result<registry::Greeting> &greeting);

    service::RegistryDesk *m_desk;
    service::Operation<registry::Greeting> m_operation;
    QLineEdit *m_registry;
    QLineEdit *m_user;
    QLineEdit *m_secret;
    Label *m_advice;
    LinkButton *m_tokens;
    LinkButton *m_mend;
    bool m_tried = false; ///< the verb was pressed: from now on problems are said while typing
    bool m_isBusy = false;
    QString m_refused; ///< what the registry said to what is typed; display text
    RegistryRemedy m_remedy = RegistryRemedy::None; ///< of that, but for another account
};

} // namespace roadstead::ui
