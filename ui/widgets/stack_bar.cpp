// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/stack_bar.h"

#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyle>

#include <algorithm>
#include <utility>

namespace roadstead::ui {

namespace {

constexpr int leastPart = 2; ///< so that nothing that is there is not seen
constexpr int partGap = 1;
constexpr int swatchSide = 8;
constexpr qreal swatchCorner = 2;

} // namespace

StackBar::StackBar(const QString &name, int thickness, QWidget *parent)
    : QWidget(parent)
    , m_thickness(thickness)
{
    setObjectName(name);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize StackBar::sizeHint() const
{
    return {96, m_thickness};
}

void StackBar::setParts(const QList<Part> &parts)
{
    if (std::exchange(m_parts, parts) != parts) {
        update();
    }
}

void StackBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF whole(0, (height() - m_thickness) / 2.0, width(), m_thickness);
    QPainterPath outline;
    outline.addRoundedRect(whole, m_thickness / 2.0, m_thickness / 2.0);
    painter.setClipPath(outline);
    painter.fillRect(whole, color(Color::BgTrack));
    qint64 total = 0;
    for (const Part &part : std::as_const(m_parts)) {
        total += std::max<qint64>(0, part.amount);
    }
    if (total == 0) {
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    qint64 before = 0;
    for (const Part &part : std::as_const(m_parts)) {
        if (part.amount <= 0) {
            continue;
        }
        const auto left = int(double(before) / double(total) * width());
        before += part.amount;
        const auto right = int(double(before) / double(total) * width());
        const QRect rect(left, int(whole.top()), std::max(leastPart, right - left - partGap),
                         m_thickness);
        painter.fillRect(QStyle::visualRect(layoutDirection(), this->rect(), rect),
                         color(part.tone));
    }
}

LegendLabel::LegendLabel(Color tone, QWidget *parent)
    : QWidget(parent)
    , m_tone(tone)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void LegendLabel::setText(const QString &text)
{
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize LegendLabel::sizeHint() const
{
    return {swatchSide + space::s1 + 2 +
                QFontMetrics(ui::font(FontRole::Small)).horizontalAdvance(m_text) + 1,
            lineHeight(FontRole::Small)};
}

void LegendLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto place = [this](const QRect &part) {
        return QStyle::visualRect(layoutDirection(), rect(), part);
    };
    paintBox(&painter, place(QRect(0, (height() - swatchSide) / 2, swatchSide, swatchSide)),
             swatchCorner, color(m_tone));
    painter.setFont(ui::font(FontRole::Small));
    painter.setPen(color(Color::Text2));
    painter.drawText(place(rect().adjusted(swatchSide + space::s1 + 2, 0, 0, 0)),
                     int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) |
                         Qt::AlignVCenter | Qt::TextSingleLine),
                     m_text);
}

} // namespace roadstead::ui
