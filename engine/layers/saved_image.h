// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/archive/entry.h"
#include "engine/archive/image_documents.h"
#include "engine/layers/image_files.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::layers {

using LayerPointer = std::shared_ptr<const LayerFiles>;

/// An image as it was read.
struct ReadImage
{
    std::string config; ///< the document itself
    archive::ImageConfig facts;
    std::vector<LayerPointer> layers; ///< lowest first, one for each of facts.diffIds
    std::vector<std::string> members; ///< where each is in the archive
};

struct ReadingRules
{
    LayerLimits limits;
    std::uint64_t mostBytes = 4ULL << 40; ///< of the archive
    /// A layer that is known by its digest: then its bytes are passed over. May be empty.
    std::function<LayerPointer(const std::string &digest)> known;
    /// Of the image that is looked for, lowest first: of several it is taken. Where its
    /// configuration is known, too, the reading ends with the last layer that is not.
    std::vector<std::string> digests;
    std::string config;
};

/// Reads what "docker save" gives, in one pass: Docker's own layout or the image specification's,
/// members in any order, layers plain or packed with gzip, bzip2 or zstd. Contents are passed over.
/// Fails with ErrorKind::MalformedReply (damaged, cut, no image, a limit) and the source's errors.
/// Blocking; any thread.
Result<ReadImage> readSavedImage(archive::Source source, const ReadingRules &rules = {});

/// Lays the layers over one another.
Result<ImageFiles> stacked(const std::vector<LayerPointer> &layers);

/// Takes the bytes of a file.
using FileSink = std::function<Result<void>(std::string_view)>;

/// A file of a layer: where it is in what "docker save" gives.
struct FileInLayer
{
    std::string member; ///< the layer's place in the archive
    std::string path;
    bool operator==(const FileInLayer &) const = default;
};

/// Gives the contents of a file to `sink` and ends there. Fails with ErrorKind::NotFound where
/// there is no such member, or no such file in it; otherwise as readSavedImage().
Result<std::uint64_t> readSavedFile(archive::Source source, const FileInLayer &file,
                                    const FileSink &sink);

} // namespace roadstead::layers
