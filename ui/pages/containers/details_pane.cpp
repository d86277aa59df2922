// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/details_pane.h"

#include "ui/pages/containers/containers_controller.h"
#include "ui/pages/containers/details_view.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/empty_state.h"

#include <QStackedLayout>

#include <chrono>

namespace roadstead::ui {

namespace {
/// Longer than the repeat of a key that is held down.
constexpr std::chrono::milliseconds restTime{120};
} // namespace

DetailsPane::DetailsPane(ContainersController *controller, QWidget *parent)
    : QWidget(parent)
    , m_view(new DetailsView(controller, DetailsView::Form::Pane, this))
    , m_stack(new QStackedLayout(this))
{
    setObjectName(QStringLiteral("containerPane"));
    setAccessibleName(tr("Details"));
    auto *none = new EmptyState(QStringLiteral("paneEmpty"), this);
    none->setIconName(QStringLiteral("layout-sidebar-reverse"));
    none->setTexts(tr("No container chosen"), tr("Choose one in the list to see its details."));
    m_none = none;
    m_stack->setContentsMargins(0, 0, 0, 0);
    m_stack->addWidget(m_none);
    m_stack->addWidget(m_view);
    m_rest.setSingleShot(true);
    m_rest.setInterval(restTime);
    connect(&m_rest, &QTimer::timeout, this, &DetailsPane::follow);
}

void DetailsPane::setContainer(const std::string &id)
{
    if (id == m_wanted) {
        return;
    }
    const bool passing = m_rest.isActive();
    m_wanted = id;
    m_rest.stop();
    if (!isVisible()) {
        return;
    }
    if (id.empty()) {
        follow();
    } else if (passing) {
        m_view->close();
        m_rest.start();
    } else {
        follow(); // the first of several at once
        m_rest.start();
    }
}

void DetailsPane::follow()
{
    if (m_wanted.empty()) {
        m_view->close();
        m_stack->setCurrentWidget(m_none);
    } else if (m_view->containerId() != m_wanted) {
        m_view->open(m_wanted);
        m_stack->setCurrentWidget(m_view);
    }
}

void DetailsPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    follow();
}

void DetailsPane::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_rest.stop();
    m_view->close();
}

} // namespace roadstead::ui
