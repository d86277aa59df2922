// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/docker/types.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

/// What all calls of the Engine API are made of. A call is a value: a command (it changes
/// something) or a question. Each has `request(version)`, which renders the API request for an
/// engine that speaks that version, and `arguments()`, which renders the same as an argument vector
/// of the docker CLI without the leading "docker". A call that has no counterpart in the CLI has no
/// `arguments()`. `needs()` is the oldest version that knows the call with the options that are
/// set; older engines would ignore the option, so that they are not asked.
namespace roadstead::docker {

/// What an engine is named by: `reference` goes into the request (an id), `display` into the
/// command line (a name).
struct Target
{
    std::string reference{};
    std::string display{};
    bool operator==(const Target &) const = default;
};

/// An image by its name, split as the API wants it (engine/reference does that).
struct ImageName
{
    std::string repository{}; ///< "docker.io/library/nginx"
    std::string tag{};        ///< "1.27", or a digest "sha256:…"
    std::string display{};    ///< as people write it: "nginx:1.27"
    bool operator==(const ImageName &) const = default;
};

/// A platform, "linux/arm64/v8" in its parts.
struct Platform
{
    std::string os{};
    std::string architecture{};
    std::string variant{};

    /// "linux/arm64/v8"; empty without an OS.
    [[nodiscard]] std::string text() const;
    bool operator==(const Platform &) const = default;
};

using Arguments = std::vector<std::string>;
using Labels = std::vector<std::pair<std::string, std::string>>;
using Filters = std::vector<std::pair<std::string, std::string>>; ///< may have a name twice

/// An API request without host and version prefix.
struct ApiRequest
{
    std::string method; ///< "GET", "HEAD", "POST", "PUT", "DELETE"
    std::string path;   ///< "/containers/<id>/start", percent-encoded
    std::vector<std::pair<std::string, std::string>> query; ///< not yet encoded, in order
    std::string body;                                       ///< JSON, or empty
    std::string contentType;                                ///< empty when there is no body
};

/// Fails with ErrorKind::InvalidArgument and both versions when `spoken` is older than `needed`.
Result<void> knownSince(ApiVersion needed, ApiVersion spoken);

/// What a command yielded.
struct CommandReply
{
    std::string text;                  ///< id of what was made; lines printed by load and build
    std::vector<std::string> warnings; ///< of create and update
    std::vector<std::string> removed;  ///< ids or names, of prune and of removing an image
    std::int64_t reclaimed = 0;        ///< bytes, of prune
    bool unchanged = false;            ///< it was so already (304: started, stopped)
};

} // namespace roadstead::docker
