// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/card.h"

#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace roadstead::ui {

Card::Card(const QString &title, QWidget *parent)
    : Surface(Color::BgSurface, parent)
    , m_head(new QWidget)
    , m_title(new Label(title))
    , m_note(new ElidedLabel({}, FontRole::Body, Color::Text3))
    , m_titleEnd(new QHBoxLayout)
    , m_headEnd(new QHBoxLayout)
    , m_body(new QVBoxLayout)
{
    setRounded(radius::card);
    m_title->setRole(FontRole::Body, QFont::DemiBold);
    m_note->hide();
    auto *head = new QHBoxLayout(m_head);
    head->setContentsMargins(space::s3, 0, space::s3, 0);
    head->setSpacing(space::s2);
    head->addWidget(m_title);
    head->addLayout(m_titleEnd);
    head->addStretch();
    head->addWidget(m_note);
    head->addLayout(m_headEnd);
    m_head->setFixedHeight(heightFor(FontRole::Body, size::cardHeader) - 2);
    if (title.isEmpty()) {
        m_head->hide(); // showing it here would make it a window of its own
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(0);
    layout->addLayout(m_body);
}

void Card::setTitle(const QString &title)
{
    m_title->setText(title);
    m_head->setVisible(!title.isEmpty());
}

void Card::setNote(const QString &note)
{
    m_note->setFullText(note);
    m_note->setVisible(!note.isEmpty());
    if (m_problem) {
        m_problem->hide();
    }
}

void Card::setProblem(const QString &problem)
{
    setNote({});
    if (!m_problem) {
        m_problem = new Label({}, FontRole::Small, Color::Danger);
        m_problem->setObjectName(QStringLiteral("cardProblem"));
        m_problem->setWordWrap(true);
        m_problem->setContentsMargins(space::s3, 0, space::s3, space::s3);
        m_body->insertWidget(0, m_problem);
    }
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

void Card::addHeadWidget(QWidget *widget)
{
    m_headEnd->addWidget(widget);
}

void Card::addTitleWidget(QWidget *widget)
{
    m_titleEnd->addWidget(widget);
}

void Card::addRow(QWidget *row)
{
    m_body->addWidget(new Separator);
    m_body->addWidget(row);
}

Separator::Separator(Qt::Orientation orientation, QWidget *parent)
    : QWidget(parent)
    , m_orientation(orientation)
{
    setSizePolicy(orientation == Qt::Horizontal ? QSizePolicy::Expanding : QSizePolicy::Fixed,
                  orientation == Qt::Horizontal ? QSizePolicy::Fixed : QSizePolicy::Expanding);
}

QSize Separator::sizeHint() const
{
    return m_orientation == Qt::Horizontal ? QSize(8, 1) : QSize(1, 8);
}

void Separator::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter(this).fillRect(rect(), color(Color::Border));
}

} // namespace roadstead::ui
