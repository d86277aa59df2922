// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/files/file_table.h"

#include "ui/theme/change_mark.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QDrag>
#include <QDragEnterEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QUrl>

#include <algorithm>
#include <array>

namespace roadstead::ui {

namespace {

constexpr int nameLeft = space::s4;
constexpr int nameIcon = 14;
constexpr int cellEnd = space::s4;
constexpr int markSide = 14;
constexpr int nameWeight = 500;
constexpr int leastNameWidth = 170;

ChangeMark changeMarkOf(docker::ChangeKind change)
{
    switch (change) {
    case docker::ChangeKind::Added:
        return ChangeMark::Added;
    case docker::ChangeKind::Modified:
        return ChangeMark::Changed;
    case docker::ChangeKind::Deleted:
        break;
    }
    return ChangeMark::Removed;
}

QString fileIcon(const FileRow &row)
{
    constexpr std::array code{"js",   "ts",  "json", "map",  "py",   "sh",  "c",
                              "h",    "cpp", "go",   "rs",   "java", "rb",  "php",
                              "html", "css", "xml",  "yaml", "yml",  "toml"};
    constexpr std::array text{"txt", "md", "log", "conf", "cfg", "ini", "env", "csv"};
    switch (row.facts.entry.kind) {
    case service::FileKind::Folder:
        return QStringLiteral("folder");
    case service::FileKind::Link:
        return QStringLiteral("link-45deg");
    default:
        break;
    }
    const QString suffix = row.sortName.section(u'.', -1);
    const auto isIn = [&suffix](const auto &list) {
        return std::ranges::any_of(list,
                                   [&](const char *each) { return suffix == QLatin1String(each); });
    };
    return isIn(code)   ? QStringLiteral("file-earmark-code")
           : isIn(text) ? QStringLiteral("file-earmark-text")
                        : QStringLiteral("file-earmark");
}

QStringList localFilesOf(const QMimeData *data)
{
    QStringList paths;
    for (const QUrl &url : data->urls()) {
        if (url.isLocalFile()) {
            paths.append(url.toLocalFile());
        }
    }
    return paths;
}

} // namespace

void paintChangeMark(QPainter *painter, const QRectF &rect, docker::ChangeKind change)
{
    paintChangeMark(painter, rect, changeMarkOf(change));
}

FileDelegate::FileDelegate(FileListProxy *model, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
{
}

QSize FileDelegate::sizeHint(const QStyleOptionViewItem & /*option*/,
                             const QModelIndex & /*index*/) const
{
    return {40, heightFor(FontRole::Body, 30)};
}

void FileDelegate::paintName(QPainter *painter, const QRect &cell,
                             const QStyleOptionViewItem &option, const FileRow &row) const
{
    const QRect icon = QStyle::visualRect(
        option.direction, cell,
        QRect(cell.left() + nameLeft, cell.center().y() - nameIcon / 2, nameIcon, nameIcon));
    paintIcon(painter, icon, fileIcon(row), Color::Text2);
    QFont face = font(FontRole::Body, nameWeight);
    face.setStrikeOut(row.facts.isDeleted());
    painter->setFont(face);
    painter->setPen(color(row.facts.isDeleted() ? Color::Text3 : Color::Text));
    const QRect text = QStyle::visualRect(
        option.direction, cell, cell.adjusted(nameLeft + nameIcon + space::s2, 0, -space::s2, 0));
    const int flags = int(QStyle::visualAlignment(option.direction, Qt::AlignLeft) |
                          Qt::AlignVCenter | Qt::TextSingleLine);
    const QString name = painter->fontMetrics().elidedText(row.name, Qt::ElideMiddle, text.width());
    painter->drawText(text, flags, name);
    const int used = painter->fontMetrics().horizontalAdvance(name);
    if (!row.target.isEmpty() && text.width() > used + 4 * space::s2) {
        painter->setFont(font(FontRole::Body));
        painter->setPen(color(Color::Text3));
        const QRect rest = option.direction == Qt::LeftToRight ? text.adjusted(used, 0, 0, 0)
                                                               : text.adjusted(0, 0, -used, 0);
        painter->drawText(rest, flags,
                          painter->fontMetrics().elidedText(QStringLiteral(" → ") + row.target,
                                                            Qt::ElideRight, rest.width()));
    }
}

void FileDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const auto row = m_model->rowAt(index);
    if (!row) {
        return;
    }
    painter->save();
    const QRect &cell = option.rect;
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const bool isHovered = option.state.testFlag(QStyle::State_MouseOver);
    painter->fillRect(cell, color(isSelected  ? Color::BgSelected
                                  : isHovered ? Color::BgHover
                                              : Color::BgSurface));
    paintHorizontalLine(painter, cell.left(), cell.right() + 1, cell.bottom(),
                        color(Color::Border));
    if (index.column() == FileNameColumn) {
        paintName(painter, cell, option, *row);
    } else {
        QRect text = cell.adjusted(0, 0, -cellEnd, 0);
        Color tone = row->facts.isDeleted() ? Color::Text3 : Color::Text2;
        if (index.column() == FileChangeColumn && row->facts.change) {
            const QRect mark = QStyle::visualRect(
                option.direction, cell,
                QRect(cell.left(), cell.center().y() - markSide / 2, markSide, markSide));
            paintChangeMark(painter, mark, *row->facts.change);
            text.adjust(markSide + 6, 0, cellEnd, 0);
            tone = changeMarkTone(changeMarkOf(*row->facts.change));
        }
        painter->setFont(index.column() == FileModeColumn ? font(FontRole::Mono)
                                                          : figures(FontRole::Small));
        painter->setPen(color(tone));
        const auto alignment = Qt::Alignment::fromInt(index.data(Qt::TextAlignmentRole).toUInt());
        const QString words = index.data().toString();
        const QRect place = QStyle::visualRect(option.direction, cell, text);
        painter->drawText(
            place, int(QStyle::visualAlignment(option.direction, alignment) | Qt::TextSingleLine),
            painter->fontMetrics().elidedText(words, Qt::ElideRight, place.width()));
    }
    painter->restore();
}

FileHeader::FileHeader(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setObjectName(QStringLiteral("filesHeader"));
    setAccessibleName(tr("Columns"));
    setStretchLastSection(false);
    setMinimumSectionSize(size::hitTargetMin);
    setHighlightSections(false);
    setSectionsClickable(true);
}

QSize FileHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), heightFor(FontRole::Small, size::tableHeader)};
}

void FileHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    painter->save();
    painter->fillRect(rect, color(Color::BgSunken));
    paintHorizontalLine(painter, rect.left(), rect.right() + 1, rect.bottom(),
                        color(Color::Border));
    const bool isSorted = sortIndicatorSection() == section;
    QString text = model()->headerData(section, Qt::Horizontal).toString();
    if (isSorted) {
        text += sortIndicatorOrder() == Qt::AscendingOrder ? QStringLiteral(" ↑")
                                                           : QStringLiteral(" ↓");
    }
    painter->setFont(ui::font(FontRole::Small, isSorted ? 600 : 0));
    painter->setPen(color(isSorted ? Color::Text : Color::Text2));
    const QRect place =
        QStyle::visualRect(layoutDirection(), rect,
                           rect.adjusted(section == FileNameColumn ? nameLeft : 0, 0, -cellEnd, 0));
    const auto alignment = Qt::Alignment::fromInt(
        model()->headerData(section, Qt::Horizontal, Qt::TextAlignmentRole).toUInt());
    painter->drawText(
        place, int(QStyle::visualAlignment(layoutDirection(), alignment) | Qt::TextSingleLine),
        painter->fontMetrics().elidedText(text, Qt::ElideRight, place.width()));
    painter->restore();
}

FileTable::FileTable(FileListProxy *model, QWidget *parent)
    : TreeView(parent)
    , m_model(model)
{
    setObjectName(QStringLiteral("filesTable"));
    setAccessibleName(tr("Files of the folder"));
    setHeader(new FileHeader(this));
    setModel(model);
    setItemDelegate(new FileDelegate(model, this));
    setUniformRowHeights(true);
    setRootIsDecorated(false);
    setIndentation(0);
    setItemsExpandable(false);
    setAllColumnsShowFocus(true);
    setSelectionMode(ExtendedSelection);
    setSelectionBehavior(SelectRows);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(NoFrame);
    setMouseTracking(true);
    setEditTriggers(NoEditTriggers);
    setSortingEnabled(true);
    sortByColumn(FileNameColumn, Qt::AscendingOrder);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setAcceptDrops(true);
    setDragEnabled(true);
    connect(this, &QAbstractItemView::doubleClicked, this, &FileTable::opened);
}

