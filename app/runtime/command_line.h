// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace roadstead::runtime {

/// The folder of the specification that runc reads when it is run with `arguments` (those after its
/// name): the value of --bundle or -b, "." if there is none; nothing for commands that make no
/// container. Understands the command line of runc 1.0 to 1.3 as containerd, dockerd and BuildKit
/// use it; anything else is runc's to refuse. Any thread.
std::optional<std::string_view> bundleOf(std::span<const std::string_view> arguments);

} // namespace roadstead::runtime
