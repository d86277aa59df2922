// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::layers {

/// Texts that are kept once each and named by a number. Number 0 is the empty text. A value; one
/// thread at a time while it grows.
class NamePool
{
public:
    NamePool();

    /// The number of a text, which is taken in when it is new.
    std::uint32_t intern(std::string_view text);
    /// The number of a text that is there; size() when it is not. Not after settle().
    [[nodiscard]] std::uint32_t find(std::string_view text) const;
    /// Holds until the next text is taken in.
    [[nodiscard]] std::string_view at(std::uint32_t number) const;
    [[nodiscard]] std::uint32_t size() const { return std::uint32_t(m_ends.size()); }
    [[nodiscard]] std::size_t memory() const; ///< bytes
    /// Nothing more is taken in: gives up what that would need.
    void settle();

private:
    [[nodiscard]] std::size_t slotOf(std::string_view text) const;
    void grow();

    std::string m_text;
    std::vector<std::uint64_t> m_ends;  ///< in m_text, by number
    std::vector<std::uint32_t> m_slots; ///< open addressing: number + 1, 0 = free
};

} // namespace roadstead::layers
