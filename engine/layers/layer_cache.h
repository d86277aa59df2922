// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/layers/saved_image.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::layers {

/// What is in layers, kept on disk by their digests, and the configurations of images by their ids;
/// what was not used for longest goes first. Files are old or new, never partial; one that is
/// damaged or of another version counts as none. Failures to keep something are no failures:
/// it is read again next time. Blocking; any thread, several at once, also of several processes.
class LayerCache
{
public:
    /// In that folder, which is made when something is kept. `engine` tells engines apart: one may
    /// say of a digest what another does not. Empty folder: keeps nothing.
    LayerCache(std::string folder, std::string_view engine, std::uint64_t mostBytes = 256ULL << 20);

    [[nodiscard]] LayerPointer layer(const std::string &digest) const; ///< null: there is none
    [[nodiscard]] bool has(const std::string &digest) const; ///< or something damaged in its place
    void keep(const std::string &digest, const LayerFiles &layer) const;
    [[nodiscard]] std::string config(const std::string &imageId) const; ///< empty: there is none
    void keepConfig(const std::string &imageId, std::string_view config) const;
    /// Where the image's layers are in what the engine saves; empty: it is not known.
    [[nodiscard]] std::vector<std::string> members(const std::string &imageId) const;
    void keepMembers(const std::string &imageId, const std::vector<std::string> &members) const;

private:
    [[nodiscard]] std::string pathOf(std::string_view what, const std::string &digest) const;
    void write(const std::string &path, std::string_view bytes) const;
    void trim() const;

    std::string m_folder; ///< of the engine
    std::string m_top;
    std::uint64_t m_mostBytes;
};

/// A layer as bytes, for this kind of machine, and back; null when they are not such bytes.
std::string packedLayer(const LayerFiles &layer);
LayerPointer unpackedLayer(std::string_view bytes);

} // namespace roadstead::layers
