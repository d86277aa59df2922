// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>

namespace roadstead::context {

/// The name of the context that stands for DOCKER_HOST, or the default socket. It is no file.
constexpr std::string_view defaultName = "default";

/// One context of the docker CLI: an engine's address under a name.
struct Context
{
    std::string name;
    std::string description; ///< hostile text; may be empty
    std::string host;        ///< as it stands in the file; empty = the default socket
    bool skipTlsVerify = false;

    bool operator==(const Context &) const = default;
};

/// Whether a context may get this name: a letter or digit, then at least one more of letters,
/// digits, "_", ".", "+", "-"; and not "default". Fails with ErrorKind::InvalidArgument.
Result<void> checkName(std::string_view name);

/// Reads a context's meta.json as the CLI does. A context without a docker endpoint (it can have
/// one for something else only) is ErrorKind::NotFound, anything that is not such a file
/// ErrorKind::MalformedReply.
Result<Context> parseContext(std::string_view text);

/// The meta.json of a context, byte for byte what the CLI writes.
std::string contextDocument(const Context &context);

/// `document`, a context's meta.json, with the description, host and TLS choice of `context`: what
/// else stands in it stays. MalformedReply for what is no such file.
Result<std::string> updatedDocument(std::string_view document, const Context &context);

/// Whether a member of an exported context may be taken in: "meta.json" or a plain path below
/// "tls/".
bool isImportPath(std::string_view path);

/// Whether `left` comes before `right` where runs of digits count as numbers: "c2" before "c10".
bool isNaturallyLess(std::string_view left, std::string_view right);

} // namespace roadstead::context
