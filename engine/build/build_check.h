// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/build/build_trace.h"

#include <optional>
#include <string_view>
#include <vector>

namespace roadstead::build {

/// What the builder says of a Dockerfile that it has only looked at.
struct BuildCheck
{
    std::vector<BuildWarning> warnings{};  ///< `details` begins with the name of the rule
    std::optional<BuildFailure> failure{}; ///< why it could not be built
    bool operator==(const BuildCheck &) const = default;
};

/// What `docker buildx build --call=check,format=json` prints: BuildKit's list of lint results.
/// Fails with ErrorKind::MalformedReply.
Result<BuildCheck> readBuildCheck(std::string_view text);

} // namespace roadstead::build
