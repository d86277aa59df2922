// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/trust/trust_desk.h"
#include "ui/widgets/dialog.h"

#include <QString>

class QLineEdit;

namespace roadstead::ui {

class Label;
class PathField;

/// Asks for a public key, and what it speaks for; adds it to the rules.
class AddKeyDialog : public Dialog
{
    Q_OBJECT
public:
    /// `desk` must outlive the dialog.
    AddKeyDialog(service::TrustDesk *desk, QWidget *parent);

    void accept() override;

private:
    [[nodiscard]] QString problem() const;
    void refresh();

    service::TrustDesk *m_desk;
    PathField *m_file;
    QLineEdit *m_name;
    QLineEdit *m_scope;
    Label *m_scopeNote;
    bool m_tried = false;
    bool m_isNameTyped = false;
};

/// Makes a key pair; stays open until that worked.
class KeyPairDialog : public Dialog
{
    Q_OBJECT
public:
    /// `desk` must outlive the dialog.
    KeyPairDialog(service::TrustDesk *desk, QWidget *parent);
    ~KeyPairDialog() override;

    void accept() override;
    void reject() override;

Q_SIGNALS:
    void made(const QString &name, const QString &privateKey); ///< display text

private:
    [[nodiscard]] service::KeyWish wish() const;
    [[nodiscard]] QString problem() const;
    [[nodiscard]] QWidget *wrongField() const;
    void refresh();
    void take(const Result<trust::TrustedKey> &key);
    void clearSecrets();

    service::TrustDesk *m_desk;
    service::Operation<trust::TrustedKey> m_operation;
    PathField *m_folder;
    QLineEdit *m_name;
    QLineEdit *m_password;
    QLineEdit *m_again;
    QLineEdit *m_scope;
    Label *m_scopeNote;
    QString m_refused; ///< why the last try failed; display text
    bool m_tried = false;
    bool m_isBusy = false;
};

} // namespace roadstead::ui
