// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/registry/cause.h"
#include "ui/text/registry_text.h"

#include <optional>
#include <string>
#include <string_view>

namespace roadstead::ui {

/// A registry that stood in the way of a build: at a base image, or where the image was pushed.
struct RegistryTrouble
{
    RegistryAct act = RegistryAct::Pull;
    std::string image;    ///< as the builder names it
    std::string registry; ///< "docker.io"
    registry::Cause cause = registry::Cause::Unknown;
};

/// From what BuildKit or an engine's own builder said of the failure, and the words of the step
/// that failed (empty = not known); none where it was something else.
[[nodiscard]] std::optional<RegistryTrouble> registryTroubleOf(std::string_view message,
                                                               std::string_view step);

} // namespace roadstead::ui
