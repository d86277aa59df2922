// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/containers/logs/log_scroll_bar.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyleOptionSlider>

#include <algorithm>
#include <utility>

namespace roadstead::ui {

namespace {

int matchPixel(const store::MergedLines &lines, const store::LinePlace &place, int height)
{
    const double share = lines.roughRowOf(place) / double(std::max<std::int64_t>(1, lines.rows()));
    return std::clamp(int(share * height), 0, height - 1);
}

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

} // namespace

QList<int> matchPixels(const store::MergedLines &lines,
                       const std::vector<const store::LineMatches *> &matches, int height)
{
    QList<int> pixels;
    for (std::size_t i = 0; i < std::min(matches.size(), lines.sources()); ++i) {
        if (lines.isShown(i) && height > 0 && lines.rows() > 0) {
            addMatchPixels(pixels, lines, i, *matches[i], height);
        }
    }
    return pixels;
}

LogScrollBar::LogScrollBar(QWidget *parent)
    : QScrollBar(Qt::Vertical, parent)
{
}

void LogScrollBar::setMarked(const store::MergedLines *lines,
                             std::vector<const store::LineMatches *> matches)
{
    m_lines = lines;
    m_matches = std::move(matches);
    update();
}

void LogScrollBar::paintEvent(QPaintEvent *event)
{
    QScrollBar::paintEvent(event);
    if (!m_lines || m_matches.empty()) {
        return;
    }
    QStyleOptionSlider option;
    initStyleOption(&option);
    const QRect groove =
        style()->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarGroove, this);
    QPainter painter(this);
    const QList<int> pixels = matchPixels(*m_lines, m_matches, groove.height());
    for (const int pixel : pixels) {
        painter.fillRect(groove.left() + 2, groove.top() + pixel, groove.width() - 4, 2,
                         color(Color::WarnMark));
    }
}

} // namespace roadstead::ui
