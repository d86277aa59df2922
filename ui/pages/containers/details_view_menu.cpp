// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The menu of DetailsView for what has no button of its own.

#include "ui/pages/containers/details_view.h"

#include "ui/pages/containers/container_actions.h"
#include "ui/shell/keymap.h"
#include "ui/widgets/button.h"

#include <QMenu>

namespace roadstead::ui {

void DetailsView::showMore()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("detailsMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    Q_EMIT menuOpens(menu, m_details.id());
    if (!menu->isEmpty()) {
        menu->addSeparator();
    }
    QAction *terminal = menu->addAction(tr("Terminal"), this, &DetailsView::showTerminal);
    terminal->setObjectName(QStringLiteral("detailsMenuTerminal"));
    terminal->setShortcuts(keysFor(Keys::Terminal));
    menu->addSeparator();
    for (const ContainerAction action :
         {ContainerAction::Kill, ContainerAction::Rename, ContainerAction::Remove}) {
        menu->addAction(m_actions->action(action));
    }
    menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height())));
}

} // namespace roadstead::ui
