// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <string>

namespace roadstead::runtime {

/// Gives the container of the bundle in folder `bundle` the network namespace at `path`, if its
/// config.json leaves it in the caller's one (see withNetworkNamespace()). The file is replaced as
/// a whole, with the same owner and mode, or not at all. A bundle without config.json is left for
/// runc to refuse. Fails with MalformedReply or Io.
Result<void> editSpec(const std::string &bundle, const std::string &path);

} // namespace roadstead::runtime
