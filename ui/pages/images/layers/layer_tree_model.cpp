// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/images/layers/layer_tree_model.h"

#include "ui/pages/images/layers/layer_roles.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/change_mark.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <utility>

namespace roadstead::ui {

using layers::Change;
using layers::FileKind;
using layers::FileView;
using layers::NodeId;

namespace {

QString kindIcon(const layers::Facts *facts)
{
    if (facts == nullptr || facts->kind == FileKind::Folder) {
        return QStringLiteral("folder");
    }
    return facts->kind == FileKind::SymbolicLink || facts->kind == FileKind::HardLink
               ? QStringLiteral("link-45deg")
               : QStringLiteral("file-earmark");
}

ChangeMark markFor(Change change)
{
    return change == Change::Added     ? ChangeMark::Added
           : change == Change::Changed ? ChangeMark::Changed
                                       : ChangeMark::Removed;
}

/// "rw-r--r--"
QString modeLetters(unsigned mode)
{
    QString letters = QStringLiteral("rwxrwxrwx");
    for (int i = 0; i < letters.size(); ++i) {
        if ((mode & (0400U >> unsigned(i))) == 0) {
            letters[i] = u'-';
        }
    }
    return letters;
}

} // namespace

QString changeWord(Change change, LayerTreeModel::Words words)
{
    const bool isLayer = words == LayerTreeModel::Words::Layer;
    switch (change) {
    case Change::Added:
        return isLayer ? LayerTreeModel::tr("Added") : LayerTreeModel::tr("Only there");
    case Change::Changed:
        return isLayer ? LayerTreeModel::tr("Changed") : LayerTreeModel::tr("Differs");
    case Change::Removed:
        return isLayer ? LayerTreeModel::tr("Removed") : LayerTreeModel::tr("Only here");
    case Change::None:
        break;
    }
    return unknownText();
}

/// Every row goes and comes: what is open is opened again by the view, by paths.
void LayerTreeModel::setFiles(std::shared_ptr<const layers::ImageFiles> files,
                              std::shared_ptr<const FileView> view, Words words)
{
    if (const int count = rowCount(); count > 0) {
        beginRemoveRows({}, 0, count - 1);
        m_rows.clear();
        m_places.clear();
        m_view.reset(); // nothing is fetched of what goes
        endRemoveRows();
    }
    m_rows.clear();
    m_files = std::move(files);
    m_view = std::move(view);
    m_words = words;
    if (m_files && m_view && m_view->rows[layers::topNode].hasChildren) {
        fetch(layers::topNode);
    }
}

void LayerTreeModel::setHeading(const QString &name, const QString &change)
{
    m_nameHeading = name;
    m_changeHeading = change;
    Q_EMIT headerDataChanged(Qt::Horizontal, NameColumn, ChangeColumn);
}

bool LayerTreeModel::comesBefore(NodeId left, NodeId right) const
{
    const FileView::Row &a = m_view->rows[left];
    const FileView::Row &b = m_view->rows[right];
    const auto byName = [this](NodeId one, NodeId other) {
        return m_files->tree().name(one) < m_files->tree().name(other);
    };
    const bool isUp = m_order == Qt::AscendingOrder;
    switch (m_sortColumn) {
    case ChangeColumn:
        if (a.change != b.change) {
            return isUp ? a.change < b.change : b.change < a.change;
        }
        break;
    case SizeColumn:
        if (a.size != b.size) {
            return isUp ? a.size < b.size : b.size < a.size;
        }
        break;
    case WastedColumn:
        if (a.wasted != b.wasted) {
            return isUp ? a.wasted < b.wasted : b.wasted < a.wasted;
        }
        break;
    default:
        return isUp ? byName(left, right) : byName(right, left);
    }
    return byName(left, right);
}

std::vector<NodeId> LayerTreeModel::sorted(NodeId folder) const
{
    std::vector<NodeId> rows;
    const layers::PathTree &tree = m_files->tree();
    for (NodeId id = tree.node(folder).firstChild; id != layers::noNode;
         id = tree.node(id).nextSibling) {
        if (m_view->rows[id].isShown) {
            rows.push_back(id);
        }
    }
    std::ranges::sort(rows, [this](NodeId left, NodeId right) { return comesBefore(left, right); });
    return rows;
}

void LayerTreeModel::fetch(NodeId folder)
{
    std::vector<NodeId> rows = sorted(folder);
    const QModelIndex parent = folder == layers::topNode
                                   ? QModelIndex()
                                   : createIndex(m_places.at(folder), 0, quintptr(folder));
    m_rows[folder] = {}; // who asks now is not told to fetch again
    if (rows.empty()) {
        return;
    }
    beginInsertRows(parent, 0, int(rows.size()) - 1);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        m_places[rows[i]] = int(i);
    }
    m_rows[folder] = std::move(rows);
    endInsertRows();
}

NodeId LayerTreeModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? NodeId(index.internalId()) : layers::topNode;
}

QModelIndex LayerTreeModel::indexOf(NodeId id)
{
    if (!m_view || id == layers::topNode || id >= m_view->rows.size() ||
        !m_view->rows[id].isShown) {
        return {};
    }
    std::vector<NodeId> above;
    for (NodeId at = m_files->tree().node(id).parent; at != layers::topNode;
         at = m_files->tree().node(at).parent) {
        above.push_back(at);
    }
    for (auto at = above.rbegin(); at != above.rend(); ++at) {
        if (!m_rows.contains(*at)) {
            fetch(*at);
        }
    }
    return createIndex(m_places.at(id), 0, quintptr(id));
}

std::string LayerTreeModel::pathOf(const QModelIndex &index) const
{
    return m_files ? m_files->tree().path(nodeOf(index)) : std::string();
}

