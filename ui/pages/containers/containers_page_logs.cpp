// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How ContainersPage shows logs: of one container in its details, of several on a page of theirs.

#include "engine/service/log_feed.h"
#include "ui/models/container_text.h"
#include "ui/pages/containers/container_actions.h"
#include "ui/pages/containers/container_table.h"
#include "ui/pages/containers/containers_page.h"
#include "ui/pages/containers/containers_view.h"
#include "ui/pages/containers/details_pane.h"
#include "ui/pages/containers/details_view.h"
#include "ui/pages/containers/logs/log_commands.h"
#include "ui/pages/containers/logs/merged_logs_view.h"
#include "ui/shell/keymap.h"
#include "ui/text/display_text.h"
#include "ui/theme/icons.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/tab_bar.h"

#include <QAction>
#include <QMenu>
#include <QStackedWidget>

#include <algorithm>

namespace roadstead::ui {

namespace {

/// The project that these are all containers of; empty when they are not.
std::string wholeProject(const ContainersModel &containers, const std::vector<std::string> &ids)
{
    const ContainerRowPointer first = ids.empty() ? nullptr : containers.find(ids.front());
    if (!first || first->rawProject.empty()) {
        return {};
    }
    for (std::size_t i = 0; i < containers.size(); ++i) {
        const ContainerRowPointer row = containers.rowAt(i);
        if ((row->rawProject == first->rawProject) != std::ranges::contains(ids, row->id)) {
            return {};
        }
    }
    return first->rawProject;
}

} // namespace

void ContainersPage::makeLogs()
{
    m_logs = new MergedLogsView(m_controller.engine());
    m_stack->addWidget(m_logs);
    connect(m_logs, &MergedLogsView::backWanted, this, [this] { leaveLogs(Qt::OtherFocusReason); });
    connect(m_logs, &MergedLogsView::escaped, this, [this] { leaveLogs(Qt::ShortcutFocusReason); });
    connect(m_controller.engine(), &ContainerEngine::containersChanged, m_logs, [this] {
        if (isInLogs()) {
            tellLogs();
        }
    });
    m_logsAction->setShortcuts(keysFor(Keys::Logs));
    m_logsAction->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    for (QWidget *place :
         {static_cast<QWidget *>(m_view->table()), static_cast<QWidget *>(m_details)}) {
        place->addAction(m_logsAction);
    }
    connect(m_logsAction, &QAction::triggered, this, [this] { showLogs(m_commands->targets()); });
    connect(m_view, &ContainersView::logsWanted, this, &ContainersPage::showLogs);
    // In the pane, of what it shows.
    DetailsView *beside = m_view->pane()->view();
    auto *besideAction = new QAction(m_logsAction->icon(), m_logsAction->text(), beside);
    besideAction->setObjectName(QStringLiteral("paneLogs"));
    besideAction->setShortcuts(keysFor(Keys::Logs));
    besideAction->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    beside->addAction(besideAction);
    connect(besideAction, &QAction::triggered, beside,
            [beside] { beside->tabs()->setCurrentIndex(DetailsView::logsIndex); });
}

QString ContainersPage::logsCommand(const std::vector<std::string> &ids) const
{
    std::vector<LogContainer> containers;
    for (const ContainerRowPointer &row : m_controller.rowsOf(ids)) {
        containers.push_back(LogContainer::of(*row));
    }
    return containers.empty()
               ? QString()
               : logFollowCommand(containers, wholeProject(*m_controller.containers(), ids),
                                  service::LogTiming().tail);
}

void ContainersPage::retargetLogs()
{
    const std::vector<std::string> &ids = m_commands->targets();
    const ContainerRows rows = m_controller.rowsOf(ids);
    m_logsAction->setEnabled(!rows.empty());
    m_logsAction->setText(rows.size() == 1 ? tr("Logs of %1").arg(plainLabel(rows.front()->name))
                          : rows.empty()   ? tr("Logs")
                                         : tr("Logs of %n containers", nullptr, int(rows.size())));
    setCommandHint(m_logsAction, [page = QPointer(this), ids] {
        return page ? page->logsCommand(ids) : QString();
    });
}

void ContainersPage::showLogs(const std::vector<std::string> &ids)
{
    const ContainerRows rows = m_controller.rowsOf(ids);
    if (rows.empty()) {
        return;
    }
    widget();
    if (rows.size() == 1) {
        if (!isInDetails() || m_details->containerId() != rows.front()->id) {
            showDetails(rows.front()->id);
        }
        m_details->tabs()->setCurrentIndex(DetailsView::logsIndex);
        return;
    }
    m_logs->open({wholeProject(*m_controller.containers(), ids), ids});
    tellLogs();
    m_stack->setCurrentWidget(m_logs);
    m_logs->searchField()->setFocus(Qt::OtherFocusReason);
    retarget();
    Q_EMIT canGoBackChanged();
    Q_EMIT primaryActionChanged();
}

void ContainersPage::tellLogs()
{
    const ContainersModel *containers = m_controller.containers();
    ContainerRows rows;
    for (std::size_t i = 0; i < containers->size(); ++i) {
        rows.push_back(containers->rowAt(i));
    }
    m_logs->setRows(rows);
}

bool ContainersPage::isInLogs() const
{
    return m_stack && m_logs && m_stack->currentWidget() == m_logs;
}

void ContainersPage::leaveLogs(Qt::FocusReason reason)
{
    if (isInLogs()) {
        m_stack->setCurrentWidget(m_view);
        m_logs->close();
        m_view->table()->setFocus(reason);
        retarget();
        Q_EMIT canGoBackChanged();
        Q_EMIT primaryActionChanged();
    }
}

void ContainersPage::addLogs(QMenu *menu, const std::vector<std::string> &ids)
{
    QAction *logs = menu->addAction(icon(QStringLiteral("journal-text")), tr("Logs"));
    logs->setObjectName(QStringLiteral("menuLogs"));
    logs->setShortcuts(keysFor(Keys::Logs));
    setCommandHint(logs, logsCommand(ids));
    connect(logs, &QAction::triggered, this, [this, ids] { showLogs(ids); });
}

PaletteItem ContainersPage::logsItem(const ContainerRow &row) const
{
    auto *self = const_cast<ContainersPage *>(this); // what is found can be done
    return {.group = title(),
            .iconName = QStringLiteral("journal-text"),
            .mark = {},
            .text = tr("Logs %1").arg(row.name),
            .note = containerStateText(row),
            .command = logsCommand({row.id}),
            .keys = {},
            .priority = 0,
            .run = [self, id = row.id] { self->showLogs({id}); }};
}

} // namespace roadstead::ui
