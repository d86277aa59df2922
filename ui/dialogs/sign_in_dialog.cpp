// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/sign_in_dialog.h"

#include "engine/reference/image_reference.h"
#include "engine/registry/account_book.h"
#include "engine/service/registries/cli_registry_desk.h"
#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QDesktopServices>
#include <QLineEdit>
#include <QUrl>
#include <QVBoxLayout>

#include <utility>

namespace roadstead::ui {

namespace {

constexpr int longestEntry = 16384; // tokens can be long

QLineEdit *addEntry(QVBoxLayout *column, const QString &name, const QString &label)
{
    auto *field = new QLineEdit;
    field->setObjectName(name);
    field->setAccessibleName(label);
    field->setMaxLength(longestEntry);
    auto *caption = new Label(label, FontRole::Small, Color::Text2);
    caption->setBuddy(field);
    column->addWidget(caption);
    column->addWidget(field);
    return field;
}

QString questionFor(const std::string &registry)
{
    return registry.empty() ? SignInDialog::tr("Sign in to a registry?")
                            : SignInDialog::tr("Sign in to %1?").arg(displayText(registry, 60));
}

} // namespace

SignInDialog::SignInDialog(service::RegistryDesk *desk, const std::string &registry,
                           const std::string &user, QWidget *parent)
    : Dialog(QStringLiteral("signInDialog"), questionFor(registry), parent)
    , m_desk(desk)
    , m_registry(addEntry(body(), QStringLiteral("signInRegistry"), tr("Registry")))
    , m_user(addEntry(body(), QStringLiteral("signInUser"), tr("User name")))
    , m_secret(addEntry(body(), QStringLiteral("signInSecret"), tr("Password or access token")))
    , m_advice(new Label({}, FontRole::Small, Color::Text3))
    , m_tokens(new LinkButton(QStringLiteral("signInTokens"), tr("Make a token in the browser")))
    , m_mend(new LinkButton(QStringLiteral("signInMend"), {}))
{
    m_registry->setPlaceholderText(QStringLiteral("registry.example:5000"));
    m_registry->setText(QString::fromStdString(registry));
    m_registry->setReadOnly(!registry.empty());
    m_user->setText(QString::fromStdString(user));
    m_secret->setEchoMode(QLineEdit::Password);
    m_secret->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData |
                                  Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    m_advice->setWordWrap(true);
    m_advice->setObjectName(QStringLiteral("signInAdvice"));
    body()->addWidget(m_advice);
    body()->addWidget(m_tokens, 0, Qt::AlignLeft);
    body()->addWidget(m_mend, 0, Qt::AlignLeft);
    setVerb(tr("Sign in"));
    for (QLineEdit *field : {m_registry, m_user, m_secret}) {
        connect(field, &QLineEdit::textChanged, this, [this] {
            m_refused.clear();
            m_remedy = RegistryRemedy::None;
            refresh();
        });
    }
    connect(m_mend, &LinkButton::clicked, this, [this] {
        const RegistryRemedy remedy = m_remedy;
        m_secret->clear();
        done(toMend);
        Q_EMIT mendWanted(remedy, SignInDialog::registry(), m_user->text().toStdString());
    });
    connect(m_tokens, &LinkButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl(tokenPage(SignInDialog::registry()))); });
    QLineEdit *first = registry.empty() ? m_registry : user.empty() ? m_user : m_secret;
    first->setFocus(Qt::OtherFocusReason);
    refresh();
}

SignInDialog::~SignInDialog()
{
    m_operation.cancel();
}

/// People paste URLs; a registry is its host.
std::string SignInDialog::registry() const
{
    const std::string typed = m_registry->text().trimmed().toStdString();
    return typed.empty() ? typed : registry::registryOfKey(typed);
}

QString SignInDialog::problem() const
{
    const std::string name = registry();
    if (name != "docker.io" && !reference::isDomain(name)) {
        return tr("Enter a registry, such as ghcr.io or registry.example:5000.");
    }
    if (m_user->text().isEmpty()) {
        return tr("Enter the user name.");
    }
    return m_secret->text().isEmpty() ? tr("Enter the password or token.") : QString();
}

void SignInDialog::refresh()
{
    const std::string name = registry();
    const QString wrong = problem();
    setProblem(!m_refused.isEmpty() ? m_refused : m_tried ? wrong : QString());
    setCommand(name.empty() || m_user->text().isEmpty()
                   ? QString()
                   : QString::fromStdString(
                         service::CliRegistryDesk::signInLine(name, m_user->text().toStdString())));
    m_advice->setText(name.empty() ? tr("It is tried at the registry, then kept where the docker "
                                        "command looks for it.")
                                   : secretAdvice(name));
    m_tokens->setVisible(!tokenPage(name).isEmpty());
    m_mend->setText(remedyText(m_remedy));
    m_mend->setAccessibleName(m_mend->text());
    m_mend->setVisible(m_remedy != RegistryRemedy::None);
    setVerbEnabled(!m_isBusy);
    for (QLineEdit *field : {m_registry, m_user, m_secret}) {
        field->setEnabled(!m_isBusy);
    }
}

void SignInDialog::accept()
{
    m_tried = true;
    refresh();
    if (m_isBusy) {
        return;
    }
    if (!problem().isEmpty()) {
        QLineEdit *wrong = m_user->text().isEmpty() ? m_user : m_secret;
        const std::string name = registry();
        const bool isRegistry = name == "docker.io" || reference::isDomain(name);
        (isRegistry ? wrong : m_registry)->setFocus(Qt::OtherFocusReason);
        return;
    }
    m_isBusy = true;
    m_refused.clear();
    m_remedy = RegistryRemedy::None;
    setVerb(tr("Signing in"));
    refresh();
    m_operation =
        m_desk->signIn(registry(), m_user->text().toStdString(), m_secret->text().toStdString());
    m_operation.then(this, [this](const Result<registry::Greeting> &greeting) { take(greeting); });
}

void SignInDialog::take(const Result<registry::Greeting> &greeting)
{
    m_isBusy = false;
    setVerb(tr("Sign in"));
    if (greeting) {
        m_secret->clear();
        Q_EMIT signedIn(registry());
        Dialog::accept();
        return;
    }
    const Explanation words = explainRegistry(
        greeting.error(), RegistryAct::SignIn,
        {.registry = registry(), .user = m_user->text().toStdString(), .hasAccount = true});
    // The advice for this registry stands there already.
    m_refused = words.advice == m_advice->text() ? words.reason : words.body();
    const RegistryRemedy remedy = remedyOf(registry::causeOf(greeting.error()));
    m_remedy = remedy == RegistryRemedy::SignIn ? RegistryRemedy::None : remedy;
    refresh();
    announce(this, m_refused);
    if (m_remedy != RegistryRemedy::None) {
        m_mend->setFocus(Qt::OtherFocusReason);
        return;
    }
    m_secret->setFocus(Qt::OtherFocusReason);
    m_secret->selectAll();
}

void SignInDialog::reject()
{
    m_operation.cancel();
    m_secret->clear();
    Dialog::reject();
}

} // namespace roadstead::ui
