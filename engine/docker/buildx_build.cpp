// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/buildx_build.h"

#include "engine/docker/rendering.h"
#include "engine/reference/csv.h"
#include "engine/reference/words.h"

namespace roadstead::docker {

namespace {

std::string secretText(const BuildSecret &secret)
{
    const std::string source =
        secret.file.empty() ? "env=" + secret.variable : "src=" + secret.file;
    return reference::csvText({"id=" + secret.id, source});
}

void addDestination(Arguments &arguments, const BuildxBuild &build)
{
    switch (build.destination) {
    case BuildDestination::Engine:
        arguments.emplace_back("--load");
        return;
    case BuildDestination::Registry:
        arguments.emplace_back("--push");
        return;
    case BuildDestination::Archive:
        addOption(arguments, "--output", reference::csvText({"type=oci", "dest=" + build.path}));
        return;
    case BuildDestination::Folder:
        addOption(arguments, "--output", reference::csvText({"type=local", "dest=" + build.path}));
        return;
    case BuildDestination::Cache:
        addOption(arguments, "--output", std::string("type=cacheonly"));
        return;
    }
}

void addInputs(Arguments &arguments, const BuildxBuild &build)
{
    for (const BuildArgument &argument : build.buildArguments) {
        addOption(arguments, "--build-arg",
                  argument.isSecret ? argument.name : argument.name + "=" + argument.value);
    }
    addPairs(arguments, "--build-context", build.contexts);
    for (const BuildSecret &secret : build.secrets) {
        addOption(arguments, "--secret", secretText(secret));
    }
    addEach(arguments, "--ssh", build.ssh);
    addEach(arguments, "--cache-from", build.cacheFrom);
    addEach(arguments, "--cache-to", build.cacheTo);
}

void addAll(Arguments &arguments, const BuildxBuild &build)
{
    addOption(arguments, "--builder", build.builder);
    addEach(arguments, "--tag", build.tags);
    addOption(arguments, "--file", build.dockerfile);
    addOption(arguments, "--target", build.target);
    addOption(arguments, "--platform", reference::join(build.platforms, ","));
    addInputs(arguments, build);
    addPairs(arguments, "--label", build.labels);
    addEach(arguments, "--add-host", build.extraHosts);
    addEach(arguments, "--allow", build.allowed);
    addOption(arguments, "--network", build.network);
    addSwitch(arguments, "--no-cache", build.noCache);
    addSwitch(arguments, "--pull", build.pull);
    addDestination(arguments, build);
    addOperands(arguments, {build.context});
}

} // namespace

Arguments BuildxBuild::arguments() const
{
    Arguments arguments{"buildx", "build"};
    addAll(arguments, *this);
    return arguments;
}

Arguments BuildxBuild::arguments(const std::string &metadataFile) const
{
    Arguments arguments{"buildx", "build", "--progress", "rawjson"};
    addOption(arguments, "--metadata-file", metadataFile);
    addAll(arguments, *this);
    return arguments;
}

std::vector<std::pair<std::string, std::string>> BuildxBuild::environment() const
{
    std::vector<std::pair<std::string, std::string>> variables;
    for (const BuildArgument &argument : buildArguments) {
        if (argument.isSecret) {
            variables.emplace_back(argument.name, argument.value);
        }
    }
    for (const BuildSecret &secret : secrets) {
        if (!secret.variable.empty() && !secret.value.empty()) {
            variables.emplace_back(secret.variable, secret.value);
        }
    }
    return variables;
}

} // namespace roadstead::docker
