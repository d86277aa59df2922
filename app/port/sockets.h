// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/port/address.h"
#include "app/port/arguments.h"
#include "app/port/descriptor.h"
#include "engine/base/result.h"

#include <string>

namespace roadstead::port {

inline constexpr const char *hostNamespacePath = "/run/roadstead-engine/host.netns";

/// A handle to the network namespace bound at `path`; fails with Io when there is none.
Result<Descriptor> openNamespace(const std::string &path);

/// Moves the calling thread into a network namespace; fails with Io. Needs root.
Result<void> enterNamespace(const Descriptor &handle);

/// Lets connections made in the calling thread's namespace take ports that wait for the stragglers
/// of an ended connection (tcp_tw_reuse). Each connection to a container takes one; with 28,000 of
/// them waiting a minute each, 470 connections a second would be the most. As far as the system
/// lets us.
void reuseWaitingPorts();

/// A non-blocking socket bound to `address` in the calling thread's namespace, listening if TCP.
/// IPv6 sockets take IPv6 only: dockerd starts a forwarder of its own for each family. Fails with
/// Io, code errno, and as detail the sentence that docker-proxy would give, followed for a taken
/// port by its holder where that can be found out.
Result<Descriptor> bindSocket(Protocol protocol, const SocketAddress &address);

/// Makes a listening socket that dockerd has bound and passed ready for use; fails with
/// InvalidArgument if it is anything else than a socket of this protocol and family.
Result<void> adoptSocket(Protocol protocol, const SocketAddress &expected,
                         const Descriptor &socket);

/// "caddy, pid 2214": who has a socket that stands in the way of `address` in the calling thread's
/// namespace; empty if not found. Needs root to see other users' processes.
std::string holderOf(Protocol protocol, const SocketAddress &address);

} // namespace roadstead::port
