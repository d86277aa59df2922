// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/docker/api_request.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// Secrets (from 1.25 on) and configs (from 1.30 on) of a swarm (Engine API, "Secret", "Config").
namespace roadstead::docker {

/// A row of GET /secrets or /configs, and the inspection of one.
struct SwarmFile
{
    std::string id;
    std::uint64_t version = 0; ///< to be named by an update
    std::string created;       ///< RFC 3339
    std::string updated;
    std::string name;
    std::map<std::string, std::string> labels;
    std::string data;           ///< of configs only: an engine never tells a secret
    std::string driver;         ///< of a secret that another program keeps
    std::string templateDriver; ///< "golang" when the content is a template
    std::string spec;           ///< JSON, to be sent back by an update
    bool operator==(const SwarmFile &) const = default;
};

/// Which of the two kinds.
enum class SwarmFileKind { Secret, Config };

template<SwarmFileKind kind>
struct ListSwarmFiles
{
    using Answer = std::vector<SwarmFile>;
    static constexpr std::string_view operation =
        kind == SwarmFileKind::Secret ? "secret.list" : "config.list";
    Filters filters{}; ///< id, label, name, names
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {kind == SwarmFileKind::Secret ? 25 : 30}; }
    static Result<Answer> decode(std::string body);
    bool operator==(const ListSwarmFiles &) const = default;
};

template<SwarmFileKind kind>
struct InspectSwarmFile
{
    using Answer = SwarmFile;
    static constexpr std::string_view operation =
        kind == SwarmFileKind::Secret ? "secret.inspect" : "config.inspect";
    Target file{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {kind == SwarmFileKind::Secret ? 25 : 30}; }
    static Result<Answer> decode(std::string body);
    bool operator==(const InspectSwarmFile &) const = default;
};

/// The content is in the request's body alone: the command line reads it from standard input.
template<SwarmFileKind kind>
struct CreateSwarmFile
{
    static constexpr std::string_view operation =
        kind == SwarmFileKind::Secret ? "secret.create" : "config.create";
    std::string name{};
    std::string data{}; ///< bytes, at most 500 KiB
    Labels labels{};
    std::string driver{};         ///< of secrets only, from 1.31 on
    std::string templateDriver{}; ///< from 1.37 on
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const;
    /// Forgets the content, for a history.
    void hideSecrets() { data.clear(); }
    static Result<CommandReply> decode(std::string_view body);
    bool operator==(const CreateSwarmFile &) const = default;
};

/// Only labels can be changed. The CLI has no command for it.
template<SwarmFileKind kind>
struct UpdateSwarmFile
{
    static constexpr std::string_view operation =
        kind == SwarmFileKind::Secret ? "secret.update" : "config.update";
    std::string id{};
    std::uint64_t version = 0; ///< as the inspection told it
    std::string spec{};        ///< JSON, as the inspection told it
    Labels labels{};           ///< all of them
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] ApiVersion needs() const { return {kind == SwarmFileKind::Secret ? 25 : 30}; }
    bool operator==(const UpdateSwarmFile &) const = default;
};

template<SwarmFileKind kind>
struct RemoveSwarmFile
{
    static constexpr std::string_view operation =
        kind == SwarmFileKind::Secret ? "secret.remove" : "config.remove";
    static constexpr bool removes = true;
    Target file{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {kind == SwarmFileKind::Secret ? 25 : 30}; }
    bool operator==(const RemoveSwarmFile &) const = default;
};

using ListSecrets = ListSwarmFiles<SwarmFileKind::Secret>;
using InspectSecret = InspectSwarmFile<SwarmFileKind::Secret>;
using CreateSecret = CreateSwarmFile<SwarmFileKind::Secret>;
using UpdateSecret = UpdateSwarmFile<SwarmFileKind::Secret>;
using RemoveSecret = RemoveSwarmFile<SwarmFileKind::Secret>;
using ListConfigs = ListSwarmFiles<SwarmFileKind::Config>;
using InspectConfig = InspectSwarmFile<SwarmFileKind::Config>;
using CreateConfig = CreateSwarmFile<SwarmFileKind::Config>;
using UpdateConfig = UpdateSwarmFile<SwarmFileKind::Config>;
using RemoveConfig = RemoveSwarmFile<SwarmFileKind::Config>;

} // namespace roadstead::docker
