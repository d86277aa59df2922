// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/containers/logs/log_scroll_bar.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyleOptionSlider>

#include <algorithm>

namespace roadstead::ui {

namespace {

/// From the counts alone: within a block lines that pass are taken to be spread evenly.
int pixelOf(const store::LineCounts &counts, store::LineNumber line, int height)
{
    const auto at = std::size_t(store::blockOf(line) - store::blockOf(counts.range.first));
    if (at >= counts.upTo.size() || counts.upTo.back() == 0) {
        return height - 1;
    }
    const double before = at > 0 ? double(counts.upTo[at - 1]) : 0;
    const store::LineNumber begin =
        std::max(counts.range.first, store::blockOf(line) * store::blockLines);
    const store::LineNumber end =
        std::min(counts.range.end, (store::blockOf(line) + 1) * store::blockLines);
    const double within =
        double(line - begin) / double(std::max<store::LineNumber>(1, end - begin));
    const double row = before + (double(counts.upTo[at]) - before) * within;
    return std::clamp(int(row / double(counts.upTo.back()) * height), 0, height - 1);
}

} // namespace

QList<int> matchPixels(const store::LineView &lines, const store::LineMatches &matches, int height)
{
    QList<int> pixels;
    const store::LineCounts &counts = lines.counts();
    auto match = matches.after(counts.range.first - 1);
    while (match && *match < counts.range.end && height > 0) {
        const int pixel = pixelOf(counts, *match, height);
        pixels.append(pixel);
        store::LineNumber low = *match;
        store::LineNumber high = counts.range.end; // the first line of the next pixel is in between
        while (low + 1 < high) {
            const store::LineNumber middle = low + (high - low) / 2;
            (pixelOf(counts, middle, height) > pixel ? high : low) = middle;
        }
        match = matches.after(low);
    }
    return pixels;
}

LogScrollBar::LogScrollBar(QWidget *parent)
    : QScrollBar(Qt::Vertical, parent)
{
}

void LogScrollBar::setMarked(const store::LineView *lines, const store::LineMatches *matches)
{
    m_lines = lines;
    m_matches = matches;
    update();
}

void LogScrollBar::paintEvent(QPaintEvent *event)
{
    QScrollBar::paintEvent(event);
    if (!m_lines || !m_matches) {
        return;
    }
    QStyleOptionSlider option;
    initStyleOption(&option);
    const QRect groove =
        style()->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarGroove, this);
    QPainter painter(this);
    const QList<int> pixels = matchPixels(*m_lines, *m_matches, groove.height());
    for (const int pixel : pixels) {
        painter.fillRect(groove.left() + 2, groove.top() + pixel, groove.width() - 4, 2,
                         color(Color::WarnMark));
    }
}

} // namespace roadstead::ui
