// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reference/address.h"

#include "engine/reference/words.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace roadstead::reference {

namespace {

constexpr std::size_t groupCount = 8;
using Groups = std::array<std::uint16_t, groupCount>;

int hexValue(char c)
{
    if (isDigit(c)) {
        return c - '0';
    }
    const char low = lowered(std::string_view(&c, 1)).front();
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

std::optional<std::uint32_t> ipv4Of(std::string_view text)
{
    const auto parts = split(text, '.');
    if (parts.size() != 4) {
        return std::nullopt;
    }
    std::uint32_t value = 0;
    for (const std::string_view part : parts) {
        // A leading zero means octal to some and decimal to others.
        if (part.empty() || part.size() > 3 || (part.size() > 1 && part.front() == '0') ||
            !std::ranges::all_of(part, isDigit)) {
            return std::nullopt;
        }
        std::uint32_t byte = 0;
        for (const char digit : part) {
            byte = byte * 10 + static_cast<std::uint32_t>(digit - '0');
        }
        if (byte > 255) {
            return std::nullopt;
        }
        value = value << 8U | byte;
    }
    return value;
}

/// Groups of four digits, with an IPv4 address in the place of the last two if there is one.
std::optional<std::vector<std::uint16_t>> groupsOf(std::string_view text)
{
    std::vector<std::uint16_t> groups;
    if (text.empty()) {
        return groups;
    }
    const auto parts = split(text, ':');
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i + 1 == parts.size() && parts[i].contains('.')) {
            const auto ipv4 = ipv4Of(parts[i]);
            if (!ipv4) {
                return std::nullopt;
            }
            groups.push_back(static_cast<std::uint16_t>(*ipv4 >> 16U));
            groups.push_back(static_cast<std::uint16_t>(*ipv4 & 0xFFFFU));
            break;
        }
        if (parts[i].empty() || parts[i].size() > 4) {
            return std::nullopt;
        }
        unsigned group = 0;
        for (const char c : parts[i]) {
            const int digit = hexValue(c);
            if (digit < 0) {
                return std::nullopt;
            }
            group = group << 4U | static_cast<unsigned>(digit);
        }
        groups.push_back(static_cast<std::uint16_t>(group));
    }
    return groups;
}

std::optional<Groups> ipv6Of(std::string_view text)
{
    constexpr std::size_t longest = 45;
    if (text.size() > longest) {
        return std::nullopt;
    }
    const std::size_t gap = text.find("::");
    const bool shortened = gap != std::string_view::npos;
    const auto head = groupsOf(text.substr(0, gap));
    const auto tail = groupsOf(shortened ? text.substr(gap + 2) : std::string_view());
    if (!head || !tail || (shortened && text.substr(0, gap).contains('.'))) {
        return std::nullopt;
    }
    const std::size_t count = head->size() + tail->size();
    if (shortened ? count >= groupCount : count != groupCount) {
        return std::nullopt;
    }
    Groups groups{};
    std::ranges::copy(*head, groups.begin());
    std::ranges::copy_backward(*tail, groups.end());
    return groups;
}

std::string ipv4Text(std::uint32_t value)
{
    std::string text;
    for (unsigned shift = 32; shift > 0; shift -= 8) {
        text.append(text.empty() ? "" : ".").append(std::to_string(value >> (shift - 8) & 0xFFU));
    }
    return text;
}

std::string hexText(unsigned value)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (; value > 0 || text.empty(); value >>= 4U) {
        text.insert(text.begin(), digits[value & 0xFU]);
    }
    return text;
}

/// RFC 5952, section 4: the longest run of two or more zero groups, the first of equals, is "::".
std::string ipv6Text(const Groups &groups)
{
    std::size_t start = groupCount;
    std::size_t length = 1;
    for (std::size_t i = 0; i < groupCount; ++i) {
        std::size_t end = i;
        while (end < groupCount && groups[end] == 0) {
            ++end;
        }
        if (end - i > length) {
            start = i;
            length = end - i;
        }
    }
    std::string text;
    for (std::size_t i = 0; i < groupCount;) {
        if (i == start) {
            text += "::";
            i += length;
            continue;
        }
        text += text.empty() || text.ends_with(':') ? "" : ":";
        text += hexText(groups[i++]);
    }
    return text;
}

