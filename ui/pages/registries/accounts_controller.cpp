// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/registries/accounts_controller.h"

#include "ui/text/display_text.h"
#include "ui/text/registry_text.h"

#include <set>

namespace roadstead::ui {

AccountsController::AccountsController(service::RegistryDesk *desk, QObject *parent)
    : QObject(parent)
    , m_desk(desk)
{
    connect(desk, &service::RegistryDesk::accountsChanged, this, [this] {
        m_tests.clear();
        refresh();
    });
}

void AccountsController::refresh()
{
    if (m_isReading) {
        return;
    }
    m_isReading = true;
    m_desk->accounts().then(this, [this](const Result<registry::AccountBook> &book) {
        m_isReading = false;
        m_isRead = true;
        m_book = book.value_or(registry::AccountBook{});
        m_problem = book ? displayText(m_book.problem) : describe(book.error()).body();
        Q_EMIT changed();
    });
}

int AccountsController::registryCount() const
{
    std::set<std::string> names;
    for (const registry::KeptAccount &account : m_book.accounts) {
        names.insert(account.registry);
    }
    return int(names.size());
}

const AccountTest &AccountsController::testOf(const std::string &registry) const
{
    static const AccountTest none;
    const auto found = m_tests.find(registry);
    return found == m_tests.end() ? none : found->second;
}

void AccountsController::testAll()
{
    std::set<std::string> names;
    for (const registry::KeptAccount &account : m_book.accounts) {
        names.insert(account.registry);
    }
    for (const std::string &name : names) {
        test(name);
    }
}

void AccountsController::test(const std::string &registry)
{
    AccountTest &now = m_tests[registry];
    if (now.state == AccountTest::State::Testing) {
        return;
    }
    now.state = AccountTest::State::Testing;
    Q_EMIT changed();
    m_desk->greet(registry).then(
        this, [this, registry](const Result<registry::Greeting> &greeting) {
            const registry::KeptAccount *account = m_book.accountAt(registry);
            AccountTest &test = m_tests[registry];
            test.at = QDateTime::currentDateTime();
            test.state = greeting ? AccountTest::State::Good : AccountTest::State::Failed;
            if (greeting) {
                test.greeting = *greeting;
            } else {
                test.cause = registry::causeOf(greeting.error());
                test.words =
                    explainRegistry(greeting.error(), RegistryAct::Look,
                                    {.registry = registry,
                                     .user = account == nullptr ? std::string() : account->username,
                                     .hasAccount = account != nullptr});
            }
            Q_EMIT changed();
        });
}

void AccountsController::signOut(const std::string &registry)
{
    m_desk->signOut(registry).then(this, [this, registry](const Result<service::Done> &done) {
        if (done) {
            Q_EMIT signedOut(displayText(registry, 80));
            return;
        }
        Explanation words = describe(done.error());
        words.title = tr("Could not sign out of %1").arg(displayText(registry, 80));
        Q_EMIT failed(words);
    });
}

void AccountsController::movePlain()
{
    if (m_isMoving || m_book.offered.empty()) {
        return;
    }
    m_isMoving = true;
    Q_EMIT changed();
    m_desk->moveToHelper(m_book.offered).then(this, [this](const Result<int> &count) {
        m_isMoving = false;
        if (count) {
            Q_EMIT moved(*count);
        } else {
            Explanation words = describe(count.error());
            words.title = tr("Nothing was moved");
            Q_EMIT failed(words);
        }
        Q_EMIT changed();
    });
}

} // namespace roadstead::ui
