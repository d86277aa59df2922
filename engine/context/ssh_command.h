// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>
#include <vector>

/// Engines on other machines, reached by the ssh program and "docker system dial-stdio" there.
namespace roadstead::context {

/// The parts of an ssh URL.
struct SshTarget
{
    std::string user; ///< may be empty
    std::string host;
    std::string port; ///< digits; may be empty
    std::string path; ///< the far engine's socket; empty or only slashes = what docker finds there

    bool operator==(const SshTarget &) const = default;
};

/// Reads "ssh://[user@]host[:port][/path]". No password, query or fragment.
/// Fails with ErrorKind::InvalidArgument.
Result<SshTarget> parseSshUrl(std::string_view url);

/// Whether it can only be a name or an address: it begins with no "-" and holds letters, digits and
/// "._-" only, an address also ":%".
bool isPlainHost(std::string_view host);

/// Whether user and host are such that ssh cannot take them for options, nor a shell (of a
/// ProxyCommand, say) for anything but words: a plain host, and a user of the same characters, "@"
/// and "+". Fails with ErrorKind::InvalidArgument.
Result<void> checkSshTarget(const SshTarget &target);

/// `word` so that a POSIX shell reads it as one word with the same characters. Fails with
/// ErrorKind::InvalidArgument for control characters, which no quoting carries safely.
Result<std::string> shellQuoted(std::string_view word);

/// The arguments of the ssh program, without its name: user, port, `flags` as they are, "--", the
/// host and, as one argument, the words of the far command quoted for the far shell. No far
/// command: no such argument. Fails with ErrorKind::InvalidArgument.
Result<std::vector<std::string>> sshArguments(const SshTarget &target,
                                              const std::vector<std::string> &flags,
                                              const std::vector<std::string> &farCommand);

/// `flags` with a time-out for connecting where they say none, and with "-T" (no terminal).
std::vector<std::string> withConnectTimeout(std::vector<std::string> flags);
std::vector<std::string> withoutTerminal(std::vector<std::string> flags);

/// The whole argument vector, "ssh" first, that joins its standard input and output to the engine
/// at `url`. To be run as it is, without a shell. Fails as `parseSshUrl` and `checkSshTarget` do.
Result<std::vector<std::string>> dialStdioCommand(std::string_view url);

} // namespace roadstead::context
