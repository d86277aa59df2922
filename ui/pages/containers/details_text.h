// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/types.h"
#include "ui/text/secret_text.h"

#include <QString>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::ui {

/// Whether the engine deletes it together with its container when told to delete volumes, too: one
/// that nobody gave a name, so that the engine made one of 64 hexadecimal digits.
[[nodiscard]] bool isAnonymousVolume(const docker::Mount &mount);

/// Who can reach a published port.
enum class Exposure {
    OtherComputers,   ///< bound to all addresses, or to one that is not loopback
    ThisComputerOnly, ///< bound to a loopback address
    ItsNetworksOnly   ///< not published
};
[[nodiscard]] Exposure exposureOf(const docker::Port &port);
[[nodiscard]] QString exposureText(Exposure exposure);

/// "0", "137, killed (SIGKILL)", "137, out of memory": how it ended.
[[nodiscard]] QString exitText(int code, bool oomKilled);
/// "SIGKILL" of 137; empty when the code says no signal.
[[nodiscard]] QString signalOfExit(int code);

/// "Every 10 s, 3 tries": how often health is checked, and how many failures in a row are needed.
[[nodiscard]] QString healthRhythm(const docker::HealthOptions &check);
/// "Times out after 5 s · start period 10 s, every 2 s".
[[nodiscard]] QString healthTimes(const docker::HealthOptions &check);
/// Which of an image's digests ("repository@sha256:…") is of the repository it was named by; the
/// first where none is. Empty = it has none.
[[nodiscard]] std::string registryDigest(const std::vector<std::string> &digests,
                                         std::string_view image);

[[nodiscard]] QString restartPolicyText(const docker::ContainerDetails &details);
/// "2.0", "512 MiB", "200"; "No limit" where there is none.
[[nodiscard]] QString cpuLimitText(const docker::ContainerDetails &details);
[[nodiscard]] QString memoryLimitText(const docker::ContainerDetails &details);
[[nodiscard]] QString pidsLimitText(const docker::ContainerDetails &details);
/// A time of the engine (RFC 3339) in local time: "Today 11:32:02"; an en dash for none.
[[nodiscard]] QString timeText(std::string_view rfc3339, std::int64_t now);
/// The same in full, for a tooltip: "Wednesday, 25 November 2026 14:02:11"; empty for none.
[[nodiscard]] QString fullTimeText(std::string_view rfc3339);
/// Seconds between two times of the engine; none when either is unknown.
[[nodiscard]] std::optional<double> secondsBetween(std::string_view start, std::string_view end);

} // namespace roadstead::ui
