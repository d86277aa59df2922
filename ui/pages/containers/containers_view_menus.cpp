// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The menu of ContainersView for columns and sorting.

#include "ui/pages/containers/containers_view.h"

#include "ui/models/container_text.h"
#include "ui/pages/containers/container_header.h"
#include "ui/pages/containers/container_table.h"

#include <QActionGroup>
#include <QMenu>

namespace roadstead::ui {

void ContainersView::buildColumnMenu()
{
    m_columnMenu = new QMenu(this);
    m_columnMenu->setObjectName(QStringLiteral("columnMenu"));
    for (int column = NameColumn + 1; column < ContainerColumnCount; ++column) {
        QAction *action = m_columnMenu->addAction(containerColumnTitle(column));
        action->setObjectName(QStringLiteral("column%1").arg(column));
        action->setCheckable(true);
        connect(action, &QAction::toggled, this, [this, column](bool shown) {
            QList<int> hidden = m_table->containerHeader()->wantedHidden();
            hidden.removeAll(column);
            if (!shown) {
                hidden.append(column);
            }
            m_table->containerHeader()->setWantedHidden(hidden);
            m_table->saveLayout();
        });
    }
    connect(m_columnMenu, &QMenu::aboutToShow, this, [this] {
        const QList<int> hidden = m_table->containerHeader()->wantedHidden();
        for (int column = NameColumn + 1; column < ContainerColumnCount; ++column) {
            auto *action =
                m_columnMenu->findChild<QAction *>(QStringLiteral("column%1").arg(column));
            const QSignalBlocker quiet(action);
            action->setChecked(!hidden.contains(column));
        }
    });
    addSortMenu();
    connect(m_table->header(), &QWidget::customContextMenuRequested, this, [this](QPoint position) {
        m_columnMenu->popup(m_table->header()->mapToGlobal(position));
    });
}

/// Sorting by the keyboard: the heads of the columns are for the pointer alone.
void ContainersView::addSortMenu()
{
    m_columnMenu->addSeparator();
    QMenu *menu = m_columnMenu->addMenu(tr("Sort by"));
    menu->setObjectName(QStringLiteral("sortMenu"));
    auto *columns = new QActionGroup(menu);
    for (int column = NameColumn; column < ContainerColumnCount; ++column) {
        QAction *action = columns->addAction(containerColumnTitle(column));
        action->setObjectName(QStringLiteral("sort%1").arg(column));
        action->setCheckable(true);
        connect(action, &QAction::triggered, this, [this, column] {
            m_table->header()->setSortIndicator(column, m_table->header()->sortIndicatorOrder());
        });
    }
    menu->addActions(columns->actions());
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
    }
    menu->addActions(orders->actions());
    connect(menu, &QMenu::aboutToShow, this, [this, columns, orders] {
        const ContainerOrder order = m_controller->tree()->order();
        columns->actions().at(order.column)->setChecked(true);
        orders->actions().at(order.direction == Qt::AscendingOrder ? 0 : 1)->setChecked(true);
    });
}

} // namespace roadstead::ui
