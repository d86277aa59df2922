// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

namespace roadstead::service {

/// The text of a small kernel file (/proc, cgroup), whole, at most 1 MiB. Nothing when it cannot be
/// read: such files come and go, and the reason never matters to the caller.
std::optional<std::string> readSmallFile(const std::string &path);

} // namespace roadstead::service
