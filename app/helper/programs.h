// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <array>

namespace roadstead::helper {

/// The one program the helper ever starts.
inline constexpr const char *launcherPath = ROADSTEAD_LIBEXEC_DIR "/roadstead-launcher";

/// The whole environment of the helper and of the launcher it starts.
inline constexpr std::array environment{"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root",
                                        "LANG=C.UTF-8"};

/// Replaces what was inherited (plugin paths, preloads, bus addresses …), sets umask 077, and
/// limits memory: KAuth reads a caller's arguments before it asks polkit, and Qt believes announced
/// sizes. Before the first thread and before Qt looks at anything.
void rebuildEnvironment();

/// True for an executable regular file of root's that nobody else can write to.
[[nodiscard]] bool isTrustedProgram(const char *path);
/// True when a trusted dockerd is in one of the folders where distributions and Docker put it.
[[nodiscard]] bool dockerdIsHere();

/// Starts a program in a session of its own, as nobody's child, with no descriptor of ours, default
/// signals and the rebuilt environment. True once it has been executed.
[[nodiscard]] bool startDetached(const QString &program, const QStringList &arguments);
/// Runs one in the same way to its end, half a minute at most. Its exit status; never
/// 0 when it did not run or was ended.
[[nodiscard]] int runToEnd(const QString &program, const QStringList &arguments,
                           const QByteArray &input);

} // namespace roadstead::helper
