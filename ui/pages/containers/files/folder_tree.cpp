// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/files/folder_tree.h"

#include "ui/pages/containers/files/file_table.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QPainter>

namespace roadstead::ui {

namespace {

constexpr int folderRow = 26;
constexpr int folderIcon = 14;
constexpr int folderMark = 14;
constexpr int folderIndent = 16;
constexpr int currentBar = 3;

} // namespace

QSize FolderDelegate::sizeHint(const QStyleOptionViewItem & /*option*/,
                               const QModelIndex &index) const
{
    const QFontMetrics metrics(ui::font(FontRole::Body));
    return {metrics.horizontalAdvance(index.data().toString()) + folderIcon + folderMark +
                4 * space::s2,
            heightFor(FontRole::Body, folderRow)};
}

void FolderDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    painter->save();
    const QRect &cell = option.rect;
    const bool isCurrent = option.state.testFlag(QStyle::State_Selected);
    if (option.state.testFlag(QStyle::State_MouseOver) && !isCurrent) {
        painter->fillRect(cell, color(Color::BgHover));
    }
    const auto placed = [&](const QRect &rect) {
        return QStyle::visualRect(option.direction, cell, rect);
    };
    const bool isOpen = option.state.testFlag(QStyle::State_Open);
    paintIcon(painter,
              placed(QRect(cell.left() + space::s1, cell.center().y() - folderIcon / 2 + 1,
                           folderIcon, folderIcon)),
              isOpen ? QStringLiteral("folder2-open") : QStringLiteral("folder"), Color::Text2);
    QRect text = cell.adjusted(folderIcon + space::s1 + space::s2, 0, -space::s4, 0);
    if (const auto change = static_cast<const FolderTreeModel *>(index.model())->changeOf(index)) {
        const QRect mark(cell.right() - space::s4 - folderMark + 1,
                         cell.center().y() - folderMark / 2 + 1, folderMark, folderMark);
        paintChangeMark(painter, placed(mark), *change);
        text.setRight(mark.left() - space::s2);
    }
    const QFont face = ui::font(FontRole::Body, isCurrent ? 500 : 0);
    painter->setFont(face);
    painter->setPen(color(Color::Text));
    painter->drawText(
        placed(text),
        int(QStyle::visualAlignment(option.direction, Qt::AlignLeft) | Qt::AlignVCenter |
            Qt::TextSingleLine),
        QFontMetrics(face).elidedText(index.data().toString(), Qt::ElideMiddle, text.width()));
    painter->restore();
}

FolderTree::FolderTree(FolderTreeModel *model, QWidget *parent)
    : TreeView(parent)
    , m_model(model)
{
    setObjectName(QStringLiteral("filesTree"));
    setAccessibleName(tr("Folders that were read"));
    setModel(model);
    setItemDelegate(new FolderDelegate(this));
    setHeaderHidden(true);
    setUniformRowHeights(true);
    setIndentation(folderIndent);
    setFrameShape(NoFrame);
    setMouseTracking(true);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setExpandsOnDoubleClick(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(this, &QAbstractItemView::clicked, this, &FolderTree::open);
    expand(model->index(0, 0));
}

void FolderTree::open(const QModelIndex &index)
{
    if (index.isValid() && m_model->pathOf(index) != m_folder) {
        Q_EMIT folderWanted(m_model->pathOf(index));
    }
    // It stays where it is until that folder is shown: somebody may be asked first.
    setCurrentIndex(m_model->indexOf(m_folder));
}

void FolderTree::setFolder(const std::string &path)
{
    m_folder = path;
    m_model->sync();
    const QModelIndex index = m_model->indexOf(path);
    for (QModelIndex above = index; above.isValid(); above = above.parent()) {
        expand(above);
    }
    setCurrentIndex(index);
    scrollTo(index);
}

void FolderTree::drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const bool isCurrent = selectionModel()->isSelected(index);
    QRect row = option.rect;
    row.setLeft(0);
    row.setRight(viewport()->width());
    painter->fillRect(row, color(isCurrent ? Color::BgSelected : Color::BgSurface));
    if (isCurrent) {
        const QRect bar(row.left(), row.top(), currentBar, row.height());
        painter->fillRect(QStyle::visualRect(option.direction, row, bar), color(Color::Accent));
    }
    TreeView::drawRow(painter, option, index);
}

void FolderTree::drawBranches(QPainter *painter, const QRect &rect, const QModelIndex &index) const
{
    if (!m_model->hasChildren(index)) {
        return;
    }
    constexpr int side = 12;
    const bool isLeftToRight = layoutDirection() == Qt::LeftToRight;
    const int middle =
        isLeftToRight ? rect.right() - folderIndent / 2 : rect.left() + folderIndent / 2;
    const QString name = isExpanded(index) ? QStringLiteral("chevron-down")
                         : isLeftToRight   ? QStringLiteral("chevron-right")
                                           : QStringLiteral("chevron-left");
    paintIcon(painter, QRect(middle - side / 2, rect.center().y() - side / 2 + 1, side, side), name,
              Color::Text2);
}

void FolderTree::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        open(currentIndex());
    } else {
        TreeView::keyPressEvent(event);
    }
}

} // namespace roadstead::ui
