// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/run_line.h"

#include <map>
#include <span>
#include <string>
#include <string_view>

/// The options of `docker run` and `docker create`. Inside engine/docker only.
namespace roadstead::docker {

/// What is collected before a RunLine can be made of it.
struct RunDraft
{
    RunLine line{};
    const RunLineContext *context = nullptr;
    std::vector<std::string> fileVariables{};
    std::vector<std::string> variables{};
    std::vector<std::string> fileLabels{};
    std::vector<std::string> labels{};
    reference::NetworkAttachment first{}; ///< of the options that belong to the first network
    bool help = false;

    CreateContainer &create() { return line.create; }
};

/// One option. `set` is called for each time it is given.
struct RunOption
{
    using Setter = Result<void> (*)(RunDraft &draft, std::string_view value);

    std::string_view name;
    char letter = '\0';  ///< "-p", or none
    bool isFlag = false; ///< takes a value only behind "="
    Setter set = nullptr;
    bool isOfRunOnly = false;
    bool isOfWindowsOnly = false;
};

std::span<const RunOption> generalOptions();
std::span<const RunOption> networkOptions();
std::span<const RunOption> storageOptions();
std::span<const RunOption> resourceOptions();
std::span<const RunOption> isolationOptions();

/// Setters for members of plain types.
Result<void> setText(std::string &member, std::string_view value);
Result<void> addText(std::vector<std::string> &member, std::string_view value);
Result<void> setFlag(bool &member, std::string_view value);
Result<void> setNumber(std::int64_t &member, std::string_view value);

/// Moves a result into a member.
template<typename Member, typename Value>
Result<void> setResult(Member &member, Result<Value> &&value)
{
    if (!value) {
        return std::unexpected(std::move(value).error());
    }
    member = *std::move(value);
    return {};
}

/// Appends a result to a list.
template<typename Value>
Result<void> addResult(std::vector<Value> &list, Result<Value> &&value)
{
    if (!value) {
        return std::unexpected(std::move(value).error());
    }
    list.push_back(*std::move(value));
    return {};
}

} // namespace roadstead::docker
