// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

#include "engine/reference/image_reference.h"
#include "engine/reference/path_match.h"

#include <string>

using namespace roadstead;
using namespace roadstead::reference;

void fuzz(std::string_view input)
{
    if (const auto strict = parseReference(input)) {
        require(strict->text() == input);
        require(strict->path.size() <= 255);
        require(isTag(strict->tag) || strict->tag.empty());
    }
    if (const auto normalized = parseNormalized(input)) {
        require(parseReference(normalized->text()) == normalized);
        // What is shown for it names the same image.
        require(parseAnyReference(normalized->familiarText()).has_value());
        require(!withDefaultTag(*normalized).isNameOnly());
        require(familiarMatch("*", *normalized).has_value());
    }
    if (const auto pulled = parsePullReference(input)) {
        require(pulled->tag.empty() != pulled->digest.empty());
    }
    const std::size_t half = input.size() / 2;
    static_cast<void>(pathMatch(input.substr(0, half), input.substr(half)));
}
