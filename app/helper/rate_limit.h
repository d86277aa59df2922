// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <sys/types.h>

#include <chrono>

namespace roadstead::helper {

inline constexpr int callsPerMinute = 10;

/// Counts a call of `uid` at `now` (since boot) and says whether it is within ten a minute. Counted
/// in the file `path` of root's, so that ending the helper does not reset it. A file that cannot be
/// read counts as empty; one that cannot be written refuses.
[[nodiscard]] bool admitCall(const QString &path, uid_t uid, std::chrono::seconds now);

} // namespace roadstead::helper
