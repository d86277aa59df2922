// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runtime/spec.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace roadstead::runtime {
namespace {

using Json = nlohmann::ordered_json;

/// Deeper than any specification is, shallow enough for every stack.
constexpr std::size_t deepest = 64;

std::unexpected<Error> malformed(const char *what)
{
    return failure(ErrorKind::MalformedReply, "runtime.spec", what);
}

/// Brackets open at once, strings left out. Checked before parsing: the parser keeps every level.
bool isTooDeep(std::string_view text)
{
    std::size_t depth = 0;
    bool isInString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (isInString) {
            i += c == '\\' ? 1 : 0;
            isInString = c != '"';
        } else if (c == '"') {
            isInString = true;
        } else if (c == '{' || c == '[') {
            if (++depth > deepest) {
                return true;
            }
        } else if ((c == '}' || c == ']') && depth > 0) {
            --depth;
        }
    }
    return false;
}

bool isNetwork(const Json &entry)
{
    const auto type = entry.is_object() ? entry.find("type") : entry.end();
    return type != entry.end() && type->is_string() &&
           type->get_ref<const std::string &>() == "network";
}

bool hasNetworkSysctl(const Json &linuxPart)
{
    const auto sysctls = linuxPart.find("sysctl");
    if (sysctls == linuxPart.end() || !sysctls->is_object()) {
        return false;
    }
    return std::ranges::any_of(sysctls->items(), [](const auto &item) {
        return item.key().starts_with("net.") || item.key().starts_with("net/");
    });
}

} // namespace

Result<std::optional<std::string>> withNetworkNamespace(std::string_view spec,
                                                        std::string_view path)
{
    if (spec.size() > largestSpec || isTooDeep(spec)) {
        return malformed("config.json is too large or too deep");
    }
    Json document = Json::parse(spec, nullptr, false);
    if (!document.is_object()) {
        return malformed("config.json is not a JSON object");
    }
    const auto linuxPart = document.find("linux");
    if (linuxPart == document.end() || !linuxPart->is_object()) {
        return malformed("config.json has no part for Linux");
    }
    Json &namespaces = (*linuxPart)["namespaces"];
    if (namespaces.is_null()) {
        namespaces = Json::array();
    }
    if (!namespaces.is_array()) {
        return malformed("the namespaces in config.json are not a list");
    }
    if (std::ranges::any_of(namespaces, isNetwork) || hasNetworkSysctl(*linuxPart)) {
        return std::nullopt;
    }
    Json entry = Json::object();
    entry["type"] = "network";
    entry["path"] = std::string(path);
    namespaces.push_back(std::move(entry));
    return document.dump();
}

} // namespace roadstead::runtime
