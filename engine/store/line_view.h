// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store/line_store.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace roadstead::store {

/// The lines of a store that pass a filter, numbered as rows from 0 on, as they were at the last
/// refresh(). Not thread-safe; the store may be written meanwhile.
class LineView
{
public:
    explicit LineView(std::shared_ptr<const LineStore> store);

    void setWanted(ClassMask wanted);
    [[nodiscard]] ClassMask wanted() const { return m_wanted; }
    void refresh();

    [[nodiscard]] std::int64_t rows() const { return m_rows; }
    [[nodiscard]] const LineCounts &counts() const { return m_counts; }
    /// The line of a row; past the end of the lines when it cannot be read or there is none.
    [[nodiscard]] LineNumber lineAt(std::int64_t row) const;
    /// The row of a line; of the next one that passes, when it does not.
    [[nodiscard]] std::int64_t rowOf(LineNumber line) const;

private:
    /// Lines of a block that pass, in order.
    const std::vector<LineNumber> &linesOf(std::int64_t block) const;

    std::shared_ptr<const LineStore> m_store;
    ClassMask m_wanted = allClasses;
    LineCounts m_counts;
    std::int64_t m_rows = 0;
    mutable std::int64_t m_read = 0;
    mutable bool m_hasRead = false;
    mutable std::vector<LineNumber> m_lines;
};

} // namespace roadstead::store
