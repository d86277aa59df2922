// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/container_table.h"

#include "ui/models/container_text.h"
#include "ui/models/container_tree_model.h"
#include "ui/models/containers_model.h"
#include "ui/pages/containers/container_header.h"
#include "ui/pages/containers/container_look.h"
#include "ui/pages/containers/container_table_memory.h"
#include "ui/theme/busy_clock.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>

namespace roadstead::ui {

ContainerTable::ContainerTable(ContainerTreeModel *model, QWidget *parent)
    : TreeView(parent)
    , m_model(model)
    , m_delegate(new ContainerDelegate(model, this))
    , m_header(new ContainerHeader(this))
    , m_memory(std::make_unique<Memory>())
{
    setObjectName(QStringLiteral("containersTable"));
    setAccessibleName(tr("Containers"));
    setHeader(m_header);
    setModel(model);
    setItemDelegate(m_delegate);
    setUniformRowHeights(true);
    setRootIsDecorated(false);
    setIndentation(0);
    setItemsExpandable(true);
    setExpandsOnDoubleClick(false);
    setAllColumnsShowFocus(true);
    setSelectionMode(ExtendedSelection);
    setSelectionBehavior(SelectRows);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(NoFrame);
    setMouseTracking(true);
    setEditTriggers(NoEditTriggers);
    setProperty("focusRing", false);
    m_header->setSortIndicator(model->order().column, model->order().direction);
    connect(m_header, &QHeaderView::sortIndicatorChanged, this,
            [this](int column, Qt::SortOrder order) {
                m_model->sort(column, order);
                saveLayout();
            });
    connect(m_header, &ContainerHeader::checkPressed, this,
            [this] { m_header->check() == Qt::Checked ? clearSelection() : selectAllShown(); });
    connect(m_header, &ContainerHeader::layoutChosen, this, &ContainerTable::saveLayout);
    connect(model, &ContainerTreeModel::arrangementAboutToChange, this, &ContainerTable::remember);
    connect(model, &ContainerTreeModel::arrangementChanged, this, &ContainerTable::recall);
    connect(this, &TreeView::collapsed, this, [this](const QModelIndex &index) {
        if (const ContainerGroup *group = m_model->groupAt(index); group && !m_recalling) {
            m_closed.insert(group->key);
            saveLayout();
        }
    });
    connect(this, &TreeView::expanded, this, [this](const QModelIndex &index) {
        if (const ContainerGroup *group = m_model->groupAt(index); group && !m_recalling) {
            m_closed.erase(group->key);
            saveLayout();
        }
    });
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        m_header->distribute(viewport()->width());
        doItemsLayout();
    });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &ContainerTable::hoverAgain);
    applyExpansion();
}

ContainerTable::~ContainerTable() = default;

void ContainerTable::setCurrentMarked(bool marked)
{
    m_currentMarked = marked;
    viewport()->update();
}

void ContainerTable::setStale(bool stale)
{
    if (m_stale != stale) {
        m_stale = stale;
        viewport()->update();
    }
}

RowLook ContainerTable::lookOf(const QModelIndex &index) const
{
    RowLook look;
    look.hovered = m_hovered.isValid() && m_hovered == index.siblingAtColumn(0);
    look.stale = m_stale;
    look.expanded = isExpanded(index.siblingAtColumn(0));
    look.focused = m_keyboardInUse && hasFocus() && currentIndex().siblingAtColumn(0) == index;
    if (look.hovered) {
        look.hot = m_hot;
    }
    if (const ContainerGroup *group = m_model->groupAt(index)) {
        const auto chosen =
            m_selected.empty() ? 0 : std::ranges::count_if(group->shown, [this](const auto &row) {
                return m_selected.contains(row->id);
            });
        look.check = chosen == 0                                     ? Qt::Unchecked
                     : chosen == std::ptrdiff_t(group->shown.size()) ? Qt::Checked
                                                                     : Qt::PartiallyChecked;
    } else if (const ContainerRowPointer row = m_model->containerAt(index)) {
        look.selected = m_selected.contains(row->id);
        look.check = look.selected ? Qt::Checked : Qt::Unchecked;
    }
    return look;
}

