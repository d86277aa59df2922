// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/system.h"
#include "ui/models/flat_list_model.h"

#include <QString>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::ui {

struct CacheColumn
{
    enum Id { Description, Type, State, Used, LastUsed, Size, Count };
};

/// Each record is in exactly one besides All.
enum class CacheFilter { All, Free, Shared, InUse };

struct CacheSource
{
    docker::BuildCacheRecord record{};
    bool isPending = false;
    bool operator==(const CacheSource &) const = default;
};

/// A record of the build cache as the list shows it.
struct CacheRow
{
    using Source = CacheSource;

    explicit CacheRow(const Source &source);
    CacheRow(const Source &source, const CacheRow &before);

    static std::string_view keyOf(const Source &source) { return source.record.id; }
    [[nodiscard]] std::string_view key() const { return source.record.id; }
    [[nodiscard]] bool matches(const Source &other) const { return source == other; }
    [[nodiscard]] const docker::BuildCacheRecord &record() const { return source.record; }
    [[nodiscard]] CacheFilter filter() const;

    Source source;
    std::optional<std::int64_t> lastUsed{}; ///< seconds since the epoch
    QString haystack{};                     ///< folded
};

/// Display text: what a record is of.
[[nodiscard]] QString cacheText(const docker::BuildCacheRecord &record);

/// The records of the build cache, sorted by id.
class CacheModel final : public SnapshotModel<CacheRow>
{
    Q_OBJECT
public:
    using SnapshotModel<CacheRow>::SnapshotModel;

    void applyRecords(std::vector<CacheSource> records); ///< in any order
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
};

/// The same as the tab shows them, the largest first until a person chooses.
class CacheList final : public FlatListModel<CacheRow>
{
    Q_OBJECT
public:
    using Counts = std::array<int, 4>; ///< by CacheFilter

    explicit CacheList(CacheModel *source, QObject *parent = nullptr);

    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    void setStateFilter(CacheFilter filter);
    [[nodiscard]] const Counts &counts() const { return m_counts; }

protected:
    [[nodiscard]] bool passes(const CacheRow &row) const override;
    [[nodiscard]] int compare(const CacheRow &left, const CacheRow &right) const override;
    bool recount() override;

private:
    CacheModel *m_records;
    CacheFilter m_filter = CacheFilter::All;
    Counts m_counts{};
};

} // namespace roadstead::ui
