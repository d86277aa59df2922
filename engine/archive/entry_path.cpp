// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/archive/entry_path.h"

#include <algorithm>
#include <vector>

namespace roadstead::archive {

namespace {

constexpr std::size_t longestPath = 4096;
constexpr std::size_t mostLevels = 255;

std::vector<std::string_view> partsOf(std::string_view path)
{
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        const std::size_t slash = std::min(path.find('/'), path.size());
        const std::string_view part = path.substr(0, slash);
        if (!part.empty() && part != ".") {
            parts.push_back(part);
        }
        path.remove_prefix(std::min(slash + 1, path.size()));
    }
    return parts;
}

std::unexpected<Error> refusedPath(std::string_view why, std::string_view path)
{
    return failure(ErrorKind::MalformedReply, "archive.extract",
                   std::string(why).append(": \"").append(path.substr(0, 512)).append("\""));
}

} // namespace

Result<std::string> insidePath(std::string_view path)
{
    if (path.size() > longestPath || path.contains('\0')) {
        return refusedPath("not a path", path);
    }
    const auto parts = partsOf(path);
    if (std::ranges::contains(parts, std::string_view(".."))) {
        return refusedPath("a path that leads out", path);
    }
    if (parts.size() > mostLevels) {
        return refusedPath("a path nested too deep", path);
    }
    std::string inside;
    for (const std::string_view part : parts) {
        inside.append(inside.empty() ? "" : "/").append(part);
    }
    return inside;
}

std::string folderOf(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash));
}

std::string nameOf(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

bool staysInside(std::string_view path, std::string_view target)
{
    if (target.starts_with('/')) {
        return false;
    }
    const auto parts = partsOf(target);
    const auto firstDown =
        std::ranges::find_if_not(parts, [](std::string_view part) { return part == ".."; });
    const auto upwards = static_cast<std::size_t>(firstDown - parts.begin());
    const std::size_t above = static_cast<std::size_t>(std::ranges::count(path, '/'));
    return upwards <= above &&
           std::find(firstDown, parts.end(), std::string_view("..")) == parts.end();
}

} // namespace roadstead::archive
