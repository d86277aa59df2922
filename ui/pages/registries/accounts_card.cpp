// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/registries/accounts_card.h"

#include "engine/registry/api/place.h"
#include "ui/pages/registries/accounts_controller.h"
#include "ui/pages/registries/card_table.h"
#include "ui/pages/registries/exceptions_controller.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/text/registry_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr int registryShare = 5;
constexpr int userShare = 3;
constexpr int keptShare = 4;
constexpr int testShare = 5;
constexpr int tailWidth = 92; ///< of Browse and the menu

/// What does not leave this computer needs no encryption.
bool isOnThisComputer(const std::string &registry)
{
    const auto place = registry::placeOf(registry);
    return place && registry::isLoopback(place->host);
}

QString goodText(const AccountTest &test, bool isHere)
{
    if (isHere) {
        return AccountsCard::tr("Works");
    }
    switch (test.greeting.reached) {
    case registry::Reached::Trusted:
        return AccountsCard::tr("Works");
    case registry::Reached::Unverified:
        return AccountsCard::tr("Works, certificate not checked");
    case registry::Reached::Plain:
        break;
    }
    return AccountsCard::tr("Works, not encrypted");
}

/// Short, for a column; the whole of it is the tip.
QString failedText(const AccountTest &test)
{
    using registry::Cause;
    switch (test.cause) {
    case Cause::SignIn:
        return AccountsCard::tr("Not accepted");
    case Cause::Denied:
        return AccountsCard::tr("Not allowed");
    case Cause::NameUnknown:
        return AccountsCard::tr("No such host");
    case Cause::Refused:
    case Cause::NotAnswering:
    case Cause::ConnectionLost:
        return AccountsCard::tr("Not reached");
    case Cause::NotTrusted:
    case Cause::Expired:
    case Cause::OtherHost:
    case Cause::TlsFailed:
        return AccountsCard::tr("Certificate not good");
    case Cause::PlainHttp:
        return AccountsCard::tr("Not encrypted");
    case Cause::Helper:
        return AccountsCard::tr("Helper failed");
    default:
        return test.words.reason;
    }
}

QWidget *testCell(const AccountTest &test, const std::string &registry)
{
    switch (test.state) {
    case AccountTest::State::Untested:
        return markedCell(StateMark::Waiting, AccountsCard::tr("Not tested"), Color::Text3, {});
    case AccountTest::State::Testing:
        return markedCell(StateMark::Busy, AccountsCard::tr("Testing"), Color::Text2, {});
    case AccountTest::State::Good: {
        const bool isHere = isOnThisComputer(registry);
        const bool isSafe = isHere || test.greeting.reached == registry::Reached::Trusted;
        return markedCell(isSafe ? StateMark::Done : StateMark::Warning, goodText(test, isHere),
                          isSafe ? Color::Text : Color::Warn, {});
    }
    case AccountTest::State::Failed:
        break;
    }
    return markedCell(StateMark::Error, failedText(test), Color::Danger, test.words.body());
}

QWidget *keptCell(const registry::KeptAccount &account)
{
    return account.helper.empty()
               ? markedCell(StateMark::Warning, AccountsCard::tr("Plain text file"), Color::Warn,
                            AccountsCard::tr("Whoever reads config.json has the password."))
               : static_cast<QWidget *>(
                     new ElidedLabel(displayText(account.helper, 40), FontRole::Body));
}

/// That a registry is not, or otherwise, verified; null = as all are.
Badge *exceptionBadge(ExceptionsController::Kind kind)
{
    switch (kind) {
    case ExceptionsController::Kind::Insecure:
        return new Badge(AccountsCard::tr("not verified"), Tone::Warn);
    case ExceptionsController::Kind::OwnCertificate:
        return new Badge(AccountsCard::tr("own certificate"), Tone::Accent);
    case ExceptionsController::Kind::None:
        break;
    }
    return nullptr;
}

QString servesText(const registry::HelperState &helper)
{
    QStringList names;
    for (const std::string &registry : helper.serves) {
        names.append(displayText(registry, 60));
    }
    if (helper.servesAll) {
        names.append(names.isEmpty() ? HelpersCard::tr("all registries")
                                     : HelpersCard::tr("all others"));
    }
    return names.join(u", "_s);
}

} // namespace

// ---- Accounts

AccountsCard::AccountsCard(AccountsController *controller, ExceptionsController *exceptions,
                           QWidget *parent)
    : Card(tr("Accounts"), parent)
    , m_controller(controller)
    , m_exceptions(exceptions)
    , m_testAll(new Button(u"testAccounts"_s, tr("Test all"), ButtonKind::Quiet))
{
    setObjectName(u"accountsCard"_s);
    m_testAll->setIconName(u"arrow-clockwise"_s);
    addHeadWidget(m_testAll);
    connect(m_testAll, &Button::clicked, controller, &AccountsController::testAll);
    connect(controller, &AccountsController::changed, this, &AccountsCard::refresh);
    connect(exceptions, &ExceptionsController::changed, this, &AccountsCard::refresh);
    refresh();
}

