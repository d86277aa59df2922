// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trust/key_dialogs.h"

#include "engine/registry/trust/cosign.h"
#include "ui/text/display_text.h"
#include "ui/text/trust_text.h"
#include "ui/trust/path_field.h"
#include "ui/widgets/label.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr qsizetype longestKeyName = 60;
constexpr qint64 longestKeyFile = 65536;

QLineEdit *addScopeField(QVBoxLayout *column)
{
    return addTextField(column, u"keyScope"_s, KeyPairDialog::tr("Speaks for"),
                        u"registry.example/team"_s);
}

Label *addNote(QVBoxLayout *column, const QString &name)
{
    auto *note = new Label({}, FontRole::Small, Color::Text3);
    note->setObjectName(name);
    note->setWordWrap(true);
    column->addWidget(note);
    return note;
}

/// What a scope means; or that it is none.
QString scopeText(const QLineEdit *field)
{
    const auto scope = trust::scopeOf(field->text().trimmed().toStdString());
    if (!scope) {
        return KeyPairDialog::tr("Enter a registry, or the beginning of names of repositories.");
    }
    return scope->empty() ? KeyPairDialog::tr("All images, where no other key speaks for one.")
                          : KeyPairDialog::tr("Images whose name is or begins with %1.")
                                .arg(displayText(*scope, 80));
}

bool hasScope(const QLineEdit *field)
{
    return trust::scopeOf(field->text().trimmed().toStdString()).has_value();
}

std::string scopeIn(const QLineEdit *field)
{
    return trust::scopeOf(field->text().trimmed().toStdString()).value_or(std::string());
}

bool isTaken(const service::TrustDesk *desk, const QString &name)
{
    return std::ranges::contains(desk->rules().keys, name.toStdString(), &trust::TrustedKey::name);
}

bool isPublicKey(const QString &path)
{
    QFile file(path);
    return QFileInfo(path).isFile() && file.open(QIODevice::ReadOnly) &&
           file.read(longestKeyFile).contains("BEGIN PUBLIC KEY");
}

} // namespace

// ---- Add

AddKeyDialog::AddKeyDialog(service::TrustDesk *desk, QWidget *parent)
    : TryingDialog(u"addKeyDialog"_s, tr("Add a public key?"), parent)
    , m_desk(desk)
    , m_file(addPathField(body(), PathField::Kind::File, u"keyFile"_s, tr("Public key"),
                          tr("Public keys (*.pub *.pem)")))
    , m_name(addTextField(body(), u"keyName"_s, tr("Name"), u"release"_s))
    , m_scope(addScopeField(body()))
    , m_scopeNote(addNote(body(), u"keyScopeNote"_s))
{
    setText(tr("Images that it has signed count as verified. Get it from whoever signs them, in a "
               "way that nobody else can have changed."));
    setVerb(tr("Add key"));
    connect(m_file, &PathField::changed, this, [this] {
        if (!m_isNameTyped) {
            m_name->setText(QFileInfo(m_file->path()).completeBaseName());
        }
        refresh();
    });
    connect(m_name, &QLineEdit::textEdited, this, [this] { m_isNameTyped = true; });
    connect(m_name, &QLineEdit::textChanged, this, &AddKeyDialog::refresh);
    connect(m_scope, &QLineEdit::textChanged, this, &AddKeyDialog::refresh);
    m_file->edit()->setFocus(Qt::OtherFocusReason);
    refresh();
}

QString AddKeyDialog::problem() const
{
    const QString name = m_name->text().trimmed();
    if (!isPublicKey(m_file->path())) {
        return m_file->path().isEmpty() ? tr("Choose the file of the public key.")
                                        : tr("This file is no public key.");
    }
    if (name.isEmpty() || name.size() > longestKeyName) {
        return tr("Enter a name.");
    }
    if (isTaken(m_desk, name)) {
        return tr("Another key has this name.");
    }
    return hasScope(m_scope) ? QString() : scopeText(m_scope);
}

void AddKeyDialog::refresh()
{
    setProblem(shownProblem());
    m_scopeNote->setText(scopeText(m_scope));
}

QWidget *AddKeyDialog::wrongField() const
{
    return !isPublicKey(m_file->path()) ? static_cast<QWidget *>(m_file->edit())
           : hasScope(m_scope)          ? static_cast<QWidget *>(m_name)
                                        : static_cast<QWidget *>(m_scope);
}

