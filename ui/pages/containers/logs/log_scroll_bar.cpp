// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/containers/logs/log_scroll_bar.h"

#include "ui/theme/theme.h"

#include <QElapsedTimer>
#include <QPainter>
#include <QStyleOptionSlider>

#include <algorithm>
#include <utility>

namespace roadstead::ui {

namespace {

constexpr int turnMilliseconds = 4;
constexpr int restMilliseconds = 200; ///< between two rounds, while lines keep coming

int matchPixel(const store::MergedLines &lines, const store::LinePlace &place, int height)
{
    const double share = lines.roughRowOf(place) / double(std::max<std::int64_t>(1, lines.rows()));
    return std::clamp(int(share * height), 0, height - 1);
}

} // namespace

void addMatchPixels(QList<int> &pixels, const store::MergedLines &lines, std::size_t source,
                    const store::LineMatches &matches, int height)
{
    const store::LineRange range = lines.counts(source).range;
    auto match = matches.after(range.first - 1);
    while (match && *match < range.end) {
        const int pixel = matchPixel(lines, {source, *match}, height);
        pixels.append(pixel);
        store::LineNumber low = *match;
        store::LineNumber high = range.end; // the first line of the next pixel is in between
        while (low + 1 < high) {
            const store::LineNumber middle = low + (high - low) / 2;
            (matchPixel(lines, {source, middle}, height) > pixel ? high : low) = middle;
        }
        match = matches.after(low);
    }
}

LogScrollBar::LogScrollBar(QWidget *parent)
    : QScrollBar(Qt::Vertical, parent)
{
    m_turns.setSingleShot(true);
    connect(&m_turns, &QTimer::timeout, this, &LogScrollBar::goOn);
}

void LogScrollBar::setMarked(const store::MergedLines *lines,
                             std::vector<const store::LineMatches *> matches)
{
    m_lines = lines;
    m_matches = std::move(matches);
    m_turns.stop();
    m_pixels.clear();
    m_isStale = false;
    refreshMarks();
    update();
}

void LogScrollBar::refreshMarks()
{
    if (m_turns.isActive()) {
        m_isStale = true;
        return;
    }
    m_coming.clear();
    m_next = 0;
    m_isStale = false;
    if (!m_matches.empty()) {
        m_turns.start(0);
    }
}

void LogScrollBar::goOn()
{
    QElapsedTimer turn;
    turn.start();
    const int height = groove().height();
    const std::size_t count = std::min(m_matches.size(), m_lines->sources());
    while (m_next < count && turn.elapsed() < turnMilliseconds) {
        if (m_lines->isShown(m_next) && height > 0 && m_lines->rows() > 0) {
            addMatchPixels(m_coming, *m_lines, m_next, *m_matches[m_next], height);
        }
        ++m_next;
    }
    if (m_next < count) {
        m_turns.start(0);
        return;
    }
    std::ranges::sort(m_coming);
    m_coming.erase(std::ranges::unique(m_coming).begin(), m_coming.end());
    m_pixels = std::exchange(m_coming, {});
    m_next = 0;
    update();
    if (std::exchange(m_isStale, false)) {
        m_turns.start(restMilliseconds);
    }
}

QRect LogScrollBar::groove() const
{
    QStyleOptionSlider option;
    initStyleOption(&option);
    return style()->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarGroove, this);
}

void LogScrollBar::resizeEvent(QResizeEvent *event)
{
    QScrollBar::resizeEvent(event);
    refreshMarks();
}

void LogScrollBar::paintEvent(QPaintEvent *event)
{
    QScrollBar::paintEvent(event);
    if (m_pixels.isEmpty()) {
        return;
    }
    const QRect where = groove();
    QPainter painter(this);
    for (const int pixel : std::as_const(m_pixels)) {
        painter.fillRect(where.left() + 2, where.top() + pixel, where.width() - 4, 2,
                         color(Color::WarnMark));
    }
}

} // namespace roadstead::ui
