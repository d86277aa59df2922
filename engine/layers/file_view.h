// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/layers/image_files.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::layers {

/// What is asked of an image's files.
struct ViewQuestion
{
    enum class Span : std::uint8_t {
        ThisLayer, ///< what the layer itself says
        UpTo       ///< what a container would see with this layer on top, and what it removes
    };

    std::size_t layer = 0;
    Span span = Span::UpTo;
    std::optional<Change> only{}; ///< what the layer did so
    std::string text{};           ///< in the path; letters of ASCII in either case

    bool operator==(const ViewQuestion &) const = default;
};

/// How many there are; folders are not counted.
struct ChangeCounts
{
    std::uint64_t added = 0;
    std::uint64_t changed = 0;
    std::uint64_t removed = 0;

    bool operator==(const ChangeCounts &) const = default;
};

/// The answer: what to show of each path, in flat arrays. A value; reading is thread-safe.
struct FileView
{
    struct Row
    {
        /// Of what is shown: for a folder all that is shown in it.
        std::int64_t size = 0;
        /// Bytes that are stored and that nobody sees: UpTo, those in the layers up to this one;
        /// ThisLayer, those of this layer that layers above hide.
        std::int64_t wasted = 0;
        VersionId version = noVersion; ///< whose facts are shown; none for a folder on the way
        Change change = Change::None;  ///< by the layer; of a folder also by what is in it
        bool isShown = false;
        bool hasChildren = false; ///< that are shown
    };

    std::vector<Row> rows;       ///< by path; of the top: all of it
    ChangeCounts counts;         ///< by the layer, whatever is filtered
    std::vector<NodeId> biggest; ///< files that are shown, at most mostBiggest, largest first
    static constexpr std::size_t mostBiggest = 100;
};

/// Costs as much time as there are paths and versions. Any thread.
FileView view(const ImageFiles &image, const ViewQuestion &question);

/// What one layer did, and what of it is seen in the end.
struct LayerSummary
{
    std::int64_t bytes = 0;
    std::int64_t wasted = 0; ///< bytes of its files that layers above replace or remove
    ChangeCounts counts;
    std::size_t hidingLayer = 0; ///< which hides the most of it; 0: nothing is wasted

    bool operator==(const LayerSummary &) const = default;
};
std::vector<LayerSummary> summarized(const ImageFiles &image);

} // namespace roadstead::layers
