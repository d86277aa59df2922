// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/stats/chart_scale.h"
#include "ui/theme/tokens.h"

#include <QWidget>

#include <cstdint>
#include <optional>
#include <vector>

namespace roadstead::ui {

struct ChartPoint
{
    std::int64_t at = 0;
    double value = -1; ///< below 0 = not known
};

struct ChartLine
{
    QString name;   ///< safe to draw, as is the next
    QString legend; ///< in the legend; empty = the name
    bool isInLegend = true;
    Color tone = Color::Chart1;
    bool isDashed = false;
    std::vector<ChartPoint> points; ///< oldest first
};

/// All that a chart shows.
struct ChartContent
{
    ChartUnit unit = ChartUnit::Percent;
    QString value;  ///< now
    QString detail; ///< beside it
    std::vector<ChartLine> lines;
    std::int64_t from = 0; ///< seconds since 1970
    std::int64_t to = 1;
    std::int64_t spacing = 1; ///< of the points; more than two and a half without one is a gap
    double limit = -1;        ///< a dashed line; below 0 = none
    QString limitName;
};

/// Lines over time, with a crosshair by mouse and arrow keys. Time runs from left to right in every
/// language. GUI thread.
class ChartView : public QWidget
{
    Q_OBJECT
public:
    ChartView(const QString &name, const QString &title, QWidget *parent = nullptr);

    void setContent(ChartContent content);
    [[nodiscard]] const ChartContent &content() const { return m_content; }
    /// Where the crosshair stands; a moment on another chart, too.
    void setCrosshair(std::optional<std::int64_t> at);
    [[nodiscard]] std::optional<std::int64_t> crosshair() const { return m_crosshair; }
    /// What the box beside the crosshair says, the time first, and in a gap that it is one.
    [[nodiscard]] QStringList crosshairTexts() const;
    /// Where a moment is, in the widget.
    [[nodiscard]] qreal positionOf(std::int64_t at) const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void crosshairWanted(std::optional<std::int64_t> at);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] qreal heightOf(double value) const;
    [[nodiscard]] const ChartPoint *pointAt(const ChartLine &line, std::int64_t at) const;
    void paintHead(QPainter *painter) const;
    void paintLegend(QPainter *painter, int top) const;
    void paintAxes(QPainter *painter) const;
    void paintLimit(QPainter *painter) const;
    void paintLine(QPainter *painter, const ChartLine &line, bool filled) const;
    void paintCrosshair(QPainter *painter) const;
    void paintBox(QPainter *painter, qreal x) const;
    void describe();

    QString m_title;
    ChartContent m_content;
    ChartScale m_scale;
    std::optional<std::int64_t> m_crosshair;
};

} // namespace roadstead::ui
