// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/list_header.h"

#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace roadstead::ui {

namespace {

constexpr int leastWidth = 48;
constexpr int mostWidth = 4000;

} // namespace

ListHeader::ListHeader(const QString &name, const QList<ListColumn> &columns, QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_columns(columns)
{
    setObjectName(name);
    setSectionsClickable(true);
    setHighlightSections(false);
    setStretchLastSection(false);
    setMinimumSectionSize(leastWidth);
    setSortIndicatorShown(true);
    setContextMenuPolicy(Qt::CustomContextMenu);
    for (int column = 0; column < int(columns.size()); ++column) {
        m_base.append(columns[column].width);
        if (columns[column].hiddenAtFirst) {
            m_hidden.append(column);
        }
    }
    connect(this, &QHeaderView::sectionResized, this, &ListHeader::takeResize);
}

QSize ListHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), heightFor(FontRole::Small, size::tableHeader)};
}

void ListHeader::setBaseWidths(const QList<int> &widths)
{
    if (widths.size() == m_columns.size()) {
        m_base = widths;
        std::ranges::for_each(m_base, [](int &w) { w = std::clamp(w, leastWidth, mostWidth); });
        distribute(m_width);
    }
}

void ListHeader::setWantedHidden(const QList<int> &columns)
{
    m_hidden = columns;
    m_hidden.removeAll(0);
    distribute(m_width);
}

int ListHeader::lastShown() const
{
    int last = 0;
    for (int column = 0; column < count(); ++column) {
        last = isSectionHidden(column) ? last : column;
    }
    return last;
}

/// The columns that have room in `width`.
QList<int> ListHeader::fitting(int width) const
{
    QList<int> columns;
    QList<int> droppable;
    for (int column = 0; column < int(m_columns.size()); ++column) {
        if (!m_hidden.contains(column)) {
            columns.append(column);
            if (m_columns[column].dropped > 0) {
                droppable.append(column);
            }
        }
    }
    std::ranges::sort(droppable, {}, [this](int column) { return m_columns[column].dropped; });
    const auto needed = [&columns, this] {
        int sum = 0;
        for (const int column : columns) {
            const int least = m_columns[column].narrowest;
            sum += scaled(least > 0 ? std::min(m_base[column], least) : m_base[column]);
        }
        return sum;
    };
    for (const int column : droppable) {
        if (needed() > width) {
            columns.removeAll(column);
        }
    }
    return columns;
}

void ListHeader::distribute(int width)
{
    m_width = width;
    if (width <= 0 || count() != int(m_columns.size())) {
        return;
    }
    const QList<int> columns = fitting(width);
    int free = width;
    int parts = 0;
    for (const int column : columns) {
        free -= scaled(m_base[column]);
        parts += m_columns[column].stretch;
    }
    m_distributing = true;
    int left = free;
    for (int column = count() - 1; column >= 0; --column) {
        const bool isShown = columns.contains(column);
        setSectionHidden(column, !isShown);
        // The first column takes what the others' whole parts leave.
        const int share = !isShown      ? 0
                          : column == 0 ? left
                          : parts == 0  ? 0
                                        : free * m_columns[column].stretch / parts;
        left -= share;
        resizeSection(column, std::max(leastWidth, scaled(m_base[column]) + share));
    }
    m_distributing = false;
}

void ListHeader::takeResize(int column, int before, int after)
{
    if (m_distributing || before == 0 || after == 0) {
        return;
    }
    const double scale = Theme::instance().textScale();
    m_base[column] =
        std::max(leastWidth, m_base[column] + int(std::lround((after - before) / scale)));
    // What one column takes, the next one that can stretch gives; done once the mouse is released.
}

void ListHeader::mouseReleaseEvent(QMouseEvent *event)
{
    QHeaderView::mouseReleaseEvent(event);
    distribute(m_width);
    Q_EMIT layoutChosen();
}

void ListHeader::paintSection(QPainter *painter, const QRect &rect, int column) const
{
    const bool sorted = sortIndicatorSection() == column;
    painter->save();
    painter->fillRect(rect, color(Color::BgSunken));
    paintHorizontalLine(painter, rect.left(), rect.right() + 1, rect.bottom(),
                        color(Color::Border));
    QRect content = rect.adjusted(column == 0 ? space::s4 : 0, 0, -space::s4, 0);
    content = QStyle::visualRect(layoutDirection(), rect, content);
    painter->setFont(ui::font(FontRole::Small, sorted ? QFont::DemiBold : QFont::Medium));
    painter->setPen(color(sorted ? Color::Text : Color::Text2));
    const bool atEnd = m_columns[column].numbers;
    constexpr int glyph = 12;
    const Qt::Alignment side =
        QStyle::visualAlignment(layoutDirection(), atEnd ? Qt::AlignRight : Qt::AlignLeft);
    const QString title = painter->fontMetrics().elidedText(
        model()->headerData(column, Qt::Horizontal).toString(), Qt::ElideRight, content.width());
    painter->drawText(content, int(side | Qt::AlignVCenter | Qt::TextSingleLine), title);
    if (sorted) {
        const int used = painter->fontMetrics().horizontalAdvance(title) + space::s1;
        const int offset = atEnd ? content.width() - used - glyph : used;
        const QRect arrow(content.left() + offset, content.center().y() - glyph / 2 + 1, glyph,
                          glyph);
        paintIcon(painter, QStyle::visualRect(layoutDirection(), content, arrow),
                  sortIndicatorOrder() == Qt::AscendingOrder ? QStringLiteral("arrow-up")
                                                             : QStringLiteral("arrow-down"),
                  Color::Text);
    }
    painter->restore();
}

} // namespace roadstead::ui
