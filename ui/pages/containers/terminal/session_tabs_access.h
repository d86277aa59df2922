// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessibleWidget>

#include <map>

namespace roadstead::ui {

class SessionTabs;

/// What assistive tools see of SessionTabs: a tab for each session, then what stands at their ends.
/// Qt's own interface of a tab bar names the tabs alone, so nobody would find the buttons.
class SessionTabsAccess : public QAccessibleWidget, public QAccessibleSelectionInterface
{
public:
    /// From then on it is what QAccessible gives for `tabs`, and for others of their kind.
    static void install(SessionTabs *tabs);

    explicit SessionTabsAccess(SessionTabs *tabs);
    ~SessionTabsAccess() override;

    [[nodiscard]] int childCount() const override;
    [[nodiscard]] QAccessibleInterface *child(int index) const override;
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *child) const override;
    [[nodiscard]] QAccessibleInterface *childAt(int x, int y) const override;
    [[nodiscard]] QAccessibleInterface *focusChild() const override;
    void *interface_cast(QAccessible::InterfaceType type) override;

    [[nodiscard]] int selectedItemCount() const override;
    [[nodiscard]] QList<QAccessibleInterface *> selectedItems() const override;
    bool select(QAccessibleInterface *item) override;
    bool unselect(QAccessibleInterface *item) override;
    bool selectAll() override;
    bool clear() override;

private:
    [[nodiscard]] SessionTabs *tabs() const;
    [[nodiscard]] int sessions() const;
    [[nodiscard]] QList<QWidget *> parts() const; ///< children beside the tabs
    [[nodiscard]] int front() const;              ///< -1 = none

    mutable std::map<int, QAccessible::Id> m_sessions; ///< by their number, made when asked for
};

} // namespace roadstead::ui
