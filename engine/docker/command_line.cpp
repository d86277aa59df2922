// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/command.h"

#include "engine/docker/create_rendering.h"

#include <array>

namespace roadstead::docker {

namespace {

using Arguments = std::vector<std::string>;

/// What the CLI must not take for an option goes behind "--".
void addOperand(Arguments &arguments, const std::string &operand)
{
    if (operand.starts_with('-')) {
        arguments.emplace_back("--");
    }
    arguments.push_back(operand);
}

Arguments withTarget(Arguments arguments, const Target &target)
{
    addOperand(arguments, target.display);
    return arguments;
}

Arguments withTimeout(const char *verb, int timeoutSeconds, const Target &target)
{
    Arguments arguments{verb};
    if (timeoutSeconds >= 0) {
        arguments.insert(arguments.end(), {"-t", std::to_string(timeoutSeconds)});
    }
    return withTarget(std::move(arguments), target);
}

Arguments render(const CreateContainer &create)
{
    return createArguments(create);
}

Arguments render(const StartContainer &start)
{
    return withTarget({"start"}, start.container);
}

Arguments render(const StopContainer &stop)
{
    return withTimeout("stop", stop.timeoutSeconds, stop.container);
}

Arguments render(const RestartContainer &restart)
{
    return withTimeout("restart", restart.timeoutSeconds, restart.container);
}

Arguments render(const PauseContainer &pause)
{
    return withTarget({"pause"}, pause.container);
}

Arguments render(const UnpauseContainer &unpause)
{
    return withTarget({"unpause"}, unpause.container);
}

Arguments render(const KillContainer &kill)
{
    Arguments arguments{"kill"};
    if (!kill.signal.empty()) {
        arguments.insert(arguments.end(), {"-s", kill.signal});
    }
    return withTarget(std::move(arguments), kill.container);
}

Arguments render(const RenameContainer &rename)
{
    Arguments arguments{"rename"};
    const bool guarded =
        rename.container.display.starts_with('-') || rename.newName.starts_with('-');
    if (guarded) {
        arguments.emplace_back("--");
    }
    arguments.insert(arguments.end(), {rename.container.display, rename.newName});
    return arguments;
}

Arguments render(const RemoveContainer &remove)
{
    Arguments arguments{"rm"};
    if (remove.force) {
        arguments.emplace_back("-f");
    }
    if (remove.volumes) {
        arguments.emplace_back("-v");
    }
    return withTarget(std::move(arguments), remove.container);
}

Arguments render(const LoadImage &load)
{
    return {"load", "-q", "-i", load.path};
}

Arguments render(const RemoveImage &remove)
{
    Arguments arguments{"rmi"};
    if (remove.force) {
        arguments.emplace_back("-f");
    }
    return withTarget(std::move(arguments), remove.image);
}

bool isPlainInShell(char c)
{
    constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        "_@%+=:,./-";
    return plain.find(c) != std::string_view::npos;
}

/// XCU 2.2.2: nothing is special within single quotes but the single quote.
std::string quoted(const std::string &argument)
{
    bool plain = !argument.empty();
    for (const char c : argument) {
        plain = plain && isPlainInShell(c);
    }
    if (plain) {
        return argument;
    }
    std::string text = "'";
    for (const char c : argument) {
        if (c == '\'') {
            text.append("'\\''");
        } else {
            text.push_back(c);
        }
    }
    return text.append("'");
}

constexpr std::array<std::string_view, std::variant_size_v<Command>> operationNames{
    "container.create", "container.start",   "container.stop", "container.restart",
    "container.pause",  "container.unpause", "container.kill", "container.rename",
    "container.remove", "image.load",        "image.remove"};

} // namespace

std::vector<std::string> arguments(const Command &command)
{
    return std::visit([](const auto &value) { return render(value); }, command);
}

std::string commandLine(const std::vector<std::string> &arguments)
{
    std::string line = "docker";
    for (const std::string &argument : arguments) {
        line.append(" ").append(quoted(argument));
    }
    return line;
}

std::string_view operationName(const Command &command)
{
    return operationNames[command.index()];
}

} // namespace roadstead::docker
