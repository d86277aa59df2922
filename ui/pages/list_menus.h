// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>

namespace roadstead::ui {

class ListTable;

/// Which columns of a list are shown, and what it is sorted by: the heads of the columns are for
/// the pointer alone. Also opens at the list's heading.
class ListColumnMenu : public QMenu
{
    Q_OBJECT
public:
    /// `table` must outlive the menu.
    explicit ListColumnMenu(ListTable *table, QWidget *parent = nullptr);

private:
    void addColumns();
    void addSorting();
    void refresh();

    ListTable *m_table;
    QList<QAction *> m_columns; ///< all but the first
    QList<QAction *> m_sorts;
    QList<QAction *> m_orders;
};

} // namespace roadstead::ui
