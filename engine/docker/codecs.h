// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/docker/types.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// Engine API replies (JSON text) to values. Pure functions. All fail with
/// ErrorKind::MalformedReply: not JSON, nested over 64 deep, a member of a wrong type or range.
/// Null and missing members read as empty; unknown members are ignored; bytes that are not UTF-8
/// are replaced.
namespace roadstead::docker {

/// GET /containers/json. Reads straight into the values, with no tree in between: lists are long.
Result<std::vector<ContainerSummary>> decodeContainerList(std::string_view json);
/// GET /containers/{id}/json.
Result<ContainerDetails> decodeContainerDetails(std::string json);
/// GET /images/json.
Result<std::vector<ImageSummary>> decodeImageList(std::string_view json);
/// GET /version.
Result<EngineVersion> decodeVersion(std::string_view json);
/// GET /info.
Result<EngineInfo> decodeInfo(std::string_view json);
/// One object of GET /events.
Result<Event> decodeEvent(std::string_view json);

/// POST /containers/create.
struct CreatedContainer
{
    std::string id;
    std::vector<std::string> warnings;
};
Result<CreatedContainer> decodeCreatedContainer(std::string_view json);

/// POST /containers/{id}/wait.
struct WaitReply
{
    int statusCode = 0;
    std::string error; ///< why waiting failed, empty when it did not
};
Result<WaitReply> decodeWaitReply(std::string_view json);

/// The message of an error reply: its "message" (Podman's "cause" where that is all there is), or
/// its text when it is not JSON. Never fails; at most 16 KiB.
std::string decodeErrorMessage(std::string_view body);

/// A body that says nothing, or that is not what an error reply should be, yields the kind by
/// status alone.
Error errorOfStatus(int status, std::string_view body, std::string operation);

/// "running" and its like; Podman's additional names are understood.
ContainerState containerStateOf(std::string_view name);
/// "healthy" and its like.
Health healthOf(std::string_view name);
/// Sets health and exit status as the engine's own words tell them: "Up 2 hours (healthy)", "Exited
/// (137) 3 days ago".
void readStatusText(ContainerSummary &container);
/// The name that a list shows: the first that is not a link's alias, without its slash.
std::string shownName(const std::vector<std::string> &names);

} // namespace roadstead::docker
