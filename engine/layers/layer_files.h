// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/archive/entry.h"
#include "engine/base/result.h"
#include "engine/layers/path_tree.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What is in the layers of images.
namespace roadstead::layers {

enum class FileKind : std::uint8_t {
    Folder,
    File,
    SymbolicLink,
    HardLink, ///< another name of a file of the same layer, which holds the bytes
    Other     ///< a device or a pipe
};

/// A file as a layer has it.
struct Facts
{
    std::int64_t size = 0;       ///< of a file, bytes
    std::int64_t modifiedAt = 0; ///< seconds since the epoch
    std::uint32_t userId = 0;
    std::uint32_t groupId = 0;
    std::uint32_t target = 0; ///< of a link, a name of the tree's
    std::uint16_t mode = 0;   ///< permissions with set-id and sticky bits
    FileKind kind = FileKind::Folder;

    bool operator==(const Facts &) const = default;
};

/// What a layer says of a path.
enum class Saying : std::uint8_t {
    Nothing, ///< it is only on the way to others
    There,
    Gone ///< a whiteout: what lower layers have there is removed
};

/// How much of a layer is taken in before it is taken for an attack.
struct LayerLimits
{
    std::uint32_t mostEntries = 2'000'000; ///< and twice as many paths
    std::uint64_t mostText = 256ULL << 20; ///< bytes of all names together
};

/// The files of one layer, without their contents. A value; reading is thread-safe.
class LayerFiles
{
public:
    /// Takes in the next entry of the layer's archive. Fails with ErrorKind::MalformedReply: a path
    /// that leads out, is too long or too deep, a limit.
    Result<void> add(const archive::Entry &entry, const LayerLimits &limits = {});
    /// Takes in one path as it is.
    NodeId put(std::string_view path, const Facts &facts, Saying saying, bool isOpaque = false);
    /// The same below a folder that is there; an empty name is the folder itself.
    NodeId putBelow(NodeId folder, std::string_view name, const Facts &facts, Saying saying,
                    bool isOpaque);
    void settle(); ///< that was all

    [[nodiscard]] const PathTree &tree() const { return m_tree; }
    [[nodiscard]] PathTree &tree() { return m_tree; }
    [[nodiscard]] const Facts &facts(NodeId id) const { return m_facts[id]; }
    [[nodiscard]] Saying saying(NodeId id) const { return m_sayings[id].saying; }
    /// What lower layers have in this folder is removed.
    [[nodiscard]] bool isOpaque(NodeId id) const { return m_sayings[id].isOpaque; }
    [[nodiscard]] std::int64_t bytes() const { return m_bytes; } ///< of all files together
    [[nodiscard]] std::size_t memory() const;                    ///< bytes

private:
    struct State
    {
        Saying saying = Saying::Nothing;
        bool isOpaque = false;
    };
    void say(NodeId id, const Facts &facts, Saying saying, bool isOpaque);

    PathTree m_tree;
    std::vector<Facts> m_facts{1};
    std::vector<State> m_sayings{1};
    std::int64_t m_bytes = 0;
    std::uint32_t m_entries = 0;
    std::uint64_t m_text = 0; ///< bytes of paths and targets seen
};

} // namespace roadstead::layers
