// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/context/discovery.h"
#include "engine/context/host.h"
#include "engine/context/tls_material.h"
#include "engine/http/endpoint.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The engines that a person may choose from.
namespace roadstead::service {

/// Where we know an engine from.
enum class EngineOrigin {
    Socket,      ///< a socket that stands where its kind puts it
    Context,     ///< a context of the docker command
    Environment, ///< DOCKER_HOST
};

struct KnownEngine
{
    /// Names this engine in settings: "socket:<path>", "context:<name>" or "environment".
    std::string id{};
    EngineOrigin origin = EngineOrigin::Socket;
    std::optional<context::EngineKind> kind{}; ///< of sockets, and of contexts that lead to one
    std::string name{}; ///< of the context, or of one socket among several of its kind (hostile)
    std::string description{}; ///< of the context (hostile)
    std::string host{};        ///< "unix:///run/docker.sock", "ssh://me@there" (hostile)
    /// How it is reached, or why it cannot be: an address that is none, a file that cannot be read.
    Result<http::Endpoint> endpoint = http::Endpoint();
    bool isOnThisComputer = true;
    bool isCurrent = false; ///< the docker command speaks to it when nothing else is said
};

/// How the address `host`, in the CLI's words, is reached. TCP is encrypted when `usesTls` is set
/// or there is any file. ssh asks what it has to ask through the program that SSH_ASKPASS names,
/// never on a terminal. Fails with ErrorKind::InvalidArgument.
Result<http::Endpoint> endpointOf(std::string_view host, const context::TlsPaths &tls = {},
                                  bool usesTls = false, bool skipVerify = false);

/// All of them: sockets in the order of their kinds, the environment's, then contexts in the order
/// of their names. A context that leads to a socket which was found stays: its name is what its
/// owner knows it by. Our own context is left out, since it is the embedded engine. Blocking: files
/// are read, nothing is connected to. Any thread.
std::vector<KnownEngine> knownEngines(const context::SystemView &system);

} // namespace roadstead::service
