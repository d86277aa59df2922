// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How ContainersPage comes to a container's terminal.

#include "ui/pages/containers/containers_page.h"

#include "ui/pages/containers/container_table.h"
#include "ui/pages/containers/containers_view.h"
#include "ui/pages/containers/details_pane.h"
#include "ui/pages/containers/details_view.h"
#include "ui/shell/keymap.h"

#include <QAction>
#include <QApplication>
#include <QStackedWidget>

namespace roadstead::ui {

/// In the list, in details and in the pane: whatever container the keyboard is at.
void ContainersPage::bindTerminal()
{
    m_terminalAction->setShortcuts(keysFor(Keys::Terminal));
    m_terminalAction->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_stack->addAction(m_terminalAction);
    connect(m_terminalAction, &QAction::triggered, this, &ContainersPage::showCurrentTerminal);
}

/// Of the details page, else of the list.
std::string ContainersPage::currentId() const
{
    if (!m_stack || isInWizard() || isInRecreate()) {
        return {};
    }
    return isInDetails() ? m_details->containerId() : m_view->table()->currentId();
}

void ContainersPage::showCurrentTerminal()
{
    DetailsPane *beside = m_view->pane();
    if (!canGoBack() && beside->isAncestorOf(QApplication::focusWidget())) {
        beside->view()->showTerminal();
    } else if (const std::string id = currentId(); !id.empty()) {
        showTerminal(id);
    }
}

void ContainersPage::showTerminal(const std::string &id)
{
    widget();
    if (!isInDetails() || m_details->containerId() != id) {
        showDetails(id);
    }
    m_details->showTerminal();
}

} // namespace roadstead::ui
