// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/build/buildx_listings.h"
#include "ui/models/flat_list_model.h"
#include "ui/theme/tokens.h"

#include <QString>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::ui {

struct BuilderColumn
{
    enum Id { Name, Status, Driver, Nodes, Platforms, LastUsed, Count };
};

/// How a builder is: the worst of its nodes.
enum class BuilderState {
    Running,
    Inactive, ///< it starts with the next build
    Stopped,  ///< the same, after it ran
    Failed    ///< it cannot be had
};

[[nodiscard]] BuilderState stateOf(const build::Builder &builder);
[[nodiscard]] QString builderStateText(BuilderState state);
[[nodiscard]] StateMark markOf(BuilderState state);
/// What a builder is made of, in words: "In a container of its own".
[[nodiscard]] QString driverText(const std::string &driver);
/// Of all nodes, each once: "linux/amd64, linux/386 and 3 more". Display text.
[[nodiscard]] QString platformsText(const build::Builder &builder, int most = 3);
/// Whether it was made by a person; an engine's own builder is there as long as its engine is.
[[nodiscard]] bool isRemovable(const build::Builder &builder);

/// A builder of the list, and whether a command for it is under way.
struct BuilderSource
{
    build::Builder builder{};
    bool isPending = false;
    bool operator==(const BuilderSource &) const = default;
};

struct BuilderRow
{
    using Source = BuilderSource;

    explicit BuilderRow(const Source &source);
    BuilderRow(const Source &source, const BuilderRow &before);

    static std::string_view keyOf(const Source &source) { return source.builder.name; }
    [[nodiscard]] std::string_view key() const { return source.builder.name; }
    [[nodiscard]] bool matches(const Source &other) const { return source == other; }
    [[nodiscard]] const build::Builder &builder() const { return source.builder; }

    Source source;
    QString haystack{}; ///< folded
};

/// The builders that buildx knows, sorted by name.
class BuildersModel final : public SnapshotModel<BuilderRow>
{
    Q_OBJECT
public:
    using SnapshotModel<BuilderRow>::SnapshotModel;

    void applyBuilders(std::vector<BuilderSource> builders); ///< in any order
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
};

/// The same as the tab shows them.
class BuilderList final : public FlatListModel<BuilderRow>
{
    Q_OBJECT
public:
    explicit BuilderList(BuildersModel *source, QObject *parent = nullptr);
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

protected:
    [[nodiscard]] bool passes(const BuilderRow &) const override { return true; }
    [[nodiscard]] int compare(const BuilderRow &left, const BuilderRow &right) const override;
    bool recount() override;

private:
    BuildersModel *m_builders;
    std::size_t m_count = 0;
};

} // namespace roadstead::ui
