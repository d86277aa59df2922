// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/layers/name_pool.h"

#include <functional>

namespace roadstead::layers {

namespace {
constexpr std::size_t firstNameSlots = 64;
} // namespace

NamePool::NamePool()
    : m_ends{0}
{
}

std::string_view NamePool::at(std::uint32_t number) const
{
    const std::uint64_t begin = number == 0 ? 0 : m_ends[number - 1];
    return std::string_view(m_text).substr(begin, m_ends[number] - begin);
}

/// Where the text is, or the free slot where it would be.
std::size_t NamePool::slotOf(std::string_view text) const
{
    std::size_t slot = std::hash<std::string_view>{}(text) & (m_slots.size() - 1);
    while (m_slots[slot] != 0 && at(m_slots[slot] - 1) != text) {
        slot = (slot + 1) & (m_slots.size() - 1);
    }
    return slot;
}

std::uint32_t NamePool::find(std::string_view text) const
{
    if (text.empty()) {
        return 0;
    }
    const std::uint32_t held = m_slots.empty() ? 0 : m_slots[slotOf(text)];
    return held == 0 ? size() : held - 1;
}

std::uint32_t NamePool::intern(std::string_view text)
{
    if (text.empty()) {
        return 0;
    }
    if ((m_ends.size() + 1) * 4 > m_slots.size() * 3) {
        grow();
    }
    const std::size_t slot = slotOf(text);
    if (m_slots[slot] != 0) {
        return m_slots[slot] - 1;
    }
    m_text.append(text);
    m_ends.push_back(m_text.size());
    m_slots[slot] = std::uint32_t(m_ends.size());
    return std::uint32_t(m_ends.size() - 1);
}

void NamePool::grow()
{
    std::size_t wanted = m_slots.empty() ? firstNameSlots : m_slots.size() * 2;
    while ((m_ends.size() + 1) * 4 > wanted * 3) {
        wanted *= 2;
    }
    m_slots.assign(wanted, 0);
    for (std::uint32_t number = 1; number < m_ends.size(); ++number) {
        m_slots[slotOf(at(number))] = number + 1;
    }
}

std::size_t NamePool::memory() const
{
    return m_text.capacity() + m_ends.capacity() * sizeof(std::uint64_t) +
           m_slots.capacity() * sizeof(std::uint32_t);
}

void NamePool::settle()
{
    m_text.shrink_to_fit();
    m_ends.shrink_to_fit();
    m_slots = {};
}

} // namespace roadstead::layers
