// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace roadstead::launcher {

/// What an administrator sets for one user's engine, in /etc/roadstead/UID.conf: key=value lines,
/// "#" begins a comment line. The only key is loopback-ports, decimal TCP ports with commas between
/// them: ports of the host's loopback that the engine reaches at its own localhost.
struct UserOptions
{
    std::vector<std::uint16_t> loopbackPorts; ///< at most 64, without repetition

    bool operator==(const UserOptions &) const = default;
};

/// Fails with InvalidArgument (detail: the line) at anything that is not as above: half a list
/// would be a puzzle.
Result<UserOptions> parseUserOptions(const std::string &text);

/// Those of the file, which only root may write; none when there is no file.
Result<UserOptions> readUserOptions(const std::string &path);

} // namespace roadstead::launcher
