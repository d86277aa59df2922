// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/bulk_bar.h"

#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

BulkBar::BulkBar(QWidget *parent)
    : Surface(Color::BgSurface, parent)
    , m_count(new Label({}, FontRole::Body))
    , m_buttons(new QHBoxLayout)
{
    setObjectName(u"bulkBar"_s);
    setAccessibleName(tr("Actions on the selection"));
    setLines(Qt::TopEdge, Color::BorderStrong);
    setFixedHeight(heightFor(FontRole::Body, size::bulkBar));
    m_count->setRole(FontRole::Body, QFont::Medium);
    auto *line = new Separator(Qt::Vertical);
    line->setFixedHeight(scaled(18));
    auto *clear = new Button(u"clearSelection"_s, tr("Clear selection"), ButtonKind::Quiet);
    clear->setToolTip(QKeySequence(Qt::Key_Escape).toString(QKeySequence::NativeText));
    connect(clear, &QPushButton::clicked, this, &BulkBar::clearRequested);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::s4, 0, space::s4, 0);
    layout->setSpacing(space::s2);
    layout->addSpacing(scaled(size::checkbox) + 10); // the mark is painted there
    layout->addWidget(m_count);
    layout->addSpacing(space::s1);
    layout->addWidget(line);
    layout->addSpacing(space::s1);
    m_buttons->setSpacing(space::s2);
    layout->addLayout(m_buttons);
    layout->addStretch();
    layout->addWidget(clear);
    hide();
}

void BulkBar::setSelected(int count, int hidden)
{
    const QString selected = tr("%n selected", nullptr, count);
    m_count->setText(hidden > 0
                         ? tr("%1, %n more hidden by the filter", nullptr, hidden).arg(selected)
                         : selected);
    setVisible(count > 0);
}

Button *BulkBar::addButton(Button *button)
{
    m_buttons->addWidget(button);
    return button;
}

void BulkBar::paintEvent(QPaintEvent *event)
{
    Surface::paintEvent(event);
    QPainter painter(this);
    const int side = scaled(size::checkbox);
    const QRectF box = QStyle::visualRect(layoutDirection(), rect(),
                                          QRect(space::s4, (height() - side) / 2, side, side));
    paintBox(&painter, box, radius::small, color(Color::AccentSolid));
    paintBox(&painter, QRectF(box.x() + side / 4.0, box.center().y() - 0.9, side / 2.0, 1.8), 0.8,
             color(Color::OnAccent));
}

} // namespace roadstead::ui
