// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/create_container.h"

#include <string>
#include <vector>

namespace roadstead::docker {

/// A Compose file (Compose Specification) with one service that makes such a container.
struct ComposeText
{
    std::string yaml{};
    /// Options of docker create for which Compose has no word, as "--rm"; comments at the file's
    /// head name them, too.
    std::vector<std::string> unsaid{};
    bool operator==(const ComposeText &) const = default;
};
/// Networks and volumes are named as ones that are there (external), since they belong to whatever
/// made them. Every text is quoted so that neither YAML nor Compose's variables read more into it.
ComposeText composeText(const CreateContainer &create);

} // namespace roadstead::docker
