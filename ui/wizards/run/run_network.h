// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wizards/run/run_form.h"

#include <string>

namespace roadstead::ui {

/// One --network as fields, as typed. Lists are parted by commas.
struct RunNetwork
{
    std::string target{};
    std::string aliases{};
    std::string ipv4Address{};
    std::string ipv6Address{};
    std::string linkLocalAddresses{};
    std::string macAddress{};
    std::string driverOptions{}; ///< "name=value, …"
    std::string gatewayPriority{};
    [[nodiscard]] bool isPlain() const; ///< it has a target at most
    bool operator==(const RunNetwork &) const = default;
};

/// Of a word of the form. One that cannot be read is all target.
[[nodiscard]] RunNetwork networkOf(const std::string &word);
/// The word: "backend", or the long form where there is more; empty when there is nothing.
[[nodiscard]] std::string networkWord(const RunNetwork &network);
/// Names the form's first network, which keeps whatever else it has.
void setFirstNetwork(RunForm &form, const std::string &target);

} // namespace roadstead::ui
