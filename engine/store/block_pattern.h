// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace roadstead::store {

/// A pattern that finds in many lines at once, one behind the other with line feeds between, what
/// another one finds in each of them alone.
struct BlockPattern
{
    std::string pattern; ///< for PCRE2_MULTILINE
    /// A text that stands in every match, and not at its start; empty = none is known.
    std::string literal{};
};

/// For a pattern in PCRE2's syntax, none of whose parts is then able to match a line feed: what
/// would be, as "[^x]" and "\s", is written so that it is not. With that, whatever a part looks
/// at (a look-around, a word boundary, a possessive repetition) ends with the line, too. Nothing
/// where that cannot be told: what is not known here is looked for in each line alone.
std::optional<BlockPattern> blockPattern(std::string_view pattern);

} // namespace roadstead::store
