// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The menu of ContainersView for columns and sorting, and the bar for what is selected.

#include "ui/pages/containers/containers_view.h"

#include "ui/models/container_text.h"
#include "ui/pages/containers/container_actions.h"
#include "ui/pages/containers/container_header.h"
#include "ui/pages/containers/container_table.h"
#include "ui/theme/icons.h"
#include "ui/widgets/bulk_bar.h"
#include "ui/widgets/button.h"

#include <QActionGroup>
#include <QBoxLayout>
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

void ContainersView::addLogsButton()
{
    auto *logs = new QAction(icon(QStringLiteral("journal-text")), tr("Logs"), this);
    logs->setObjectName(QStringLiteral("bulkLogs"));
    connect(logs, &QAction::triggered, this, [this] { Q_EMIT logsWanted(m_table->targetIds()); });
    auto *logsButton =
        new Button(QStringLiteral("bulkLogsButton"), logs->text(), ButtonKind::Normal, m_bulk);
    logsButton->follow(logs);
    m_bulk->addButton(logsButton, logs);
}

void ContainersView::buildBulkBar(QBoxLayout *layout)
{
    m_bulk = new BulkBar(this);
    for (const ContainerAction action :
         {ContainerAction::Start, ContainerAction::Stop, ContainerAction::Restart,
          ContainerAction::Pause, ContainerAction::Unpause, ContainerAction::Kill,
          ContainerAction::Remove}) {
        if (action == ContainerAction::Kill) {
            addLogsButton(); // before what loses something
        }
        const bool danger = m_actions->action(action)->property("danger").toBool();
        QString name = actionIdentifier(action);
        name[0] = name[0].toUpper();
        auto *button = new Button(QStringLiteral("bulk%1Button").arg(name), actionLabel(action),
                                  danger ? ButtonKind::Danger : ButtonKind::Normal, m_bulk);
        button->follow(m_actions->action(action));
        // The button is disabled while the engine works; the keyboard stays with the selection.
        connect(button, &QPushButton::clicked, m_table,
                [this] { m_table->setFocus(Qt::OtherFocusReason); });
        m_bulk->addButton(button, m_actions->action(action));
    }
    buildCompare(); // the first to go into the menu
    layout->addWidget(m_bulk);
    connect(m_bulk, &BulkBar::clearRequested, m_table, &QAbstractItemView::clearSelection);
}

} // namespace roadstead::ui