void AccountsCard::refresh()
{
    const auto &accounts = m_controller->book().accounts;
    setNote(accounts.empty() ? QString()
                             : tr("%n kept by the docker command", nullptr, int(accounts.size())));
    m_testAll->setVisible(!accounts.empty());
    const KeptFocus focus(m_rows);
    m_rows = newRows(this, m_rows);
    auto *column = m_rows->layout();
    if (accounts.empty()) {
        const auto [row, line] = tableRow(false);
        auto *words = new Label(
            m_controller->isRead()
                ? tr("No account yet. Public images can be pulled without one; pushing needs one.")
                : tr("Looking for accounts"),
            FontRole::Body, Color::Text2);
        words->setWordWrap(true);
        line->addWidget(words, 1);
        column->addWidget(row);
        return;
    }
    column->addWidget(headRow({{tr("Registry"), registryShare},
                               {tr("Account"), userShare},
                               {tr("Kept in"), keptShare},
                               {tr("Last test"), testShare}},
                              tailWidth + space::s2));
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        column->addWidget(makeAccountRow(i));
    }
}

QWidget *AccountsCard::makeAccountRow(std::size_t index)
{
    const registry::KeptAccount account = m_controller->book().accounts[index];
    const AccountTest &test = m_controller->testOf(account.registry);
    const auto [row, line] = tableRow(false);
    const QString name = displayText(account.registry, 80);
    auto *place = new QWidget;
    auto *inPlace = new QHBoxLayout(place);
    inPlace->setContentsMargins(0, 0, 0, 0);
    inPlace->setSpacing(space::s2);
    auto *registry = new ElidedLabel(name, FontRole::Body);
    registry->setRole(FontRole::Body, QFont::DemiBold);
    registry->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    inPlace->addWidget(registry);
    if (auto *badge = exceptionBadge(m_exceptions->kindOf(account.registry)); badge != nullptr) {
        inPlace->addWidget(badge);
    }
    const QString brand = registryBrand(account.registry);
    if (!brand.isEmpty()) {
        // Where there is no room, this goes first.
        auto *words = new ElidedLabel(brand, FontRole::Small, Color::Text3);
        words->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        inPlace->addWidget(words, 1);
    } else {
        inPlace->addStretch(1);
    }
    addTableCell(line, place, registryShare);
    const QString user = displayText(account.username, 60);
    addTableCell(line, new ElidedLabel(user.isEmpty() ? tr("a token") : user), userShare);
    addTableCell(line, keptCell(account), keptShare);
    addTableCell(line, testCell(test, account.registry), testShare);
    auto *tail = new QWidget;
    tail->setFixedWidth(scaled(tailWidth));
    auto *inTail = new QHBoxLayout(tail);
    inTail->setContentsMargins(0, 0, 0, 0);
    inTail->setSpacing(space::s1);
    inTail->addStretch(1);
    inTail->addWidget(makeDeed(index));
    auto *more =
        new IconButton(u"accountMore%1"_s.arg(index), u"three-dots"_s, tr("More for %1").arg(name));
    inTail->addWidget(more);
    line->addWidget(tail);
    connect(more, &IconButton::clicked, this, [this, index, more] { showMenu(index, more); });
    return row;
}

/// What mends what is wrong with it, else a look inside.
QWidget *AccountsCard::makeDeed(std::size_t index)
{
    const registry::KeptAccount account = m_controller->book().accounts[index];
    const AccountTest &test = m_controller->testOf(account.registry);
    const bool hasFailed = test.state == AccountTest::State::Failed;
    const auto deedOf = [&](const QString &name, const QString &text) {
        auto *deed = new LinkButton(u"account%1%2"_s.arg(name).arg(index), text);
        deed->setAccessibleName(u"%1: %2"_s.arg(text, displayText(account.registry, 80)));
        return deed;
    };
    const RegistryRemedy remedy = hasFailed ? remedyOf(test.cause) : RegistryRemedy::None;
    if (remedy == RegistryRemedy::Trust) {
        auto *deed = deedOf(u"Trust"_s, tr("Trust…"));
        deed->setToolTip(tr("Trust its certificate"));
        connect(deed, &LinkButton::clicked, this,
                [this, account] { Q_EMIT trustWanted(account.registry); });
        return deed;
    }
    if (remedy == RegistryRemedy::Insecure) {
        auto *deed = deedOf(u"Insecure"_s, tr("Allow…"));
        deed->setToolTip(tr("Use without encryption"));
        connect(deed, &LinkButton::clicked, this,
                [this, account] { Q_EMIT insecureWanted(account.registry); });
        return deed;
    }
    if (remedy == RegistryRemedy::SignIn) {
        auto *deed = deedOf(u"SignIn"_s, remedyText(remedy));
        connect(deed, &LinkButton::clicked, this,
                [this, account] { Q_EMIT signInWanted(account.registry, account.username); });
        return deed;
    }
    auto *deed = deedOf(u"Browse"_s, tr("Browse"));
    connect(deed, &LinkButton::clicked, this,
            [this, account] { Q_EMIT browseWanted(account.registry); });
    return deed;
}

