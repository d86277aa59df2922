// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/logs/log_view.h"

#include "engine/service/log_search.h"
#include "ui/pages/containers/logs/log_line_layout.h"
#include "ui/pages/containers/logs/log_scroll_bar.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"

#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>
#include <climits>
#include <utility>

namespace roadstead::ui {

namespace {

constexpr qsizetype mostHeights = 20'000;
constexpr int wheelLines = 3;

quint64 heightKey(const store::LinePlace &place)
{
    return (quint64(place.source) << 48U) ^ quint64(place.line);
}

} // namespace

LogView::LogView(QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_bar(new LogScrollBar(this))
    , m_pill(new Button(QStringLiteral("logsNewLines"), {}, ButtonKind::Primary, viewport()))
{
    setObjectName(QStringLiteral("logView"));
    setVerticalScrollBar(m_bar);
    setAccessibleName(tr("Log lines"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setLayoutDirection(Qt::LeftToRight);
    viewport()->setCursor(Qt::IBeamCursor);
    m_pill->hide();
    connect(m_pill, &QPushButton::clicked, this, [this] { setFollowing(true); });
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        m_heights.clear();
        updateBars();
        viewport()->update();
    });
}

LogView::~LogView() = default;

void LogView::setLogs(std::vector<ShownLog> logs, bool named)
{
    const store::ClassMask wanted = m_lines.wanted();
    setSearches({});
    m_logs.clear();
    m_lines = store::MergedLines();
    m_lines.setWanted(wanted);
    m_named = named;
    m_current.reset();
    m_widest = 0;
    m_heights.clear();
    for (ShownLog &log : logs) {
        m_lines.add(log.store);
        m_logs.push_back(std::move(log));
    }
    setFollowing(true);
    refresh();
}

void LogView::addLog(ShownLog log)
{
    const auto top = m_lines.at(topRow());
    m_lines.add(log.store);
    m_logs.push_back(std::move(log));
    keepTop(top);
    refresh();
}

void LogView::setLogShown(std::size_t log, bool shown)
{
    if (log < m_logs.size() && m_lines.isShown(log) != shown) {
        const auto top = m_lines.at(topRow());
        m_lines.setShown(log, shown);
        m_rowsAtPause = m_lines.rows();
        keepTop(top);
        refresh();
    }
}

/// After the rows have other numbers.
void LogView::keepTop(const std::optional<store::LinePlace> &top)
{
    updateBars();
    if (!m_following && top) {
        setTop({m_lines.rowOf(*top), m_skip});
    }
}

/// What is at the top stays there when lines come before it.
void LogView::refresh()
{
    const std::int64_t row = topRow();
    const auto top = m_following ? std::nullopt : m_lines.at(row);
    const std::int64_t before = rows();
    m_lines.refresh();
    updateBars();
    if (top) {
        const std::int64_t now = m_lines.rowOf(*top);
        m_rowsAtPause += std::max<std::int64_t>(0, now - row);
        setTop({now, m_skip});
    } else if (before == 0) {
        m_rowsAtPause = rows();
    }
    placePill();
    viewport()->update();
}

void LogView::setWanted(store::ClassMask wanted)
{
    const auto top = m_lines.at(topRow());
    m_lines.setWanted(wanted);
    m_rowsAtPause = rows();
    keepTop(top);
    refresh();
}

void LogView::setTimestampsShown(bool shown)
{
    m_timestamps = shown;
    updateBars();
    viewport()->update();
}

void LogView::setWrapped(bool wrapped)
{
    m_wrapped = wrapped;
    m_skip = 0;
    setHorizontalScrollBarPolicy(wrapped ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    horizontalScrollBar()->setValue(0);
    updateBars();
    viewport()->update();
    Q_EMIT scrolled();
}

void LogView::setFollowing(bool following)
{
    if (std::exchange(m_following, following) != following) {
        m_rowsAtPause = rows();
        Q_EMIT followingChanged(following);
    }
    updateBars();
    placePill();
    viewport()->update();
}

int LogView::lineHeight() const
{
    return heightFor(FontRole::Mono, size::rowLog);
}

int LogView::visibleRows() const
{
    return std::max(1, viewport()->height() / lineHeight());
}

int LogView::wrapWidth() const
{
    constexpr int narrowest = 80;
    return m_wrapped ? std::max(narrowest, viewport()->width() - columns().text - space::s4) : 0;
}

/// Lines on screen that a row takes. Only rows on screen, or about to be, are asked for.
int LogView::linesOf(std::int64_t row) const
{
    const int width = wrapWidth();
    const auto place = width > 0 ? m_lines.at(row) : std::nullopt;
    if (!place) {
        return 1;
    }
    if (std::exchange(m_heightsFor, width) != width || m_heights.size() > mostHeights) {
        m_heights.clear();
    }
    const quint64 key = heightKey(*place);
    if (const auto known = m_heights.constFind(key); known != m_heights.cend()) {
        return *known;
    }
    int lines = 1;
    (void)m_logs[place->source].store->read(
        place->line, place->line + 1,
        [&](store::LineNumber, const store::LineRecord &record, std::string_view raw) {
            lines = LogLineLayout(lineText(*place, record, raw, false), width).lines();
            return true;
        });
    m_heights.insert(key, lines);
    return lines;
}

/// What is at the top when a row ends at the bottom.
LogView::Top LogView::topFor(std::int64_t last) const
{
    int left = visibleRows();
    if (!m_wrapped) {
        return {std::max<std::int64_t>(0, last - left + 1), 0};
    }
    for (std::int64_t row = last; row >= 0; --row) {
        const int lines = linesOf(row);
        if (lines >= left) {
            return {row, lines - left};
        }
        left -= lines;
    }
    return {};
}

std::vector<LogView::Placed> LogView::placed() const
{
    const int height = lineHeight();
    std::int64_t row = topRow();
    int y = -m_skip * height;
    // The newest line stands at the lower edge, what is left above shows a part of a line.
    if (m_following && (row > 0 || m_skip > 0)) {
        y += viewport()->height() - visibleRows() * height;
        if (y > 0 && row > 0) {
            --row;
            y -= linesOf(row) * height;
        }
    }
    std::vector<Placed> all;
    for (; y < viewport()->height() && row < rows(); ++row) {
        all.push_back({row, y, linesOf(row)});
        y += all.back().lines * height;
    }
    return all;
}

std::int64_t LogView::rowAtY(int y) const
{
    const std::vector<Placed> all = placed();
    if (all.empty()) {
        return 0;
    }
    if (y < 0) {
        return all.front().row - 1;
    }
    const int height = lineHeight();
    for (const Placed &one : all) {
        if (y < one.y + one.lines * height) {
            return one.row;
        }
    }
    return all.back().row + 1;
}

void LogView::setTop(const Top &top)
{
    m_updating = true;
    m_skip = m_wrapped ? top.skip : 0;
    verticalScrollBar()->setValue(int(std::min<std::int64_t>(top.row, INT_MAX)));
    m_updating = false;
    viewport()->update();
    Q_EMIT scrolled();
}

void LogView::updateBars()
{
    m_updating = true;
    const Top last = topFor(rows() - 1);
    verticalScrollBar()->setPageStep(visibleRows());
    verticalScrollBar()->setRange(0, int(std::min<std::int64_t>(last.row, INT_MAX)));
    if (m_following) {
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
        m_skip = last.skip;
    } else if (verticalScrollBar()->value() == verticalScrollBar()->maximum()) {
        m_skip = std::min(m_skip, last.skip);
    }
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(scaled(40));
    const int room = viewport()->width() - columns().text - space::s4;
    horizontalScrollBar()->setRange(0, m_wrapped ? 0 : std::max(0, m_widest - room));
    m_updating = false;
}

void LogView::placePill()
{
    const std::int64_t more = m_following ? 0 : rows() - m_rowsAtPause;
    m_pill->setVisible(more > 0);
    if (more > 0) {
        const QString text = tr("New lines: %1").arg(numberText(more));
        m_pill->setText(text);
        m_pill->setAccessibleName(text);
        m_pill->adjustSize();
        m_pill->move((viewport()->width() - m_pill->width()) / 2,
                     viewport()->height() - m_pill->height() - space::s3);
    }
}

void LogView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateBars();
    placePill();
}

void LogView::scrollContentsBy(int dx, int dy)
{
    Q_UNUSED(dx)
    if (!m_updating && dy != 0) {
        const QScrollBar *bar = verticalScrollBar();
        m_skip = bar->value() < bar->maximum() ? 0 : topFor(rows() - 1).skip;
        userScrolled();
    }
    viewport()->update();
    Q_EMIT scrolled();
}

/// In wrapped rows, line by line.
void LogView::wheelEvent(QWheelEvent *event)
{
    const QPoint angle = event->angleDelta();
    if (!m_wrapped || angle.y() == 0 || event->modifiers() != Qt::NoModifier) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    scrollLines(-angle.y() * wheelLines / QWheelEvent::DefaultDeltasPerStep);
    event->accept();
}

void LogView::scrollLines(int lines)
{
    Top top{topRow(), m_skip + lines};
    while (top.skip < 0 && top.row > 0) {
        --top.row;
        top.skip += linesOf(top.row);
    }
    top.skip = std::max(0, top.skip);
    const Top last = topFor(rows() - 1);
    while (top.row < last.row && top.skip >= linesOf(top.row)) {
        top.skip -= linesOf(top.row);
        ++top.row;
    }
    if (top.row >= last.row) {
        top = {last.row, std::min(top.skip, last.skip)};
    }
    setTop(top);
    userScrolled();
}

void LogView::userScrolled()
{
    const QScrollBar *bar = verticalScrollBar();
    setFollowing(bar->value() >= bar->maximum() &&
                 (!m_wrapped || m_skip >= topFor(rows() - 1).skip));
    if (bar->value() < visibleRows()) {
        Q_EMIT topReached();
    }
}

std::int64_t LogView::topRow() const
{
    return verticalScrollBar()->value();
}

std::pair<std::int64_t, std::int64_t> LogView::shownLines() const
{
    if (rows() == 0) {
        return {0, 0};
    }
    std::int64_t last = topRow() + visibleRows() - 1;
    if (m_wrapped) {
        last = rowAtY(viewport()->height() - 1);
    }
    last = std::min(rows() - 1, last);
    const auto numbered = [this](std::int64_t row) {
        const auto place = m_named ? std::nullopt : m_lines.at(row);
        return place ? place->line - m_lines.counts(place->source).range.first + 1 : row + 1;
    };
    return {numbered(topRow()), numbered(last)};
}

void LogView::refreshMarks()
{
    m_bar->refreshMarks();
}

void LogView::setSearches(std::vector<const service::LogSearch *> searches)
{
    m_searches = std::move(searches);
    std::vector<const store::LineMatches *> matches;
    for (const service::LogSearch *search : m_searches) {
        matches.push_back(&search->matches());
    }
    m_bar->setMarked(&m_lines, std::move(matches));
    viewport()->update();
}

} // namespace roadstead::ui
