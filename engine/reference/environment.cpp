// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reference/environment.h"

#include "engine/base/text.h"
#include "engine/reference/words.h"

#include <array>

namespace roadstead::reference {

namespace {

/// Without the white space of Unicode at its beginning.
std::string_view withoutLeadingSpace(std::string_view line)
{
    constexpr std::array<std::string_view, 19> wide{
        "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81",
        "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86",
        "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xA8",
        "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};
    while (!line.empty()) {
        std::size_t length = std::string_view(" \t\n\v\f\r").contains(line.front()) ? 1 : 0;
        for (const std::string_view space : wide) {
            length = line.starts_with(space) ? space.size() : length;
        }
        if (length == 0) {
            break;
        }
        line.remove_prefix(length);
    }
    return line;
}

bool hasBlank(std::string_view name)
{
    return name.find_first_of(" \t") != std::string_view::npos;
}

std::unexpected<Error> badLine(std::size_t number, const std::string &why)
{
    return refused("line " + std::to_string(number) + ": " + why);
}

/// Takes a line off `rest`, without its line break.
std::string_view takeLine(std::string_view &rest)
{
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    return line;
}

} // namespace

Result<std::string> parseVariable(std::string_view text, const VariableLookup &lookup)
{
    const Halves halves = cut(text, '=');
    if (halves.before.empty()) {
        return refused(quotedWord(text) + " names no variable");
    }
    std::string variable(text);
    if (!halves.found && lookup) {
        if (const auto value = lookup(variable)) {
            variable.append("=").append(*value);
        }
    }
    return variable;
}

Result<std::vector<std::string>> parseKeyValueFile(std::string_view content,
                                                   const VariableLookup &lookup)
{
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    constexpr std::size_t longestLine = 64UL * 1024;
    std::vector<std::string> lines;
    for (std::size_t number = 1; !content.empty(); ++number) {
        std::string_view line = takeLine(content);
        if (line.size() >= longestLine) {
            return badLine(number, "longer than 64 KiB");
        }
        if (!isValidUtf8(line)) {
            return badLine(number, "not UTF-8");
        }
        if (number == 1 && line.starts_with(byteOrderMark)) {
            line.remove_prefix(byteOrderMark.size());
        }
        line = withoutLeadingSpace(line);
        if (line.empty() || line.starts_with('#')) {
            continue;
        }
        const Halves halves = cut(line, '=');
        if (halves.before.empty()) {
            return badLine(number, quotedWord(line) + " has no name");
        }
        if (hasBlank(halves.before)) {
            return badLine(number, quotedWord(halves.before) + " has white space");
        }
        if (halves.found) {
            lines.emplace_back(line);
        } else if (const auto value = lookup ? lookup(std::string(line)) : std::nullopt) {
            lines.push_back(std::string(line).append("=").append(*value));
        }
    }
    return lines;
}

Result<std::string> parseLabel(std::string_view text)
{
    std::string_view name = cut(text, '=').before;
    name.remove_prefix(std::min(name.find_first_not_of(" \t"), name.size()));
    if (name.empty()) {
        return refused(quotedWord(text) + " names no label");
    }
    if (hasBlank(name)) {
        return refused(quotedWord(name) + " has white space");
    }
    return std::string(text);
}

} // namespace roadstead::reference
