// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::test {

/// A command line of the docker CLI, taken apart: its command ("network create"), its options by
/// their long names, and its operands.
struct CliLine
{
    std::string command;
    std::multimap<std::string, std::string> options; ///< "1" for those without a value
    std::vector<std::string> operands;

    [[nodiscard]] bool has(const std::string &option) const { return options.contains(option); }
    /// Set, and not to false.
    [[nodiscard]] bool isSet(const std::string &option) const;
    [[nodiscard]] std::string value(const std::string &option) const;
    [[nodiscard]] std::vector<std::string> values(const std::string &option) const;
    [[nodiscard]] std::string operand(std::size_t index) const;
};

/// None when the command is not one that the runner knows, or an option of it is not.
std::optional<CliLine> parseCliLine(const std::string &text);

} // namespace roadstead::test
