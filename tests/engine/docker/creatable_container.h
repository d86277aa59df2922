// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/create_container.h"

#include <cstdint>
#include <string>

namespace roadstead::test {

/// What the containers of creatableContainer() lean on, to be made beforehand.
struct Surroundings
{
    std::string image;        ///< its name
    std::string container;    ///< one that is there, for --link, --volumes-from, --ipc …
    std::string network;      ///< user-defined, 10.77.0.0/16 and fd77::/64
    std::string otherNetwork; ///< user-defined, 10.78.0.0/16
    std::string profile;      ///< path of a file with a seccomp profile
    std::string profileText;  ///< what it has, without spaces
    std::string idFile;       ///< path of a file that is not there yet
    std::string platform;     ///< the engine's own
    bool knows28 = false;     ///< CLI and engine are of 28 or newer
};

/// A value with about a quarter of its options set, the same for the same seed, that an engine
/// makes a container of: unlike those of randomContainer() its options make sense together, and
/// what they name exists. Left out is what cannot be had here: --storage-opt and the real-time
/// limits of processors (which file system and kernel have to give), options for Windows,
/// --kernel-memory (gone), and what came with the CLI 28: --use-api-socket, gw-priority, mounts of
/// images.
docker::CreateContainer creatableContainer(std::uint32_t seed, const Surroundings &around);

} // namespace roadstead::test
