// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/container_header.h"

#include "ui/models/container_text.h"
#include "ui/models/containers_model.h"
#include "ui/pages/containers/container_delegate.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace roadstead::ui {

namespace {

/// Of the picture at 1280 px.
const QList<int> designWidths{260, 126, 240, 88, 122, 124, 96};
constexpr int narrowestColumn = 48;
constexpr int narrowestName = 180; ///< all three grow with the text
/// Columns that may be left out when there is no room, the first first.
constexpr std::array droppable{PortsColumn, UptimeColumn, ImageColumn, CpuColumn, MemoryColumn};

} // namespace

ContainerHeader::ContainerHeader(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_base(designWidths)
{
    setObjectName(QStringLiteral("containersHeader"));
    setSectionsClickable(true);
    setHighlightSections(false);
    setStretchLastSection(false);
    setMinimumSectionSize(narrowestColumn);
    setSortIndicatorShown(true);
    setContextMenuPolicy(Qt::CustomContextMenu);
    connect(this, &QHeaderView::sectionResized, this, &ContainerHeader::takeResize);
}

QSize ContainerHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), heightFor(FontRole::Small, size::tableHeader)};
}

void ContainerHeader::setCheck(Qt::CheckState state)
{
    if (m_check != state) {
        m_check = state;
        viewport()->update();
    }
}

QList<int> ContainerHeader::baseWidths() const
{
    return m_base;
}

void ContainerHeader::setBaseWidths(const QList<int> &widths)
{
    if (widths.size() == designWidths.size()) {
        m_base = widths;
        std::ranges::for_each(m_base, [](int &w) { w = std::clamp(w, narrowestColumn, 4000); });
        distribute(m_width);
    }
}

void ContainerHeader::setWantedHidden(const QList<int> &columns)
{
    m_hidden = columns;
    m_hidden.removeAll(int(NameColumn));
    distribute(m_width);
}

int ContainerHeader::lastShown() const
{
    int last = NameColumn;
    for (int column = 0; column < count(); ++column) {
        last = isSectionHidden(column) ? last : column;
    }
    return last;
}

QList<int> ContainerHeader::wantedHidden() const
{
    return m_hidden;
}

void ContainerHeader::distribute(int width)
{
    m_width = width;
    if (width <= 0 || count() != designWidths.size()) {
        return;
    }
    QList<int> columns;
    for (int column = 0; column < count(); ++column) {
        if (!m_hidden.contains(column)) {
            columns.append(column);
        }
    }
    const auto needed = [&columns, this] {
        return std::accumulate(columns.begin(), columns.end(), 0, [this](int sum, int column) {
            const bool shrinks = column == NameColumn || column == ImageColumn;
            return sum + scaled(shrinks ? std::min(m_base[column], narrowestName) : m_base[column]);
        });
    };
    for (const int column : droppable) {
        if (needed() > width) {
            columns.removeAll(column);
        }
    }
    int free = width;
    for (const int column : columns) {
        free -= scaled(m_base[column]);
    }
    const bool hasImage = columns.contains(int(ImageColumn));
    m_distributing = true;
    for (int column = 0; column < count(); ++column) {
        setSectionHidden(column, !columns.contains(column));
        int share = 0;
        if (column == NameColumn) {
            share = hasImage ? free / 2 : free;
        } else if (column == ImageColumn) {
            share = free - free / 2;
        }
        resizeSection(column, std::max(narrowestColumn, scaled(m_base[column]) + share));
    }
    m_distributing = false;
}

void ContainerHeader::takeResize(int column, int before, int after)
{
    if (m_distributing || before == 0 || after == 0) {
        return;
    }
    const double scale = Theme::instance().textScale();
    m_base[column] =
        std::max(narrowestColumn, m_base[column] + int(std::lround((after - before) / scale)));
    // What one column takes, the next one that can stretch gives; done once the mouse is released.
}

void ContainerHeader::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_checkDown) {
        m_checkDown = false;
        if (checkRect().contains(event->position().toPoint())) {
            Q_EMIT checkPressed();
        }
        return;
    }
    const QList<int> before = m_base;
    QHeaderView::mouseReleaseEvent(event);
    distribute(m_width);
    Q_EMIT layoutChosen();
}

void ContainerHeader::mousePressEvent(QMouseEvent *event)
{
    m_checkDown =
        event->button() == Qt::LeftButton && checkRect().contains(event->position().toPoint());
    if (!m_checkDown) {
        QHeaderView::mousePressEvent(event);
    }
}

QRect ContainerHeader::checkRect() const
{
    const int left = sectionViewportPosition(NameColumn);
    const QRect cell(left, 0, sectionSize(NameColumn), height());
    const QRect part(cell.left() + ContainerDelegate::checkLeft - space::s1, cell.top(),
                     size::checkbox + 2 * space::s1, cell.height());
    return QStyle::visualRect(layoutDirection(), cell, part);
}

void ContainerHeader::paintSection(QPainter *painter, const QRect &rect, int column) const
{
    const bool sorted = sortIndicatorSection() == column;
    painter->save();
    painter->fillRect(rect, color(Color::BgSunken));
    paintHorizontalLine(painter, rect.left(), rect.right() + 1, rect.bottom(),
                        color(Color::Border));
    QRect content =
        rect.adjusted(column == NameColumn ? ContainerDelegate::labelLeft : 0, 0, -space::s4, 0);
    content = QStyle::visualRect(layoutDirection(), rect, content);
    painter->setFont(ui::font(FontRole::Small, sorted ? 600 : 500));
    painter->setPen(color(sorted ? Color::Text : Color::Text2));
    const Qt::Alignment side = column == UptimeColumn ? Qt::AlignRight : Qt::AlignLeft;
    const Qt::Alignment alignment = QStyle::visualAlignment(layoutDirection(), side);
    const QString title = painter->fontMetrics().elidedText(containerColumnTitle(column),
                                                            Qt::ElideRight, content.width());
    painter->drawText(content, int(alignment | Qt::AlignVCenter | Qt::TextSingleLine), title);
    if (sorted) {
        constexpr int glyph = 12;
        const int used = painter->fontMetrics().horizontalAdvance(title) + space::s1;
        const int offset = side == Qt::AlignRight ? content.width() - used - glyph : used;
        const QRect arrow(content.left() + offset, content.center().y() - glyph / 2 + 1, glyph,
                          glyph);
        paintIcon(painter, QStyle::visualRect(layoutDirection(), content, arrow),
                  sortIndicatorOrder() == Qt::AscendingOrder ? QStringLiteral("arrow-up")
                                                             : QStringLiteral("arrow-down"),
                  Color::Text);
    }
    if (column == NameColumn) {
        const QRect box = checkRect();
        paintRowCheck(painter,
                      QRect(box.left() + space::s1, (height() - size::checkbox) / 2, size::checkbox,
                            size::checkbox),
                      m_check);
    }
    painter->restore();
}

} // namespace roadstead::ui
