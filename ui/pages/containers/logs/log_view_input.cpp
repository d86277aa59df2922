// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Keyboard and mouse of LogView: the current row, the selection, copying, going somewhere.

#include "engine/store/merged_reading.h"
#include "ui/pages/containers/logs/log_line_text.h"
#include "ui/pages/containers/logs/log_view.h"
#include "ui/widgets/announce.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>

namespace roadstead::ui {

namespace {

constexpr qsizetype mostCopied = qsizetype(64) << 20;

} // namespace

std::pair<std::int64_t, std::int64_t> LogView::selectedRows() const
{
    if (!m_current) {
        return {0, -1};
    }
    const std::int64_t current = m_lines.rowOf(*m_current);
    const std::int64_t anchor = m_anchor == *m_current ? current : m_lines.rowOf(m_anchor);
    return {std::min(current, anchor), std::max(current, anchor)};
}

void LogView::setCurrent(std::int64_t row, bool extend)
{
    if (rows() == 0) {
        return;
    }
    row = std::clamp<std::int64_t>(row, 0, rows() - 1);
    const auto place = m_lines.at(row);
    if (!place) {
        return;
    }
    m_current = place;
    if (!extend) {
        m_anchor = *place;
    }
    bringIn(row);
    read(row);
    viewport()->update();
}

void LogView::bringIn(std::int64_t row)
{
    const std::int64_t top = topRow();
    if (row < top || (row == top && m_skip > 0)) {
        setTop({row, 0});
        userScrolled();
        return;
    }
    const Top least = topFor(row);
    if (least.row > top || (least.row == top && least.skip > m_skip)) {
        setTop(least);
        userScrolled();
    }
}

/// To a screen reader.
void LogView::read(std::int64_t row) const
{
    const auto place = m_lines.at(row);
    if (!place) {
        return;
    }
    const ShownLog &log = m_logs[place->source];
    (void)log.store->read(
        place->line, place->line + 1,
        [&](store::LineNumber, const store::LineRecord &record, std::string_view raw) {
            auto *self = const_cast<LogView *>(this);
            QString text = logLineText(raw, (record.flags & store::lineIsCut) != 0).text;
            if (m_named) {
                text = log.name + QStringLiteral(": ") + text;
            }
            self->setAccessibleDescription(text);
            announce(self, text);
            return true;
        });
}

void LogView::keyPressEvent(QKeyEvent *event)
{
    const bool extend = event->modifiers().testFlag(Qt::ShiftModifier);
    const std::int64_t row = m_current ? m_lines.rowOf(*m_current) : topRow() + visibleRows();
    if (event->matches(QKeySequence::Copy)) {
        copy();
    } else if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
    } else if (event->key() == Qt::Key_Up) {
        setCurrent(row - 1, extend);
    } else if (event->key() == Qt::Key_Down) {
        setCurrent(row + 1, extend);
    } else if (event->key() == Qt::Key_PageUp) {
        setCurrent(row - visibleRows(), extend);
    } else if (event->key() == Qt::Key_PageDown) {
        setCurrent(row + visibleRows(), extend);
    } else if (event->key() == Qt::Key_Home) {
        setCurrent(0, extend);
        userScrolled();
    } else if (event->key() == Qt::Key_End) {
        setCurrent(rows() - 1, extend);
        setFollowing(true);
    } else if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        horizontalScrollBar()->triggerAction(event->key() == Qt::Key_Left
                                                 ? QScrollBar::SliderSingleStepSub
                                                 : QScrollBar::SliderSingleStepAdd);
    } else {
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void LogView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton) {
        setCurrent(rowAtY(event->position().toPoint().y()),
                   event->modifiers().testFlag(Qt::ShiftModifier));
    }
}

void LogView::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons().testFlag(Qt::LeftButton)) {
        setCurrent(rowAtY(event->position().toPoint().y()), true);
    }
}

void LogView::goTo(const store::LinePlace &place)
{
    if (rows() > 0) {
        const std::int64_t row = m_lines.rowOf(place);
        setFollowing(false);
        std::int64_t top = row;
        for (int left = visibleRows() / 2; left > 0 && top > 0;) {
            left -= linesOf(--top);
        }
        setTop({top, 0});
        setCurrent(row, false);
    }
}

void LogView::goToTime(qint64 time)
{
    const std::int64_t row = m_lines.rowAt(time * 1'000'000);
    if (const auto place = m_lines.at(std::min(row, rows() - 1))) {
        goTo(*place);
        userScrolled();
    }
}

std::optional<qint64> LogView::topTime() const
{
    const auto place = m_lines.at(topRow());
    if (!place) {
        return {};
    }
    store::LineNumber line = place->line;
    const auto records = m_logs[place->source].store->records(line, line + 1);
    return records && !records->empty() ? std::optional(records->front().time / 1'000'000)
                                        : std::nullopt;
}

void LogView::selectAll()
{
    const auto first = m_lines.at(0);
    const auto last = m_lines.at(rows() - 1);
    if (first && last) {
        m_anchor = *first;
        m_current = last;
        viewport()->update();
    }
}

/// Of several logs each line begins with its container, as `docker compose logs` prints them.
void LogView::copy() const
{
    const auto [low, high] = selectedRows();
    if (low > high) {
        return;
    }
    const std::vector<store::LineNumber> from = m_lines.linesAt(low);
    const std::vector<store::LineNumber> end = m_lines.linesAt(high + 1);
    std::vector<store::LineSpan> spans;
    for (std::size_t i = 0; i < m_logs.size(); ++i) {
        spans.push_back({m_logs[i].store, {from[i], end[i]}});
    }
    QByteArray bytes;
    (void)store::readMerged(
        spans, [&](std::size_t log, const store::LineRecord &record, std::string_view raw) {
            const unsigned wanted = m_lines.wanted();
            if (m_lines.isShown(log) &&
                (wanted >> store::classOf(record.stream, record.level) & 1U) != 0) {
                if (m_named) {
                    bytes.append(QByteArray::fromStdString(m_logs[log].rawName)).append(" | ");
                }
                bytes.append(raw.data(), qsizetype(raw.size())).append('\n');
            }
            return bytes.size() < mostCopied;
        });
    QGuiApplication::clipboard()->setText(QString::fromUtf8(bytes));
}

} // namespace roadstead::ui
