// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/images/layers/layer_tree.h"

#include "ui/pages/images/layers/layer_roles.h"
#include "ui/theme/change_mark.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <vector>

namespace roadstead::ui {

namespace {

constexpr int treeRowHeight = 28;
constexpr int treeIndent = 16;
constexpr int treeIconSide = 16;
constexpr int treeMarkSide = 14;
constexpr int treeChangeWidth = 110;
constexpr int treeSizeWidth = 86;
constexpr int treeWastedWidth = 96;
constexpr int treeCellEnd = space::s2;       ///< as headings have it
constexpr std::size_t mostRemembered = 2000; ///< folders that are open

} // namespace

QSize LayerCellDelegate::sizeHint(const QStyleOptionViewItem & /*option*/,
                                  const QModelIndex & /*index*/) const
{
    return {40, heightFor(FontRole::Body, treeRowHeight)};
}

void LayerCellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const
{
    painter->save();
    const QRect &cell = option.rect;
    const auto placed = [&](const QRect &rect) {
        return QStyle::visualRect(option.direction, cell, rect);
    };
    const bool isStruck = index.data(LayerStruckRole).toBool();
    const QString iconName = index.data(LayerIconRole).toString();
    QRect text = cell;
    Color tone = isStruck ? Color::Text3 : index.column() == 0 ? Color::Text : Color::Text2;
    QFont face = index.column() == 0 ? ui::font(FontRole::Small) : figures(FontRole::Small);
    if (!iconName.isEmpty()) {
        paintIcon(painter,
                  placed(QRect(cell.left() + space::s1, cell.center().y() - treeIconSide / 2 + 1,
                               treeIconSide, treeIconSide)),
                  iconName, isStruck ? Color::Text3 : Color::Text2);
        text.adjust(treeIconSide + space::s2 + 2, 0, -space::s2, 0);
        face.setStrikeOut(isStruck);
    } else if (const QVariant mark = index.data(LayerMarkRole); mark.isValid()) {
        const auto kind = ChangeMark(mark.toInt());
        paintChangeMark(painter,
                        placed(QRect(cell.left(), cell.center().y() - treeMarkSide / 2 + 1,
                                     treeMarkSide, treeMarkSide)),
                        kind);
        text.adjust(treeMarkSide + 6, 0, 0, 0);
        tone = changeMarkTone(kind);
    } else if (index.column() > 1) {
        text.adjust(0, 0, -treeCellEnd, 0);
        if (index.data(LayerWastedRole).toBool()) {
            tone = Color::Warn;
        }
    }
    painter->setFont(face);
    painter->setPen(color(tone));
    const auto alignment = Qt::Alignment::fromInt(index.data(Qt::TextAlignmentRole).toUInt());
    const QRect place = placed(text);
    painter->drawText(
        place, int(QStyle::visualAlignment(option.direction, alignment) | Qt::TextSingleLine),
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, place.width()));
    painter->restore();
}

LayerTree::LayerTree(QWidget *parent)
    : TreeView(parent)
    , m_model(new LayerTreeModel(this))
{
    setObjectName(QStringLiteral("layerFiles"));
    setAccessibleName(tr("Files"));
    setModel(m_model);
    setItemDelegate(new LayerCellDelegate(this));
    setUniformRowHeights(true);
    setIndentation(treeIndent);
    setAllColumnsShowFocus(true);
    setFrameShape(NoFrame);
    setMouseTracking(true);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSortingEnabled(true);
    sortByColumn(LayerTreeModel::NameColumn, Qt::AscendingOrder);
    header()->setObjectName(QStringLiteral("layerFilesHeader"));
    header()->setAccessibleName(tr("Columns"));
    header()->setStretchLastSection(false);
    header()->setSectionsMovable(false);
    header()->setMinimumSectionSize(size::hitTargetMin);
    distribute();
}

void LayerTree::setFiles(std::shared_ptr<const layers::ImageFiles> files,
                         std::shared_ptr<const layers::FileView> view, LayerTreeModel::Words words)
{
    // By paths: a comparison has other numbers for them.
    std::vector<std::string> open;
    std::vector<QModelIndex> folders{QModelIndex()};
    while (!folders.empty() && open.size() < mostRemembered) {
        const QModelIndex folder = folders.back();
        folders.pop_back();
        for (int row = 0; row < m_model->rowCount(folder); ++row) {
            const QModelIndex index = m_model->index(row, 0, folder);
            if (isExpanded(index)) {
                open.push_back(m_model->pathOf(index));
                folders.push_back(index);
            }
        }
    }
    const std::string current =
        currentIndex().isValid() ? m_model->pathOf(currentIndex()) : std::string();
    const int scrolled = verticalScrollBar()->value();
    const auto *paths = files ? &files->tree() : nullptr;
    m_model->setFiles(std::move(files), std::move(view), words);
    if (paths == nullptr) {
        return;
    }
    for (const std::string &path : open) {
        if (const layers::NodeId id = paths->find(path); id != layers::noNode) {
            if (const QModelIndex index = m_model->indexOf(id); index.isValid()) {
                expand(index);
            }
        }
    }
    if (const layers::NodeId id = paths->find(current); !current.empty() && id != layers::noNode) {
        setCurrentIndex(m_model->indexOf(id));
    }
    if (open.empty()) {
        openOnlyChildren();
    }
    distribute();
    doItemsLayout();
    verticalScrollBar()->setValue(scrolled);
}

