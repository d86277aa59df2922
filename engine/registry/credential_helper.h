// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/registry/config_file.h"
#include "engine/registry/credentials.h"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

/// Programs that keep credentials: the protocol of docker-credential-helpers.
namespace roadstead::registry {

/// Asks the helpers of the docker CLI. Behind an interface, so that tests can answer for them.
class CredentialHelpers
{
public:
    virtual ~CredentialHelpers() = default;
    /// The credentials that the helper of this name keeps for `server`; none when it says that it
    /// has none. Every other ending is a failure: a helper that is missing or fails must be shown
    /// and never means "log in as nobody".
    virtual Result<std::optional<Credentials>> get(const std::string &helper,
                                                   const std::string &server) = 0;
};

/// The real programs, "docker-credential-<name>" in PATH. What they are told goes to their standard
/// input, never into their arguments; what they write to their standard error is dropped. Blocking,
/// up to the time limit; any thread.
///
/// Failures: InvalidArgument (a name that is not one), NotInstalled, NotAnswering (the time limit;
/// the helper and what it started are killed), MalformedReply (more than 1 MiB, or not what the
/// protocol says), Unauthorized (it failed; the code is its exit status and the detail its own
/// words), Io.
class InstalledHelpers final : public CredentialHelpers
{
public:
    explicit InstalledHelpers(std::chrono::milliseconds limit = std::chrono::seconds(30));

    Result<std::optional<Credentials>> get(const std::string &helper,
                                           const std::string &server) override;
    /// Keeps username and password, or the identity token, for the server address in them.
    Result<void> store(const std::string &helper, const Credentials &credentials);
    /// Also when there were none.
    Result<void> erase(const std::string &helper, const std::string &server);
    /// User names by server.
    Result<std::map<std::string, std::string>> list(const std::string &helper);

private:
    std::chrono::milliseconds m_limit;
};

/// Whether it is a name that a helper can have: letters, digits, "_", "." and "-".
bool isHelperName(std::string_view name);

/// What a helper answers to "get". Fails with ErrorKind::MalformedReply; the detail never holds the
/// answer, which is a secret.
Result<Credentials> parseHelperAnswer(std::string_view answer, const std::string &server);

/// The credentials for a registry ("docker.io", "registry.example:5000"), found as the CLI does it:
/// the registry's own helper, the helper for all, the file, also under an old URL of the registry.
/// Anonymous ones when there are none. Failures are those of the helper.
Result<Credentials> resolveCredentials(const ConfigFile &config, std::string_view registry,
                                       CredentialHelpers &helpers);

} // namespace roadstead::registry
