// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/path.h"

#include <algorithm>
#include <array>
#include <vector>

namespace roadstead::build {

namespace {

std::vector<std::string_view> partsOf(std::string_view path)
{
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        const std::size_t slash = std::min(path.find('/'), path.size());
        if (slash > 0) {
            parts.push_back(path.substr(0, slash));
        }
        path.remove_prefix(std::min(slash + 1, path.size()));
    }
    return parts;
}

std::string joined(const std::vector<std::string_view> &parts)
{
    std::string path;
    for (const std::string_view part : parts) {
        path.append(path.empty() ? "" : "/").append(part);
    }
    return path;
}

} // namespace

std::string cleanPath(std::string_view path)
{
    const bool isAbsolute = path.starts_with('/');
    std::vector<std::string_view> kept;
    for (const std::string_view part : partsOf(path)) {
        if (part == ".") {
            continue;
        }
        if (part != "..") {
            kept.push_back(part);
        } else if (!kept.empty() && kept.back() != "..") {
            kept.pop_back();
        } else if (!isAbsolute) {
            kept.push_back(part);
        }
    }
    std::string clean = joined(kept);
    if (isAbsolute) {
        return "/" + clean;
    }
    return clean.empty() ? "." : clean;
}

std::string parentPath(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? "." : cleanPath(path.substr(0, slash + 1));
}

std::string joinedPath(std::string_view folder, std::string_view path)
{
    return cleanPath(path.starts_with('/') ? std::string(path)
                                           : std::string(folder).append("/").append(path));
}

std::string relativePath(std::string_view folder, std::string_view path)
{
    const auto from = partsOf(folder);
    const auto to = partsOf(path);
    const auto [fromEnd, toEnd] = std::ranges::mismatch(from, to);
    std::vector<std::string_view> way(std::size_t(from.end() - fromEnd), "..");
    way.insert(way.end(), toEnd, to.end());
    return way.empty() ? "." : joined(way);
}

std::string_view trimSpace(std::string_view text)
{
    // Unicode's White_Space in UTF-8.
    constexpr std::array<std::string_view, 25> spaces{
        " ",      "\t",     "\n",     "\v",     "\f",     "\r",     "\u0085", "\u00a0", "\u1680",
        "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008",
        "\u2009", "\u200a", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"};
    const auto atFront = [&text](std::string_view space) { return text.starts_with(space); };
    const auto atBack = [&text](std::string_view space) { return text.ends_with(space); };
    for (auto found = std::ranges::find_if(spaces, atFront); found != spaces.end();
         found = std::ranges::find_if(spaces, atFront)) {
        text.remove_prefix(found->size());
    }
    for (auto found = std::ranges::find_if(spaces, atBack); found != spaces.end();
         found = std::ranges::find_if(spaces, atBack)) {
        text.remove_suffix(found->size());
    }
    return text;
}

} // namespace roadstead::build
