// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace roadstead::ui {

/// Where on the wizard an option stands. Those of Basic have fields of their own making.
enum class RunSection {
    Basic,
    Process,
    Network,
    Storage,
    Limits,
    Health,
    Security,
    Devices,
    Logging,
    Engine
};

enum class RunOptionKind {
    Flag,   ///< on or off
    Text,   ///< given once
    Choice, ///< once, with some usual values; others may be typed
    List    ///< as often as one likes
};

/// One option of `docker run` that has a field.
struct RunOption
{
    std::string_view name; ///< without dashes: "hostname"
    RunOptionKind kind = RunOptionKind::Text;
    RunSection section = RunSection::Basic;
    const char *label = "";   ///< source text in the context roadstead::ui::RunOption
    const char *example = ""; ///< as it is typed; not translated
    const char *choices = ""; ///< usual values, separated by spaces
};

/// Every option that has a field, in the order in which they stand within their section.
[[nodiscard]] std::span<const RunOption> runOptions();
/// Null for those that stand among the other options.
[[nodiscard]] const RunOption *findRunOption(std::string_view name);
/// The long name of "-e"; empty when there is none.
[[nodiscard]] std::string_view runOptionOfLetter(char letter);
/// Whether an option of `docker run` takes no value, whether it has a field or not.
[[nodiscard]] bool isRunFlag(std::string_view name);

} // namespace roadstead::ui
