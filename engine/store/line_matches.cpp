// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/line_matches.h"

namespace roadstead::store {

namespace {

std::size_t placeOf(LineNumber line)
{
    return static_cast<std::size_t>(line - blockOf(line) * blockLines);
}

} // namespace

void LineMatches::add(std::int64_t block, const Bits &bits)
{
    Block &kept = m_blocks[block];
    m_count -= kept.count;
    kept.bits |= bits;
    kept.count = static_cast<std::int64_t>(kept.bits.count());
    m_count += kept.count;
    if (kept.count == 0) {
        m_blocks.erase(block);
    }
}

void LineMatches::dropBefore(LineNumber line)
{
    // Lines are let go in whole blocks.
    while (!m_blocks.empty() && m_blocks.begin()->first < blockOf(line)) {
        m_count -= m_blocks.begin()->second.count;
        m_blocks.erase(m_blocks.begin());
    }
}

bool LineMatches::contains(LineNumber line) const
{
    const auto block = m_blocks.find(blockOf(line));
    return block != m_blocks.end() && block->second.bits.test(placeOf(line));
}

std::optional<LineNumber> LineMatches::after(LineNumber line) const
{
    for (auto block = m_blocks.lower_bound(blockOf(line)); block != m_blocks.end(); ++block) {
        const bool own = block->first == blockOf(line);
        for (std::size_t i = own ? placeOf(line) + 1 : 0; i < std::size_t(blockLines); ++i) {
            if (block->second.bits.test(i)) {
                return block->first * blockLines + LineNumber(i);
            }
        }
    }
    return {};
}

std::optional<LineNumber> LineMatches::before(LineNumber line) const
{
    auto block = m_blocks.upper_bound(blockOf(line));
    while (block != m_blocks.begin()) {
        --block;
        const bool own = block->first == blockOf(line);
        for (std::size_t i = own ? placeOf(line) : std::size_t(blockLines); i > 0; --i) {
            if (block->second.bits.test(i - 1)) {
                return block->first * blockLines + LineNumber(i) - 1;
            }
        }
    }
    return {};
}

std::int64_t LineMatches::rank(LineNumber line) const
{
    std::int64_t sum = 0;
    for (const auto &[number, block] : m_blocks) {
        if (number < blockOf(line)) {
            sum += block.count;
            continue;
        }
        for (std::size_t i = 0; number == blockOf(line) && i < placeOf(line); ++i) {
            sum += block.bits.test(i) ? 1 : 0;
        }
        break;
    }
    return sum;
}

} // namespace roadstead::store
