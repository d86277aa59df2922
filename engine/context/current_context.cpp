// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/context/current_context.h"

#include "engine/base/files.h"
#include "engine/context/context.h"
#include "engine/json/tree.h"

#include <cerrno>

#include <sys/stat.h>

namespace roadstead::context {

namespace {

constexpr std::size_t longestConfig = 4UL * 1024 * 1024;
constexpr const char *member = "currentContext";

/// The file as an object; an empty one when there is no file, or nothing in it.
Result<json::Value> readConfig(const std::string &path, json::Rest rest)
{
    const auto text = readFile(path, longestConfig);
    if (!text) {
        if (text.error().code == ENOENT) {
            return json::Value::object();
        }
        return std::unexpected(text.error());
    }
    if (text->find_first_not_of(" \t\r\n") == std::string::npos) {
        return json::Value::object();
    }
    auto config = json::parse(*text, "config.json", rest);
    if (config && !config->isObject()) {
        return failure(ErrorKind::MalformedReply, "config.read", "config.json: not an object");
    }
    return config;
}

std::string currentOf(const json::Value &config)
{
    std::string name;
    config.forEachNamed(member, [&name](const json::Value &value) {
        if (value.isText()) {
            name = value.characters();
        }
    });
    return name;
}

bool isCurrentContext(const json::Member &candidate)
{
    json::Value alone = json::Value::object();
    alone.members().push_back({candidate.name, {}});
    bool isIt = false;
    alone.forEachNamed(member, [&isIt](const json::Value &) { isIt = true; });
    return isIt;
}

} // namespace

Result<std::string> currentContext(const std::string &configFolder)
{
    const auto config = readConfig(configFolder + "/config.json", json::Rest::Ignored);
    if (!config) {
        return std::unexpected(config.error());
    }
    return currentOf(*config);
}

Result<void> setCurrentContext(const std::string &configFolder, std::string_view name)
{
    if (name == defaultName) {
        name = {};
    }
    if (!name.empty()) {
        if (auto named = checkName(name); !named) {
            return named;
        }
    }
    const std::string path = configFolder + "/config.json";
    // What stands behind the document would be lost: then it is not for us to write.
    auto config = readConfig(path, json::Rest::Refused);
    if (!config) {
        return std::unexpected(config.error());
    }
    if (currentOf(*config) == name) {
        return {};
    }
    std::erase_if(config->members(), isCurrentContext);
    if (!name.empty()) {
        config->members().push_back({member, json::Value::text(std::string(name))});
    }
    struct stat status{};
    const mode_t mode = ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777U : 0600U;
    if (auto made = makeFolders(configFolder, 0700); !made) {
        return made;
    }
    return replaceFile(path, json::indented(*config), mode);
}

} // namespace roadstead::context
