// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/overview_tab.h"

#include "ui/pages/containers/containers_controller.h"
#include "ui/pages/containers/details_controller.h"
#include "ui/pages/containers/overview_panel.h"
#include "ui/text/error_text.h"

#include <QResizeEvent>
#include <QScrollArea>
#include <QVBoxLayout>

namespace roadstead::ui {

OverviewTab::OverviewTab(ContainersController *controller, DetailsController *details,
                         QWidget *parent)
    : DetailsTab(parent)
    , m_controller(controller)
    , m_details(details)
{
    setObjectName(QStringLiteral("overviewTab"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("overviewScroll"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(tr("Overview"));
    m_panel = new OverviewPanel(controller->engine(), controller->volumeSizes(), scroll);
    scroll->setWidget(m_panel);
    scroll->viewport()->installEventFilter(this);
    layout->addWidget(scroll);
    connect(details, &DetailsController::detailsChanged, this, &OverviewTab::showDetails);
    connect(details, &DetailsController::logChanged, this, &OverviewTab::showLog);
    connect(m_panel, &OverviewPanel::changed, details, &DetailsController::refresh);
}

void OverviewTab::setContainer(const ContainerRow &row)
{
    if (row.id == m_id) {
        m_panel->setRow(row);
        return;
    }
    m_id = row.id;
    m_panel->clear();
    m_panel->setRow(row);
    showDetails();
    if (m_details->log() || m_details->logError()) {
        showLog();
    }
}

void OverviewTab::clear()
{
    m_id.clear();
    m_panel->clear();
}

void OverviewTab::showDetails()
{
    if (m_details->details() && m_details->id() == m_id) {
        m_panel->setDetails(*m_details->details(), m_controller->containers()->now());
    }
}

void OverviewTab::showLog()
{
    m_panel->setLog(m_details->log().value_or(std::string()));
    if (m_details->logError()) {
        m_panel->setLogProblem(
            tr("Could not be read: %1").arg(describe(*m_details->logError()).body()));
    }
}

bool OverviewTab::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize) {
        m_panel->fit(static_cast<QResizeEvent *>(event)->size().width());
    }
    return DetailsTab::eventFilter(watched, event);
}

} // namespace roadstead::ui
