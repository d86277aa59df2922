// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/known_engines.h"

#include "engine/context/context_store.h"
#include "engine/context/current_context.h"
#include "engine/context/selection.h"
#include "engine/context/ssh_command.h"

#include <algorithm>
#include <utility>

namespace roadstead::service {

namespace {

constexpr std::string_view ownContext = "roadstead";

/// The engine that the docker command speaks to: the name of its context, and the address where
/// that is the default one.
struct Current
{
    std::string context;
    std::string host; ///< of the context "default" only
};

Current currentOf(const context::Variables &variables, const std::string &folder)
{
    const auto configured = context::currentContext(folder);
    const auto selection =
        context::selectContext({}, variables, configured ? *configured : std::string());
    Current current{.context = selection ? selection->context : std::string(), .host = {}};
    if (current.context == context::defaultName) {
        if (const auto chosen = context::defaultEndpoint(variables, folder)) {
            current.host = chosen->context.host;
        }
    }
    return current;
}

/// Whether both lead to the same place; two names of one socket do.
bool isSamePlace(const context::SystemView &system, const std::string &left,
                 const std::string &right)
{
    if (left == right) {
        return true;
    }
    const auto first = context::parseHost(left);
    const auto second = context::parseHost(right);
    if (!first || !second || first->transport != context::Transport::UnixSocket ||
        second->transport != context::Transport::UnixSocket) {
        return false;
    }
    const auto real = [&system](const context::HostAddress &address) {
        std::string path = system.look(address.socketPath).realPath;
        return path.empty() ? address.socketPath : path;
    };
    return real(*first) == real(*second);
}

bool isLocal(std::string_view host)
{
    const auto address = context::parseHost(host);
    return !address || address->transport == context::Transport::UnixSocket;
}

KnownEngine ofSocket(const context::FoundEngine &found)
{
    KnownEngine engine;
    engine.endpoint = http::UnixSocket{found.socket};
    engine.id = "socket:" + found.socket;
    engine.kind = found.kind;
    engine.name = found.name;
    engine.host = "unix://" + found.socket;
    switch (found.state) {
    case context::SocketState::Usable:
    case context::SocketState::NotPermitted: // who connects is told, and access may come
        break;
    case context::SocketState::Foreign:
        engine.endpoint = failure(ErrorKind::ForeignSocket, {}, found.socket);
        break;
    case context::SocketState::NotASocket:
        engine.endpoint = failure(ErrorKind::NotASocket, {}, found.socket);
        break;
    }
    return engine;
}

std::optional<KnownEngine> ofEnvironment(const context::Variables &variables,
                                         const std::string &folder)
{
    if (variables("DOCKER_HOST").value_or(std::string()).empty()) {
        return std::nullopt;
    }
    const auto chosen = context::defaultEndpoint(variables, folder);
    KnownEngine engine;
    engine.id = "environment";
    engine.origin = EngineOrigin::Environment;
    if (!chosen) {
        engine.host = *variables("DOCKER_HOST");
        engine.endpoint = std::unexpected(chosen.error());
        return engine;
    }
    engine.host = chosen->context.host;
    engine.isOnThisComputer = isLocal(engine.host);
    const auto tls = chosen->usesTls ? context::tlsPathsIn(chosen->tlsFolder) : context::TlsPaths();
    engine.endpoint = endpointOf(engine.host, tls, chosen->usesTls, chosen->context.skipTlsVerify);
    return engine;
}

KnownEngine ofContext(const context::ContextStore &store, const context::ContextStore::Entry &entry)
{
    KnownEngine engine;
    engine.origin = EngineOrigin::Context;
    if (!entry.context) {
        engine.id = "context-folder:" + entry.folder;
        engine.name = entry.folder;
        engine.endpoint = std::unexpected(entry.context.error());
        return engine;
    }
    const context::Context &known = *entry.context;
    engine.id = "context:" + known.name;
    engine.name = known.name;
    engine.description = known.description;
    engine.host = known.host.empty() ? "unix://" + std::string(context::defaultSocket) : known.host;
    engine.isOnThisComputer = isLocal(engine.host);
    const context::TlsPaths tls = store.tlsPaths(known.name);
    engine.endpoint = endpointOf(engine.host, tls, !tls.isEmpty(), known.skipTlsVerify);
    return engine;
}

} // namespace

Result<http::Endpoint> endpointOf(std::string_view host, const context::TlsPaths &tls, bool usesTls,
                                  bool skipVerify)
{
    const auto address = context::parseHost(host);
    if (!address) {
        return std::unexpected(address.error());
    }
    switch (address->transport) {
    case context::Transport::UnixSocket:
        return http::UnixSocket{address->socketPath};
    case context::Transport::Ssh: {
        auto command = context::dialStdioCommand(host);
        if (!command) {
            return std::unexpected(command.error());
        }
        return http::Program{std::move(*command), {"SSH_ASKPASS_REQUIRE=force"}};
    }
    case context::Transport::Tcp:
        break;
    }
    http::TcpAddress place{
        .host = address->host, .port = address->port, .basePath = address->basePath};
    if (usesTls || !tls.isEmpty()) {
        place.tls = http::TlsFiles{.authority = tls.authority,
                                   .certificate = tls.certificate,
                                   .key = tls.key,
                                   .verify = !skipVerify};
    }
    return place;
}

std::vector<KnownEngine> knownEngines(const context::SystemView &system)
{
    const context::Variables variables = [&system](const char *name) {
        return system.variable(name);
    };
    const std::string folder = context::configFolder(variables, system.home());
    const Current current = currentOf(variables, folder);

    std::vector<KnownEngine> engines;
    for (const context::FoundEngine &found : context::findEngines(system)) {
        engines.push_back(ofSocket(found));
    }
    const std::size_t sockets = engines.size();
    if (auto chosen = ofEnvironment(variables, folder)) {
        engines.push_back(std::move(*chosen));
    }
    const context::ContextStore store(folder);
    if (const auto entries = store.list()) {
        for (const auto &entry : *entries) {
            if (!entry.context || entry.context->name != ownContext) {
                engines.push_back(ofContext(store, entry));
            }
        }
    }
    const bool environmentDecides = engines.size() > sockets &&
                                    engines[sockets].origin == EngineOrigin::Environment &&
                                    current.context == context::defaultName;
    for (std::size_t i = 0; i < engines.size(); ++i) {
        KnownEngine &engine = engines[i];
        if (environmentDecides) {
            engine.isCurrent = i == sockets;
        } else if (engine.origin == EngineOrigin::Context) {
            engine.isCurrent = engine.id == "context:" + current.context;
        } else {
            engine.isCurrent = engine.origin == EngineOrigin::Socket && !current.host.empty() &&
                               isSamePlace(system, engine.host, current.host);
        }
        for (std::size_t j = 0; j < sockets && !engine.kind; ++j) {
            if (isSamePlace(system, engine.host, engines[j].host)) {
                engine.kind = engines[j].kind;
            }
        }
    }
    return engines;
}

} // namespace roadstead::service
