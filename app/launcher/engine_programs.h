// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace roadstead::launcher {

struct EngineVersion
{
    int major = 0;
    int minor = 0;

    auto operator<=>(const EngineVersion &) const = default;
    [[nodiscard]] std::string text() const;
};

/// 20.10 is the first with --host-gateway-ip and with stable live-restore on cgroup v2.
inline constexpr EngineVersion oldestEngine{20, 10};

/// Reads what "dockerd --version" prints: "Docker version 26.1.5+dfsg1, build 411e817".
std::optional<EngineVersion> parseVersion(std::string_view output);

/// The programs an engine is made of, all absolute and only root's to change.
struct EnginePrograms
{
    std::string dockerd;
    std::string containerd;
    std::optional<std::string> portForwarder; ///< roadstead-port; without it dockerd uses its own
    std::optional<std::string> runtime;       ///< roadstead-runtime; without it dockerd uses runc
    EngineVersion version;
};

/// Finds them and asks dockerd for its version. Fails with NotInstalled (detail: the program),
/// UnsupportedVersion (detail: the version), PermissionDenied.
Result<EnginePrograms> findEnginePrograms();

} // namespace roadstead::launcher