void AccountsCard::showMenu(std::size_t index, QWidget *button)
{
    const registry::KeptAccount account = m_controller->book().accounts[index];
    auto *menu = new QMenu(this);
    menu->setObjectName(u"accountMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [menu](const QString &name, const QString &text) {
        QAction *action = menu->addAction(text);
        action->setObjectName(name);
        return action;
    };
    connect(add(u"menuBrowse"_s, tr("Browse")), &QAction::triggered, this,
            [this, account] { Q_EMIT browseWanted(account.registry); });
    connect(add(u"menuTest"_s, tr("Test")), &QAction::triggered, this,
            [this, account] { m_controller->test(account.registry); });
    connect(add(u"menuSignIn"_s, tr("Sign in again…")), &QAction::triggered, this,
            [this, account] { Q_EMIT signInWanted(account.registry, account.username); });
    if (account.registry != "docker.io" && !isOnThisComputer(account.registry)) {
        menu->addSeparator();
        connect(add(u"menuTrust"_s, tr("Trust its certificate…")), &QAction::triggered, this,
                [this, account] { Q_EMIT trustWanted(account.registry); });
        connect(add(u"menuInsecure"_s, tr("Use without encryption…")), &QAction::triggered, this,
                [this, account] { Q_EMIT insecureWanted(account.registry); });
        if (m_exceptions->mayChange() &&
            m_exceptions->kindOf(account.registry) != ExceptionsController::Kind::None) {
            connect(add(u"menuRemoveException"_s, tr("Remove this exception…")),
                    &QAction::triggered, this,
                    [this, account] { Q_EMIT removalWanted(account.registry); });
        }
    }
    menu->addSeparator();
    connect(add(u"menuSignOut"_s, tr("Sign out…")), &QAction::triggered, this,
            [this, account] { Q_EMIT signOutWanted(account.registry); });
    menu->popup(button->mapToGlobal(QPoint(0, button->height())));
}

// ---- Helpers

HelpersCard::HelpersCard(AccountsController *controller, QWidget *parent)
    : Card(tr("Credential helpers"), parent)
    , m_controller(controller)
{
    setObjectName(u"helpersCard"_s);
    setNote(tr("who answers for which registry"));
    connect(controller, &AccountsController::changed, this, &HelpersCard::refresh);
    refresh();
}

void HelpersCard::refresh()
{
    const registry::AccountBook &book = m_controller->book();
    m_rows = newRows(this, m_rows);
    auto *column = m_rows->layout();
    column->addWidget(headRow({{tr("Helper"), userShare},
                               {tr("Serves"), registryShare},
                               {tr("Found in"), registryShare},
                               {tr("Test"), testShare}},
                              0));
    for (const registry::HelperState &helper : book.helpers) {
        const auto [row, line] = tableRow(false);
        const QString name = displayText(helper.name, 40);
        const bool isGood = !helper.error;
        const QString found =
            helper.path.empty() ? tr("Not installed") : displayText(helper.path, 200);
        const QString test = isGood                ? tr("OK, %1 ms").arg(helper.took.count())
                             : helper.path.empty() ? tr("Install docker-credential-%1").arg(name)
                                                   : displayText(helper.error->detail, 200);
        addTableCell(line,
                     markedCell(isGood ? StateMark::Done : StateMark::Error, name, Color::Text, {}),
                     userShare);
        addTableCell(line, new ElidedLabel(servesText(helper), FontRole::Body, Color::Text2),
                     registryShare);
        addTableCell(line,
                     new ElidedLabel(found, FontRole::Body,
                                     helper.path.empty() ? Color::Danger : Color::Text2),
                     registryShare);
        addTableCell(line,
                     new ElidedLabel(test, FontRole::Body, isGood ? Color::Text2 : Color::Danger),
                     testShare);
        column->addWidget(row);
    }
    QStringList plain;
    for (const registry::KeptAccount &account : book.plain()) {
        plain.append(displayText(account.registry, 60));
    }
    if (!plain.isEmpty() || book.helpers.empty()) {
        const auto [row, line] = tableRow(false);
        line->addWidget(markedCell(plain.isEmpty() ? StateMark::Exited : StateMark::Warning,
                                   tr("No helper"), Color::Text, {}),
                        userShare);
        line->addWidget(
            new ElidedLabel(plain.isEmpty() ? tr("nothing is kept yet") : plain.join(u", "_s),
                            FontRole::Body, Color::Text2),
            registryShare);
        line->addWidget(new ElidedLabel(displayText(book.file, 200), FontRole::Body, Color::Text2),
                        registryShare);
        line->addWidget(new ElidedLabel(plain.isEmpty() ? QString() : tr("Plain text"),
                                        FontRole::Body, Color::Warn),
                        testShare);
        column->addWidget(row);
    }
}

} // namespace roadstead::ui
