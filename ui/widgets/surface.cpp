// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/surface.h"

#include "ui/theme/paint.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace roadstead::ui {

namespace {

void stripe(QPainter &painter, const QRect &box, int cornerRadius, Qt::LayoutDirection direction,
            Color tone)
{
    QPainterPath clip;
    clip.addRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), cornerRadius, cornerRadius);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipPath(clip);
    QRect bar(box.x(), box.y(), border::navMarkerWidth, box.height());
    if (direction == Qt::RightToLeft) {
        bar.moveRight(box.right());
    }
    painter.fillRect(bar, color(tone));
    painter.restore();
}

} // namespace

Surface::Surface(Color fill, QWidget *parent)
    : QWidget(parent)
    , m_fill(fill)
{
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Surface::setFill(Color fill)
{
    m_fill = fill;
    update();
}

void Surface::setLines(Qt::Edges edges, Color line)
{
    m_edges = edges;
    m_line = line;
    setContentsMargins(edges & Qt::LeftEdge ? 1 : 0, edges & Qt::TopEdge ? 1 : 0,
                       edges & Qt::RightEdge ? 1 : 0, edges & Qt::BottomEdge ? 1 : 0);
    update();
}

void Surface::setRounded(int cornerRadius, Color line)
{
    m_radius = cornerRadius;
    m_line = line;
    m_outlined = true;
    setContentsMargins(1, 1, 1, 1);
    update();
}

void Surface::setStripe(std::optional<Color> tone)
{
    m_stripe = tone;
    update();
}

void Surface::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    const QColor line = color(m_line);
    if (m_outlined) {
        paintBox(&painter, rect(), m_radius, color(m_fill), line);
    } else {
        painter.fillRect(rect(), color(m_fill));
        const bool mirrored = layoutDirection() == Qt::RightToLeft;
        if (m_edges & Qt::TopEdge) {
            paintHorizontalLine(&painter, 0, width(), 0, line);
        }
        if (m_edges & Qt::BottomEdge) {
            paintHorizontalLine(&painter, 0, width(), height() - 1, line);
        }
        if (m_edges & (mirrored ? Qt::RightEdge : Qt::LeftEdge)) {
            paintVerticalLine(&painter, 0, 0, height(), line);
        }
        if (m_edges & (mirrored ? Qt::LeftEdge : Qt::RightEdge)) {
            paintVerticalLine(&painter, width() - 1, 0, height(), line);
        }
    }
    if (m_stripe) {
        stripe(painter, rect(), m_radius, layoutDirection(), *m_stripe);
    }
}

RaisedFrame::RaisedFrame(QWidget *parent)
    : QWidget(parent)
{
    setContentsMargins(shadowMargin, shadowMargin, shadowMargin, shadowMargin);
    setRaised(this);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void RaisedFrame::setStripe(std::optional<Color> tone)
{
    m_stripe = tone;
    update();
}

QRect RaisedFrame::surfaceRect() const
{
    return rect().adjusted(shadowMargin, shadowMargin, -shadowMargin, -shadowMargin);
}

void RaisedFrame::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    const QRect box = surfaceRect();
    const ShadowToken shadow = Theme::instance().isDark() ? darkShadow : lightShadow;
    // Stacked round boxes of low alpha come close to a blur at a fraction of its cost.
    const int steps = shadowMargin - shadow.dy;
    QColor layer = QColor::fromRgba(shadow.color);
    layer.setAlphaF(layer.alphaF() / static_cast<float>(steps) * 0.7F);
    for (int i = steps; i > 0; --i) {
        paintBox(&painter, QRectF(box).adjusted(-i, -i + shadow.dy / 2.0, i, i + shadow.dy / 2.0),
                 radius::card + i, layer);
    }
    paintBox(&painter, box, radius::card, color(Color::BgRaised), color(Color::BorderStrong));
    if (m_stripe) {
        stripe(painter, box, radius::card, layoutDirection(), *m_stripe);
    }
}

} // namespace roadstead::ui
