// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trust/sign_image_dialog.h"

#include "engine/reference/image_reference.h"
#include "ui/text/display_text.h"
#include "ui/text/trust_text.h"
#include "ui/theme/metrics.h"
#include "ui/trust/path_field.h"
#include "ui/widgets/label.h"
#include "ui/widgets/segmented.h"

#include <QCheckBox>
#include <QFileInfo>
#include <QLineEdit>
#include <QSettings>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

enum Method { WithKey, AtNotary };

constexpr qsizetype shortestPhrase = 8; // as the Notary client wants it

QString lastKeyKey()
{
    return u"trust/lastPrivateKey"_s;
}

QVBoxLayout *addPart(QVBoxLayout *column, QWidget **part)
{
    *part = new QWidget;
    auto *inner = new QVBoxLayout(*part);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(column->spacing());
    column->addWidget(*part);
    return inner;
}

Label *smallNote(const QString &text)
{
    auto *note = new Label(text, FontRole::Small, Color::Text3);
    note->setWordWrap(true);
    return note;
}

} // namespace

SignImageDialog::SignImageDialog(service::TrustDesk *desk, std::string image, std::string tagged,
                                 QWidget *parent)
    : TryingDialog(u"signImageDialog"_s, tr("Sign this image?"), parent)
    , m_desk(desk)
    , m_image(std::move(image))
    , m_tagged(std::move(tagged))
{
    setText(tr("The signature says that you vouch for exactly this content. It is kept in the "
               "registry, beside the image."));
    auto *subject = new ElidedLabel(displayText(m_image, 300), FontRole::Mono);
    subject->setObjectName(u"signImage"_s);
    subject->setElideMode(Qt::ElideMiddle);
    body()->addWidget(subject);
    makeFields();
    setVerb(tr("Sign"));
    for (QLineEdit *field : {m_key->edit(), m_password, m_rootPhrase, m_phrase}) {
        connect(field, &QLineEdit::textChanged, this, &SignImageDialog::forgetRefusal);
    }
    connect(m_log, &QCheckBox::toggled, this, &SignImageDialog::refresh);
    connect(m_method, &Segmented::chosenChanged, this, &SignImageDialog::forgetRefusal);
    (m_key->path().isEmpty() ? m_key->edit() : m_password)->setFocus(Qt::OtherFocusReason);
    refresh();
    // What cosign can do stands in the command.
    m_desk->cosign().then(this, [this](const Result<std::string> &) { refresh(); });
}

SignImageDialog::~SignImageDialog()
{
    if (m_cancel) {
        m_cancel();
    }
}

void SignImageDialog::makeFields()
{
    m_method = new Segmented(u"signMethod"_s, tr("Sign with"));
    m_method->addChoice(WithKey, u"signWithKey"_s, tr("A key pair (cosign)"));
    m_method->addChoice(AtNotary, u"signAtNotary"_s, tr("Content Trust"));
    m_method->choose(WithKey);
    m_method->setVisible(!m_desk->rules().notaryServer.empty() && !m_tagged.empty());
    body()->addWidget(m_method, 0, Qt::AlignLeft);

    QVBoxLayout *key = addPart(body(), &m_withKey);
    m_key = addPathField(key, PathField::Kind::File, u"signKey"_s, tr("Private key"),
                         tr("Private keys (*.key)"));
    m_key->setPath(usualKey());
    m_password = addSecretField(key, u"signPassword"_s, tr("Password of the key"));
    m_log = new QCheckBox(tr("Also write it to the public log"));
    m_log->setObjectName(u"signPublicLog"_s);
    key->addWidget(m_log);
    key->addWidget(smallNote(tr("The log of Sigstore can be read by everybody and keeps for ever "
                                "that this image exists and was signed.")));

    QVBoxLayout *notary = addPart(body(), &m_atNotary);
    m_rootPhrase = addSecretField(notary, u"signRootPhrase"_s, tr("Passphrase of the root key"));
    m_phrase =
        addSecretField(notary, u"signRepositoryPhrase"_s, tr("Passphrase of the repository key"));
    notary->addWidget(smallNote(
        tr("%1 at %2. Keys that are missing are made, with these passphrases. Needs an account at "
           "the registry.")
            .arg(displayText(m_tagged, 120), displayText(m_desk->rules().notaryServer, 120))));
}

