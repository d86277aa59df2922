// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/context/context.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Which engine the docker CLI would speak to.
namespace roadstead::context {

/// What was given on the command line.
struct HostFlags
{
    std::vector<std::string> hosts; ///< each -H
    std::string context;            ///< --context; empty = not given
};

/// The value of an environment variable; none when it is not set.
using Variables = std::function<std::optional<std::string>(const char *name)>;

/// What decided.
enum class SelectedBy { ContextFlag, HostFlag, DockerHost, DockerContext, ConfigFile, Nothing };

struct Selection
{
    std::string context; ///< a name; "default" when an address, or nothing, decided
    SelectedBy by = SelectedBy::Nothing;
};

/// --context, then -H, then DOCKER_HOST, then DOCKER_CONTEXT, then `configured` (the configuration
/// file's currentContext, may be empty). Whether that context exists is not looked at. Fails with
/// ErrorKind::InvalidArgument when -H is given twice or together with --context.
Result<Selection> selectContext(const HostFlags &flags, const Variables &variables,
                                std::string_view configured);

/// What the context "default" means: DOCKER_HOST in its complete form, or the default socket, with
/// the TLS settings of the environment.
struct DefaultEndpoint
{
    Context context;
    bool usesTls = false;  ///< DOCKER_TLS or DOCKER_TLS_VERIFY is set
    std::string tlsFolder; ///< with ca.pem, cert.pem, key.pem: DOCKER_CERT_PATH or `configFolder`
};
/// Fails with ErrorKind::InvalidArgument for a DOCKER_HOST that is none.
Result<DefaultEndpoint> defaultEndpoint(const Variables &variables,
                                        const std::string &configFolder);

/// The folder of the CLI's configuration: DOCKER_CONFIG, or .docker below `home`.
std::string configFolder(const Variables &variables, const std::string &home);

} // namespace roadstead::context
