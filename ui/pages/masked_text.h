// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string>
#include <string_view>
#include <vector>

namespace roadstead::ui {

/// The words of a command for display; what follows the name of a secret (--password=…, -p …) and
/// URLs with a password are masked.
[[nodiscard]] QString maskedCommand(const std::vector<std::string> &words);
/// The same of a line, whose words are parted by blanks.
[[nodiscard]] QString maskedCommand(const std::string &line);
/// The same for the lines of prettyJson(): values of members and elements of arrays. `masked`
/// counts them.
[[nodiscard]] std::string maskedJson(std::string_view pretty, int &masked);

} // namespace roadstead::ui
