// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/buildx_builder.h"

#include "engine/docker/rendering.h"
#include "engine/reference/csv.h"
#include "engine/reference/words.h"

#include <algorithm>

namespace roadstead::docker {

namespace {

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

} // namespace

bool isBuilderName(std::string_view name)
{
    return !name.empty() && isLetter(name.front()) && std::ranges::all_of(name, [](char c) {
        return isLetter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    });
}

Arguments CreateBuilder::arguments() const
{
    Arguments arguments{"buildx", "create"};
    addOption(arguments, "--name", name);
    addOption(arguments, "--driver", driver);
    addOption(arguments, "--platform", reference::join(platforms, ","));
    for (const std::string &option : options) {
        addOption(arguments, "--driver-opt", reference::csvText({option}));
    }
    addSwitch(arguments, "--use", use);
    if (!endpoint.empty()) {
        addOperands(arguments, {endpoint});
    }
    return arguments;
}

Arguments BuilderCommand::arguments() const
{
    Arguments arguments{"buildx", verb == BuilderVerb::Use      ? "use"
                                  : verb == BuilderVerb::Stop   ? "stop"
                                  : verb == BuilderVerb::Remove ? "rm"
                                                                : "inspect"};
    addOperands(arguments, {name});
    return arguments;
}

std::string_view BuilderCommand::operation() const
{
    switch (verb) {
    case BuilderVerb::Use:
        return "builder.use";
    case BuilderVerb::Stop:
        return "builder.stop";
    case BuilderVerb::Remove:
        return "builder.remove";
    case BuilderVerb::Inspect:
        break;
    }
    return "builder.inspect";
}

} // namespace roadstead::docker
