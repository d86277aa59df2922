// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace roadstead {

/// The first 12 characters of an object's id, without an algorithm prefix such as "sha256:", as the
/// docker CLI shows it. Shorter ids come back whole.
std::string shortId(std::string_view id);

/// Whether `id` is what engines give containers and networks: 64 lower-case hexadecimal digits.
bool isFullId(std::string_view id);

} // namespace roadstead
