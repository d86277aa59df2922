// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/frame/wizard_frame.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/label.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/toast.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace roadstead::ui {

namespace {

constexpr int revealMargin = 12;

QHBoxLayout *barLayout(Surface *bar, int height)
{
    bar->setMinimumHeight(heightFor(FontRole::Body, height));
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(space::s4, 0, space::s4, 0);
    row->setSpacing(space::s2);
    return row;
}

} // namespace

WizardFrame::WizardFrame(const QString &name, const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_head(new QHBoxLayout)
    , m_leave(new QHBoxLayout)
    , m_next(new QHBoxLayout)
    , m_stack(new QStackedWidget)
{
    setObjectName(name);
    setAccessibleName(title);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);

    auto *head = new Surface(Color::BgSurface);
    head->setLines(Qt::BottomEdge);
    QHBoxLayout *headRow = barLayout(head, size::wizardHeader);
    auto *heading = new Label(title, FontRole::Title);
    heading->setObjectName(QStringLiteral("wizardTitle"));
    headRow->addWidget(heading);
    headRow->addStretch(1);
    m_head->setSpacing(space::s3);
    headRow->addLayout(m_head);
    layout->addWidget(head);

    layout->addWidget(m_stack, 1);

    auto *foot = new Surface(Color::BgSurface);
    foot->setLines(Qt::TopEdge);
    QHBoxLayout *footRow = barLayout(foot, size::wizardFooter);
    m_leave->setSpacing(space::s2);
    m_next->setSpacing(space::s2);
    footRow->addLayout(m_leave);
    footRow->addStretch(1);
    footRow->addLayout(m_next);
    layout->addWidget(foot);
    m_foot = foot;
}

void WizardFrame::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    ToastHost::stayAbove(m_foot);
}

void WizardFrame::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    ToastHost::stayAbove(m_foot);
}

void WizardFrame::addHeadWidget(QWidget *widget)
{
    m_head->addWidget(widget);
}

void WizardFrame::addLeaveWidget(QWidget *widget)
{
    m_leave->addWidget(widget);
}

void WizardFrame::addNextWidget(QWidget *widget)
{
    m_next->addWidget(widget);
}

void WizardFrame::setBody(QWidget *body, QWidget *side)
{
    auto *page = new Surface(Color::BgSurface);
    auto *row = new QHBoxLayout(page);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_scroll = new QScrollArea;
    m_scroll->setObjectName(QStringLiteral("wizardBody"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_scroll->setWidget(body);
    body->setAutoFillBackground(false);
    row->addWidget(m_scroll, 3);
    row->addWidget(side, 2);
    m_stack->addWidget(page);
}

void WizardFrame::setOther(QWidget *other)
{
    m_stack->addWidget(other);
}

void WizardFrame::showBody()
{
    m_stack->setCurrentIndex(0);
}

void WizardFrame::showOther()
{
    m_stack->setCurrentIndex(1);
}

void WizardFrame::addStepPage(QWidget *page)
{
    m_stack->addWidget(page);
}

void WizardFrame::showStepPage(int step)
{
    m_stack->setCurrentIndex(step);
}

void WizardFrame::reveal(QWidget *widget)
{
    m_scroll->ensureWidgetVisible(widget, revealMargin, revealMargin);
}

} // namespace roadstead::ui
