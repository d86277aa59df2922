// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/exec.h"

#include "engine/docker/object_codecs.h"
#include "engine/docker/rendering.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace roadstead::docker {

namespace {

void addConsole(OrderedJson &body, ApiVersion version, bool tty, int rows, int columns)
{
    if (tty && version >= ApiVersion{42}) {
        body["ConsoleSize"] = OrderedJson::array({rows, columns});
    }
}

ApiRequest resized(std::string path, int rows, int columns)
{
    ApiRequest request = postRequest(std::move(path));
    request.query = {{"h", std::to_string(rows)}, {"w", std::to_string(columns)}};
    return request;
}

} // namespace

ApiRequest CreateExec::request(ApiVersion version) const
{
    OrderedJson body = {{"User", user},
                        {"Privileged", privileged},
                        {"Tty", tty},
                        {"AttachStdin", input && !detached},
                        {"AttachStderr", !detached},
                        {"AttachStdout", !detached},
                        {"Detach", detached},
                        {"DetachKeys", detachKeys},
                        {"WorkingDir", workingDirectory},
                        {"Cmd", command}};
    addConsole(body, version, tty, rows, columns);
    if (!environment.empty()) {
        body["Env"] = environment;
    }
    return postRequest(objectPath("/containers/", container.reference, "/exec"), body);
}

Arguments CreateExec::arguments() const
{
    Arguments arguments{"exec"};
    addSwitch(arguments, "-d", detached);
    addSwitch(arguments, "-i", input);
    addSwitch(arguments, "-t", tty);
    addSwitch(arguments, "--privileged", privileged);
    addOption(arguments, "-u", user);
    addOption(arguments, "-w", workingDirectory);
    addOption(arguments, "--detach-keys", detachKeys);
    addEach(arguments, "-e", environment);
    addOperands(arguments, {container.display});
    arguments.insert(arguments.end(), command.begin(), command.end());
    return arguments;
}

ApiVersion CreateExec::needs() const
{
    return std::max({ApiVersion{24}, ApiVersion{environment.empty() ? 0 : 25},
                     ApiVersion{workingDirectory.empty() ? 0 : 35}});
}

Result<CommandReply> CreateExec::decode(std::string_view body)
{
    auto reply = decodeMade(body, "exec");
    if (reply && reply->text.empty()) {
        return failure(ErrorKind::MalformedReply, {}, "exec: no id");
    }
    return reply;
}

ApiRequest StartExec::request(ApiVersion version) const
{
    OrderedJson body = {{"Detach", detached}, {"Tty", tty}};
    addConsole(body, version, tty, rows, columns);
    return postRequest(objectPath("/exec/", id, "/start"), body);
}

ApiRequest ResizeExec::request(ApiVersion) const
{
    return resized(objectPath("/exec/", id, "/resize"), rows, columns);
}

ApiRequest InspectExec::request(ApiVersion) const
{
    return getRequest(objectPath("/exec/", id, "/json"));
}

Result<ExecDetails> InspectExec::decode(std::string body)
{
    const auto document = JsonDocument::parse(body, "exec");
    if (!document) {
        return std::unexpected(document.error());
    }
    const JsonValue root = document->root();
    const JsonValue process = root.object("ProcessConfig");
    ExecDetails details;
    details.id = root.text("ID");
    details.containerId = root.text("ContainerID");
    details.running = root.boolean("Running");
    details.exitCode = root.smallInteger("ExitCode");
    details.pid = root.integer("Pid");
    details.tty = process.boolean("tty");
    details.user = process.text("user");
    details.command = process.texts("arguments");
    details.command.insert(details.command.begin(), process.text("entrypoint"));
    return document->checked(std::move(details));
}

} // namespace roadstead::docker
