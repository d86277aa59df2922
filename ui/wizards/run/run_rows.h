// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wizards/run/run_form.h"

#include <string>

/// The rows of a form as words of a command line, and back.
namespace roadstead::ui {

[[nodiscard]] std::string portWord(const RunPort &port);
[[nodiscard]] std::string mountWord(const RunMount &mount);
[[nodiscard]] const char *mountOption(const RunMount &mount); ///< that the word belongs to
[[nodiscard]] std::string variableWord(const RunVariable &variable, RunSecrets secrets);

// What cannot be read becomes an empty row; whether a row gives the same word again is for the
// caller to see.
[[nodiscard]] RunPort portOf(const std::string &word);
[[nodiscard]] RunMount mountOfVolume(const std::string &word); ///< of --volume
[[nodiscard]] RunMount mountOfMemory(const std::string &word); ///< of --tmpfs
[[nodiscard]] RunMount mountOfLong(const std::string &word);   ///< of --mount

} // namespace roadstead::ui
