// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How LogView draws the lines on screen.

#include "engine/service/log_search.h"
#include "ui/pages/containers/logs/log_line_layout.h"
#include "ui/pages/containers/logs/log_view.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QDateTime>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace roadstead::ui {

namespace {

constexpr int mostNameCharacters = 24;
constexpr int drawFlags = Qt::AlignTop | Qt::TextSingleLine;

} // namespace

int LogView::nameWidth() const
{
    const QFontMetrics metrics(ui::font(FontRole::Mono));
    int widest = 0;
    for (const ShownLog &log : m_logs) {
        widest = std::max(widest, metrics.horizontalAdvance(log.name));
    }
    return std::min(widest, metrics.horizontalAdvance(u'0') * mostNameCharacters);
}

/// Of one log each line has its number; of several, the name of its container.
LogView::Columns LogView::columns() const
{
    const int advance = QFontMetrics(ui::font(FontRole::Mono)).horizontalAdvance(u'0');
    const auto digits = int(numberText(std::max<qint64>(1000, m_lines.lines())).size());
    Columns made;
    made.name = space::s2;
    made.time = made.name + (m_named ? space::s2 + 2 + nameWidth() : advance * digits) + space::s4;
    made.mark = made.time + (m_timestamps ? advance * 12 + space::s4 : 0);
    made.level = made.mark + space::s3 + 2;
    made.text = made.level + advance * 5 + space::s4;
    return made;
}

void LogView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), color(Color::BgSunken));
    const int before = m_widest;
    const auto [low, high] = selectedRows();
    const std::int64_t current = m_current ? m_lines.rowOf(*m_current) : -1;
    for (const Placed &one : placed()) {
        paintRow(painter, one, {one.row >= low && one.row <= high, one.row == current});
    }
    if (m_widest != before) { // not within painting
        QMetaObject::invokeMethod(this, [this] { updateBars(); }, Qt::QueuedConnection);
    }
}

void LogView::paintRow(QPainter &painter, const Placed &placed, const RowLook &look)
{
    const QRect rect(0, placed.y, viewport()->width(), placed.lines * lineHeight());
    const auto place = m_lines.at(placed.row);
    bool drawn = false;
    if (place) {
        const auto read = m_logs[place->source].store->read(
            place->line, place->line + 1,
            [&](store::LineNumber, const store::LineRecord &record, std::string_view raw) {
                paintLine(painter, rect, *place, record, raw, look);
                return true;
            });
        drawn = read.has_value();
    }
    if (!drawn) {
        painter.setPen(color(Color::Danger));
        painter.setFont(ui::font(FontRole::Mono));
        painter.drawText(rect.adjusted(columns().text, 0, 0, 0), Qt::AlignVCenter,
                         tr("This line could not be read from the disk."));
    }
}

LogLineText LogView::lineText(const store::LinePlace &place, const store::LineRecord &record,
                              std::string_view raw, bool isCurrent) const
{
    LogLineText made = logLineText(raw, (record.flags & store::lineIsCut) != 0);
    if (place.source < m_searches.size() &&
        m_searches[place.source]->matches().contains(place.line)) {
        markMatches(made, m_searches[place.source]->marksIn(made.text), isCurrent);
    }
    dropLevel(made); // its column has it
    return made;
}

void LogView::paintLine(QPainter &painter, const QRect &rect, const store::LinePlace &place,
                        const store::LineRecord &record, std::string_view raw, const RowLook &look)
{
    using store::LineLevel;
    const Columns at = columns();
    if (look.selected) {
        painter.fillRect(rect, color(Color::BgSelected));
    } else if (record.level == LineLevel::Error || record.level == LineLevel::Warning) {
        painter.fillRect(
            rect, color(record.level == LineLevel::Error ? Color::DangerTint : Color::WarnTint));
    }
    LogLineLayout layout(lineText(place, record, raw, look.current), wrapWidth());
    m_widest = m_wrapped ? m_widest : std::max(m_widest, layout.width());
    const bool continues = (record.flags & store::lineContinues) != 0;
    painter.setPen(color(continues ? Color::Text2 : Color::Text));
    painter.save();
    painter.setClipRect(rect.adjusted(at.text - 2, 0, 0, 0));
    layout.draw(&painter, at.text - horizontalScrollBar()->value(), rect.top(), lineHeight());
    painter.restore();
    paintHead(painter, rect, place, record);
}

/// What stands before the text, beside its first line.
void LogView::paintHead(QPainter &painter, const QRect &rect, const store::LinePlace &place,
                        const store::LineRecord &record)
{
    const Columns at = columns();
    const QFont mono = ui::font(FontRole::Mono);
    const int below = (lineHeight() - QFontMetrics(mono).height()) / 2;
    const auto cell = [&](int left, int right) {
        return QRect(left, rect.top() + below, right - left, lineHeight() - below);
    };
    const bool continues = (record.flags & store::lineContinues) != 0;
    painter.setFont(mono);
    if (m_named) {
        const ShownLog &log = m_logs[place.source];
        painter.fillRect(QRect(at.name, rect.top() + 2, 3, rect.height() - 4), color(log.tone));
        painter.setPen(color(log.tone));
        const QRect name = cell(at.name + space::s2 + 2, at.time - space::s4);
        painter.drawText(name, drawFlags,
                         QFontMetrics(mono).elidedText(log.name, Qt::ElideMiddle, name.width()));
    } else {
        painter.setPen(color(Color::Text3));
        painter.drawText(cell(at.name, at.time - space::s4), drawFlags | Qt::AlignRight,
                         numberText(place.line - m_lines.counts(place.source).range.first + 1));
    }
    painter.setPen(color(Color::Text3));
    if (m_timestamps && record.time > 0 && !continues) {
        painter.drawText(cell(at.time, at.mark), drawFlags,
                         QDateTime::fromMSecsSinceEpoch(record.time / 1'000'000)
                             .toString(QStringLiteral("HH:mm:ss.zzz")));
    }
    if (record.stream == store::LineStream::Stderr) {
        painter.fillRect(QRect(at.mark, rect.top() + 4, 3, rect.height() - 8),
                         color(Color::DangerMark));
    }
    if (!continues) {
        painter.setFont(ui::font(FontRole::Mono,
                                 record.level == store::LineLevel::Error ? QFont::DemiBold : 0));
        painter.setPen(color(logLevelColor(record.level)));
        painter.drawText(cell(at.level, at.text), drawFlags, logLevelText(record.level));
    }
}

} // namespace roadstead::ui