/// Where there is but one way to go, it is gone.
void LayerTree::openOnlyChildren()
{
    QModelIndex at;
    while (m_model->rowCount(at) == 1) {
        at = m_model->index(0, 0, at);
        if (!m_model->hasChildren(at)) {
            break;
        }
        expand(at);
    }
}

void LayerTree::openFound(int most)
{
    int opened = 0;
    std::vector<QModelIndex> folders{QModelIndex()};
    for (std::size_t at = 0; at < folders.size() && opened < most; ++at) {
        if (m_model->canFetchMore(folders[at])) {
            m_model->fetchMore(folders[at]);
        }
        for (int row = 0; row < m_model->rowCount(folders[at]) && opened < most; ++row) {
            const QModelIndex index = m_model->index(row, 0, folders[at]);
            if (m_model->hasChildren(index)) {
                expand(index);
                folders.push_back(index);
            }
            ++opened;
        }
    }
}

void LayerTree::reveal(layers::NodeId id)
{
    const QModelIndex index = m_model->indexOf(id);
    if (index.isValid()) {
        setCurrentIndex(index);
        scrollTo(index, PositionAtCenter);
    }
}

void LayerTree::distribute()
{
    const int change = scaled(treeChangeWidth);
    const int sizes = scaled(treeSizeWidth);
    const bool hasWasted = !isColumnHidden(LayerTreeModel::WastedColumn);
    const int wasted = hasWasted ? scaled(treeWastedWidth) : 0;
    header()->resizeSection(LayerTreeModel::ChangeColumn, change);
    header()->resizeSection(LayerTreeModel::SizeColumn, sizes);
    if (hasWasted) {
        header()->resizeSection(LayerTreeModel::WastedColumn, wasted);
    }
    header()->resizeSection(LayerTreeModel::NameColumn,
                            std::max(scaled(140), viewport()->width() - change - sizes - wasted));
}

void LayerTree::resizeEvent(QResizeEvent *event)
{
    TreeView::resizeEvent(event);
    distribute();
}

void LayerTree::changeEvent(QEvent *event)
{
    TreeView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        distribute();
    }
}

void LayerTree::contextMenuEvent(QContextMenuEvent *event)
{
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = isByKey ? currentIndex() : indexAt(event->pos());
    if (index.isValid()) {
        Q_EMIT menuWanted(m_model->nodeOf(index),
                          isByKey ? viewport()->mapToGlobal(visualRect(index).bottomLeft())
                                  : event->globalPos());
    }
}

void LayerTree::drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                        const QModelIndex &index) const
{
    QRect row = option.rect;
    row.setLeft(0);
    row.setRight(viewport()->width());
    const bool isCurrent = selectionModel()->isSelected(index);
    const bool isHovered = option.state.testFlag(QStyle::State_MouseOver);
    painter->fillRect(row, color(isCurrent   ? Color::BgSelected
                                 : isHovered ? Color::BgHover
                                             : Color::BgSurface));
    paintHorizontalLine(painter, row.left(), row.right() + 1, row.bottom(), color(Color::Border));
    TreeView::drawRow(painter, option, index);
}

void LayerTree::drawBranches(QPainter *painter, const QRect &rect, const QModelIndex &index) const
{
    if (!m_model->hasChildren(index)) {
        return;
    }
    constexpr int side = 12;
    const bool isLeftToRight = layoutDirection() == Qt::LeftToRight;
    const int middle = isLeftToRight ? rect.right() - treeIndent / 2 : rect.left() + treeIndent / 2;
    paintIcon(painter, QRect(middle - side / 2, rect.center().y() - side / 2 + 1, side, side),
              isExpanded(index) ? QStringLiteral("chevron-down")
              : isLeftToRight   ? QStringLiteral("chevron-right")
                                : QStringLiteral("chevron-left"),
              Color::Text2);
}

} // namespace roadstead::ui
