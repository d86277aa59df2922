// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/list_menus.h"

#include "ui/pages/list_table.h"

#include <QActionGroup>

namespace roadstead::ui {

namespace {

QString titleOf(const ListTable *table, int column)
{
    return table->model()->headerData(column, Qt::Horizontal).toString();
}

} // namespace

ListColumnMenu::ListColumnMenu(ListTable *table, QWidget *parent)
    : QMenu(parent)
    , m_table(table)
{
    setObjectName(table->objectName() + QStringLiteral("Columns"));
    addColumns();
    addSeparator();
    addSorting();
    connect(this, &QMenu::aboutToShow, this, &ListColumnMenu::refresh);
    connect(table->header(), &QWidget::customContextMenuRequested, this,
            [this](QPoint position) { popup(m_table->header()->mapToGlobal(position)); });
}

void ListColumnMenu::addColumns()
{
    for (int column = 1; column < m_table->model()->columnCount(); ++column) {
        QAction *action = addAction(titleOf(m_table, column));
        action->setObjectName(QStringLiteral("column%1").arg(column));
        action->setCheckable(true);
        connect(action, &QAction::triggered, this, [this, column](bool shown) {
            QList<int> hidden = m_table->listHeader()->wantedHidden();
            hidden.removeAll(column);
            if (!shown) {
                hidden.append(column);
            }
            m_table->listHeader()->setWantedHidden(hidden);
            m_table->saveLayout();
            Q_EMIT m_table->scrolled(); // a column may want to be filled
        });
        m_columns.append(action);
    }
}

void ListColumnMenu::addSorting()
{
    QMenu *menu = addMenu(tr("Sort by"));
    menu->setObjectName(QStringLiteral("sortMenu"));
    auto *columns = new QActionGroup(menu);
    for (int column = 0; column < m_table->model()->columnCount(); ++column) {
        QAction *action = columns->addAction(titleOf(m_table, column));
        action->setObjectName(QStringLiteral("sort%1").arg(column));
        action->setCheckable(true);
        connect(action, &QAction::triggered, this, [this, column] {
            m_table->header()->setSortIndicator(column, m_table->header()->sortIndicatorOrder());
        });
        m_sorts.append(action);
    }
    menu->addActions(m_sorts);
    menu->addSeparator();
    auto *orders = new QActionGroup(menu);
    for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
        const bool ascending = order == Qt::AscendingOrder;
        QAction *action = orders->addAction(ascending ? tr("Ascending") : tr("Descending"));
        action->setObjectName(ascending ? QStringLiteral("sortAscending")
                                        : QStringLiteral("sortDescending"));
        action->setCheckable(true);
        connect(action, &QAction::triggered, this, [this, order] {
            m_table->header()->setSortIndicator(m_table->header()->sortIndicatorSection(), order);
        });
        m_orders.append(action);
    }
    menu->addActions(m_orders);
}

void ListColumnMenu::refresh()
{
    const QList<int> hidden = m_table->listHeader()->wantedHidden();
    for (int i = 0; i < int(m_columns.size()); ++i) {
        m_columns[i]->setChecked(!hidden.contains(i + 1));
    }
    m_sorts.at(m_table->header()->sortIndicatorSection())->setChecked(true);
    const bool ascending = m_table->header()->sortIndicatorOrder() == Qt::AscendingOrder;
    m_orders.at(ascending ? 0 : 1)->setChecked(true);
}

} // namespace roadstead::ui
