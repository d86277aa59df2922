// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/secret_text.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace roadstead::ui {

namespace {

bool endsWithIgnoringCase(std::string_view text, std::string_view ending)
{
    return text.size() >= ending.size() &&
           std::ranges::equal(text.substr(text.size() - ending.size()), ending,
                              [](char left, char right) {
                                  return std::toupper(static_cast<unsigned char>(left)) == right;
                              });
}

/// scheme://user:password@host
bool isUrlWithPassword(std::string_view value)
{
    const auto scheme = value.find("://");
    if (scheme == std::string_view::npos) {
        return false;
    }
    std::string_view authority = value.substr(scheme + 3);
    authority = authority.substr(0, authority.find_first_of("/?#"));
    const auto at = authority.rfind('@');
    const auto colon = authority.find(':');
    return at != std::string_view::npos && colon < at && colon + 1 < at;
}

} // namespace

bool looksSecret(std::string_view name, std::string_view value)
{
    static constexpr std::array endings{"KEY", "SECRET", "TOKEN", "PASSWORD"};
    return std::ranges::any_of(
               endings, [name](const char *end) { return endsWithIgnoringCase(name, end); }) ||
           isUrlWithPassword(value);
}

QString maskedText()
{
    return QString(12, QChar(0x2022));
}

} // namespace roadstead::ui
