// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace roadstead::desktop {

/// Sends Qt's messages to standard error and to a file, each line by one write(2), so that the
/// last line before a crash is there; writes the stack on a crash. The file (mode 0600) is capped:
/// at the start, one that is larger than 1 MiB becomes "<path>.1". Lines are made safe to print
/// and shortened to 2,000 characters; nothing of what engines or people say is logged by
/// Roadstead, so that no secret can get in. Call once, from main(). An unwritable file is no
/// failure: standard error remains.
void startLogging(const QString &path);

/// $XDG_STATE_HOME/roadstead/roadstead.log, with the folder made.
QString defaultLogPath();

} // namespace roadstead::desktop
