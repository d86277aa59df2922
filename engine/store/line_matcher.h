// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store/line_expression.h"

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace roadstead::store {

/// Bytes [begin, end) of a line; never none.
struct MatchSpan
{
    std::size_t begin = 0;
    std::size_t end = 0;
    bool operator==(const MatchSpan &) const = default;
};

/// Lines one behind the other.
struct JoinedLines
{
    std::string_view text;               ///< valid UTF-8, a line feed between two lines
    std::span<const std::size_t> starts; ///< of each line in it; at least one
};

/// Looks for an expression in lines: "^" and "$" are the ends of a line. A match that is empty is
/// none, only the first 32 of a line count, and no line gets more than 50 ms of processor time: an
/// expression may backtrack without end. For one thread.
class LineMatcher
{
public:
    explicit LineMatcher(std::shared_ptr<const LineExpression> expression);
    LineMatcher(const LineMatcher &) = delete;
    LineMatcher &operator=(const LineMatcher &) = delete;
    ~LineMatcher();

    enum class End {
        Done,
        Cancelled,
        TooCostly ///< one line took too long
    };
    using Found = std::function<void(std::size_t line)>;
    /// Tells of each line with a match, in order. Lines are looked through many at once where the
    /// expression allows that; what is found is the same.
    End find(const JoinedLines &lines, const std::atomic<bool> &cancelled, const Found &found);

    /// Whether one line of valid UTF-8 has a match; nothing when that takes too long.
    std::optional<bool> isIn(std::string_view line);
    /// The matches in one line of valid UTF-8, within a part of the time that a frame has: those
    /// that would take longer are left out.
    std::vector<MatchSpan> matches(std::string_view line);

private:
    class Work;
    const std::shared_ptr<const LineExpression> m_expression;
    const std::unique_ptr<Work> m_work;
};

} // namespace roadstead::store
