// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/registry/credentials.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

/// The accounts that the docker CLI has, and where it keeps them. Everything here is blocking, for
/// helpers may wait for a person; any thread.
namespace roadstead::registry {

/// An account at a registry. Without its secret.
struct KeptAccount
{
    std::string registry{}; ///< "docker.io", "registry.example:5000"
    std::string key{};      ///< what it is kept under, as it stands there
    std::string username{}; ///< empty = not told
    std::string helper{};   ///< that keeps it; empty = config.json does, as plain text
    bool isToken = false;   ///< an identity token in place of a password
    bool operator==(const KeptAccount &) const = default;
};

/// A credential helper that config.json names.
struct HelperState
{
    std::string name{};
    std::vector<std::string> serves{}; ///< registries that it alone answers for
    bool servesAll = false;            ///< and all that no other one answers for
    std::string path{};                ///< where its program is; empty = nowhere in PATH
    std::optional<Error> error{};      ///< why it did not answer
    std::chrono::milliseconds took{0}; ///< what its answer took
};

struct AccountBook
{
    std::string file{};                  ///< config.json
    std::string problem{};               ///< of it, without any secret
    std::vector<KeptAccount> accounts{}; ///< by registry, then user
    std::vector<HelperState> helpers{};
    /// A helper that plain text could be moved to: the one for all, or the usual one where it is
    /// installed; empty = none is.
    std::string offered{};
    [[nodiscard]] std::vector<KeptAccount> plain() const;
    [[nodiscard]] const KeptAccount *accountAt(const std::string &registry) const;
};

/// Reads config.json and asks its helpers for their lists. A helper that fails is told in it; it
/// fails only where config.json cannot be read.
Result<AccountBook> readAccountBook(const std::string &configFolder);

/// Keeps what `docker login` keeps, where that keeps it: in the registry's helper or the one for
/// all, and where there are none and nothing is kept yet, in the usual helper if it is installed;
/// else in config.json. `serverAddress` has the key. Yields the helper's name, or an empty one.
Result<std::string> keepCredentials(const std::string &configFolder,
                                    const Credentials &credentials);

/// What `docker logout` does: all that is kept for this registry goes.
Result<void> forgetCredentials(const std::string &configFolder, const std::string &registry);

/// Moves all plain text of config.json to a helper, and tells the CLI so. Each is read back from
/// the helper before it is taken out of the file. Yields how many were moved.
Result<int> moveToHelper(const std::string &configFolder, const std::string &helper);

/// Says that `helper` answers for this registry; an empty one takes that back.
Result<void> setHelperOf(const std::string &configFolder, const std::string &registry,
                         const std::string &helper);

/// The registry of what credentials are kept under.
std::string registryOfKey(const std::string &key);

} // namespace roadstead::registry
