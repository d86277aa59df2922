// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/trust/trust_desk.h"
#include "ui/widgets/trying_dialog.h"

#include <QString>

class QLineEdit;

namespace roadstead::ui {

class Label;
class PathField;

/// Asks for a public key, and what it speaks for; adds it to the rules.
class AddKeyDialog : public TryingDialog
{
    Q_OBJECT
public:
    /// `desk` must outlive the dialog.
    AddKeyDialog(service::TrustDesk *desk, QWidget *parent);

private:
    [[nodiscard]] QString problem() const override;
    [[nodiscard]] QWidget *wrongField() const override;
    void refresh() override;
    void begin() override;

    service::TrustDesk *m_desk;
    PathField *m_file;
    QLineEdit *m_name;
    QLineEdit *m_scope;
    Label *m_scopeNote;
    bool m_isNameTyped = false;
};

/// Makes a key pair; stays open until that worked.
class KeyPairDialog : public TryingDialog
{
    Q_OBJECT
public:
    /// `desk` must outlive the dialog.
    KeyPairDialog(service::TrustDesk *desk, QWidget *parent);
    ~KeyPairDialog() override;

    void reject() override;

Q_SIGNALS:
    void made(const QString &name, const QString &privateKey); ///< display text

private:
    [[nodiscard]] service::KeyWish wish() const;
    [[nodiscard]] QString problem() const override;
    [[nodiscard]] QWidget *wrongField() const override;
    void refresh() override;
    void begin() override;
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
};

} // namespace roadstead::ui
