// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/logs/log_view.h"

#include "engine/service/log_search.h"
#include "ui/pages/containers/logs/log_line_text.h"
#include "ui/pages/containers/logs/log_scroll_bar.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace roadstead::ui {

namespace {

constexpr qsizetype mostCopied = qsizetype(64) << 20;

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
        updateBars();
        viewport()->update();
    });
}

LogView::~LogView() = default;

void LogView::setStore(std::shared_ptr<const store::LineStore> store)
{
    const store::ClassMask wanted = m_view ? m_view->wanted() : store::allClasses;
    setSearch(nullptr);
    m_store = std::move(store);
    m_view = m_store ? std::make_unique<store::LineView>(m_store) : nullptr;
    m_current.reset();
    m_widest = 0;
    if (m_view) {
        m_view->setWanted(wanted);
    }
    setFollowing(true);
    refresh();
}

/// What is at the top stays there when lines come before it.
void LogView::refresh()
{
    if (m_view) {
        const std::int64_t row = verticalScrollBar()->value();
        const store::LineNumber top = m_view->lineAt(row);
        const bool kept = !m_following && row < m_view->rows();
        const std::int64_t before = m_view->rows();
        const store::LineNumber first = m_view->counts().range.first;
        m_view->refresh();
        updateBars();
        if (kept) {
            const bool cameBefore = m_view->counts().range.first < first;
            m_rowsAtPause += cameBefore ? m_view->rowOf(first) : 0;
            m_updating = true;
            verticalScrollBar()->setValue(int(m_view->rowOf(top)));
            m_updating = false;
        } else if (before == 0) {
            m_rowsAtPause = m_view->rows();
        }
    }
    placePill();
    viewport()->update();
}

void LogView::setWanted(store::ClassMask wanted)
{
    if (m_view) {
        const store::LineNumber top = m_view->lineAt(verticalScrollBar()->value());
        m_view->setWanted(wanted);
        m_rowsAtPause = m_view->rows();
        updateBars();
        if (!m_following) {
            verticalScrollBar()->setValue(int(m_view->rowOf(top)));
        }
        refresh();
    }
}

void LogView::setTimestampsShown(bool shown)
{
    m_timestamps = shown;
    updateBars();
    viewport()->update();
}

void LogView::setFollowing(bool following)
{
    if (std::exchange(m_following, following) != following) {
        m_rowsAtPause = rows();
        Q_EMIT followingChanged(following);
    }
    updateBars();
    placePill();
}

int LogView::lineHeight() const
{
    return heightFor(FontRole::Mono, size::rowLog);
}

int LogView::visibleRows() const
{
    return std::max(1, viewport()->height() / lineHeight());
}

LogView::Columns LogView::columns() const
{
    const int advance = QFontMetrics(ui::font(FontRole::Mono)).horizontalAdvance(u'0');
    const auto range = m_view ? m_view->counts().range : store::LineRange();
    const auto digits = int(numberText(std::max<qint64>(1000, range.end - range.first)).size());
    Columns made;
    made.time = space::s2 + advance * digits + space::s4;
    made.mark = made.time + (m_timestamps ? advance * 12 + space::s4 : 0);
    made.level = made.mark + space::s3 + 2;
    made.text = made.level + advance * 5 + space::s4;
    return made;
}

void LogView::updateBars()
{
    m_updating = true;
    const auto count = int(std::min<std::int64_t>(rows(), INT_MAX));
    verticalScrollBar()->setPageStep(visibleRows());
    verticalScrollBar()->setRange(0, std::max(0, count - visibleRows()));
    if (m_following) {
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    }
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(scaled(40));
    horizontalScrollBar()->setRange(
        0, std::max(0, columns().text + m_widest + space::s4 - viewport()->width()));
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
        userScrolled();
    }
    viewport()->update();
    Q_EMIT scrolled();
}

void LogView::userScrolled()
{
    const QScrollBar *bar = verticalScrollBar();
    setFollowing(bar->value() >= bar->maximum());
    if (bar->value() < visibleRows()) {
        Q_EMIT topReached();
    }
}

std::pair<std::int64_t, std::int64_t> LogView::shownLines() const
{
    if (rows() == 0) {
        return {0, 0};
    }
    const std::int64_t top = verticalScrollBar()->value();
    const std::int64_t last = std::min(rows() - 1, top + visibleRows() - 1);
    const store::LineNumber first = m_view->counts().range.first;
    return {m_view->lineAt(top) - first + 1, m_view->lineAt(last) - first + 1};
}

