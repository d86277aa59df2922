// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

namespace roadstead::helper {

/// The one program the helper ever starts.
inline constexpr const char *launcherPath = ROADSTEAD_LIBEXEC_DIR "/roadstead-launcher";

/// The whole environment of the helper and of the launcher it starts, null at the end (execve(2)).
inline constexpr std::array<const char *, 4> environment{"PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                                                         "HOME=/root", "LANG=C.UTF-8", nullptr};

/// Replaces what was inherited (plugin paths, preloads, bus addresses …), sets umask 077, and
/// limits memory: KAuth reads a caller's arguments before it asks polkit, and Qt believes announced
/// sizes. Before the first thread and before Qt looks at anything.
void rebuildEnvironment();

/// True for an executable regular file of root's that nobody else can write to.
[[nodiscard]] bool isTrustedProgram(const char *path);
/// True when a trusted dockerd is in one of the folders where distributions and Docker put it.
[[nodiscard]] bool dockerdIsHere();

/// Starts a program (absolute path first, null last) in a session of its own, as nobody's child,
/// with no descriptor of ours, default signals and the rebuilt environment. Returns once it has
/// been executed: 0, or the errno that prevented it.
[[nodiscard]] int startDetached(const std::array<const char *, 4> &arguments);

} // namespace roadstead::helper
