// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/error.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace roadstead::privilege {

/// Why an administrator action on the engine did not work, beside the kind of the Error: its detail
/// is one of these as a word. ui/text has a sentence for each.
enum class Reason {
    Other,      ///< no word of ours: an errno or D-Bus error name, or nothing
    Bus,        ///< the system bus
    Connection, ///< this process's connection to the system bus, which cannot be had again
    Polkit,     ///< polkit
    Helper,     ///< our helper: missing, silent, or at work for somebody else
    Launcher,   ///< our launcher or its systemd unit
    Dockerd,    ///< dockerd
    Masked,     ///< the administrator has masked the systemd unit
    NotRunning, ///< restart of what does not run
    Stopping,   ///< start of what is on its way down
    Rate,       ///< more requests than a minute allows
    Queue,      ///< one request is in flight, one waits already
    Engine,     ///< another start, stop or restart is under way
    NoAgent,    ///< nobody is there who could ask the person
    Failed,     ///< it came up and failed: the engine's failure says why
    Ended,      ///< it was seen to stop instead
    Unseen,     ///< nothing was seen to happen
    Slow,       ///< it is taking too long
    Timeout,    ///< no reply from the helper
    Reply,      ///< a reply that is not ours
    Refusal     ///< a refusal that may be somebody else's
};

inline constexpr std::array<std::string_view, 21> reasonWords{
    "",       "bus",        "connection", "polkit", "helper",  "launcher", "dockerd",
    "masked", "notrunning", "stopping",   "rate",   "queue",   "engine",   "noagent",
    "failed", "ended",      "unseen",     "slow",   "timeout", "reply",    "refusal"};

constexpr const char *word(Reason reason)
{
    return reasonWords.at(static_cast<std::size_t>(reason)).data();
}

/// Other for every detail that is none of our words.
constexpr Reason reasonOf(const Error &error)
{
    const auto found = std::ranges::find(reasonWords, std::string_view(error.detail));
    return found == reasonWords.end() ? Reason::Other
                                      : static_cast<Reason>(found - reasonWords.begin());
}

} // namespace roadstead::privilege