void LogView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), color(Color::BgSunken));
    const int before = m_widest;
    const int height = lineHeight();
    const int top = m_following ? viewport()->height() - visibleRows() * height : 0;
    const int offset = rows() > visibleRows() ? top : 0;
    std::int64_t row = verticalScrollBar()->value() - (offset > 0 ? 1 : 0);
    for (int y = offset > 0 ? offset - height : 0; y < viewport()->height() && row < rows();
         y += height, ++row) {
        if (row >= 0) {
            paintRow(painter, y, row);
        }
    }
    if (m_widest != before) { // not within painting
        QMetaObject::invokeMethod(this, [this] { updateBars(); }, Qt::QueuedConnection);
    }
}

void LogView::paintRow(QPainter &painter, int y, std::int64_t row)
{
    const store::LineNumber line = m_view->lineAt(row);
    const QRect rect(0, y, viewport()->width(), lineHeight());
    const auto low = std::min(m_anchor, m_current.value_or(m_anchor));
    const auto high = std::max(m_anchor, m_current.value_or(m_anchor));
    const bool selected = m_current && line >= low && line <= high;
    const auto read = m_store->read(
        line, line + 1,
        [&](store::LineNumber, const store::LineRecord &record, std::string_view raw) {
            paintLine(painter, rect, line, record, raw, selected);
            return true;
        });
    if (!read) {
        painter.setPen(color(Color::Danger));
        painter.setFont(ui::font(FontRole::Mono));
        painter.drawText(rect.adjusted(columns().text, 0, 0, 0), Qt::AlignVCenter,
                         tr("This line could not be read from the disk."));
    }
}

void LogView::paintLine(QPainter &painter, const QRect &rect, store::LineNumber line,
                        const store::LineRecord &record, std::string_view raw, bool selected)
{
    using store::LineLevel;
    const Columns at = columns();
    const int shift = horizontalScrollBar()->value();
    if (selected) {
        painter.fillRect(rect, color(Color::BgSelected));
    } else if (record.level == LineLevel::Error || record.level == LineLevel::Warning) {
        painter.fillRect(
            rect, color(record.level == LineLevel::Error ? Color::DangerTint : Color::WarnTint));
    }
    const bool continues = (record.flags & store::lineContinues) != 0;
    LogLineText made = logLineText(raw, (record.flags & store::lineIsCut) != 0);
    if (m_search && m_search->matches().contains(line)) {
        markMatches(made, m_search->expression(), m_current == line);
    }
    QTextLayout layout(made.text, ui::font(FontRole::Mono));
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    option.setTextDirection(Qt::LeftToRight);
    option.setTabStopDistance(QFontMetrics(layout.font()).horizontalAdvance(u'0') * 8);
    layout.setTextOption(option);
    layout.setFormats(made.formats);
    layout.beginLayout();
    QTextLine text = layout.createLine();
    if (text.isValid()) {
        text.setLineWidth(1e6);
    }
    layout.endLayout();
    const int width = text.isValid() ? int(text.naturalTextWidth()) + 1 : 0;
    m_widest = std::max(m_widest, width);
    painter.setPen(color(continues ? Color::Text2 : Color::Text));
    const qreal y = rect.top() + (rect.height() - layout.boundingRect().height()) / 2;
    painter.save();
    painter.setClipRect(rect.adjusted(at.text - 2, 0, 0, 0));
    layout.draw(&painter, QPointF(at.text - shift, y));
    painter.restore();

    const int flags = Qt::AlignVCenter | Qt::TextSingleLine;
    const auto cell = [&](int left, int right) {
        return QRect(left, rect.top(), right - left, rect.height());
    };
    painter.setFont(ui::font(FontRole::Mono));
    painter.setPen(color(Color::Text3));
    painter.drawText(cell(space::s2, at.time - space::s4), flags | Qt::AlignRight,
                     numberText(line - m_view->counts().range.first + 1));
    if (m_timestamps && record.time > 0 && !continues) {
        painter.drawText(cell(at.time, at.mark), flags,
                         QDateTime::fromMSecsSinceEpoch(record.time / 1'000'000)
                             .toString(QStringLiteral("HH:mm:ss.zzz")));
    }
    if (record.stream == store::LineStream::Stderr) {
        painter.fillRect(QRect(at.mark, rect.top() + 4, 3, rect.height() - 8),
                         color(Color::DangerMark));
    }
    if (!continues) {
        painter.setFont(ui::font(FontRole::Mono, record.level == LineLevel::Error ? 600 : 0));
        painter.setPen(color(logLevelColor(record.level)));
        painter.drawText(cell(at.level, at.text), flags, logLevelText(record.level));
    }
}

