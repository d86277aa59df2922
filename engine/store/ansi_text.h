// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::store {

/// Colours as terminals name them, as far as they are told apart here.
enum class AnsiColor : std::uint8_t {
    Default,
    Grey, ///< black and dark grey: readable on both themes
    Red,
    Green,
    Yellow,
    Blue,
    Magenta,
    Cyan,
    White
};

struct AnsiStyle
{
    AnsiColor text = AnsiColor::Default;
    AnsiColor background = AnsiColor::Default;
    bool bold = false;
    bool faint = false;
    bool italic = false;
    bool underline = false;
    bool inverse = false;
    bool operator==(const AnsiStyle &) const = default;
};

/// Bytes [begin, end) of the text in one style.
struct AnsiRun
{
    std::size_t begin = 0;
    std::size_t end = 0;
    AnsiStyle style{};
    bool operator==(const AnsiRun &) const = default;
};

struct AnsiLine
{
    std::string text;          ///< without control sequences; other control characters stay
    std::vector<AnsiRun> runs; ///< those in another style than the default, in order
};

/// Takes a line apart (ECMA-48): select graphic rendition is kept as styles, every other control
/// sequence is dropped, one that does not end with its line, too. A style ends with its line.
AnsiLine parseAnsi(std::string_view raw);

} // namespace roadstead::store
