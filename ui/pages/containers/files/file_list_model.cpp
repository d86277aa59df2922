// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/files/file_list_model.h"

#include "ui/text/display_text.h"
#include "ui/text/formats.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <compare>

namespace roadstead::ui {

FileListModel::FileListModel(QObject *parent)
    : SnapshotModel(parent)
    , wallClock([] { return QDateTime::currentSecsSinceEpoch(); })
{
}

int FileListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : FileColumnCount;
}

QString FileListModel::text(const FileRow &row, int column) const
{
    const service::FileEntry &entry = row.facts.entry;
    const bool isThere = !row.facts.isDeleted();
    switch (column) {
    case FileNameColumn:
        return row.target.isEmpty() ? row.name : row.name + QStringLiteral(" → ") + row.target;
    case FileChangeColumn:
        return row.facts.change ? changeText(*row.facts.change) : QString();
    case FileSizeColumn:
        return isThere && entry.kind == service::FileKind::File ? diskSizeText(entry.size)
                                                                : unknownText();
    case FileModeColumn:
        return isThere ? modeText(entry.mode) : unknownText();
    case FileOwnerColumn:
        return isThere ? row.owner : unknownText();
    case FileTimeColumn:
        return isThere ? agoText(std::max<qint64>(wallClock() - entry.modifiedAt, 0))
                       : unknownText();
    default:
        return {};
    }
}

QString FileListModel::spokenText(const FileRow &row) const
{
    QStringList parts{row.name, row.facts.entry.kind == service::FileKind::Folder ? tr("folder")
                                : row.target.isEmpty() ? diskSizeText(row.facts.entry.size)
                                                       : tr("link to %1").arg(row.target)};
    if (row.facts.change) {
        parts.append(changeText(*row.facts.change));
    }
    return parts.join(QStringLiteral(", "));
}

QVariant FileListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const FileRow &row = *rowAt(std::size_t(index.row()));
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::AccessibleTextRole:
        return index.column() == FileNameColumn ? spokenText(row) : text(row, index.column());
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter |
                   (index.column() == FileSizeColumn || index.column() == FileTimeColumn
                        ? Qt::AlignRight
                        : Qt::AlignLeft));
    case Qt::ToolTipRole:
        if (index.column() == FileModeColumn) {
            return plainTip(octalMode(row.facts.entry.mode));
        }
        if (index.column() == FileTimeColumn && !row.facts.isDeleted()) {
            return plainTip(QLocale().toString(
                QDateTime::fromSecsSinceEpoch(row.facts.entry.modifiedAt), QLocale::LongFormat));
        }
        return plainTip(text(row, index.column()));
    default:
        return {};
    }
}

Qt::ItemFlags FileListModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = SnapshotModel::flags(index);
    const bool isThere = index.isValid() && !rowAt(std::size_t(index.row()))->facts.isDeleted();
    return isThere ? flags | Qt::ItemIsDragEnabled : flags;
}

QVariant FileListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignVCenter |
                   (section == FileSizeColumn || section == FileTimeColumn ? Qt::AlignRight
                                                                           : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case FileNameColumn:
        return tr("Name");
    case FileChangeColumn:
        return tr("Change");
    case FileSizeColumn:
        return tr("Size");
    case FileModeColumn:
        return tr("Mode");
    case FileOwnerColumn:
        return tr("Owner");
    default:
        return tr("Modified");
    }
}

FileListProxy::FileListProxy(FileListModel *model, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_model(model)
{
    setSourceModel(model);
    setDynamicSortFilter(true);
    sort(FileNameColumn);
}

void FileListProxy::setFilter(const QString &text, bool changedOnly)
{
    m_filter = text.toLower();
    m_changedOnly = changedOnly;
    invalidateFilter();
}

FileListModel::RowPointer FileListProxy::rowAt(const QModelIndex &index) const
{
    const QModelIndex source = mapToSource(index);
    return source.isValid() ? m_model->rowAt(std::size_t(source.row())) : nullptr;
}

QModelIndex FileListProxy::indexOf(const std::string &path) const
{
    const int row = m_model->rowOf(path);
    return row < 0 ? QModelIndex() : mapFromSource(m_model->index(row, 0));
}

bool FileListProxy::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const FileRow &a = *m_model->rowAt(std::size_t(left.row()));
    const FileRow &b = *m_model->rowAt(std::size_t(right.row()));
    const bool isFolderA = a.facts.entry.kind == service::FileKind::Folder;
    const bool isFolderB = b.facts.entry.kind == service::FileKind::Folder;
    if (isFolderA != isFolderB) {
        return isFolderA == (sortOrder() == Qt::AscendingOrder); // first in both orders
    }
    const auto changeOf = [](const FileRow &row) {
        return row.facts.change ? int(*row.facts.change) : -1;
    };
    std::strong_ordering order = std::strong_ordering::equal;
    switch (sortColumn()) {
    case FileChangeColumn:
        order = changeOf(a) <=> changeOf(b);
        break;
    case FileSizeColumn:
        order = a.facts.entry.size <=> b.facts.entry.size;
        break;
    case FileModeColumn:
        order = a.facts.entry.mode <=> b.facts.entry.mode;
        break;
    case FileOwnerColumn:
        order = QString::compare(a.owner, b.owner) <=> 0;
        break;
    case FileTimeColumn:
        order = a.facts.entry.modifiedAt <=> b.facts.entry.modifiedAt;
        break;
    default:
        break;
    }
    if (order == std::strong_ordering::equal) {
        order = QString::compare(a.sortName, b.sortName) <=> 0;
    }
    return order < 0;
}

bool FileListProxy::filterAcceptsRow(int row, const QModelIndex & /*parent*/) const
{
    const FileRow &file = *m_model->rowAt(std::size_t(row));
    return (!m_changedOnly || file.facts.change) &&
           (m_filter.isEmpty() || file.sortName.contains(m_filter));
}

} // namespace roadstead::ui
