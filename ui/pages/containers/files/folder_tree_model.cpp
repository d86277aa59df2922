// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/files/folder_tree_model.h"

#include "ui/pages/containers/files/files_controller.h"
#include "ui/text/display_text.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace roadstead::ui {

struct FolderTreeModel::Node
{
    std::string path;
    QString name; ///< display text
    Node *parent = nullptr;
    std::optional<docker::ChangeKind> change;
    bool hasFolders = false;
    bool isFetched = false;
    std::vector<std::unique_ptr<Node>> folders; ///< in the order of their paths
};

FolderTreeModel::FolderTreeModel(const FilesController *controller, QObject *parent)
    : QAbstractItemModel(parent)
    , m_controller(controller)
    , m_top(std::make_unique<Node>())
{
    auto root = std::make_unique<Node>();
    root->path = "/";
    root->name = QStringLiteral("/");
    root->parent = m_top.get();
    root->isFetched = true;
    m_top->isFetched = true;
    m_top->folders.push_back(std::move(root));
}

FolderTreeModel::~FolderTreeModel() = default;

void FolderTreeModel::sync()
{
    Node *root = m_top->folders.front().get();
    root->change = m_controller->changeOf("/");
    sync(root);
    Q_EMIT dataChanged(indexOf(root), indexOf(root));
}

void FolderTreeModel::sync(Node *node)
{
    if (!node->isFetched) {
        return;
    }
    const std::vector<KnownFolder> wanted = m_controller->foldersIn(node->path);
    const QModelIndex place = indexOf(node);
    std::size_t row = 0;
    for (const KnownFolder &each : wanted) {
        while (row < node->folders.size() && node->folders[row]->path < each.path) {
            beginRemoveRows(place, int(row), int(row));
            node->folders.erase(node->folders.begin() + std::ptrdiff_t(row));
            endRemoveRows();
        }
        if (row == node->folders.size() || node->folders[row]->path != each.path) {
            auto made = std::make_unique<Node>();
            made->path = each.path;
            made->name = displayText(service::fileNameOf(each.path));
            made->parent = node;
            made->hasFolders = each.hasFolders;
            made->change = each.change;
            beginInsertRows(place, int(row), int(row));
            node->folders.insert(node->folders.begin() + std::ptrdiff_t(row), std::move(made));
            endInsertRows();
        }
        Node *folder = node->folders[row].get();
        const bool hadFolders = std::exchange(folder->hasFolders, each.hasFolders);
        const auto before = std::exchange(folder->change, each.change);
        if (hadFolders != each.hasFolders || before != each.change) {
            Q_EMIT dataChanged(indexOf(folder), indexOf(folder));
        }
        sync(folder);
        ++row;
    }
    if (row < node->folders.size()) {
        beginRemoveRows(place, int(row), int(node->folders.size()) - 1);
        node->folders.resize(row);
        endRemoveRows();
    }
    node->hasFolders = !node->folders.empty();
}

QModelIndex FolderTreeModel::indexOf(const std::string &path)
{
    Node *node = m_top->folders.front().get();
    while (true) {
        if (!node->isFetched) {
            node->isFetched = true;
            sync(node);
        }
        if (node->path == path) {
            break;
        }
        const auto next = std::ranges::find_if(node->folders, [&path](const auto &folder) {
            return path == folder->path || path.starts_with(folder->path + "/");
        });
        if (next == node->folders.end()) {
            break;
        }
        node = next->get();
    }
    return indexOf(node);
}

FolderTreeModel::Node *FolderTreeModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_top.get();
}

QModelIndex FolderTreeModel::indexOf(const Node *node) const
{
    if (node->parent == nullptr) {
        return {};
    }
    const auto &siblings = node->parent->folders;
    const auto place =
        std::ranges::lower_bound(siblings, std::string_view(node->path), {},
                                 [](const auto &each) -> std::string_view { return each->path; });
    return createIndex(int(place - siblings.begin()), 0, node);
}

std::string FolderTreeModel::pathOf(const QModelIndex &index) const
{
    return nodeOf(index)->path;
}

std::optional<docker::ChangeKind> FolderTreeModel::changeOf(const QModelIndex &index) const
{
    return nodeOf(index)->change;
}

QModelIndex FolderTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    const Node *node = nodeOf(parent);
    if (row < 0 || column != 0 || std::size_t(row) >= node->folders.size()) {
        return {};
    }
    return createIndex(row, column, node->folders[std::size_t(row)].get());
}

QModelIndex FolderTreeModel::parent(const QModelIndex &index) const
{
    return index.isValid() ? indexOf(nodeOf(index)->parent) : QModelIndex();
}

int FolderTreeModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(nodeOf(parent)->folders.size());
}

int FolderTreeModel::columnCount(const QModelIndex & /*parent*/) const
{
    return 1;
}

bool FolderTreeModel::hasChildren(const QModelIndex &parent) const
{
    const Node *node = nodeOf(parent);
    return node->isFetched ? !node->folders.empty() : node->hasFolders;
}

bool FolderTreeModel::canFetchMore(const QModelIndex &parent) const
{
    const Node *node = nodeOf(parent);
    return !node->isFetched && node->hasFolders;
}

void FolderTreeModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent)) {
        Node *node = nodeOf(parent);
        node->isFetched = true;
        sync(node);
    }
}

QVariant FolderTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const Node *node = nodeOf(index);
    switch (role) {
    case Qt::DisplayRole:
        return node->name;
    case Qt::AccessibleTextRole:
        return node->change ? node->name + QStringLiteral(", ") + changeText(*node->change)
                            : node->name;
    case Qt::ToolTipRole:
        return plainTip(displayText(node->path));
    default:
        return {};
    }
}

} // namespace roadstead::ui