void ContainerTable::drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const RowLook look = lookOf(index);
    const ContainerRowPointer row = m_model->containerAt(index);
    Color background = row ? Color::BgSurface : Color::BgSunken;
    const bool shownBeside = m_currentMarked && row && index == currentIndex().siblingAtColumn(0);
    if (look.selected || shownBeside) {
        background = Color::BgSelected;
    } else if (look.hovered) {
        background = Color::BgHover;
    }
    painter->fillRect(option.rect, color(background));
    m_delegate->setLook(look);
    m_delegate->setActionColumn(m_header->lastShown());
    QStyleOptionViewItem cell(option);
    for (int column = 0; column < ContainerColumnCount; ++column) {
        const bool covered = !row && column > NameColumn && column < CpuColumn;
        if (isColumnHidden(column) || covered) {
            continue;
        }
        cell.rect = QRect(columnViewportPosition(column), option.rect.top(), columnWidth(column),
                          option.rect.height() - 1);
        if (!row && column == NameColumn) {
            cell.rect = groupNameRect(cell.rect);
        }
        if (!cell.rect.intersects(m_painted)) {
            continue; // new figures are painted every second: only they
        }
        m_delegate->paint(painter, cell, index.siblingAtColumn(column));
    }
    paintHorizontalLine(painter, option.rect.left(), option.rect.right() + 1, option.rect.bottom(),
                        color(Color::Border));
    if (look.focused) {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        paintFocusRing(painter, QRectF(option.rect).adjusted(4, 3, -4, -4), radius::small);
        painter->restore();
    }
    m_paintedBusy = m_paintedBusy || (row && stateLookOf(*row).mark == StateMark::Busy);
}

/// A group's name and summary reach over the columns in which a group has nothing to say.
QRect ContainerTable::groupNameRect(QRect cell) const
{
    for (int column = NameColumn + 1; column < CpuColumn; ++column) {
        if (!isColumnHidden(column)) {
            cell |= QRect(columnViewportPosition(column), cell.top(), columnWidth(column),
                          cell.height());
        }
    }
    return cell;
}

void ContainerTable::paintEvent(QPaintEvent *event)
{
    if (QRegion(viewport()->rect()).subtracted(event->region()).isEmpty()) {
        m_paintedBusy = false; // a part that is painted says nothing of the other rows
    }
    m_painted = event->rect();
    TreeView::paintEvent(event);
    BusyClock::instance().setBusy(viewport(), m_paintedBusy);
}

std::vector<QModelIndex> ContainerTable::rowsOnScreen() const
{
    std::vector<QModelIndex> rows;
    const int bottom = viewport()->height();
    for (QModelIndex index = indexAt(QPoint(1, 1));
         index.isValid() && visualRect(index).top() < bottom; index = indexBelow(index)) {
        rows.push_back(index);
    }
    return rows;
}

std::vector<std::string> ContainerTable::visibleIds() const
{
    std::vector<std::string> ids;
    for (const QModelIndex &index : rowsOnScreen()) {
        if (const ContainerRowPointer row = m_model->containerAt(index)) {
            ids.push_back(row->id);
        }
    }
    return ids;
}

void ContainerTable::refreshAges()
{
    const std::int64_t now = m_model->source().now();
    const std::int64_t before = std::exchange(m_agesAt, now);
    if (isColumnHidden(UptimeColumn)) {
        return;
    }
    for (const QModelIndex &index : rowsOnScreen()) {
        const ContainerRowPointer row = m_model->containerAt(index);
        if (row && containerAgeText(*row, now) != containerAgeText(*row, before)) {
            viewport()->update(visualRect(index.siblingAtColumn(UptimeColumn)));
        }
    }
}

void ContainerTable::resizeEvent(QResizeEvent *event)
{
    TreeView::resizeEvent(event);
    m_header->distribute(viewport()->width());
}

} // namespace roadstead::ui
