// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store/line_record.h"

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>

namespace roadstead::store {

/// The lines in which something was found: one bit for each line of the blocks that have any. A
/// value; not thread-safe.
class LineMatches
{
public:
    using Bits = std::bitset<std::size_t(blockLines)>;

    void add(std::int64_t block, const Bits &bits);
    /// Forgets those before a line.
    void dropBefore(LineNumber line);

    [[nodiscard]] std::int64_t count() const { return m_count; }
    [[nodiscard]] bool contains(LineNumber line) const;
    /// The first match after a line, the last one before it.
    [[nodiscard]] std::optional<LineNumber> after(LineNumber line) const;
    [[nodiscard]] std::optional<LineNumber> before(LineNumber line) const;
    /// How many come before a line.
    [[nodiscard]] std::int64_t rank(LineNumber line) const;

private:
    struct Block
    {
        Bits bits;
        std::int64_t count = 0;
    };
    std::map<std::int64_t, Block> m_blocks;
    std::int64_t m_count = 0;
};

} // namespace roadstead::store