/// The one of a key that speaks for the image, else the one that was used last.
QString SignImageDialog::usualKey() const
{
    const auto read = reference::parseNormalized(m_image);
    const auto keys = read ? m_desk->rules().keysFor(read->name()) : m_desk->rules().keys;
    const auto own = std::ranges::find_if(
        keys, [](const trust::TrustedKey &each) { return !each.privateKey.empty(); });
    return own != keys.end() ? QString::fromStdString(own->privateKey)
                             : QSettings().value(lastKeyKey()).toString();
}

bool SignImageDialog::isAtNotary() const
{
    return m_method->chosen() == AtNotary;
}

service::SignWish SignImageDialog::wish() const
{
    return {.image = m_image,
            .privateKey = m_key->path().toStdString(),
            .inPublicLog = m_log->isChecked()};
}

QString SignImageDialog::problem() const
{
    if (isAtNotary()) {
        const bool isShort = m_rootPhrase->text().size() < shortestPhrase ||
                             m_phrase->text().size() < shortestPhrase;
        return isShort ? tr("Passphrases have at least 8 characters.") : QString();
    }
    if (!QFileInfo(m_key->path()).isFile()) {
        return m_key->path().isEmpty() ? tr("Choose the file of the private key.")
                                       : tr("There is no such file.");
    }
    return m_password->text().isEmpty() ? tr("Enter the password of the key.") : QString();
}

void SignImageDialog::refresh()
{
    m_withKey->setVisible(!isAtNotary());
    m_atNotary->setVisible(isAtNotary());
    setProblem(shownProblem());
    setCommand(isAtNotary()              ? displayText(m_desk->notaryLine(m_tagged))
               : m_key->path().isEmpty() ? QString()
                                         : displayText(m_desk->signLine(wish())));
    setVerb(isBusy() ? tr("Signing") : tr("Sign"));
    setVerbEnabled(!isBusy());
    for (QWidget *part : {static_cast<QWidget *>(m_method), m_withKey, m_atNotary}) {
        part->setEnabled(!isBusy());
    }
}

QWidget *SignImageDialog::wrongField() const
{
    return isAtNotary() ? (m_rootPhrase->text().size() < shortestPhrase ? m_rootPhrase : m_phrase)
           : QFileInfo(m_key->path()).isFile() ? m_password
                                               : m_key->edit();
}

void SignImageDialog::begin()
{
    if (isAtNotary()) {
        const auto signing =
            m_desk->signAtNotary(m_tagged, {.root = m_rootPhrase->text().toStdString(),
                                            .repository = m_phrase->text().toStdString()});
        m_cancel = [signing] { signing.cancel(); };
        signing.then(this, [this](const Result<service::Done> &done) {
            end(done ? std::nullopt : std::optional(done.error()), {});
        });
        return;
    }
    const auto signing = m_desk->sign(wish(), m_password->text().toStdString());
    m_cancel = [signing] { signing.cancel(); };
    signing.then(this, [this](const Result<std::string> &byDigest) {
        end(byDigest ? std::nullopt : std::optional(byDigest.error()), byDigest.value_or(""));
    });
}

void SignImageDialog::end(const std::optional<Error> &error, const std::string &byDigest)
{
    m_cancel = {};
    if (!error) {
        clearSecrets();
        if (!isAtNotary()) {
            QSettings().setValue(lastKeyKey(), m_key->path());
        }
        Q_EMIT signedImage(byDigest);
        succeed();
        return;
    }
    refuse(explainTrust(*error, TrustAct::Sign, m_image).body());
    QLineEdit *again = isAtNotary() ? m_phrase : m_password;
    again->setFocus(Qt::OtherFocusReason);
    again->selectAll();
}

void SignImageDialog::clearSecrets()
{
    for (QLineEdit *field : {m_password, m_rootPhrase, m_phrase}) {
        field->clear();
    }
}

void SignImageDialog::reject()
{
    if (m_cancel) {
        std::exchange(m_cancel, {})();
    }
    clearSecrets();
    Dialog::reject();
}

} // namespace roadstead::ui
