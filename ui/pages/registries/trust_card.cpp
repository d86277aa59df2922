// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/registries/trust_card.h"

#include "ui/pages/registries/card_table.h"
#include "ui/text/display_text.h"
#include "ui/text/trust_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"
#include "ui/widgets/segmented.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr int nameColumn = 3;
constexpr int scopeColumn = 5;
constexpr int fileColumn = 5;
constexpr int keyTail = 28; ///< of the button that removes
constexpr int longestServer = 255;

QHBoxLayout *addPaddedRow(QVBoxLayout *column, QWidget **row = nullptr)
{
    auto *place = new QWidget;
    auto *line = new QHBoxLayout(place);
    line->setContentsMargins(space::s3, space::s2, space::s3, space::s2);
    line->setSpacing(space::s3);
    column->addWidget(place);
    if (row != nullptr) {
        *row = place;
    }
    return line;
}

} // namespace

TrustCard::TrustCard(service::TrustDesk *desk, QWidget *parent)
    : Card(tr("Trust"), parent)
    , m_desk(desk)
{
    setObjectName(u"trustCard"_s);
    setNote(tr("who has to have signed what is pulled and run"));
    auto *add = new Button(u"addTrustKey"_s, tr("Add key…"), ButtonKind::Quiet);
    auto *make = new Button(u"makeTrustKeys"_s, tr("Make key pair…"), ButtonKind::Quiet);
    add->setIconName(u"plus-lg"_s);
    make->setIconName(u"shield-lock"_s);
    setCommandHint(make, QString::fromStdString(
                             service::TrustDesk::keyLine({.folder = "FOLDER", .name = "NAME"})));
    addHeadWidget(add);
    addHeadWidget(make);
    makePolicy();
    m_keys = new QWidget;
    auto *keys = new QVBoxLayout(m_keys);
    keys->setContentsMargins(0, 0, 0, 0);
    body()->addWidget(m_keys);
    makeNotary();
    connect(add, &Button::clicked, this, &TrustCard::addKeyWanted);
    connect(make, &Button::clicked, this, &TrustCard::makeKeysWanted);
    connect(desk, &service::TrustDesk::rulesChanged, this, &TrustCard::refresh);
    refresh();
    desk->cosign().then(
        this, [this](const Result<std::string> &version) { m_missing->setVisible(!version); });
}

void TrustCard::makePolicy()
{
    QHBoxLayout *row = addPaddedRow(body());
    m_policy = new Segmented(u"trustPolicy"_s, tr("Policy for unsigned images"));
    m_policy->addChoice(int(trust::Policy::Off), u"trustOff"_s, tr("Off"));
    m_policy->addChoice(int(trust::Policy::Warn), u"trustWarn"_s, tr("Warn"));
    m_policy->addChoice(int(trust::Policy::Refuse), u"trustRefuse"_s, tr("Refuse"));
    row->addWidget(m_policy, 0, Qt::AlignTop);
    m_sentence = new Label({}, FontRole::Body, Color::Text2);
    m_sentence->setObjectName(u"trustSentence"_s);
    m_sentence->setWordWrap(true);
    row->addWidget(m_sentence, 1);
    connect(m_policy, &Segmented::chosenChanged, this, [this](int id) {
        trust::Rules rules = m_desk->rules();
        rules.policy = trust::Policy(id);
        m_desk->setRules(rules);
        announce(this, policySentence(rules.policy));
    });
    QHBoxLayout *missing = addPaddedRow(body(), &m_missing);
    m_missing->setObjectName(u"cosignMissing"_s);
    missing->addWidget(new MarkLabel(StateMark::Warning), 0, Qt::AlignTop);
    m_missingText = new Label(tr("cosign is not installed, so nothing can be signed or verified "
                                 "with keys. %1")
                                  .arg(cosignAdvice()),
                              FontRole::Body, Color::Text);
    m_missingText->setObjectName(u"cosignMissingText"_s);
    m_missingText->setWordWrap(true);
    missing->addWidget(m_missingText, 1);
    m_missing->hide();
}

