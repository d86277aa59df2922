// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/registry/cause.h"
#include "ui/text/error_text.h"

#include <QString>

#include <string>
#include <string_view>

/// Words about registries. Thread-safe.
namespace roadstead::ui {

/// What was tried at a registry.
enum class RegistryAct { Pull, Push, CheckPush, SignIn, Look, Delete };

/// Where it was tried, all as it came from outside.
struct RegistrySubject
{
    std::string registry{};   ///< "docker.io"
    std::string repository{}; ///< "team/web"; empty = the registry as a whole
    std::string user{};       ///< of the account that is kept; empty = none, or not told
    bool hasAccount = false;
};

/// Why it did not work, with a next step, for errors of engines as well as of our own client.
[[nodiscard]] Explanation explainRegistry(const Error &error, RegistryAct act,
                                          const RegistrySubject &subject);

/// What a person can do about it, each on the page Registries.
enum class RegistryRemedy {
    None,
    SignIn,  ///< or with another account
    Trust,   ///< its certificate
    Insecure ///< without encryption
};
[[nodiscard]] RegistryRemedy remedyOf(registry::Cause cause);
/// Of what an engine said when it pulled; None where it was not the registry that refused.
[[nodiscard]] RegistryRemedy remedyOfPull(const Error &error);
/// Of the button that leads there; empty for None.
[[nodiscard]] QString remedyText(RegistryRemedy remedy);
/// Whether it says nothing of what an engine could do: from there the registry may be reached.
[[nodiscard]] bool isOfReaching(registry::Cause cause);

/// Whose registry it is: "Docker Hub", "GitHub"; empty = nobody's that is known.
[[nodiscard]] QString registryBrand(std::string_view registry);
/// What is to be entered as the secret there.
[[nodiscard]] QString secretAdvice(std::string_view registry);
/// What names of repositories look like there.
[[nodiscard]] QString nameAdvice(std::string_view registry);
/// The page of an account's tokens; empty = not known.
[[nodiscard]] QString tokenPage(std::string_view registry);

} // namespace roadstead::ui
