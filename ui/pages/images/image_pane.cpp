// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/images/image_pane.h"

#include "ui/pages/images/image_details_view.h"
#include "ui/pages/images/images_controller.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/tab_bar.h"

#include <QStackedLayout>

#include <chrono>

namespace roadstead::ui {

namespace {
/// Longer than the repeat of a key that is held down.
constexpr std::chrono::milliseconds paneRest{120};
} // namespace

ImagePane::ImagePane(ImagesController *controller, QWidget *parent)
    : QWidget(parent)
    , m_view(new ImageDetailsView(controller, ImageDetailsView::Form::Pane, this))
    , m_stack(new QStackedLayout(this))
{
    setObjectName(QStringLiteral("imagePane"));
    setAccessibleName(tr("Details"));
    auto *none = new EmptyState(QStringLiteral("imagePaneEmpty"), this);
    none->setIconName(QStringLiteral("layout-sidebar-reverse"));
    none->setTexts(tr("No image chosen"), tr("Choose one in the list to see its details."));
    m_none = none;
    m_stack->setContentsMargins(0, 0, 0, 0);
    m_stack->addWidget(m_none);
    m_stack->addWidget(m_view);
    m_rest.setSingleShot(true);
    m_rest.setInterval(paneRest);
    connect(&m_rest, &QTimer::timeout, this, &ImagePane::follow);
}

QWidget *ImagePane::firstPlace() const
{
    return m_view->tabs();
}

void ImagePane::setImage(const std::string &id)
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

void ImagePane::follow()
{
    if (m_wanted.empty()) {
        m_view->close();
        m_stack->setCurrentWidget(m_none);
    } else if (m_view->imageId() != m_wanted) {
        m_view->open(m_wanted);
        m_stack->setCurrentWidget(m_view);
    }
}

void ImagePane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    follow();
}

void ImagePane::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_rest.stop();
    m_view->close();
}

} // namespace roadstead::ui
