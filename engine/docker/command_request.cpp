// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/command.h"

#include "engine/http/client.h"

#include <nlohmann/json.hpp>

namespace roadstead::docker {

namespace {

using Json = nlohmann::ordered_json;

ApiRequest post(const Target &container, const char *verb)
{
    return {"POST", "/containers/" + http::percentEncode(container.reference) + verb, {}, {}, {}};
}

ApiRequest withTimeout(ApiRequest request, int timeoutSeconds)
{
    if (timeoutSeconds >= 0) {
        request.query.emplace_back("t", std::to_string(timeoutSeconds));
    }
    return request;
}

Json portsJson(const CreateContainer &create, Json &exposed)
{
    Json bindings = Json::object();
    for (const PortBinding &port : create.ports) {
        const std::string key =
            port.containerPort + "/" + (port.protocol.empty() ? "tcp" : port.protocol);
        exposed[key] = Json::object();
        Json binding = Json::object();
        binding["HostIp"] = port.hostIp;
        binding["HostPort"] = port.hostPort;
        bindings[key].push_back(std::move(binding));
    }
    return bindings;
}

ApiRequest render(const CreateContainer &create)
{
    Json body = Json::object();
    body["Image"] = create.image;
    body["Tty"] = create.tty;
    if (!create.command.empty()) {
        body["Cmd"] = create.command;
    }
    if (!create.environment.empty()) {
        body["Env"] = create.environment;
    }
    for (const auto &[label, value] : create.labels) {
        body["Labels"][label] = value;
    }
    Json host = Json::object();
    host["AutoRemove"] = create.autoRemove;
    host["NetworkMode"] = create.network.empty() ? "default" : create.network;
    if (!create.ports.empty()) {
        Json exposed = Json::object();
        host["PortBindings"] = portsJson(create, exposed);
        body["ExposedPorts"] = std::move(exposed);
    }
    body["HostConfig"] = std::move(host);
    ApiRequest request{"POST", "/containers/create", {}, {}, "application/json"};
    if (!create.name.empty()) {
        request.query.emplace_back("name", create.name);
    }
    request.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
    return request;
}

ApiRequest render(const StartContainer &start)
{
    return post(start.container, "/start");
}

ApiRequest render(const StopContainer &stop)
{
    return withTimeout(post(stop.container, "/stop"), stop.timeoutSeconds);
}

ApiRequest render(const RestartContainer &restart)
{
    return withTimeout(post(restart.container, "/restart"), restart.timeoutSeconds);
}

ApiRequest render(const PauseContainer &pause)
{
    return post(pause.container, "/pause");
}

ApiRequest render(const UnpauseContainer &unpause)
{
    return post(unpause.container, "/unpause");
}

ApiRequest render(const KillContainer &kill)
{
    ApiRequest request = post(kill.container, "/kill");
    if (!kill.signal.empty()) {
        request.query.emplace_back("signal", kill.signal);
    }
    return request;
}

ApiRequest render(const RenameContainer &rename)
{
    ApiRequest request = post(rename.container, "/rename");
    request.query.emplace_back("name", rename.newName);
    return request;
}

ApiRequest render(const RemoveContainer &remove)
{
    ApiRequest request = post(remove.container, "");
    request.method = "DELETE";
    if (remove.volumes) {
        request.query.emplace_back("v", "1");
    }
    if (remove.force) {
        request.query.emplace_back("force", "1");
    }
    return request;
}

ApiRequest render(const LoadImage &)
{
    return {"POST", "/images/load", {{"quiet", "1"}}, {}, "application/x-tar"};
}

ApiRequest render(const RemoveImage &remove)
{
    // Names of images have slashes that the engine's router expects as they are.
    ApiRequest request{
        "DELETE", "/images/" + http::percentEncode(remove.image.reference, "/:@"), {}, {}, {}};
    if (remove.force) {
        request.query.emplace_back("force", "1");
    }
    return request;
}

} // namespace

ApiRequest request(const Command &command, ApiVersion)
{
    return std::visit([](const auto &value) { return render(value); }, command);
}

} // namespace roadstead::docker
