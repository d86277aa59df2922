// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/container.h"

#include <QAbstractItemModel>

#include <memory>
#include <optional>
#include <string>

namespace roadstead::ui {

class FilesController;

/// The folders of a container, as far as they are known: those on the way to the one that is shown,
/// and what was read below it. Nothing is read for it. A folder's rows are made when they are first
/// looked for. GUI thread.
class FolderTreeModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    /// `controller` must outlive it.
    explicit FolderTreeModel(const FilesController *controller, QObject *parent = nullptr);
    ~FolderTreeModel() override;

    /// Takes in what the controller knows now. Rows that stay keep their place.
    void sync();
    /// Makes the rows on the way to it and in it; the nearest folder above it where it is not
    /// known.
    [[nodiscard]] QModelIndex indexOf(const std::string &path);
    [[nodiscard]] std::string pathOf(const QModelIndex &index) const;
    [[nodiscard]] std::optional<docker::ChangeKind> changeOf(const QModelIndex &index) const;

    [[nodiscard]] QModelIndex index(int row, int column,
                                    const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Node;

    [[nodiscard]] Node *nodeOf(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(const Node *node) const;
    void sync(Node *node);

    const FilesController *m_controller;
    std::unique_ptr<Node> m_top; ///< above "/"
};

} // namespace roadstead::ui
