// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace roadstead::launcher::patience {

// Restoring a thousand containers takes dockerd a while; the clock only ends a start that hangs.
inline constexpr std::chrono::seconds containerd{30};
inline constexpr std::chrono::seconds dockerd{180};
inline constexpr std::chrono::seconds replacement{30};
inline constexpr std::chrono::seconds disarming{10};
// dockerd itself waits for each container as long as that container asks for.
inline constexpr std::chrono::seconds ending{90};
inline constexpr std::chrono::seconds containerGrace{10};
inline constexpr std::chrono::milliseconds probeInterval{50};
inline constexpr std::chrono::milliseconds refreshDelay{500};
inline constexpr std::chrono::seconds refreshInterval{60};
inline constexpr std::chrono::seconds helperInterval{2};
inline constexpr auto never = std::chrono::steady_clock::time_point::max();

} // namespace roadstead::launcher::patience
