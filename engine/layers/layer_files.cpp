// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/layers/layer_files.h"

#include "engine/archive/entry_path.h"

#include <algorithm>
#include <limits>

namespace roadstead::layers {

namespace {

constexpr const char *addOperation = "image.layers";
constexpr std::string_view whiteoutPrefix = ".wh.";
constexpr std::string_view opaqueName = ".wh..wh..opq";
/// Files of the storage that made the layer (AUFS): no files of the image.
constexpr std::string_view storagePrefix = ".wh..wh.";

FileKind layerKindOf(archive::EntryKind kind)
{
    switch (kind) {
    case archive::EntryKind::Folder:
        return FileKind::Folder;
    case archive::EntryKind::File:
        return FileKind::File;
    case archive::EntryKind::SymbolicLink:
        return FileKind::SymbolicLink;
    case archive::EntryKind::HardLink:
        return FileKind::HardLink;
    default:
        return FileKind::Other;
    }
}

std::uint32_t idOf(std::int64_t id)
{
    return std::uint32_t(
        std::clamp<std::int64_t>(id, 0, std::numeric_limits<std::uint32_t>::max()));
}

} // namespace

NodeId LayerFiles::put(std::string_view path, const Facts &facts, Saying saying, bool isOpaque)
{
    const NodeId id = m_tree.growPath(path);
    say(id, facts, saying, isOpaque);
    return id;
}

NodeId LayerFiles::putBelow(NodeId folder, std::string_view name, const Facts &facts, Saying saying,
                            bool isOpaque)
{
    const NodeId id = name.empty() ? folder : m_tree.grow(folder, name);
    say(id, facts, saying, isOpaque);
    return id;
}

void LayerFiles::say(NodeId id, const Facts &facts, Saying saying, bool isOpaque)
{
    m_facts.resize(m_tree.size());
    m_sayings.resize(m_tree.size());
    State &state = m_sayings[id];
    const bool wasThere = state.saying == Saying::There;
    const bool wasGone = state.saying == Saying::Gone;
    state.isOpaque = state.isOpaque || isOpaque;
    if (saying == Saying::Gone && wasThere) {
        state.isOpaque = state.isOpaque || m_facts[id].kind == FileKind::Folder;
    } else if (saying != Saying::Nothing) {
        // Removed and made anew in one layer is made anew, and a folder hides what was in it.
        state.isOpaque = state.isOpaque ||
                         (saying == Saying::There && wasGone && facts.kind == FileKind::Folder);
        // Twice in the archive: the last one counts.
        m_bytes -= wasThere && m_facts[id].kind == FileKind::File ? m_facts[id].size : 0;
        m_bytes += saying == Saying::There && facts.kind == FileKind::File ? facts.size : 0;
        state.saying = saying;
        m_facts[id] = facts;
    }
}

Result<void> LayerFiles::add(const archive::Entry &entry, const LayerLimits &limits)
{
    m_text += entry.path.size() + entry.target.size();
    if (++m_entries > limits.mostEntries || m_text > limits.mostText ||
        m_tree.size() / 2 > limits.mostEntries) {
        return failure(ErrorKind::MalformedReply, addOperation,
                       "a layer of more files than are read");
    }
    auto inside = archive::insidePath(entry.path);
    if (!inside) {
        inside.error().operation = addOperation;
        return std::unexpected(inside.error());
    }
    const std::string name = archive::nameOf(*inside);
    const std::string folder = archive::folderOf(*inside);
    if (name == opaqueName) {
        put(folder, {}, Saying::Nothing, true);
    } else if (name.starts_with(storagePrefix)) {
        return {};
    } else if (name.starts_with(whiteoutPrefix)) {
        const std::string gone = name.substr(whiteoutPrefix.size());
        if (gone.empty() || gone == "." || gone == "..") {
            return failure(ErrorKind::MalformedReply, addOperation, "a whiteout of nothing");
        }
        put(folder.empty() ? gone : folder + "/" + gone, {}, Saying::Gone);
    } else {
        Facts facts;
        facts.kind = layerKindOf(entry.kind);
        facts.size = facts.kind == FileKind::File ? entry.size : 0;
        facts.modifiedAt = entry.modifiedAt;
        facts.userId = idOf(entry.userId);
        facts.groupId = idOf(entry.groupId);
        facts.target = m_tree.names().intern(entry.target);
        facts.mode = std::uint16_t(entry.mode & 07777U);
        put(*inside, facts, Saying::There);
    }
    return {};
}

void LayerFiles::settle()
{
    m_tree.settle();
    m_facts.shrink_to_fit();
    m_sayings.shrink_to_fit();
}

std::size_t LayerFiles::memory() const
{
    return m_tree.memory() + m_facts.capacity() * sizeof(Facts) +
           m_sayings.capacity() * sizeof(State);
}

} // namespace roadstead::layers
