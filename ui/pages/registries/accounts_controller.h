// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/registry/account_book.h"
#include "engine/registry/cause.h"
#include "engine/service/registries/registry_desk.h"
#include "ui/text/error_text.h"

#include <QDateTime>
#include <QObject>
#include <QString>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::ui {

/// How an account was found when it was tried.
struct AccountTest
{
    enum class State { Untested, Testing, Good, Failed };
    State state = State::Untested;
    registry::Greeting greeting{};                    ///< when good
    registry::Cause cause = registry::Cause::Unknown; ///< when not
    Explanation words{};                              ///< when not
    QDateTime at{};
};

/// The accounts and helpers of the registries page; no widgets. GUI thread only.
class AccountsController : public QObject
{
    Q_OBJECT
public:
    /// `desk` must outlive this.
    explicit AccountsController(service::RegistryDesk *desk, QObject *parent = nullptr);

    void refresh(); ///< reads the accounts again; what was tested stays
    [[nodiscard]] bool isRead() const { return m_isRead; }
    /// Why the accounts cannot be read; display text, empty = they can.
    [[nodiscard]] const QString &problem() const { return m_problem; }
    [[nodiscard]] const registry::AccountBook &book() const { return m_book; }
    [[nodiscard]] int registryCount() const;
    [[nodiscard]] const AccountTest &testOf(const std::string &registry) const;
    void testAll();
    void test(const std::string &registry);
    void signOut(const std::string &registry);
    /// Moves what is plain text to the offered helper.
    void movePlain();
    [[nodiscard]] bool isMoving() const { return m_isMoving; }
    [[nodiscard]] service::RegistryDesk *desk() const { return m_desk; }

Q_SIGNALS:
    void changed();
    void failed(const roadstead::ui::Explanation &words);
    void moved(int count);
    void signedOut(const QString &registry); ///< display text

private:
    service::RegistryDesk *m_desk;
    registry::AccountBook m_book;
    QString m_problem;
    std::map<std::string, AccountTest> m_tests; ///< by registry
    bool m_isRead = false;
    bool m_isReading = false;
    bool m_isMoving = false;
};

} // namespace roadstead::ui