QModelIndex LayerTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    const auto rows = m_rows.find(nodeOf(parent));
    if (row < 0 || column < 0 || column >= ColumnCount || rows == m_rows.end() ||
        std::size_t(row) >= rows->second.size()) {
        return {};
    }
    return createIndex(row, column, quintptr(rows->second[std::size_t(row)]));
}

QModelIndex LayerTreeModel::parent(const QModelIndex &index) const
{
    if (!index.isValid()) {
        return {};
    }
    const NodeId folder = m_files->tree().node(nodeOf(index)).parent;
    return folder == layers::topNode ? QModelIndex()
                                     : createIndex(m_places.at(folder), 0, quintptr(folder));
}

int LayerTreeModel::rowCount(const QModelIndex &parent) const
{
    const auto rows = m_rows.find(nodeOf(parent));
    return parent.column() > 0 || rows == m_rows.end() ? 0 : int(rows->second.size());
}

int LayerTreeModel::columnCount(const QModelIndex & /*parent*/) const
{
    return ColumnCount;
}

bool LayerTreeModel::hasChildren(const QModelIndex &parent) const
{
    return m_view && parent.column() <= 0 && m_view->rows[nodeOf(parent)].hasChildren;
}

bool LayerTreeModel::canFetchMore(const QModelIndex &parent) const
{
    return hasChildren(parent) && !m_rows.contains(nodeOf(parent));
}

void LayerTreeModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent)) {
        fetch(nodeOf(parent));
    }
}

const layers::Facts *LayerTreeModel::factsOf(NodeId id) const
{
    const layers::VersionId shown = m_view->rows[id].version;
    return shown == layers::noVersion ? nullptr : &m_files->version(shown).facts;
}

QString LayerTreeModel::text(NodeId id, int column) const
{
    const FileView::Row &row = m_view->rows[id];
    switch (column) {
    case NameColumn:
        return displayText(m_files->tree().name(id));
    case ChangeColumn:
        return changeWord(row.change, m_words);
    case SizeColumn: {
        const layers::Facts *facts = factsOf(id);
        const bool hasSize =
            row.hasChildren || (facts != nullptr && facts->kind == FileKind::File) || row.size > 0;
        return hasSize ? diskSizeText(row.size) : unknownText();
    }
    case WastedColumn:
        return row.wasted > 0 ? diskSizeText(row.wasted) : unknownText();
    default:
        return {};
    }
}

QString LayerTreeModel::tip(NodeId id) const
{
    QStringList lines{QStringLiteral("/") + displayText(m_files->tree().path(id))};
    if (const layers::Facts *facts = factsOf(id)) {
        if (facts->target != 0) {
            lines.append(QStringLiteral("→ ") +
                         displayText(m_files->tree().names().at(facts->target)));
        }
        lines.append(tr("%1, owner %2:%3", "permissions, numbers of user and group")
                         .arg(modeLetters(facts->mode), numberText(facts->userId),
                              numberText(facts->groupId)));
        if (facts->kind == FileKind::File) {
            lines.append(tr("%1 bytes").arg(numberText(facts->size)));
        }
        if (facts->modifiedAt > 0) {
            lines.append(QLocale().toString(QDateTime::fromSecsSinceEpoch(facts->modifiedAt),
                                            QLocale::ShortFormat));
        }
    }
    return lines.join(u'\n');
}

QVariant LayerTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const NodeId id = nodeOf(index);
    const FileView::Row &row = m_view->rows[id];
    switch (role) {
    case Qt::DisplayRole:
        return text(id, index.column());
    case Qt::ToolTipRole:
        return plainTip(tip(id));
    case Qt::TextAlignmentRole:
        return int(index.column() >= SizeColumn ? Qt::AlignRight | Qt::AlignVCenter
                                                : Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::AccessibleTextRole: {
        QStringList parts{text(id, NameColumn)};
        if (row.change != Change::None) {
            parts.append(text(id, ChangeColumn));
        }
        parts.append(text(id, SizeColumn));
        if (row.wasted > 0) {
            parts.append(tr("%1 wasted").arg(text(id, WastedColumn)));
        }
        return parts.join(QStringLiteral(", "));
    }
    case LayerMarkRole:
        return index.column() == ChangeColumn && row.change != Change::None
                   ? QVariant(int(markFor(row.change)))
                   : QVariant();
    case LayerIconRole:
        return index.column() == NameColumn ? kindIcon(factsOf(id)) : QString();
    case LayerStruckRole:
        return row.change == Change::Removed && m_words == Words::Layer;
    case LayerWastedRole:
        return index.column() == WastedColumn && row.wasted > 0;
    default:
        return {};
    }
}

QVariant LayerTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int(section >= SizeColumn ? Qt::AlignRight | Qt::AlignVCenter
                                         : Qt::AlignLeft | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case NameColumn:
        return m_nameHeading;
    case ChangeColumn:
        return m_changeHeading;
    case SizeColumn:
        return tr("Size");
    default:
        return tr("Wasted");
    }
}

void LayerTreeModel::sort(int column, Qt::SortOrder order)
{
    if (std::pair(m_sortColumn, m_order) == std::pair(column, order)) {
        return;
    }
    m_sortColumn = column;
    m_order = order;
    if (!m_view) {
        return;
    }
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    for (auto &[folder, rows] : m_rows) {
        rows = sorted(folder);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            m_places[rows[i]] = int(i);
        }
    }
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    for (const QModelIndex &index : before) {
        after.append(createIndex(m_places.at(nodeOf(index)), index.column(), index.internalId()));
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

} // namespace roadstead::ui
