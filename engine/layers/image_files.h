// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/layers/layer_files.h"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace roadstead::layers {

/// What a layer did to a path, seen against the layers below it.
enum class Change : std::uint8_t { None, Added, Changed, Removed };

using VersionId = std::uint32_t;
constexpr VersionId noVersion = std::numeric_limits<VersionId>::max();

/// One layer's word on a path.
struct Version
{
    Facts facts; ///< of what it removes, where it does
    VersionId before = noVersion;
    std::uint16_t layer = 0;
    Change change = Change::None;
};

/// All files of an image: for each path, what its layers did to it. A value; reading is
/// thread-safe.
class ImageFiles
{
public:
    static constexpr std::size_t mostLayers = 1024;

    /// Lays the next layer over those before it, lowest first. Fails with
    /// ErrorKind::MalformedReply: too many layers, files or removals.
    Result<void> stack(const LayerFiles &layer);
    void settle(); ///< that was the last one

    [[nodiscard]] const PathTree &tree() const { return m_tree; }
    [[nodiscard]] std::size_t layerCount() const { return m_layerBytes.size(); }
    [[nodiscard]] std::int64_t layerBytes(std::size_t layer) const { return m_layerBytes[layer]; }
    [[nodiscard]] std::int64_t bytes() const; ///< of all layers
    /// The newest version of a path; noVersion for what is only on the way to others.
    [[nodiscard]] VersionId newest(NodeId id) const { return m_newest[id]; }
    [[nodiscard]] const Version &version(VersionId id) const { return m_versions[id]; }
    /// The newest one up to a layer.
    [[nodiscard]] VersionId newestUpTo(NodeId id, std::size_t layer) const;
    [[nodiscard]] std::size_t memory() const; ///< bytes

private:
    friend class Stacking;

    PathTree m_tree;
    std::vector<VersionId> m_newest{noVersion};
    std::vector<Version> m_versions;
    std::vector<std::int64_t> m_layerBytes;
};

/// Both images as two layers: the first has the files of `here`, the second makes those of
/// `there` of them. So what is only here is Removed, what is only there Added, what differs
/// Changed. Files differ by kind, size, permissions, owner, target or time; what comes from a layer
/// that both have does not. The digests are those of the layers.
Result<ImageFiles> compared(const ImageFiles &here, const std::vector<std::string> &hereDigests,
                            const ImageFiles &there, const std::vector<std::string> &thereDigests);

} // namespace roadstead::layers
