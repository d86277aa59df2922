// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/api_request.h"

#include <string>
#include <string_view>
#include <vector>

/// What `docker buildx` does with builders. Not calls of the Engine API: buildx keeps its builders
/// itself. Each renders an argument vector without the leading "docker".
namespace roadstead::docker {

/// `buildx create`. Makes nothing run: a builder is started by its first build.
struct CreateBuilder
{
    static constexpr std::string_view operation = "builder.create";
    std::string name{};     ///< empty = buildx makes one up
    std::string driver{};   ///< "docker-container", "kubernetes", "remote"
    std::string endpoint{}; ///< a context or an address; empty = the engine that is spoken to
    std::vector<std::string> platforms{};
    std::vector<std::string> options{}; ///< "network=host"
    bool use = false;                   ///< builds go there from now on

    [[nodiscard]] Arguments arguments() const;
    bool operator==(const CreateBuilder &) const = default;
};

/// Whether buildx takes it as a builder's name.
[[nodiscard]] bool isBuilderName(std::string_view name);

enum class BuilderVerb {
    Use,    ///< builds go there from now on
    Stop,   ///< ends what it runs; it starts again with the next build
    Remove, ///< with its cache
    Inspect
};

struct BuilderCommand
{
    BuilderVerb verb = BuilderVerb::Inspect;
    std::string name{};

    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] std::string_view operation() const; ///< "builder.use"
    bool operator==(const BuilderCommand &) const = default;
};

} // namespace roadstead::docker
