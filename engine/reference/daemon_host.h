// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>

/// Where an engine listens, as DOCKER_HOST and -H take it. All fail with
/// ErrorKind::InvalidArgument; the detail names the word.
namespace roadstead::reference {

/// DOCKER_HOST: nothing is the system's socket, or with `withTls` the TLS port of this machine;
/// white space around it is ignored.
Result<std::string> parseHost(std::string_view text, bool withTls = false);

/// "unix:///run/x.sock", "tcp://host:port/path", "host:port", "ssh://…", "fd://…", each with what
/// is missing added: "tcp://localhost:2375", "unix:///var/run/docker.sock".
Result<std::string> parseDaemonHost(std::string_view text);

/// "[tcp://][host][:port][/path]"; what is missing is taken from `usual`, a whole such address.
Result<std::string> parseTcpHost(std::string_view text, std::string_view usual);

} // namespace roadstead::reference
