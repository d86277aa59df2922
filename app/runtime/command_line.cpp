// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runtime/command_line.h"

#include <algorithm>

namespace roadstead::runtime {
namespace {

/// Options before the command that take a value in the next argument.
constexpr std::string_view globalValues[] = {"log", "log-format", "root", "criu", "rootless"};
/// Options of `create`, `run` and `restore` that do.
constexpr std::string_view commandValues[] = {"bundle",
                                              "b",
                                              "console-socket",
                                              "pid-file",
                                              "preserve-fds",
                                              "pidfd-socket",
                                              "image-path",
                                              "work-path",
                                              "empty-ns",
                                              "lsm-profile",
                                              "lsm-mount-context",
                                              "manage-cgroups-mode"};
constexpr std::string_view makingCommands[] = {"create", "run", "restore"};

bool contains(std::span<const std::string_view> names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

/// "--name" or "-name" to "name"; empty for other arguments.
std::string_view optionName(std::string_view argument)
{
    if (argument.size() < 2 || argument[0] != '-') {
        return {};
    }
    argument.remove_prefix(argument.starts_with("--") ? 2 : 1);
    return argument.substr(0, argument.find('='));
}

bool takesNext(std::string_view argument, std::span<const std::string_view> names)
{
    return argument.find('=') == std::string_view::npos && contains(names, optionName(argument));
}

std::size_t findCommand(std::span<const std::string_view> arguments)
{
    std::size_t i = 0;
    while (i < arguments.size() && arguments[i].starts_with('-')) {
        i += takesNext(arguments[i], globalValues) ? 2U : 1U;
    }
    return i;
}

} // namespace

std::optional<std::string_view> bundleOf(std::span<const std::string_view> arguments)
{
    const std::size_t command = findCommand(arguments);
    if (command >= arguments.size() || !contains(makingCommands, arguments[command])) {
        return {};
    }
    std::string_view bundle = ".";
    for (std::size_t i = command + 1; i < arguments.size(); ++i) {
        const std::string_view argument = arguments[i];
        const std::string_view name = optionName(argument);
        if (argument == "--" || name.empty()) {
            break;
        }
        const std::size_t equals = argument.find('=');
        const bool isBundle = name == "bundle" || name == "b";
        if (isBundle && equals != std::string_view::npos) {
            bundle = argument.substr(equals + 1);
        } else if (takesNext(argument, commandValues)) {
            ++i;
            bundle = isBundle && i < arguments.size() ? arguments[i] : bundle;
        }
    }
    return bundle;
}

} // namespace roadstead::runtime
