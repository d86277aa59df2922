// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/build/dockerfile.h"
#include "engine/docker/build.h"
#include "engine/docker/buildx_build.h"

#include <QString>

#include <string>
#include <vector>

namespace roadstead::ui {

/// Everything that a build is asked for, as it was typed. Words without a text count as not there.
struct BuildForm
{
    std::string context{};    ///< an absolute folder, or a URL
    std::string dockerfile{}; ///< path; empty = the context's own
    std::vector<std::string> tags{};
    std::string target{};
    std::vector<std::string> arguments{}; ///< "NAME=value"
    std::vector<std::string> secrets{};   ///< "id=path of a file"
    std::string platforms{};              ///< "linux/amd64, linux/arm64"
    std::vector<std::string> labels{};
    std::vector<std::string> cacheFrom{};
    std::vector<std::string> cacheTo{};
    std::vector<std::string> ssh{};
    std::vector<std::string> hosts{};
    std::string network{};
    std::string builder{}; ///< of buildx; empty = the one in use
    bool noCache = false;
    bool pull = false;
    docker::BuildDestination destination = docker::BuildDestination::Engine;
    std::string path{}; ///< of an archive or a folder that is made
    bool operator==(const BuildForm &) const = default;
};

enum class BuildField { Context, Dockerfile, Tags, Arguments, Secrets, Labels, Platforms, Path };

/// What is to be mended before the build can begin.
struct BuildProblem
{
    BuildField field = BuildField::Context;
    QString text; ///< a sentence
};

/// Whether the context is one that the builder fetches.
[[nodiscard]] bool isRemoteContext(const std::string &context);

/// The build that `form` asks for. Values of arguments whose names speak of a secret go by name.
[[nodiscard]] docker::BuildxBuild buildOf(const BuildForm &form);

/// The same for the engine's classic builder, as far as that can do it.
[[nodiscard]] docker::BuildImage classicOf(const BuildForm &form);
/// The command line of it. Values of arguments that may be secret are left out.
[[nodiscard]] QString classicLine(const BuildForm &form);
/// What the classic builder cannot do.
[[nodiscard]] QList<BuildProblem> problemsOfClassic(const BuildForm &form);

/// In the order of the fields.
[[nodiscard]] QList<BuildProblem> problemsOf(const BuildForm &form,
                                             const build::Dockerfile &dockerfile);

} // namespace roadstead::ui
