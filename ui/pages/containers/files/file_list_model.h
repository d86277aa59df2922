// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/snapshot_model.h"
#include "ui/pages/containers/files/file_row.h"

#include <QSortFilterProxyModel>

#include <functional>

namespace roadstead::ui {

enum FileColumn {
    FileNameColumn,
    FileChangeColumn,
    FileSizeColumn,
    FileModeColumn,
    FileOwnerColumn,
    FileTimeColumn,
    FileColumnCount
};

/// The files of one folder.
class FileListModel final : public SnapshotModel<FileRow>
{
    Q_OBJECT
public:
    explicit FileListModel(QObject *parent = nullptr);

    /// Seconds since the epoch; what ages are told by.
    std::function<qint64()> wallClock;

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    [[nodiscard]] QString text(const FileRow &row, int column) const;
    [[nodiscard]] QString spokenText(const FileRow &row) const;
};

/// Sorted with folders first, and filtered.
class FileListProxy final : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit FileListProxy(FileListModel *model, QObject *parent = nullptr);

    void setFilter(const QString &text, bool changedOnly);
    [[nodiscard]] FileListModel::RowPointer rowAt(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(const std::string &path) const;

protected:
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    FileListModel *m_model;
    QString m_filter;
    bool m_changedOnly = false;
};

} // namespace roadstead::ui
