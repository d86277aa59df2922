// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/create_container.h"

#include <cstdint>
#include <string>
#include <vector>

namespace roadstead::service {

enum class DifferenceKind : std::uint8_t { Added, Changed, Removed };

/// One setting that two containers to be made do not share.
struct Difference
{
    std::string option{}; ///< as the docker CLI calls it: "--env"; "image", "command" for words
    std::string key{};    ///< of an option that is given several times: a variable's name, a port
    std::string before{}; ///< empty when added
    std::string after{};  ///< empty when removed
    DifferenceKind kind = DifferenceKind::Changed;
    bool operator==(const Difference &) const = default;
};

/// What differs, in the order of the docker command line of `after`, what is gone last. Labels of
/// Roadstead's own are left out. Values may be secrets: mask them before they are shown.
std::vector<Difference> createDifferences(const docker::CreateContainer &before,
                                          const docker::CreateContainer &after);

} // namespace roadstead::service