void TrustCard::makeNotary()
{
    const auto [row, line] = tableRow(false);
    auto *place = new QVBoxLayout;
    place->setContentsMargins(0, space::s2, 0, space::s2);
    place->setSpacing(space::s1);
    auto *fields = new QHBoxLayout;
    fields->setSpacing(space::s2);
    auto *label = new Label(tr("Notary server (Content Trust)"), FontRole::Body);
    m_server = new QLineEdit;
    m_server->setObjectName(u"notaryServer"_s);
    m_server->setAccessibleName(tr("Address of the Notary server"));
    m_server->setPlaceholderText(u"https://notary.example"_s);
    m_server->setMaxLength(longestServer);
    label->setBuddy(m_server);
    m_setServer = new Button(u"setNotaryServer"_s, tr("Set"));
    fields->addWidget(label);
    fields->addWidget(m_server, 1);
    fields->addWidget(m_setServer);
    m_serverNote = new Label({}, FontRole::Small, Color::Text3);
    m_serverNote->setObjectName(u"notaryNote"_s);
    m_serverNote->setWordWrap(true);
    place->addLayout(fields);
    place->addWidget(m_serverNote);
    line->addLayout(place, 1);
    body()->addWidget(row);
    connect(m_server, &QLineEdit::textChanged, this, [this] {
        m_setServer->setEnabled(m_server->text().trimmed().toStdString() !=
                                m_desk->rules().notaryServer);
    });
    connect(m_server, &QLineEdit::returnPressed, this, &TrustCard::takeServer);
    connect(m_setServer, &Button::clicked, this, &TrustCard::takeServer);
}

void TrustCard::takeServer()
{
    const std::string typed = m_server->text().trimmed().toStdString();
    if (!typed.empty() && !trust::isNotaryServer(typed)) {
        m_serverNote->setTone(Color::Danger);
        m_serverNote->setText(tr("Enter an address such as https://notary.example, or nothing."));
        announce(this, m_serverNote->text());
        m_server->setFocus(Qt::OtherFocusReason);
        return;
    }
    trust::Rules rules = m_desk->rules();
    rules.notaryServer = typed;
    m_desk->setRules(rules);
    refresh();
}

void TrustCard::refresh()
{
    const trust::Rules &rules = m_desk->rules();
    m_policy->choose(int(rules.policy));
    m_sentence->setText(policySentence(rules.policy));
    m_server->setText(QString::fromStdString(rules.notaryServer));
    m_setServer->setEnabled(false);
    m_serverNote->setTone(Color::Text3);
    m_serverNote->setText(rules.notaryServer.empty()
                              ? tr("None: tags signed by docker trust are not looked at.")
                              : tr("Tags that are signed there count as verified. The certificate "
                                   "of an authority of your own belongs into "
                                   "~/.docker/tls/HOST:PORT/ca.crt."));
    refreshKeys();
}

void TrustCard::refreshKeys()
{
    const KeptFocus focus(m_rows);
    delete m_rows;
    m_rows = new QWidget;
    auto *column = new QVBoxLayout(m_rows);
    column->setContentsMargins(1, 0, 1, 0); // inside the card's line
    column->setSpacing(0);
    m_keys->layout()->addWidget(m_rows);
    const auto &keys = m_desk->rules().keys;
    if (keys.empty()) {
        const auto [row, line] = tableRow(false);
        auto *words =
            new Label(tr("No key yet. Make a key pair to sign your own images, or add the "
                         "public key of somebody whose images you use."),
                      FontRole::Body, Color::Text2);
        words->setWordWrap(true);
        line->addWidget(words, 1);
        column->addWidget(row);
        return;
    }
    column->addWidget(headRow(
        {{tr("Key"), nameColumn}, {tr("Speaks for"), scopeColumn}, {tr("Public key"), fileColumn}},
        keyTail + space::s2));
    for (std::size_t i = 0; i < keys.size(); ++i) {
        column->addWidget(makeKeyRow(i));
    }
}

QWidget *TrustCard::makeKeyRow(std::size_t index)
{
    const trust::TrustedKey &key = m_desk->rules().keys[index];
    const auto [row, line] = tableRow(false);
    const QString name = displayText(key.name, 60);
    auto *title = new ElidedLabel(key.privateKey.empty() ? name : tr("%1, signs here").arg(name));
    title->setToolTip(plainTip(displayText(key.privateKey, 300)));
    addTableCell(line, title, nameColumn);
    addTableCell(
        line,
        new ElidedLabel(key.scope.empty() ? tr("all other images") : displayText(key.scope, 120)),
        scopeColumn);
    auto *file = new ElidedLabel(displayText(key.publicKey, 300), FontRole::Body, Color::Text2);
    file->setElideMode(Qt::ElideMiddle);
    addTableCell(line, file, fileColumn);
    auto *remove =
        new IconButton(u"removeTrustKey%1"_s.arg(index), u"x-lg"_s, tr("Remove %1").arg(name));
    line->addWidget(remove);
    connect(remove, &IconButton::clicked, this,
            [this, name = key.name] { Q_EMIT removeKeyWanted(name); });
    return row;
}

} // namespace roadstead::ui
