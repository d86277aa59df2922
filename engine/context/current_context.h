// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>

/// The member "currentContext" of the docker CLI's config.json.
namespace roadstead::context {

/// What it holds; empty when it, or the file, is not there. Fails with Io, and MalformedReply.
Result<std::string> currentContext(const std::string &configFolder);

/// Sets it; "default" and an empty name take it away. Everything else in the file stays as it is,
/// known or not, and the file keeps its mode (0600 when it is new). A file that is not JSON is left
/// alone. Whether the context exists is not looked at. Fails with InvalidArgument (a name that no
/// context has), MalformedReply, Io, DiskFull. Blocking.
Result<void> setCurrentContext(const std::string &configFolder, std::string_view name);

} // namespace roadstead::context
