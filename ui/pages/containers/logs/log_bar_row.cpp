// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/containers/logs/log_bar_row.h"

#include "ui/theme/metrics.h"

#include <QBoxLayout>

namespace roadstead::ui {

LogBarRow::LogBarRow(QWidget *start, QWidget *end, QWidget *parent)
    : QWidget(parent)
    , m_start(start)
    , m_end(end)
    , m_layout(new QBoxLayout(QBoxLayout::LeftToRight, this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(space::s2);
    m_layout->addWidget(start, 1);
    m_layout->addWidget(end);
}

void LogBarRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const int needed = m_start->sizeHint().width() + space::s2 + m_end->sizeHint().width();
    const auto wanted = needed > width() ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight;
    if (m_layout->direction() != wanted) {
        m_layout->setDirection(wanted);
        updateGeometry();
    }
}

} // namespace roadstead::ui
