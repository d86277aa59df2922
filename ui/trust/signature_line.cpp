// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trust/signature_line.h"

#include "engine/reference/image_reference.h"
#include "ui/text/display_text.h"
#include "ui/text/trust_text.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/trust/sign_image_dialog.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>

namespace roadstead::ui {

namespace {

using State = trust::Verdict::State;

StateMark markOf(const trust::Verdict *verdict)
{
    if (verdict == nullptr || verdict->state == State::NoRule || verdict->state == State::Local) {
        return StateMark::Waiting;
    }
    switch (verdict->state) {
    case State::Trusted:
        return StateMark::Done;
    case State::Unsigned:
        return verdict->why &&
                       trust::trustCauseOf(*verdict->why) == trust::TrustCause::DigestMismatch
                   ? StateMark::Error
                   : StateMark::Exited;
    case State::OtherSigner:
        return StateMark::Error;
    default:
        return StateMark::Warning;
    }
}

} // namespace

std::string taggedLike(const std::string &byDigest, const std::vector<std::string> &tags)
{
    const auto own = reference::parseNormalized(byDigest);
    for (const std::string &tag : tags) {
        const auto read = reference::parseNormalized(tag);
        if (own && read && read->name() == own->name()) {
            return tag;
        }
    }
    return {};
}

SignImageDialog *askToSign(service::TrustDesk *desk, const std::string &image,
                           const std::string &tagged, QWidget *parent)
{
    auto *dialog = new SignImageDialog(desk, image, tagged, parent);
    dialog->open();
    return dialog;
}

SignatureLine::SignatureLine(const QString &prefix, service::TrustDesk *desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_mark(new MarkLabel(StateMark::Waiting))
    , m_text(new ElidedLabel)
    , m_verify(new LinkButton(prefix + QStringLiteral("Verify"), tr("Verify")))
    , m_sign(new LinkButton(prefix + QStringLiteral("Sign"), tr("Sign…")))
{
    setObjectName(prefix + QStringLiteral("Signature"));
    m_text->setObjectName(prefix + QStringLiteral("SignatureText"));
    m_verify->setAccessibleName(tr("Verify the signature"));
    m_sign->setAccessibleName(tr("Sign this image"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s1 + 2);
    row->addWidget(m_mark);
    row->addWidget(m_text, 1);
    row->addWidget(m_verify);
    row->addSpacing(space::s1);
    row->addWidget(m_sign);
    setCommandHint(m_verify, [this] {
        QStringList lines;
        for (const std::string &line : m_desk->judgeLines(m_image)) {
            lines.append(QString::fromStdString(line));
        }
        return lines.join(QStringLiteral("; "));
    });
    setCommandHint(m_sign, [this] {
        return QString::fromStdString(m_desk->signLine({.image = m_image, .privateKey = "KEY"}));
    });
    connect(m_verify, &LinkButton::clicked, this, &SignatureLine::verify);
    connect(m_sign, &LinkButton::clicked, this, &SignatureLine::sign);
    connect(desk, &service::TrustDesk::verdictsChanged, this, &SignatureLine::refresh);
    refresh();
}

void SignatureLine::setCompact()
{
    m_text->setRole(FontRole::Small);
    m_text->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    for (LinkButton *link : {m_verify, m_sign}) {
        link->setFont(ui::font(FontRole::Small));
    }
    static_cast<QHBoxLayout *>(layout())->addStretch(1);
}

void SignatureLine::setImage(const std::string &byDigest, const std::string &tagged)
{
    m_tagged = tagged;
    if (byDigest == m_image) {
        return;
    }
    m_image = byDigest;
    const auto read = reference::parseNormalized(byDigest);
    m_whole = read ? read->name() + "@" + read->digest : byDigest;
    m_isBusy = false;
    ++m_generation;
    refresh();
}

QString SignatureLine::text() const
{
    return m_text->fullText();
}

void SignatureLine::refresh()
{
    const trust::Verdict *verdict = m_desk->known(m_whole);
    const bool isOwn = m_signedNow == m_whole && !m_whole.empty() &&
                       (verdict == nullptr || verdict->state == State::NoRule);
    m_mark->setMark(m_isBusy ? StateMark::Busy : isOwn ? StateMark::Done : markOf(verdict));
    m_text->setFullText(m_isBusy ? tr("Checking")
                        : isOwn  ? tr("Signed by you. No key here speaks for it yet.")
                                 : verdictText(verdict));
    m_text->setToolTip(plainTip(verdict == nullptr ? QString() : verdictReason(*verdict)));
    const bool isGood = verdict != nullptr && verdict->state == State::Trusted;
    m_text->setTone(isGood || isOwn ? Color::Text : Color::Text2);
    m_verify->setEnabled(!m_isBusy && !m_image.empty());
    m_sign->setEnabled(!m_isBusy && !m_image.empty());
}

void SignatureLine::verify()
{
    if (m_isBusy || m_image.empty()) {
        return;
    }
    m_isBusy = true;
    const unsigned generation = ++m_generation;
    refresh();
    m_desk->judge(m_image).then(this, [this, generation](const Result<trust::Verdict> &) {
        if (generation != m_generation) {
            return; // another image is shown
        }
        m_isBusy = false;
        refresh(); // the desk remembers the verdict
        announce(this, text());
    });
}

void SignatureLine::sign()
{
    if (m_isBusy || m_image.empty()) {
        return;
    }
    connect(askToSign(m_desk, m_image, m_tagged, window()), &SignImageDialog::signedImage, this,
            [this, image = m_image](const std::string &byDigest) {
                m_signedNow = byDigest;
                if (image == m_image) {
                    verify();
                }
            });
}

} // namespace roadstead::ui