std::vector<FileListModel::RowPointer> FileTable::selectedFiles() const
{
    std::vector<FileListModel::RowPointer> rows;
    for (const QModelIndex &index : selectionModel()->selectedRows()) {
        if (auto row = m_model->rowAt(index); row && !row->facts.isDeleted()) {
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

void FileTable::setDropTexts(const QString &folder, const QString &consequence)
{
    m_dropFolder = folder;
    m_dropConsequence = consequence;
}

void FileTable::setHeld(qsizetype count)
{
    m_held = count;
    viewport()->update();
}

bool FileTable::isPressed() const
{
    return QGuiApplication::mouseButtons().testFlag(Qt::LeftButton);
}

void FileTable::startDrag(Qt::DropActions /*actions*/)
{
    if (!selectedFiles().empty()) {
        Q_EMIT dragWanted();
    }
}

void FileTable::drag(const QList<QUrl> &files)
{
    auto *contents = new QMimeData;
    contents->setUrls(files);
    auto *dragged = new QDrag(this); // Qt deletes it
    dragged->setMimeData(contents);
    dragged->exec(Qt::CopyAction);
}

void FileTable::dragEnterEvent(QDragEnterEvent *event)
{
    const QStringList files = localFilesOf(event->mimeData());
    if (m_dropEnabled && !files.isEmpty() && event->source() != this) {
        event->setDropAction(Qt::CopyAction);
        event->accept();
        setHeld(files.size());
    }
}

void FileTable::dragMoveEvent(QDragMoveEvent *event)
{
    if (m_held > 0) {
        event->setDropAction(Qt::CopyAction);
        event->accept();
    }
}

void FileTable::dragLeaveEvent(QDragLeaveEvent *event)
{
    setHeld(0);
    TreeView::dragLeaveEvent(event);
}

void FileTable::dropEvent(QDropEvent *event)
{
    const QStringList files = localFilesOf(event->mimeData());
    setHeld(0);
    if (m_dropEnabled && !files.isEmpty()) {
        event->setDropAction(Qt::CopyAction);
        event->accept();
        Q_EMIT filesDropped(files);
    }
}

void FileTable::paintEvent(QPaintEvent *event)
{
    TreeView::paintEvent(event);
    if (m_held > 0) {
        QPainter painter(viewport());
        paintDropLabel(&painter);
    }
}

void FileTable::paintDropLabel(QPainter *painter) const
{
    const QString what = tr("Copy %n files to %1", nullptr, int(m_held)).arg(m_dropFolder);
    const QFontMetrics strong(ui::font(FontRole::Body, 600));
    const QFontMetrics small(ui::font(FontRole::Small));
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF all = QRectF(viewport()->rect()).adjusted(2, 2, -2, -2);
    paintBox(painter, all, radius::control, {}, color(Color::Accent), 2);
    const int width = std::min(
        viewport()->width() - 2 * space::s4,
        std::max(strong.horizontalAdvance(what), small.horizontalAdvance(m_dropConsequence)) +
            scaled(60));
    const int height = strong.height() + small.height() + scaled(20);
    const QRect box((viewport()->width() - width) / 2, viewport()->height() - height - scaled(92),
                    width, height);
    paintBox(painter, box, radius::control, color(Color::BgRaised), color(Color::Accent));
    paintIcon(painter, QRect(box.left() + space::s4, box.center().y() - 9, 18, 18),
              QStringLiteral("copy"), Color::Accent);
    const QRect text = box.adjusted(scaled(44), scaled(8), -space::s3, -scaled(8));
    painter->setFont(ui::font(FontRole::Body, 600));
    painter->setPen(color(Color::Text));
    painter->drawText(text, int(Qt::AlignTop | Qt::AlignLeft | Qt::TextSingleLine),
                      strong.elidedText(what, Qt::ElideMiddle, text.width()));
    painter->setFont(ui::font(FontRole::Small));
    painter->setPen(color(Color::Text2));
    painter->drawText(text, int(Qt::AlignBottom | Qt::AlignLeft | Qt::TextSingleLine),
                      small.elidedText(m_dropConsequence, Qt::ElideRight, text.width()));
}

void FileTable::distribute()
{
    constexpr std::array widths{0, 100, 84, 96, 110, 92};
    const int all = viewport()->width();
    int used = 0;
    for (const int column :
         {FileTimeColumn, FileSizeColumn, FileChangeColumn, FileModeColumn, FileOwnerColumn}) {
        const int width = scaled(widths[std::size_t(column)]);
        const bool isShown = used + width + scaled(leastNameWidth) <= all;
        setColumnHidden(column, !isShown);
        if (isShown) {
            setColumnWidth(column, width);
            used += width;
        }
    }
    setColumnWidth(FileNameColumn, all - used);
}

void FileTable::resizeEvent(QResizeEvent *event)
{
    TreeView::resizeEvent(event);
    distribute();
}

/// Keys that mean the container elsewhere mean its files here.
bool FileTable::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Delete || key == Qt::Key_F2) {
            event->accept();
            return true;
        }
    }
    return TreeView::event(event);
}

void FileTable::keyPressEvent(QKeyEvent *event)
{
    const bool isPlain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    if (isPlain && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        if (currentIndex().isValid()) {
            Q_EMIT opened(currentIndex());
        }
    } else if (event->key() == Qt::Key_Backspace ||
               (event->modifiers() == Qt::AltModifier && event->key() == Qt::Key_Up)) {
        Q_EMIT upWanted();
    } else if (isPlain && event->key() == Qt::Key_Delete) {
        Q_EMIT removeWanted();
    } else if (isPlain && event->key() == Qt::Key_F2) {
        Q_EMIT renameWanted();
    } else {
        TreeView::keyPressEvent(event);
    }
}

} // namespace roadstead::ui
