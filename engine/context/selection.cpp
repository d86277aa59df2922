// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/context/selection.h"

#include "engine/context/host.h"

namespace roadstead::context {

namespace {

/// Set and not empty: the CLI makes no difference between unset and empty.
std::string valueOf(const Variables &variables, const char *name)
{
    return variables(name).value_or(std::string());
}

} // namespace

Result<Selection> selectContext(const HostFlags &flags, const Variables &variables,
                                std::string_view configured)
{
    if (!flags.hosts.empty() && !flags.context.empty()) {
        return failure(ErrorKind::InvalidArgument, "context.select",
                       "--host and --context exclude each other");
    }
    if (flags.hosts.size() > 1) {
        return failure(ErrorKind::InvalidArgument, "context.select", "--host is given twice");
    }
    if (!flags.context.empty()) {
        return Selection{flags.context, SelectedBy::ContextFlag};
    }
    if (!flags.hosts.empty()) {
        return Selection{std::string(defaultName), SelectedBy::HostFlag};
    }
    if (!valueOf(variables, "DOCKER_HOST").empty()) {
        return Selection{std::string(defaultName), SelectedBy::DockerHost};
    }
    if (std::string named = valueOf(variables, "DOCKER_CONTEXT"); !named.empty()) {
        return Selection{std::move(named), SelectedBy::DockerContext};
    }
    if (!configured.empty()) {
        return Selection{std::string(configured), SelectedBy::ConfigFile};
    }
    return Selection{std::string(defaultName), SelectedBy::Nothing};
}

Result<DefaultEndpoint> defaultEndpoint(const Variables &variables, const std::string &configFolder)
{
    DefaultEndpoint endpoint;
    const bool verifies = !valueOf(variables, "DOCKER_TLS_VERIFY").empty();
    endpoint.usesTls = verifies || !valueOf(variables, "DOCKER_TLS").empty();
    auto host = normalizedHost(valueOf(variables, "DOCKER_HOST"), endpoint.usesTls);
    if (!host) {
        return std::unexpected(host.error());
    }
    endpoint.context = {.name = std::string(defaultName),
                        .description = {},
                        .host = std::move(*host),
                        .skipTlsVerify = endpoint.usesTls && !verifies};
    if (endpoint.usesTls) {
        const std::string named = valueOf(variables, "DOCKER_CERT_PATH");
        endpoint.tlsFolder = named.empty() ? configFolder : named;
    }
    return endpoint;
}

std::string configFolder(const Variables &variables, const std::string &home)
{
    std::string named = valueOf(variables, "DOCKER_CONFIG");
    return named.empty() ? home + "/.docker" : std::move(named);
}

} // namespace roadstead::context
