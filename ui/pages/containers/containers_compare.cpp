// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How containers that were selected in the list come into the charts of one of them.

#include "engine/docker/command.h"
#include "ui/pages/containers/container_actions.h"
#include "ui/pages/containers/containers_page.h"
#include "ui/pages/containers/containers_view.h"
#include "ui/pages/containers/details_view.h"
#include "ui/pages/containers/stats/stats_tab.h"
#include "ui/theme/icons.h"
#include "ui/widgets/bulk_bar.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/tab_bar.h"

#include <QAction>
#include <QMenu>
#include <QStackedLayout>

#include <algorithm>

namespace roadstead::ui {

namespace {

constexpr std::size_t mostComparedAtOnce = 5;

QString statsLineOf(const ContainerRows &rows)
{
    std::vector<std::string> words{"stats"};
    for (const ContainerRowPointer &row : rows) {
        words.push_back(row->rawName.empty() ? row->id.substr(0, 12) : row->rawName);
    }
    return QString::fromStdString(docker::commandLine(words));
}

} // namespace

bool canCompare(const std::vector<std::string> &ids)
{
    return ids.size() > 1 && ids.size() <= mostComparedAtOnce;
}

void DetailsView::compareStats(const std::vector<std::string> &others)
{
    m_tabs->setCurrentIndex(m_stats);
    static_cast<StatsTab *>(m_parts->part(m_stats))->setCompared(others);
}

void ContainersView::buildCompare()
{
    m_compare = new QAction(icon(QStringLiteral("activity")), tr("Compare stats"), this);
    m_compare->setObjectName(QStringLiteral("bulkCompare"));
    auto *button = new Button(QStringLiteral("bulkCompareButton"), m_compare->text(),
                              ButtonKind::Normal, m_bulk);
    button->follow(m_compare);
    m_bulk->addButton(button, m_compare);
    connect(m_compare, &QAction::triggered, this,
            [this] { Q_EMIT compareWanted(m_actions->targets()); });
}

void ContainersView::refreshCompare()
{
    const std::vector<std::string> &ids = m_actions->targets();
    setCommandHint(m_compare, canCompare(ids) ? statsLineOf(m_controller->rowsOf(ids)) : QString());
    m_compare->setVisible(canCompare(ids)); // for one container it would only take room
}

void ContainersPage::compareStats(const std::vector<std::string> &ids)
{
    if (canCompare(ids)) {
        showDetails(ids.front());
        m_details->compareStats({ids.begin() + 1, ids.end()});
    }
}

void ContainersPage::addCompare(QMenu *menu, const std::vector<std::string> &ids)
{
    if (canCompare(ids)) {
        QAction *compare = menu->addAction(tr("Compare stats"));
        compare->setObjectName(QStringLiteral("menuCompare"));
        setCommandHint(compare, statsLineOf(m_controller.rowsOf(ids)));
        connect(compare, &QAction::triggered, this, [this, ids] { compareStats(ids); });
        menu->addSeparator();
    }
}

} // namespace roadstead::ui
