// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <string>

namespace roadstead::docker {

/// What of a container decides how one can come to it with a terminal.
struct TerminalFacts
{
    bool tty = false;       ///< its process has a terminal
    bool input = false;     ///< its standard input is open …
    bool inputOnce = false; ///< … and ends when the first one that was attached goes
    std::string pidMode{};  ///< "" = processes of its own, "host", "container:ID"
    std::string ipcMode{};  ///< "private", "shareable", "host", …
    bool operator==(const TerminalFacts &) const = default;
};

/// From the reply to GET /containers/{id}/json, which ContainerDetails::raw has.
Result<TerminalFacts> decodeTerminalFacts(const std::string &json);

} // namespace roadstead::docker
