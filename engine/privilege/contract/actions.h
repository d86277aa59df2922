// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <chrono>
#include <string_view>

/// The administrator actions of Roadstead: the one list from which the helper's slots, the polkit
/// actions, the client and the contract test follow. A verb is an intent; nothing in its arguments
/// says how it is carried out or for whom.
namespace roadstead::privilege {

/// D-Bus name of the helper, and prefix of its polkit actions.
inline constexpr std::string_view helperId = "org.roadstead.engine";
/// Owned on the bus by the helper while a request is under way, so that others can be told at once.
inline constexpr std::string_view busyName = "org.roadstead.engine.busy";
/// Raised when requests or replies change their meaning; helper and client must agree.
inline constexpr int contractVersion = 3;
/// After this long without an answer from polkit the helper ends.
inline constexpr std::chrono::seconds consentLimit{120};

enum class Verb {
    EngineStart,    ///< start the caller's own engine
    EngineStop,     ///< stop the caller's own engine and its containers
    EngineRestart,  ///< restart the caller's own engine, containers keep running
    EngineConfigure ///< set the options of the caller's own engine, all of them
};

/// How polkit decides for a person at an active local session. Everybody else is refused.
enum class Consent {
    AdministratorOnce, ///< asks every time: auth_admin
    AdministratorKept  ///< asks, and remembers for a few minutes: auth_admin_keep
};

/// One administrator action.
struct Action
{
    Verb verb;
    std::string_view operation; ///< as in Error::operation: "engine.start"
    std::string_view id;        ///< polkit action and KAuth action name
    std::string_view slot;      ///< the helper's slot that KAuth derives from the id
    Consent consent;
    std::chrono::seconds timeLimit; ///< from request to reply, typing the password included
    bool carriesOptions = false;    ///< its request has EngineOptions, no other's has
};

inline constexpr std::array actions{
    Action{Verb::EngineStart, "engine.start", "org.roadstead.engine.start", "start",
           Consent::AdministratorKept, std::chrono::seconds{150}},
    Action{Verb::EngineStop, "engine.stop", "org.roadstead.engine.stop", "stop",
           Consent::AdministratorKept, std::chrono::seconds{150}},
    Action{Verb::EngineRestart, "engine.restart", "org.roadstead.engine.restart", "restart",
           Consent::AdministratorKept, std::chrono::seconds{150}},
    Action{Verb::EngineConfigure, "engine.configure", "org.roadstead.engine.configure", "configure",
           Consent::AdministratorOnce, std::chrono::seconds{180}, true},
};

/// The action of a verb. Every verb has one; the contract test walks the list.
constexpr const Action &action(Verb verb)
{
    for (const Action &candidate : actions) {
        if (candidate.verb == verb) {
            return candidate;
        }
    }
    return actions.front();
}

} // namespace roadstead::privilege
