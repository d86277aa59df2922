// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/page_header.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>

namespace roadstead::ui {

PageHeader::PageHeader(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(new Label(title, FontRole::Title))
    , m_summary(new ElidedLabel({}, FontRole::Body, Color::Text3))
    , m_end(new QHBoxLayout)
{
    m_title->setObjectName(QStringLiteral("pageTitle"));
    m_summary->setObjectName(QStringLiteral("pageSummary"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::s4, 0, space::s4, 0);
    layout->setSpacing(space::s3);
    layout->addWidget(m_title);
    layout->addWidget(m_summary, 1);
    m_end->setSpacing(space::s2);
    layout->addLayout(m_end);
    setFixedHeight(heightFor(FontRole::Title, size::pageHeader));
}

void PageHeader::setTitle(const QString &title)
{
    m_title->setText(title);
}

void PageHeader::setSummary(const QString &summary)
{
    m_summary->setFullText(summary);
}

void PageHeader::addEndWidget(QWidget *widget)
{
    m_end->addWidget(widget);
}

} // namespace roadstead::ui
