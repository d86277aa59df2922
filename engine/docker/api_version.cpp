// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/api_version.h"

#include "engine/docker/client.h"

#include <algorithm>
#include <charconv>

namespace roadstead::docker {

std::optional<ApiVersion> parseApiVersion(std::string_view text)
{
    constexpr std::string_view major = "1.";
    constexpr std::size_t mostDigits = 3;
    if (!text.starts_with(major)) {
        return std::nullopt;
    }
    text.remove_prefix(major.size());
    const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (text.empty() || text.size() > mostDigits || !digits) {
        return std::nullopt;
    }
    ApiVersion version;
    std::from_chars(text.data(), text.data() + text.size(), version.minor);
    return version;
}

std::string apiVersionText(ApiVersion version)
{
    return "1." + std::to_string(version.minor);
}

Result<ApiVersion> negotiatedVersion(std::string_view engineVersion)
{
    if (engineVersion.empty()) {
        return oldestApi;
    }
    const std::optional<ApiVersion> theirs = parseApiVersion(engineVersion);
    if (!theirs || *theirs < oldestApi) {
        return failure(ErrorKind::UnsupportedVersion, "engine.negotiate",
                       std::string(engineVersion.substr(0, 64)));
    }
    return std::min(*theirs, newestApi);
}

} // namespace roadstead::docker
