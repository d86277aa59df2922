// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reference/words.h"

#include <algorithm>
#include <map>

namespace roadstead::reference {

namespace {

constexpr std::string_view whiteSpace = " \t\n\v\f\r";

bool isWordCharacter(char c)
{
    return isAlphanumeric(c) || c == '_';
}

} // namespace

Halves cut(std::string_view text, char separator)
{
    const std::size_t at = text.find(separator);
    if (at == std::string_view::npos) {
        return {text, {}, false};
    }
    return {text.substr(0, at), text.substr(at + 1), true};
}

std::vector<std::string_view> split(std::string_view text, char separator, std::size_t limit)
{
    std::vector<std::string_view> parts;
    while (limit == 0 || parts.size() + 1 < limit) {
        const std::size_t at = text.find(separator);
        if (at == std::string_view::npos) {
            break;
        }
        parts.push_back(text.substr(0, at));
        text.remove_prefix(at + 1);
    }
    parts.push_back(text);
    return parts;
}

std::string join(const std::vector<std::string> &parts, std::string_view separator)
{
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        text.append(i > 0 ? separator : std::string_view()).append(parts[i]);
    }
    return text;
}

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(whiteSpace);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(whiteSpace) - first + 1);
}

std::string lowered(std::string_view text)
{
    std::string low(text);
    for (char &c : low) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return low;
}

std::string raised(std::string_view text)
{
    std::string high(text);
    for (char &c : high) {
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return high;
}

void put(Pairs &pairs, std::string_view name, std::string_view value)
{
    const auto found =
        std::ranges::find_if(pairs, [name](const auto &pair) { return pair.first == name; });
    if (found == pairs.end()) {
        pairs.emplace_back(name, value);
    } else {
        found->second = value;
    }
}

Pairs keyValues(const std::vector<std::string> &texts)
{
    Pairs pairs;
    std::map<std::string_view, std::size_t> places;
    for (const std::string &text : texts) {
        const Halves halves = cut(text, '=');
        const auto [place, isNew] = places.try_emplace(halves.before, pairs.size());
        if (isNew) {
            pairs.emplace_back(halves.before, halves.after);
        } else {
            pairs[place->second].second = halves.after;
        }
    }
    return pairs;
}

std::string pairText(const std::pair<std::string, std::string> &pair)
{
    return pair.first + "=" + pair.second;
}

bool isLongSyntax(std::string_view text)
{
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        if (text[i] == '=' && isWordCharacter(text[i - 1]) && isWordCharacter(text[i + 1])) {
            return true;
        }
    }
    return false;
}

std::unexpected<Error> refused(std::string detail)
{
    return failure(ErrorKind::InvalidArgument, "option.read", std::move(detail));
}

std::string quotedWord(std::string_view word)
{
    return "\"" + std::string(word) + "\"";
}

} // namespace roadstead::reference
