// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/command.h"

#include "engine/base/visit_choice.h"
#include "engine/docker/create_rendering.h"
#include "engine/docker/shell_words.h"

namespace roadstead::docker {

namespace {

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

Arguments ending(const char *verb, const std::optional<int> &timeoutSeconds,
                 const std::string &signal, const Target &target)
{
    Arguments arguments{verb};
    if (!signal.empty()) {
        arguments.insert(arguments.end(), {"-s", signal});
    }
    if (timeoutSeconds) {
        arguments.insert(arguments.end(), {"-t", std::to_string(*timeoutSeconds)});
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
    return ending("stop", stop.timeoutSeconds, stop.signal, stop.container);
}

Arguments render(const RestartContainer &restart)
{
    return ending("restart", restart.timeoutSeconds, restart.signal, restart.container);
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
    Arguments arguments{"load", "-q", "-i", load.path};
    if (!load.platform.os.empty()) {
        arguments.insert(arguments.end(), {"--platform", load.platform.text()});
    }
    return arguments;
}

Arguments render(const RemoveImage &remove)
{
    Arguments arguments{"rmi"};
    if (remove.force) {
        arguments.emplace_back("-f");
    }
    if (remove.keepParents) {
        arguments.emplace_back("--no-prune");
    }
    return withTarget(std::move(arguments), remove.image);
}

} // namespace

std::vector<std::string> arguments(const Command &command)
{
    return visitChoice(
        [](const auto &value) {
            if constexpr (requires { value.arguments(); }) {
                return value.arguments();
            } else {
                return render(value);
            }
        },
        command);
}

std::string commandLine(const std::vector<std::string> &arguments)
{
    std::string line = "docker";
    for (const std::string &argument : arguments) {
        line.append(" ").append(shellQuoted(argument));
    }
    return line;
}

std::string scriptLines(const CliEngine &engine)
{
    // DOCKER_HOST goes before DOCKER_CONTEXT.
    if (!engine.context.empty()) {
        return "unset DOCKER_HOST\nexport DOCKER_CONTEXT=" + shellQuoted(engine.context) + "\n";
    }
    return engine.host.empty() ? std::string()
                               : "export DOCKER_HOST=" + shellQuoted(engine.host) + "\n";
}

std::string_view operationName(const Command &command)
{
    return visitChoice(
        []<typename Value>(const Value &) -> std::string_view {
            if constexpr (std::is_same_v<Value, CreateContainer>) {
                return "container.create";
            } else {
                return Value::operation;
            }
        },
        command);
}

Result<void> checkVersion(const Command &command, ApiVersion version)
{
    return visitChoice(
        [version]<typename Value>(const Value &value) -> Result<void> {
            if constexpr (std::is_same_v<Value, CreateContainer>) {
                return checkVersion(value, version);
            } else if constexpr (requires { value.needs(); }) {
                return knownSince(value.needs(), version);
            } else {
                return {};
            }
        },
        command);
}

Command withoutSecrets(Command command)
{
    changeChoice(
        [](auto &value) {
            if constexpr (requires { value.hideSecrets(); }) {
                value.hideSecrets();
            }
        },
        command);
    return command;
}

} // namespace roadstead::docker
