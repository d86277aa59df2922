// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/ids.h"

#include <algorithm>

namespace roadstead {

std::string shortId(std::string_view id)
{
    constexpr std::size_t shownDigits = 12;
    if (const auto colon = id.find(':'); colon != std::string_view::npos) {
        id.remove_prefix(colon + 1);
    }
    return std::string(id.substr(0, shownDigits));
}

bool isFullId(std::string_view id)
{
    constexpr std::size_t digits = 64;
    return id.size() == digits && std::ranges::all_of(id, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

} // namespace roadstead
