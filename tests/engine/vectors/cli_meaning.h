// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/client.h"
#include "engine/docker/command.h"
#include "engine/docker/question.h"
#include "tests/engine/vectors/cli_line.h"

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <string>
#include <vector>

/// What the docker CLI's command lines come to, built with our calls.
namespace roadstead::test {

/// The requests of a command line, or why it is refused.
using Requests = Result<std::vector<docker::ApiRequest>>;
using Maker = std::function<Requests(const CliLine &)>;

constexpr docker::ApiVersion spoken = docker::newestApi;

/// By command: of containers and images, and of everything else.
const std::map<std::string, Maker> &containerMeanings();
const std::map<std::string, Maker> &objectMeanings();

Requests sent(const docker::Command &command);
Requests asked(const docker::Question &question);
/// One request after another.
Requests all(std::initializer_list<Requests> parts);
/// The same for each operand.
Requests each(const CliLine &line, const std::function<Requests(const docker::Target &)> &make);
docker::Target first(const CliLine &line);
docker::Labels pairsOf(const std::vector<std::string> &texts);
/// "label!=keep": the name is "label!".
docker::Filters filtersOf(const CliLine &line);
std::int64_t number(const std::string &text);

template<typename Value>
Maker change()
{
    return [](const CliLine &line) {
        return each(line, [](const docker::Target &target) { return sent(Value{target}); });
    };
}

template<typename Value>
Maker look()
{
    return [](const CliLine &line) {
        return each(line, [](const docker::Target &target) { return asked(Value{target}); });
    };
}

} // namespace roadstead::test
