// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/trust/trust_desk.h"
#include "ui/widgets/trying_dialog.h"

#include <QString>

#include <functional>
#include <optional>
#include <string>

class QCheckBox;
class QLineEdit;

namespace roadstead::ui {

class PathField;
class Segmented;

/// Signs an image of a registry: with a key pair, or at the Notary server where there is one. Stays
/// open until that worked.
class SignImageDialog : public TryingDialog
{
    Q_OBJECT
public:
    /// `image`: by tag, or by digest; `tagged`: a tag of it that the engine has, empty = none, for
    /// Content Trust. `desk` must outlive the dialog.
    SignImageDialog(service::TrustDesk *desk, std::string image, std::string tagged,
                    QWidget *parent);
    ~SignImageDialog() override;

    void reject() override;

Q_SIGNALS:
    /// `byDigest` is empty where Content Trust signed a tag.
    void signedImage(const std::string &byDigest);

private:
    [[nodiscard]] bool isAtNotary() const;
    [[nodiscard]] service::SignWish wish() const;
    [[nodiscard]] QString problem() const override;
    [[nodiscard]] QWidget *wrongField() const override;
    [[nodiscard]] QString usualKey() const;
    void makeFields();
    void refresh() override;
    void begin() override;
    void end(const std::optional<Error> &error, const std::string &byDigest);
    void clearSecrets();

    service::TrustDesk *m_desk;
    const std::string m_image;
    const std::string m_tagged;
    std::function<void()> m_cancel;
    Segmented *m_method = nullptr;
    QWidget *m_withKey = nullptr;
    QWidget *m_atNotary = nullptr;
    PathField *m_key = nullptr;
    QLineEdit *m_password = nullptr;
    QCheckBox *m_log = nullptr;
    QLineEdit *m_rootPhrase = nullptr;
    QLineEdit *m_phrase = nullptr;
};

} // namespace roadstead::ui
