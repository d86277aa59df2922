// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

#include "engine/base/text.h"

#include <algorithm>
#include <string>

using namespace roadstead;

namespace {

std::size_t characters(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

} // namespace

void fuzz(std::string_view input)
{
    const std::string repaired = repairUtf8(input);
    require(isValidUtf8(repaired));
    require(isValidUtf8(input) == (repaired == input));
    for (const std::size_t cap : {0UL, 1UL, 9UL, 40UL, 100'000UL}) {
        for (const Elision elision : {Elision::End, Elision::Middle}) {
            const std::string shown = safeText(
                input, {.maxCharacters = cap, .elision = elision, .keepLineBreaks = false});
            require(isValidUtf8(shown));
            require(characters(shown) <= cap);
            require(std::ranges::none_of(
                shown, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }));
            // What is safe stays as it is.
            require(safeText(shown, {.maxCharacters = cap}) == shown);
        }
    }
}
