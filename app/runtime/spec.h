// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace roadstead::runtime {

/// The largest config.json that is read. Real ones have some 20 KiB.
inline constexpr std::size_t largestSpec = 8 * 1024 * 1024;

/// The text of an OCI runtime specification (config.json) in which the container has the network
/// namespace at `path`, if `spec` leaves the container in the caller's one; none if it says where
/// the container's network is, or sets network sysctls, which runc refuses for a host's network and
/// is left to refuse. Members that are not known here are kept, in their order. Fails with
/// MalformedReply if `spec` is not an object of the form that the runtime specification gives.
/// (Runtime specification 1.2, "config-linux", "Namespaces".) Any thread.
Result<std::optional<std::string>> withNetworkNamespace(std::string_view spec,
                                                        std::string_view path);

} // namespace roadstead::runtime