void AddKeyDialog::begin()
{
    trust::Rules rules = m_desk->rules();
    rules.keys.push_back({.name = m_name->text().trimmed().toStdString(),
                          .publicKey = QFileInfo(m_file->path()).absoluteFilePath().toStdString(),
                          .scope = scopeIn(m_scope)});
    m_desk->setRules(rules);
    succeed();
}

// ---- Make

KeyPairDialog::KeyPairDialog(service::TrustDesk *desk, QWidget *parent)
    : TryingDialog(u"keyPairDialog"_s, tr("Make a key pair?"), parent)
    , m_desk(desk)
    , m_folder(addPathField(body(), PathField::Kind::Folder, u"keyFolder"_s, tr("Folder")))
    , m_name(addTextField(body(), u"keyName"_s, tr("Name"), u"release"_s))
    , m_password(addSecretField(body(), u"keyPassword"_s, tr("Password")))
    , m_again(addSecretField(body(), u"keyPasswordAgain"_s, tr("Password again")))
    , m_scope(addScopeField(body()))
    , m_scopeNote(addNote(body(), u"keyScopeNote"_s))
{
    setText(tr("NAME.key signs and stays with you, NAME.pub verifies and is for everybody. Nobody "
               "can find out a lost password."));
    m_folder->setPath(QDir::homePath());
    setVerb(tr("Make key pair"));
    for (QLineEdit *field : {m_folder->edit(), m_name, m_password, m_again, m_scope}) {
        connect(field, &QLineEdit::textChanged, this, &KeyPairDialog::forgetRefusal);
    }
    m_name->setFocus(Qt::OtherFocusReason);
    refresh();
}

KeyPairDialog::~KeyPairDialog()
{
    m_operation.cancel();
}

service::KeyWish KeyPairDialog::wish() const
{
    return {.folder = QDir::cleanPath(m_folder->path()).toStdString(),
            .name = m_name->text().trimmed().toStdString(),
            .scope = scopeIn(m_scope)};
}

QWidget *KeyPairDialog::wrongField() const
{
    const bool isPassword = m_password->text().isEmpty() || m_password->text() != m_again->text();
    return !QFileInfo(m_folder->path()).isDir() ? static_cast<QWidget *>(m_folder->edit())
           : !trust::isKeyName(wish().name) || isTaken(m_desk, m_name->text().trimmed()) ? m_name
           : m_password->text().isEmpty() ? m_password
           : isPassword                   ? m_again
                                          : m_scope;
}

QString KeyPairDialog::problem() const
{
    if (!QFileInfo(m_folder->path()).isDir()) {
        return tr("Choose a folder that is there.");
    }
    if (!trust::isKeyName(wish().name)) {
        return tr("Enter a name of letters, digits and the characters . _ -");
    }
    if (isTaken(m_desk, m_name->text().trimmed())) {
        return tr("Another key has this name.");
    }
    if (m_password->text().isEmpty()) {
        return tr("Enter a password for the private key.");
    }
    if (m_password->text() != m_again->text()) {
        return tr("The two passwords differ.");
    }
    return hasScope(m_scope) ? QString() : scopeText(m_scope);
}

void KeyPairDialog::refresh()
{
    setProblem(shownProblem());
    m_scopeNote->setText(scopeText(m_scope));
    setCommand(trust::isKeyName(wish().name) ? displayText(service::TrustDesk::keyLine(wish()))
                                             : QString());
    setVerb(isBusy() ? tr("Making") : tr("Make key pair"));
    setVerbEnabled(!isBusy());
    for (QWidget *field : {static_cast<QWidget *>(m_folder), static_cast<QWidget *>(m_name),
                           static_cast<QWidget *>(m_password), static_cast<QWidget *>(m_again),
                           static_cast<QWidget *>(m_scope)}) {
        field->setEnabled(!isBusy());
    }
}

void KeyPairDialog::begin()
{
    m_operation = m_desk->makeKeyPair(wish(), m_password->text().toStdString());
    m_operation.then(this, [this](const Result<trust::TrustedKey> &key) { take(key); });
}

void KeyPairDialog::take(const Result<trust::TrustedKey> &key)
{
    if (!key) {
        refuse(explainTrust(key.error(), TrustAct::MakeKey, wish().name).body());
        return;
    }
    clearSecrets();
    Q_EMIT made(displayText(key->name, 80), displayText(key->privateKey, 200));
    succeed();
}

void KeyPairDialog::clearSecrets()
{
    m_password->clear();
    m_again->clear();
}

void KeyPairDialog::reject()
{
    m_operation.cancel();
    clearSecrets();
    Dialog::reject();
}

} // namespace roadstead::ui
