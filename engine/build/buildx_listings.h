// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/rfc3339.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What `docker buildx ls`, `inspect` and `history ls` print. Read tolerantly: a line that is no
/// object, or says nothing useful, is passed over. Texts are as they came (hostile).
namespace roadstead::build {

/// A machine that a builder builds on.
struct BuilderNode
{
    std::string name{};
    std::string endpoint{}; ///< a context or an address
    std::string status{};   ///< "running", "inactive", "stopped", "error"
    std::string version{};  ///< of its BuildKit; empty while it does not run
    std::string error{};
    std::vector<std::string> platforms{};
    std::vector<std::string> flags{}; ///< of its BuildKit
    std::vector<std::pair<std::string, std::string>> options{};
    bool operator==(const BuilderNode &) const = default;
};

struct Builder
{
    std::string name{};
    std::string driver{}; ///< "docker", "docker-container", "kubernetes", "remote"; may be empty
    std::string error{};  ///< why it cannot be had
    std::optional<Timestamp> lastUsed{};
    /// Whether builds go there; buildx says it from 0.14 on, see inspectedName().
    std::optional<bool> isCurrent{};
    std::vector<BuilderNode> nodes{};
    bool operator==(const Builder &) const = default;
};

inline constexpr std::size_t builderCap = 1'000;
inline constexpr std::size_t builderPartCap = 500; ///< nodes of a builder, platforms of a node …
inline constexpr std::size_t engineBuildCap = 5'000;

/// Of `buildx ls --format json`, one object a line, in its order. Some versions tell a builder once
/// for each of its nodes: it is here once.
std::vector<Builder> readBuilders(std::string_view printed);

/// The builder in what `buildx inspect` prints ("Name:   default"); empty when there is none.
std::string inspectedName(std::string_view printed);

/// A build that a builder remembers.
struct EngineBuild
{
    std::string ref{}; ///< "builder/node/id", as the metadata of a build has it
    std::string name{};
    std::string status{}; ///< "Completed", "Error", "Running"
    Timestamp started{};
    std::optional<Timestamp> completed{};
    int steps = 0;
    int cached = 0;

    [[nodiscard]] std::string builder() const; ///< the first part of the ref
    [[nodiscard]] std::string id() const;      ///< its last part
    bool operator==(const EngineBuild &) const = default;
};

/// Of `buildx history ls --format json` (buildx 0.20 and newer), one object a line.
std::vector<EngineBuild> readEngineBuilds(std::string_view printed);

} // namespace roadstead::build
