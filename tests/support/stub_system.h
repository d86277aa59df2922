// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/context/discovery.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::test {

/// A machine that is made up.
class StubSystem final : public context::SystemView
{
public:
    std::map<std::string, std::string> variables{{"XDG_RUNTIME_DIR", "/run/user/1000"}};
    std::map<std::string, context::PathFacts> paths;
    std::map<std::string, std::vector<std::string>> folders;

    void addSocket(const std::string &path, uid_t owner, bool mayOpen = true,
                   const std::string &realPath = {})
    {
        paths[path] = {context::PathFacts::Type::Socket, owner, mayOpen,
                       realPath.empty() ? path : realPath};
    }

    std::optional<std::string> variable(const char *name) const override
    {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    }
    std::string home() const override { return "/home/me"; }
    uid_t userId() const override { return 1000; }
    context::PathFacts look(const std::string &path) const override
    {
        const auto found = paths.find(path);
        return found == paths.end() ? context::PathFacts{} : found->second;
    }
    std::vector<std::string> list(const std::string &folder) const override
    {
        const auto found = folders.find(folder);
        return found == folders.end() ? std::vector<std::string>{} : found->second;
    }
};

} // namespace roadstead::test
