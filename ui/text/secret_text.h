// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string_view>

namespace roadstead::ui {

/// Whether a value is to be masked: the name ends in KEY, SECRET, TOKEN or PASSWORD, or the value
/// is a URL with a password.
[[nodiscard]] bool looksSecret(std::string_view name, std::string_view value);
/// A fixed run of dots: says nothing about the value, not even its length.
[[nodiscard]] QString maskedText();

} // namespace roadstead::ui
