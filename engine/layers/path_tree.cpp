// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/layers/path_tree.h"

#include <algorithm>

namespace roadstead::layers {

namespace {

constexpr std::size_t firstNodeSlots = 64;

/// The first part of a path, which is taken off it.
std::string_view takePart(std::string_view &path)
{
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
    return part;
}

} // namespace

PathTree::PathTree()
    : m_nodes(1)
{
}

/// Where the child is, or the free slot where it would be.
std::size_t PathTree::slotOf(NodeId parent, std::uint32_t name) const
{
    std::uint64_t mixed = (std::uint64_t(parent) << 32U | name) * 0x9e3779b97f4a7c15ULL;
    mixed ^= mixed >> 29U;
    std::size_t slot = mixed & (m_slots.size() - 1);
    while (m_slots[slot] != noNode &&
           (m_nodes[m_slots[slot]].parent != parent || m_nodes[m_slots[slot]].name != name)) {
        slot = (slot + 1) & (m_slots.size() - 1);
    }
    return slot;
}

void PathTree::widen()
{
    std::size_t wanted = std::max(firstNodeSlots, m_slots.size());
    while ((m_nodes.size() + 1) * 4 > wanted * 3) {
        wanted *= 2;
    }
    m_slots.assign(wanted, noNode);
    for (NodeId id = 1; id < m_nodes.size(); ++id) {
        m_slots[slotOf(m_nodes[id].parent, m_nodes[id].name)] = id;
    }
}

NodeId PathTree::grow(NodeId parent, std::string_view name)
{
    if ((m_nodes.size() + 1) * 4 > m_slots.size() * 3) {
        widen();
    }
    const std::uint32_t number = m_names.intern(name);
    const std::size_t slot = slotOf(parent, number);
    if (m_slots[slot] != noNode) {
        return m_slots[slot];
    }
    const auto id = NodeId(m_nodes.size());
    m_nodes.push_back({parent, noNode, m_nodes[parent].firstChild, number});
    m_nodes[parent].firstChild = id;
    m_slots[slot] = id;
    return id;
}

NodeId PathTree::child(NodeId parent, std::string_view name) const
{
    const std::uint32_t number = m_names.find(name);
    return number == m_names.size() || m_slots.empty() ? noNode : m_slots[slotOf(parent, number)];
}

NodeId PathTree::growPath(std::string_view path)
{
    NodeId id = topNode;
    while (!path.empty()) {
        id = grow(id, takePart(path));
    }
    return id;
}

NodeId PathTree::find(std::string_view path) const
{
    NodeId id = topNode;
    while (!path.empty() && id != noNode) {
        const std::string_view part = takePart(path);
        id = m_nodes[id].firstChild;
        while (id != noNode && name(id) != part) {
            id = m_nodes[id].nextSibling;
        }
    }
    return id;
}

std::string PathTree::path(NodeId id) const
{
    std::vector<std::string_view> parts;
    for (; id != topNode; id = m_nodes[id].parent) {
        parts.push_back(name(id));
    }
    std::string path;
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
        path.append(path.empty() ? "" : "/").append(*part);
    }
    return path;
}

std::size_t PathTree::memory() const
{
    return m_nodes.capacity() * sizeof(Node) + m_slots.capacity() * sizeof(NodeId) +
           m_names.memory();
}

void PathTree::settle()
{
    m_nodes.shrink_to_fit();
    m_slots = {};
    m_names.settle();
}

} // namespace roadstead::layers
