// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/command.h"

#include "engine/base/visit_choice.h"
#include "engine/docker/create_rendering.h"
#include "engine/docker/rendering.h"
#include "engine/http/client.h"

namespace roadstead::docker {

namespace {

ApiRequest post(const Target &container, const char *verb)
{
    return {"POST", "/containers/" + http::percentEncode(container.reference) + verb, {}, {}, {}};
}

ApiRequest ending(ApiRequest request, const std::optional<int> &timeoutSeconds,
                  const std::string &signal)
{
    if (timeoutSeconds) {
        request.query.emplace_back("t", std::to_string(*timeoutSeconds));
    }
    if (!signal.empty()) {
        request.query.emplace_back("signal", signal);
    }
    return request;
}

ApiRequest requestOf(const StartContainer &start)
{
    return post(start.container, "/start");
}

ApiRequest requestOf(const StopContainer &stop)
{
    return ending(post(stop.container, "/stop"), stop.timeoutSeconds, stop.signal);
}

ApiRequest requestOf(const RestartContainer &restart)
{
    return ending(post(restart.container, "/restart"), restart.timeoutSeconds, restart.signal);
}

ApiRequest requestOf(const PauseContainer &pause)
{
    return post(pause.container, "/pause");
}

ApiRequest requestOf(const UnpauseContainer &unpause)
{
    return post(unpause.container, "/unpause");
}

ApiRequest requestOf(const KillContainer &kill)
{
    ApiRequest request = post(kill.container, "/kill");
    if (!kill.signal.empty()) {
        request.query.emplace_back("signal", kill.signal);
    }
    return request;
}

ApiRequest requestOf(const RenameContainer &rename)
{
    ApiRequest request = post(rename.container, "/rename");
    request.query.emplace_back("name", rename.newName);
    return request;
}

ApiRequest requestOf(const RemoveContainer &remove)
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

ApiRequest requestOf(const LoadImage &load)
{
    ApiRequest request{"POST", "/images/load", {{"quiet", "1"}}, {}, "application/x-tar"};
    if (!load.platform.os.empty()) {
        request.query.emplace_back("platform", platformText(load.platform));
    }
    return request;
}

ApiRequest requestOf(const RemoveImage &remove)
{
    // Names of images have slashes that the engine's router expects as they are.
    ApiRequest request{
        "DELETE", "/images/" + http::percentEncode(remove.image.reference, "/:@"), {}, {}, {}};
    if (remove.force) {
        request.query.emplace_back("force", "1");
    }
    if (remove.keepParents) {
        request.query.emplace_back("noprune", "1");
    }
    return request;
}

} // namespace

ApiRequest request(const Command &command, ApiVersion version)
{
    return visitChoice(
        [version]<typename Value>(const Value &value) {
            if constexpr (std::is_same_v<Value, CreateContainer>) {
                return createRequest(value, version);
            } else if constexpr (requires { value.request(version); }) {
                return value.request(version);
            } else {
                return requestOf(value);
            }
        },
        command);
}

} // namespace roadstead::docker
