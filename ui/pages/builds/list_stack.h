// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/list_state.h"

#include <QTimer>
#include <QWidget>

class QStackedLayout;

namespace roadstead::ui {

class EmptyState;
class SkeletonRows;

/// A list, or what stands in its place: rows that are on their way, or why there are none.
class ListStack : public QWidget
{
    Q_OBJECT
public:
    /// Object names of what stands in the list's place.
    struct Names
    {
        QString away;
        QString empty;
        QString noMatch;
    };

    /// Takes over `list`.
    ListStack(QWidget *list, const Names &names, QWidget *parent = nullptr);

    void showState(ListState state);
    [[nodiscard]] EmptyState *away() const { return m_away; }
    [[nodiscard]] EmptyState *empty() const { return m_empty; }
    [[nodiscard]] EmptyState *noMatch() const { return m_noMatch; }

Q_SIGNALS:
    void againWanted();
    void clearWanted(); ///< of the filter

private:
    QStackedLayout *m_stack;
    QWidget *m_list;
    SkeletonRows *m_skeleton;
    EmptyState *m_away;
    EmptyState *m_empty;
    EmptyState *m_noMatch;
    QTimer m_patience;
};

} // namespace roadstead::ui