bool isV4Mapped(const Groups &groups)
{
    return std::ranges::all_of(groups.begin(), groups.begin() + 5, [](auto g) { return g == 0; }) &&
           groups[5] == 0xFFFF;
}

/// A label of a domain name, as lenient as the reference program: "a-b", "1".
bool isDomainLabel(std::string_view label)
{
    return !label.empty() && isAlphanumeric(label.front()) && isAlphanumeric(label.back()) &&
           std::ranges::all_of(label, [](char c) { return isAlphanumeric(c) || c == '-'; });
}

} // namespace

bool isIpAddress(std::string_view text)
{
    return ipv4Of(text).has_value() || ipv6Of(text).has_value();
}

Result<std::string> canonicalIpAddress(std::string_view text)
{
    const std::string_view bare = trimmed(text);
    if (const auto ipv4 = ipv4Of(bare)) {
        return ipv4Text(*ipv4);
    }
    const auto groups = ipv6Of(bare);
    if (!groups) {
        return refused(quotedWord(text) + " is not an IP address");
    }
    if (isV4Mapped(*groups)) {
        return ipv4Text(static_cast<std::uint32_t>((*groups)[6]) << 16U | (*groups)[7]);
    }
    return ipv6Text(*groups);
}

bool isHardwareAddress(std::string_view text)
{
    const std::string_view bare = trimmed(text);
    const bool dotted = bare.size() > 4 && bare[4] == '.';
    const std::size_t width = dotted ? 4 : 2;
    if (bare.size() <= width) {
        return false;
    }
    const char separator = bare[width];
    if (!dotted && separator != ':' && separator != '-') {
        return false;
    }
    const auto parts = split(bare, separator);
    const std::size_t bytes = parts.size() * width / 2;
    return (bytes == 6 || bytes == 8 || bytes == 20) &&
           std::ranges::all_of(parts, [width](std::string_view part) {
               return part.size() == width &&
                      std::ranges::all_of(part, [](char c) { return hexValue(c) >= 0; });
           });
}

Result<std::string> parseSearchDomain(std::string_view text)
{
    constexpr std::size_t longest = 254;
    const std::size_t first = std::min(text.find_first_not_of(' '), text.size());
    std::string_view bare = text.substr(first);
    bare = bare.substr(0, bare.find_last_not_of(' ') + 1);
    if (bare == ".") {
        return std::string(bare);
    }
    bare = bare.substr(0, bare.find_last_not_of("\t\n\f\r ") + 1);
    const std::string_view name = bare.ends_with('.') ? bare.substr(0, bare.size() - 1) : bare;
    const bool fine = std::ranges::any_of(name, isLetter) && name.size() <= longest &&
                      std::ranges::all_of(split(name, '.'), isDomainLabel);
    if (!fine) {
        return refused(quotedWord(text) + " is not a domain name");
    }
    return std::string(name);
}

Result<std::string> parseExtraHost(std::string_view text)
{
    Halves halves = cut(text, '=');
    if (!halves.found) {
        halves = cut(text, ':');
    }
    if (!halves.found || halves.before.empty() || halves.before.contains(':')) {
        return refused(quotedWord(text) + " is not of the form host:address");
    }
    std::string_view address = halves.after;
    if (address != "host-gateway") {
        if (address.size() > 2 && address.starts_with('[') && address.ends_with(']')) {
            address = address.substr(1, address.size() - 2);
        }
        if (!isIpAddress(trimmed(address))) {
            return refused(quotedWord(address) + " is not an IP address");
        }
    }
    return std::string(halves.before).append(":").append(address);
}

Result<std::string> parseLink(std::string_view text)
{
    if (text.empty() || split(text, ':').size() > 2) {
        return refused(quotedWord(text) + " is not of the form container:alias");
    }
    return std::string(text);
}

} // namespace roadstead::reference
