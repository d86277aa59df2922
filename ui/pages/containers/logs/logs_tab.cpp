// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/logs/logs_tab.h"

#include "ui/pages/containers/logs/log_panel.h"

#include <QVBoxLayout>

namespace roadstead::ui {

LogsTab::LogsTab(ContainerEngine *engine, QWidget *parent)
    : DetailsTab(parent)
    , m_panel(new LogPanel(engine, LogPanel::Form::One, this))
{
    setObjectName(QStringLiteral("logsTab"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_panel);
}

LogsTab::~LogsTab() = default;

void LogsTab::setContainer(const ContainerRow &row)
{
    if (row.id != m_id) {
        clear();
        m_id = row.id;
    }
    m_panel->setContainers({LogContainer::of(row)});
}

void LogsTab::clear()
{
    m_panel->clear();
    m_id.clear();
}

void LogsTab::setShown(bool shown)
{
    m_panel->setShown(shown);
}

QWidget *LogsTab::searchField() const
{
    return m_panel->searchField();
}

LogView *LogsTab::view() const
{
    return m_panel->view();
}

} // namespace roadstead::ui