void LogView::setCurrent(std::int64_t row, bool extend)
{
    if (rows() == 0) {
        return;
    }
    row = std::clamp<std::int64_t>(row, 0, rows() - 1);
    m_current = m_view->lineAt(row);
    if (!extend) {
        m_anchor = *m_current;
    }
    QScrollBar *bar = verticalScrollBar();
    if (row < bar->value()) {
        bar->setValue(int(row));
    } else if (row >= bar->value() + visibleRows()) {
        bar->setValue(int(row) - visibleRows() + 1);
    }
    read(row);
    viewport()->update();
}

/// To a screen reader.
void LogView::read(std::int64_t row) const
{
    const store::LineNumber line = m_view->lineAt(row);
    (void)m_store->read(
        line, line + 1,
        [this](store::LineNumber, const store::LineRecord &record, std::string_view raw) {
            auto *self = const_cast<LogView *>(this);
            const QString text = logLineText(raw, (record.flags & store::lineIsCut) != 0).text;
            self->setAccessibleDescription(text);
            announce(self, text);
            return true;
        });
}

void LogView::keyPressEvent(QKeyEvent *event)
{
    const bool extend = event->modifiers().testFlag(Qt::ShiftModifier);
    const std::int64_t row = m_current && m_view ? m_view->rowOf(*m_current)
                                                 : verticalScrollBar()->value() + visibleRows();
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
        setCurrent(verticalScrollBar()->value() + event->position().toPoint().y() / lineHeight(),
                   event->modifiers().testFlag(Qt::ShiftModifier));
    }
}

void LogView::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons().testFlag(Qt::LeftButton)) {
        const int y = event->position().toPoint().y();
        const int below = y < 0 ? -1 : y / lineHeight();
        setCurrent(verticalScrollBar()->value() + below, true);
    }
}

void LogView::setSearch(const service::LogSearch *search)
{
    m_search = search;
    m_bar->setMarked(m_view.get(), m_search && m_view ? &m_search->matches() : nullptr);
    viewport()->update();
}

void LogView::goTo(store::LineNumber line)
{
    if (rows() > 0) {
        const std::int64_t row = m_view->rowOf(line);
        setFollowing(false);
        m_updating = true;
        verticalScrollBar()->setValue(int(std::max<std::int64_t>(0, row - visibleRows() / 2)));
        m_updating = false;
        setCurrent(row, false);
    }
}

void LogView::goToTime(qint64 time)
{
    const auto line = m_store ? m_store->lineAt(time * 1'000'000) : store::LineNumber(0);
    if (line) {
        goTo(*line);
        userScrolled();
    }
}

std::optional<qint64> LogView::topTime() const
{
    store::LineNumber line = topLine();
    const auto records =
        rows() > 0 ? m_store->records(line, line + 1) : Result<std::vector<store::LineRecord>>();
    return records && !records->empty() ? std::optional(records->front().time / 1'000'000)
                                        : std::nullopt;
}

store::LineNumber LogView::topLine() const
{
    return rows() > 0 ? m_view->lineAt(verticalScrollBar()->value()) : 0;
}

void LogView::selectAll()
{
    if (rows() > 0) {
        m_anchor = m_view->lineAt(0);
        m_current = m_view->lineAt(rows() - 1);
        viewport()->update();
    }
}

void LogView::copy() const
{
    if (!m_current) {
        return;
    }
    QByteArray bytes;
    (void)m_store->read(
        std::min(m_anchor, *m_current), std::max(m_anchor, *m_current) + 1,
        [&](store::LineNumber, const store::LineRecord &record, std::string_view raw) {
            const unsigned wanted = m_view->wanted();
            if ((wanted >> store::classOf(record.stream, record.level) & 1U) != 0) {
                bytes.append(raw.data(), qsizetype(raw.size())).append('\n');
            }
            return bytes.size() < mostCopied;
        });
    QGuiApplication::clipboard()->setText(QString::fromUtf8(bytes));
}

} // namespace roadstead::ui
