// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reference/path_match.h"

#include "engine/reference/words.h"

#include <optional>

namespace roadstead::reference {

namespace {

/// The bytes of the first character; a byte that begins none counts alone.
std::string_view takeCharacter(std::string_view &rest)
{
    std::size_t length = 1;
    const auto first = static_cast<unsigned char>(rest.front());
    const std::size_t wanted = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
    while (length < wanted && length < rest.size() &&
           (static_cast<unsigned char>(rest[length]) & 0xC0U) == 0x80U) {
        ++length;
    }
    const std::string_view character = rest.substr(0, length);
    rest.remove_prefix(length);
    return character;
}

/// One character of a class off `rest`, none when the pattern is broken there.
std::optional<std::string_view> takeClassCharacter(std::string_view &rest)
{
    if (rest.empty() || rest.front() == '-' || rest.front() == ']') {
        return std::nullopt;
    }
    if (rest.front() == '\\') {
        rest.remove_prefix(1);
        if (rest.empty()) {
            return std::nullopt;
        }
    }
    const std::string_view character = takeCharacter(rest);
    return rest.empty() ? std::nullopt : std::optional(character);
}

/// Takes a class, its "[" gone already, off `rest`; whether it has `character`. UTF-8 sorts as
/// its characters do.
std::optional<bool> takeClass(std::string_view &rest, std::string_view character)
{
    const bool negated = rest.starts_with('^');
    rest.remove_prefix(negated ? 1 : 0);
    bool inside = false;
    for (bool first = true; first || !rest.starts_with(']'); first = false) {
        const auto low = takeClassCharacter(rest);
        if (!low) {
            return std::nullopt;
        }
        auto high = low;
        if (rest.starts_with('-')) {
            rest.remove_prefix(1);
            high = takeClassCharacter(rest);
            if (!high) {
                return std::nullopt;
            }
        }
        inside = inside || (*low <= character && character <= *high);
    }
    rest.remove_prefix(1);
    return inside != negated;
}

bool isWellFormed(std::string_view pattern)
{
    while (!pattern.empty()) {
        const char c = pattern.front();
        pattern.remove_prefix(1);
        if (c == '[' && !takeClass(pattern, {})) {
            return false;
        }
        if (c == '\\') {
            if (pattern.empty()) {
                return false;
            }
            pattern.remove_prefix(1);
        }
    }
    return true;
}

/// Takes one element that is no star off both; false when it does not match.
bool takeElement(std::string_view &pattern, std::string_view &name)
{
    if (pattern.empty() || name.empty()) {
        return false;
    }
    const char c = pattern.front();
    if (c == '?') {
        pattern.remove_prefix(1);
        return takeCharacter(name) != "/";
    }
    if (c == '[') {
        pattern.remove_prefix(1);
        return takeClass(pattern, takeCharacter(name)).value_or(false);
    }
    if (c == '\\') {
        pattern.remove_prefix(1);
    }
    const bool same = !pattern.empty() && pattern.front() == name.front();
    pattern.remove_prefix(pattern.empty() ? 0 : 1);
    name.remove_prefix(1);
    return same;
}

} // namespace

Result<bool> pathMatch(std::string_view pattern, std::string_view name)
{
    if (!isWellFormed(pattern)) {
        return refused(quotedWord(pattern) + " is a broken pattern");
    }
    // Only the last star is ever widened: what an earlier one could take more, it can as well.
    std::string_view afterStar;
    std::optional<std::string_view> starName;
    while (!pattern.empty() || !name.empty()) {
        if (pattern.starts_with('*')) {
            pattern.remove_prefix(1);
            afterStar = pattern;
            starName = name;
            continue;
        }
        if (takeElement(pattern, name)) {
            continue;
        }
        if (!starName || starName->empty() || starName->front() == '/') {
            return false;
        }
        starName->remove_prefix(1);
        pattern = afterStar;
        name = *starName;
    }
    return true;
}

} // namespace roadstead::reference
