// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/layers/name_pool.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::layers {

/// A path of a tree. Node 0 is the top folder; what is above has the smaller number.
using NodeId = std::uint32_t;
constexpr NodeId topNode = 0;
constexpr NodeId noNode = std::numeric_limits<NodeId>::max();

/// Paths as flat arrays: 28 bytes for each while it grows, 16 afterwards, besides their names. A
/// value; reading is thread-safe.
class PathTree
{
public:
    struct Node
    {
        NodeId parent = noNode;
        NodeId firstChild = noNode; ///< children in no order
        NodeId nextSibling = noNode;
        std::uint32_t name = 0; ///< of names()
    };

    PathTree();

    /// The child of that name, which is made when there is none.
    NodeId grow(NodeId parent, std::string_view name);
    /// The child of that name; noNode: there is none. Not after settle().
    [[nodiscard]] NodeId child(NodeId parent, std::string_view name) const;
    /// The path, relative to the top and without slashes at its ends, with all above it.
    NodeId growPath(std::string_view path);
    [[nodiscard]] NodeId find(std::string_view path) const; ///< noNode: there is none

    [[nodiscard]] const Node &node(NodeId id) const { return m_nodes[id]; }
    [[nodiscard]] std::uint32_t size() const { return std::uint32_t(m_nodes.size()); }
    [[nodiscard]] std::string_view name(NodeId id) const { return m_names.at(m_nodes[id].name); }
    [[nodiscard]] std::string path(NodeId id) const; ///< "usr/bin/env"; the top is empty
    [[nodiscard]] NamePool &names() { return m_names; }
    [[nodiscard]] const NamePool &names() const { return m_names; }

    [[nodiscard]] std::size_t memory() const; ///< bytes
    void settle();                            ///< nothing more grows

private:
    [[nodiscard]] std::size_t slotOf(NodeId parent, std::uint32_t name) const;
    void widen();

    std::vector<Node> m_nodes;
    NamePool m_names;
    std::vector<NodeId> m_slots; ///< open addressing by parent and name; noNode = free
};

} // namespace roadstead::layers
