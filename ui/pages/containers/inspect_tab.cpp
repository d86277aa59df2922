// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/inspect_tab.h"

#include "engine/docker/question.h"
#include "ui/pages/containers/details_controller.h"
#include "ui/pages/inspect_view.h"
#include "ui/widgets/search_field.h"

#include <QVBoxLayout>

namespace roadstead::ui {

InspectTab::InspectTab(DetailsController *details, QWidget *parent)
    : DetailsTab(parent)
    , m_details(details)
    , m_view(new InspectView(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    connect(details, &DetailsController::detailsChanged, this, &InspectTab::showDetails);
    showDetails();
}

void InspectTab::setContainer(const ContainerRow &row)
{
    const docker::InspectContainer inspect{{row.id, row.rawName}};
    m_view->setCommand(QString::fromStdString(docker::commandLine(docker::arguments(inspect))));
}

void InspectTab::showDetails()
{
    if (m_details->details()) {
        m_view->setJson(m_details->details()->raw);
    }
}

QWidget *InspectTab::searchField() const
{
    return m_view->searchField();
}

} // namespace roadstead::ui
