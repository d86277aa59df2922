// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/stats/chart_view.h"

#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QDateTime>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <utility>

namespace roadstead::ui {

namespace {

constexpr int chartHeight = 228;
constexpr int chartMinimumHeight = 176; ///< four of them have room in a window of 800 px
constexpr int chartMinimumWidth = 280;
constexpr int axisWidth = 66;
constexpr int markSize = 4;
constexpr double gapSpacings = 2.5;
constexpr qreal lineWidth = 1.5;

} // namespace

ChartView::ChartView(const QString &name, const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(title)
    , m_scale(chartScale(ChartUnit::Percent, 0))
{
    setObjectName(name);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(title);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

QSize ChartView::sizeHint() const
{
    return {scaled(480), scaled(chartHeight)};
}

QSize ChartView::minimumSizeHint() const
{
    return {scaled(chartMinimumWidth), scaled(chartMinimumHeight)};
}

void ChartView::setContent(ChartContent content)
{
    m_content = std::move(content);
    double most = m_content.limit;
    for (const ChartLine &line : m_content.lines) {
        for (const ChartPoint &point : line.points) {
            most = std::max(most, point.value);
        }
    }
    m_scale = chartScale(m_content.unit, most * 1.02);
    describe();
    update();
}

/// What the drawing says, in words.
void ChartView::describe()
{
    QStringList sentences{
        tr("%1, %2", "value now, and what belongs to it").arg(m_content.value, m_content.detail)};
    for (const ChartLine &line : m_content.lines) {
        double least = -1;
        double most = -1;
        for (const ChartPoint &point : line.points) {
            if (point.value >= 0) {
                least = least < 0 ? point.value : std::min(least, point.value);
                most = std::max(most, point.value);
            }
        }
        sentences += most < 0 ? tr("%1: nothing is known").arg(line.name)
                              : tr("%1: between %2 and %3")
                                    .arg(line.name, chartValueText(m_content.unit, least),
                                         chartValueText(m_content.unit, most));
    }
    setAccessibleDescription(sentences.join(QStringLiteral(". ")));
}

void ChartView::setCrosshair(std::optional<std::int64_t> at)
{
    if (std::exchange(m_crosshair, at) != at) {
        update();
    }
}

QRectF ChartView::plot() const
{
    const int top =
        space::s3 + lineHeight(FontRole::Body) + lineHeight(FontRole::Section) + space::s4;
    const int bottom = space::s3 + lineHeight(FontRole::Caption) + space::s1;
    return QRectF(rect()).adjusted(scaled(axisWidth), top, -space::s4 - 2, -bottom);
}

qreal ChartView::positionOf(std::int64_t at) const
{
    const QRectF area = plot();
    const auto span = static_cast<qreal>(std::max<std::int64_t>(m_content.to - m_content.from, 1));
    return area.left() + area.width() * static_cast<qreal>(at - m_content.from) / span;
}

qreal ChartView::heightOf(double value) const
{
    const QRectF area = plot();
    return area.bottom() - area.height() * value / m_scale.top;
}

const ChartPoint *ChartView::pointAt(const ChartLine &line, std::int64_t at) const
{
    const auto nearest = std::ranges::min_element(
        line.points, {}, [at](const ChartPoint &point) { return std::abs(point.at - at); });
    const bool found = nearest != line.points.end() && nearest->value >= 0 &&
                       std::abs(nearest->at - at) <= m_content.spacing;
    return found ? &*nearest : nullptr;
}

QStringList ChartView::crosshairTexts() const
{
    QStringList texts;
    if (m_crosshair) {
        for (const ChartLine &line : m_content.lines) {
            if (const ChartPoint *point = pointAt(line, *m_crosshair)) {
                texts += tr("%1 %2", "name of a line, value")
                             .arg(line.name, chartValueText(m_content.unit, point->value));
            }
        }
    }
    if (m_crosshair && texts.isEmpty()) {
        texts += tr("Not measured");
    }
    if (!texts.isEmpty()) {
        constexpr std::int64_t day = 86'400;
        const auto moment = QDateTime::fromSecsSinceEpoch(*m_crosshair);
        texts.prepend(m_content.to - m_content.from > day
                          ? QLocale().toString(moment, QStringLiteral("ddd d MMM, HH:mm"))
                          : moment.toString(QStringLiteral("HH:mm:ss")));
    }
    return texts;
}

void ChartView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    ui::paintBox(&painter, QRectF(rect()), radius::card, color(Color::BgSurface),
                 color(Color::Border));
    paintHead(&painter);
    paintAxes(&painter);
    painter.save();
    painter.setClipRect(plot().adjusted(-1, -2, 1, 1));
    for (const ChartLine &line : m_content.lines) {
        paintLine(&painter, line, m_content.lines.size() == 1);
    }
    painter.restore();
    paintLimit(&painter);
    paintCrosshair(&painter);
    if (hasFocus()) {
        paintFocusRing(&painter, QRectF(rect()).adjusted(3, 3, -3, -3), radius::card);
    }
}

void ChartView::paintHead(QPainter *painter) const
{
    const int left = space::s3;
    const int width = this->width() - 2 * left;
    int top = space::s3;
    const bool rightToLeft = layoutDirection() == Qt::RightToLeft;
    const int side = rightToLeft ? int(Qt::AlignRight) : int(Qt::AlignLeft);
    painter->setFont(ui::font(FontRole::Body, QFont::DemiBold));
    painter->setPen(color(Color::Text));
    painter->drawText(QRect(left, top, width, lineHeight(FontRole::Body)), side | Qt::AlignVCenter,
                      m_title);
    paintLegend(painter, top);
    top += lineHeight(FontRole::Body);
    const QFont valueFont = figures(FontRole::Section, QFont::DemiBold);
    painter->setFont(valueFont);
    painter->setPen(color(Color::Text));
    const QRect row(left, top, width, lineHeight(FontRole::Section));
    painter->drawText(row, side | Qt::AlignVCenter, m_content.value);
    const int used = QFontMetrics(valueFont).horizontalAdvance(m_content.value) + space::s2;
    const QRect rest = rightToLeft ? row.adjusted(0, 0, -used, 0) : row.adjusted(used, 0, 0, 0);
    const QFont small = figures(FontRole::Small);
    painter->setFont(small);
    painter->setPen(color(Color::Text3));
    painter->drawText(
        rest, side | Qt::AlignVCenter,
        QFontMetrics(small).elidedText(m_content.detail, Qt::ElideRight, rest.width()));
}

void ChartView::paintLegend(QPainter *painter, int top) const
{
    const auto count = std::ranges::count_if(m_content.lines, &ChartLine::isInLegend);
    if (count < 2) {
        return;
    }
    constexpr int sample = 12;
    const QFont small = ui::font(FontRole::Small);
    const QFontMetrics metrics(small);
    const int titleWidth =
        QFontMetrics(ui::font(FontRole::Body, QFont::DemiBold)).horizontalAdvance(m_title);
    const int each = (width() - 2 * space::s3 - titleWidth - space::s4) / static_cast<int>(count) -
                     sample - space::s2 - space::s3;
    painter->setFont(small);
    qreal right = width() - space::s3;
    const qreal middle = top + lineHeight(FontRole::Body) / 2.0;
    for (auto line = m_content.lines.rbegin(); line != m_content.lines.rend(); ++line) {
        if (!line->isInLegend) {
            continue;
        }
        const QString name = metrics.elidedText(line->legend.isEmpty() ? line->name : line->legend,
                                                Qt::ElideMiddle, std::max(each, 24));
        const int nameWidth = metrics.horizontalAdvance(name);
        painter->setPen(color(Color::Text2));
        painter->drawText(QRectF(right - nameWidth, top, nameWidth, lineHeight(FontRole::Body)),
                          Qt::AlignLeft | Qt::AlignVCenter, name);
        right -= nameWidth + space::s2 + sample;
        painter->setPen(QPen(color(line->tone), 2, line->isDashed ? Qt::DotLine : Qt::SolidLine));
        painter->drawLine(QPointF(right, middle), QPointF(right + sample, middle));
        right -= space::s3;
    }
}

void ChartView::paintAxes(QPainter *painter) const
{
    const QRectF area = plot();
    const int text = lineHeight(FontRole::Caption);
    painter->setFont(figures(FontRole::Caption));
    const int steps = static_cast<int>(m_scale.labels.size()) - 1;
    for (int i = 0; i <= steps; ++i) {
        const qreal y = std::round(area.bottom() - area.height() * i / steps);
        paintHorizontalLine(painter, area.left(), area.right(), y,
                            color(i == 0 ? Color::Border : Color::ChartGrid));
        painter->setPen(color(Color::Text3));
        painter->drawText(
            QRectF(space::s1, y - text / 2.0, area.left() - space::s1 - space::s2, text),
            Qt::AlignRight | Qt::AlignVCenter, m_scale.labels[i]);
    }
    const std::int64_t span = m_content.to - m_content.from;
    const int moments = area.width() < scaled(300) ? 2 : 4;
    for (int i = 0; i <= moments; ++i) {
        const std::int64_t at = m_content.from + span * i / moments;
        const qreal x = positionOf(at);
        constexpr qreal half = 60;
        const auto align = i == 0         ? Qt::AlignLeft
                           : i == moments ? Qt::AlignRight
                                          : Qt::AlignHCenter;
        const qreal left = i == 0 ? x : i == moments ? x - 2 * half : x - half;
        painter->drawText(QRectF(left, area.bottom() + space::s1, 2 * half, text),
                          int(align) | int(Qt::AlignVCenter), chartTimeText(at, span));
    }
}

void ChartView::paintLimit(QPainter *painter) const
{
    if (m_content.limit < 0) {
        return;
    }
    const QRectF area = plot();
    const qreal y = heightOf(m_content.limit);
    QPen pen(color(Color::WarnMark), 1, Qt::DashLine);
    painter->setPen(pen);
    painter->drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    painter->setPen(color(Color::Warn));
    painter->setFont(ui::font(FontRole::Caption));
    const int text = lineHeight(FontRole::Caption);
    painter->drawText(QRectF(area.left() + space::s1 + 2, y - text - 1, area.width(), text),
                      Qt::AlignLeft | Qt::AlignVCenter, m_content.limitName);
}

/// In pieces: where nothing was measured there is no line.
void ChartView::paintLine(QPainter *painter, const ChartLine &line, bool filled) const
{
    const double widest = gapSpacings * static_cast<double>(m_content.spacing);
    QPolygonF piece;
    const auto finish = [&] {
        if (piece.size() == 1) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(color(line.tone));
            painter->drawEllipse(piece.constFirst(), lineWidth, lineWidth);
        } else if (piece.size() > 1) {
            if (filled) {
                QPolygonF under = piece;
                under << QPointF(piece.constLast().x(), plot().bottom())
                      << QPointF(piece.constFirst().x(), plot().bottom());
                painter->setPen(Qt::NoPen);
                painter->setBrush(color(Color::ChartFill));
                painter->drawPolygon(under);
            }
            painter->setBrush(Qt::NoBrush);
            painter->setPen(QPen(color(line.tone), lineWidth,
                                 line.isDashed ? Qt::DotLine : Qt::SolidLine, Qt::RoundCap,
                                 Qt::RoundJoin));
            painter->drawPolyline(piece);
        }
        piece.clear();
    };
    std::int64_t before = 0;
    for (const ChartPoint &point : line.points) {
        if (point.value < 0 ||
            (!piece.isEmpty() && static_cast<double>(point.at - before) > widest)) {
            finish();
        }
        if (point.value >= 0) {
            piece << QPointF(positionOf(point.at), heightOf(point.value));
            before = point.at;
        }
    }
    finish();
}

void ChartView::paintCrosshair(QPainter *painter) const
{
    if (!m_crosshair || *m_crosshair < m_content.from || *m_crosshair > m_content.to) {
        return;
    }
    const QRectF area = plot();
    const qreal x = positionOf(*m_crosshair);
    paintVerticalLine(painter, x, area.top(), area.bottom(), color(Color::Text2));
    for (const ChartLine &line : m_content.lines) {
        if (const ChartPoint *point = pointAt(line, *m_crosshair)) {
            painter->setPen(QPen(color(Color::BgSurface), 1));
            painter->setBrush(color(line.tone));
            painter->drawEllipse(QPointF(positionOf(point->at), heightOf(point->value)), markSize,
                                 markSize);
        }
    }
    paintBox(painter, x);
}

void ChartView::paintBox(QPainter *painter, qreal x) const
{
    const QStringList texts = crosshairTexts();
    if (texts.isEmpty()) {
        return;
    }
    const QRectF area = plot();
    const QFont plain = figures(FontRole::Caption);
    const QFont strong = figures(FontRole::Caption, QFont::DemiBold);
    int width = QFontMetrics(strong).horizontalAdvance(texts.constFirst());
    for (const QString &text : texts) {
        width = std::max(width, QFontMetrics(plain).horizontalAdvance(text));
    }
    width = std::min(width + 2, static_cast<int>(area.width()) / 2);
    const int row = lineHeight(FontRole::Caption);
    QRectF box(x + space::s2 + 2, area.top() + 2, width + 2 * space::s2 + 4,
               row * static_cast<int>(texts.size()) + space::s2);
    if (box.right() > area.right()) {
        box.moveRight(x - space::s2 - 2);
    }
    ui::paintBox(painter, box, radius::small, color(Color::TooltipBg));
    painter->setPen(color(Color::TooltipText));
    qreal y = box.top() + space::s1;
    for (const QString &text : texts) {
        const QFont &used = y < box.top() + row ? strong : plain;
        painter->setFont(used);
        painter->drawText(QRectF(box.left() + space::s2 + 2, y, width, row),
                          Qt::AlignLeft | Qt::AlignVCenter,
                          QFontMetrics(used).elidedText(text, Qt::ElideMiddle, width));
        y += row;
    }
}

void ChartView::mouseMoveEvent(QMouseEvent *event)
{
    const QRectF area = plot();
    const qreal x = event->position().x();
    if (x < area.left() || x > area.right()) {
        Q_EMIT crosshairWanted(std::nullopt);
        return;
    }
    const auto span = static_cast<qreal>(m_content.to - m_content.from);
    const std::int64_t at = m_content.from + std::llround((x - area.left()) / area.width() * span);
    // On a point where there is one near, so that the time is that of the value.
    for (const ChartLine &line : m_content.lines) {
        if (const ChartPoint *point = pointAt(line, at)) {
            Q_EMIT crosshairWanted(point->at);
            return;
        }
    }
    Q_EMIT crosshairWanted(at);
}

void ChartView::leaveEvent(QEvent *)
{
    Q_EMIT crosshairWanted(std::nullopt);
}

void ChartView::keyPressEvent(QKeyEvent *event)
{
    std::int64_t at = m_crosshair.value_or(m_content.to);
    switch (event->key()) {
    case Qt::Key_Left:
        at -= m_content.spacing;
        break;
    case Qt::Key_Right:
        at += m_content.spacing;
        break;
    case Qt::Key_Home:
        at = m_content.from;
        break;
    case Qt::Key_End:
        at = m_content.to;
        break;
    case Qt::Key_Escape:
        if (m_crosshair) {
            Q_EMIT crosshairWanted(std::nullopt);
            return;
        }
        [[fallthrough]];
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    Q_EMIT crosshairWanted(std::clamp(at, m_content.from, m_content.to));
}

} // namespace roadstead::ui
