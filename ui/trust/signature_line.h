// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/trust/trust_desk.h"

#include <QString>
#include <QWidget>

#include <string>
#include <vector>

namespace roadstead::ui {

class ElidedLabel;
class LinkButton;
class MarkLabel;
class SignImageDialog;

/// What is known of the signature of an image of a registry, and ways to check it and to sign it.
class SignatureLine : public QWidget
{
    Q_OBJECT
public:
    /// `prefix` begins the names of its parts: "push" gives "pushVerify". `desk` must outlive this.
    SignatureLine(const QString &prefix, service::TrustDesk *desk, QWidget *parent = nullptr);

    /// Small, with the ways directly behind the words: among the facts of an image.
    void setCompact();
    /// `byDigest`: "name@sha256:…", as people write it; `tagged`: a tag of it, may be empty.
    void setImage(const std::string &byDigest, const std::string &tagged);
    void verify();
    void sign();
    [[nodiscard]] QString text() const; ///< display text

private:
    void refresh();

    service::TrustDesk *m_desk;
    MarkLabel *m_mark;
    ElidedLabel *m_text;
    LinkButton *m_verify;
    LinkButton *m_sign;
    std::string m_image;
    std::string m_whole; ///< the same with the whole name, as verdicts are known by
    std::string m_tagged;
    std::string m_signedNow; ///< was signed here, and no key speaks for it
    bool m_isBusy = false;
    unsigned m_generation = 0;
};

/// The tag, of several, that is of the same repository as "name@sha256:…"; empty = none is.
std::string taggedLike(const std::string &byDigest, const std::vector<std::string> &tags);

/// Asks for what signs `image`; see SignImageDialog. Opens it over `parent`.
SignImageDialog *askToSign(service::TrustDesk *desk, const std::string &image,
                           const std::string &tagged, QWidget *parent);

} // namespace roadstead::ui
