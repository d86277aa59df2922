// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/mounts.h"

#include "app/launcher/files.h"

#include <algorithm>
#include <charconv>
#include <ranges>
#include <sstream>
#include <string_view>

namespace roadstead::launcher {

namespace {

/// /proc writes spaces and the like in paths as \040.
std::string unescaped(std::string_view text)
{
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        int code = 0;
        if (text[i] == '\\' && i + 3 < text.size() &&
            std::from_chars(&text[i + 1], &text[i + 1] + 3, code, 8).ec == std::errc()) {
            result += static_cast<char>(code);
            i += 3;
        } else {
            result += text[i];
        }
    }
    return result;
}

std::string join(const std::string &folder, std::string_view rest)
{
    return folder == "/" ? std::string(rest) : folder + std::string(rest);
}

} // namespace

std::vector<Mount> parseMounts(const std::string &mountinfo)
{
    std::vector<Mount> mounts;
    std::istringstream lines(mountinfo);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream fields(line);
        Mount mount;
        std::string options;
        if (fields >> mount.id >> mount.parent >> mount.device >> mount.root >> mount.point) {
            fields >> options;
            for (std::string field; fields >> field && field != "-";) {
                mount.isShared = mount.isShared || field.starts_with("shared:");
                mount.isSlave = mount.isSlave || field.starts_with("master:");
            }
            mount.root = unescaped(mount.root);
            mount.point = unescaped(mount.point);
            mounts.push_back(std::move(mount));
        }
    }
    return mounts;
}

std::vector<Mount> readMounts()
{
    return parseMounts(readFile("/proc/self/mountinfo", 1U << 26U).value_or(std::string()));
}

std::vector<std::string> mountsBeneath(const std::vector<Mount> &mounts, const std::string &folder)
{
    std::vector<std::string> result;
    for (const Mount &mount : mounts | std::views::reverse) {
        if (mount.point.starts_with(folder + "/")) {
            result.push_back(mount.point);
        }
    }
    return result;
}

bool isBoundOntoItself(const std::vector<Mount> &mounts, const std::string &folder)
{
    const auto mount = std::ranges::find(mounts.rbegin(), mounts.rend(), folder, &Mount::point);
    if (mount == mounts.rend()) {
        return false;
    }
    const auto below = std::ranges::find(mounts, mount->parent, &Mount::id);
    if (below == mounts.end() || below->device != mount->device ||
        !folder.starts_with(below->point)) {
        return false;
    }
    const std::string_view rest =
        std::string_view(folder).substr(below->point == "/" ? 0 : below->point.size());
    return mount->root == join(below->root, rest);
}

} // namespace roadstead::launcher
