// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registry/config_edit.h"

#include "engine/base/files.h"

#include <algorithm>
#include <cerrno>
#include <optional>

#include <sys/stat.h>
#include <unistd.h>

namespace roadstead::registry {

namespace {

constexpr std::size_t longestEdited = 4UL * 1024 * 1024;
constexpr const char *editOperation = "credentials.config";
constexpr mode_t ownOnly = 0600;

/// None where there is no such file.
Result<std::optional<std::string>> textOfFile(const std::string &path)
{
    auto text = readFile(path, longestEdited);
    if (!text) {
        return text.error().code == ENOENT ? Result<std::optional<std::string>>(std::nullopt)
                                           : std::unexpected(text.error());
    }
    return std::move(*text);
}

Result<json::Value> documentOf(const std::optional<std::string> &text)
{
    if (!text || text->find_first_not_of(" \t\r\n") == std::string::npos) {
        return json::Value::object();
    }
    auto root = json::parse(*text, "config.json");
    if (!root || !root->isObject()) {
        return failure(ErrorKind::MalformedReply, editOperation,
                       root ? "config.json is no object" : root.error().detail);
    }
    return root;
}

mode_t modeOf(const std::string &path)
{
    constexpr mode_t permissions = 0777;
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & permissions : ownOnly;
}

} // namespace

Result<void> editConfigFile(const std::string &folder,
                            const std::function<Result<void>(json::Value &)> &change, Backup backup)
{
    constexpr int tries = 5;
    const std::string path = folder + "/config.json";
    const std::string copy = path + ".roadstead-backup";
    for (int i = 0; i < tries; ++i) {
        const auto before = textOfFile(path);
        if (!before) {
            return std::unexpected(before.error());
        }
        auto root = documentOf(*before);
        if (!root) {
            return std::unexpected(root.error());
        }
        const std::string same = json::indented(*root);
        if (auto changed = change(*root); !changed) {
            return changed;
        }
        const std::string after = json::indented(*root);
        if (after == same) {
            return {};
        }
        if (auto made = makeFolders(folder, 0700); !made) {
            return made;
        }
        if (*before) {
            if (auto copied = replaceFile(copy, **before, ownOnly); !copied) {
                return copied;
            }
        }
        if (const auto now = textOfFile(path); !now || *now != *before) {
            continue; // another program was here
        }
        const auto written = replaceFile(path, after + "\n", modeOf(path));
        if (!written || backup == Backup::Dropped) {
            ::unlink(copy.c_str());
        }
        return written;
    }
    return failure(ErrorKind::Busy, editOperation, "config.json changes all the time");
}

json::Value &memberIn(json::Value &object, const std::string &name)
{
    auto &members = object.members();
    const auto last = std::ranges::find_last(members, name, &json::Member::name);
    if (!last.empty()) {
        return last.front().value;
    }
    members.push_back({name, json::Value()});
    return members.back().value;
}

json::Value &objectIn(json::Value &parent, const std::string &name)
{
    json::Value &member = memberIn(parent, name);
    if (member.isNull()) {
        member = json::Value::object();
    }
    return member;
}

void removeFrom(json::Value &object, const std::function<bool(const std::string &name)> &isGone)
{
    std::erase_if(object.members(),
                  [&isGone](const json::Member &member) { return isGone(member.name); });
}

} // namespace roadstead::registry
