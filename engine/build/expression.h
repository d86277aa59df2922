// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace roadstead::build {

/// The code points of a text; each byte that is not part of UTF-8 is one U+FFFD, as Go reads it.
std::vector<char32_t> codePoints(std::string_view text);

/// A regular expression in the syntax of Go's regexp, as far as patterns of .dockerignore can
/// become one: characters, classes, ".", the repetitions "*" and "?", the group "(.*/)?", the
/// assertions
/// "^", "$", "\A", "\z", "\b", "\B". A value; thread-safe as such.
///
/// Time to match is the expression's length times the text's, whatever they are: all places that
/// can be reached are followed at once, nothing is tried again.
class Expression
{
public:
    /// None when it is not such an expression.
    static std::optional<Expression> parse(std::string_view source);

    /// Whether it matches the whole of `text`, when it begins with "^" and ends with "$".
    [[nodiscard]] bool matches(const std::vector<char32_t> &text) const;

private:
    friend class ExpressionParser;

    using Range = std::pair<char32_t, char32_t>;
    enum class Kind { Set, Folders, Begin, End, WordEdge, NoWordEdge };
    enum class Times { Once, AtMostOnce, AnyNumber };

    struct Step
    {
        Kind kind = Kind::Set;
        Times times = Times::Once;
        bool isNegated = false;    ///< Set: everything but the ranges
        std::vector<Range> ranges; ///< Set
    };

    static bool contains(const Step &step, char32_t character);
    static std::vector<bool> after(const Step &step, const std::vector<char32_t> &text,
                                   const std::vector<bool> &reached);

    std::vector<Step> m_steps;
};

} // namespace roadstead::build
