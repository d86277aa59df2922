// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/docker/create_container.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::docker {

/// What an image gives to its containers (Engine API, "ImageConfig"), as far as a container's own
/// configuration repeats it.
struct ImageGiven
{
    std::vector<std::string> environment{};
    std::vector<std::string> command{};
    std::vector<std::string> entrypoint{};
    std::map<std::string, std::string> labels{};
    std::vector<std::string> exposedPorts{};
    std::vector<std::string> volumes{};
    std::string user{};
    std::string workingFolder{};
    std::string stopSignal{};
    std::vector<std::string> healthTest{}; ///< "CMD-SHELL" and a command, "CMD" and words, "NONE"
    HealthOptions healthTimes{};           ///< its times and retries only
    bool operator==(const ImageGiven &) const = default;
};
/// From the reply of GET /images/{name}/json. Fails with ErrorKind::MalformedReply.
Result<ImageGiven> decodeImageGiven(std::string_view reply);

/// What an engine puts where nothing was given. A container does not tell whether it was.
struct EngineGiven
{
    std::string runtime = "runc";
    std::string logDriver = "json-file";
    std::string controlGroup = "private"; ///< "host" with version 1 of control groups
    std::string communication = "private";
    std::string hostname{};                 ///< which containers in the machine's own network have
    std::int64_t sharedMemory = 64LL << 20; ///< bytes
};
/// As far as the engine tells it.
EngineGiven engineGiven(const EngineInfo &info);

/// The command that makes a container such as this one, from the reply of
/// GET /containers/{id}/json: to be shown, changed, or sent under another name. What the image or
/// the engine would give anyway is left out. Fails with ErrorKind::MalformedReply.
///
/// Not told by engines and therefore lost: a MAC address that was chosen, since 1.44; the platform;
/// options of the CLI alone. What the CLI cannot say is said otherwise where that means the same:
/// the further words of an entry point go before the command's, a health check given as words
/// becomes a line for the shell.
Result<CreateContainer> createLike(std::string_view reply, const ImageGiven &image,
                                   const EngineGiven &engine = {});

} // namespace roadstead::docker
