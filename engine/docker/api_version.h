// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/docker/types.h"

#include <optional>
#include <string>
#include <string_view>

namespace roadstead::docker {

/// Reads "1.<one to three digits>" and nothing else: what an engine names goes into every path.
std::optional<ApiVersion> parseApiVersion(std::string_view text);

/// "1.45".
std::string apiVersionText(ApiVersion version);

/// The version to speak with an engine whose ping named `engineVersion` (empty when it named none:
/// very old engines do not, and speak oldestApi): the older one of its newest and ours. Fails with
/// ErrorKind::UnsupportedVersion when it is no version or below oldestApi.
Result<ApiVersion> negotiatedVersion(std::string_view engineVersion);

} // namespace roadstead::docker
