// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/reference/words.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::reference {

/// One --network: what a container is attached to, and how.
struct NetworkAttachment
{
    std::string target{}; ///< name or id; "default", "bridge", "host", "none", "container:web"
    std::vector<std::string> aliases{};
    std::string ipv4Address{};
    std::string ipv6Address{};
    std::vector<std::string> linkLocalAddresses{};
    std::string macAddress{};
    Pairs driverOptions{};
    std::int64_t gatewayPriority = 0; ///< the highest one's gateway is the default route
    bool operator==(const NetworkAttachment &) const = default;
};

/// Reads "backend" or "name=backend,alias=web,ip=10.0.0.5,driver-opt=a=b". As the docker CLI does,
/// the long form makes all letters small. Fails with ErrorKind::InvalidArgument.
Result<NetworkAttachment> parseNetwork(std::string_view text);

/// The text that parseNetwork reads back as this attachment, as long as what needs the long form
/// has no capital letters.
std::string networkText(const NetworkAttachment &network);

/// Whether the target is a network that somebody made, and not one of the engine's modes.
bool isUserDefinedNetwork(std::string_view target);

} // namespace roadstead::reference
