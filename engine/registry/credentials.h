// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace roadstead::registry {

/// What a registry wants to see of a person. Secret: it goes to a helper's standard input and into
/// the header X-Registry-Auth, and nowhere else.
struct Credentials
{
    std::string username;
    std::string password;
    std::string auth; ///< "user:password" in base64 that could not be read; passed on as it is
    std::string email;
    std::string serverAddress;
    std::string identityToken; ///< instead of a password
    std::string registryToken; ///< a bearer token for the registry itself

    /// Whether there is nothing to log in with.
    [[nodiscard]] bool isAnonymous() const
    {
        return username.empty() && password.empty() && auth.empty() && identityToken.empty() &&
               registryToken.empty();
    }
    /// Overwrites the secrets in memory.
    void wipe();

    bool operator==(const Credentials &) const = default;
};

/// The value of the header X-Registry-Auth: JSON in the base64 of URLs. Of no credentials, it is
/// that of an empty object, which engines ask for.
std::string registryAuthHeader(const Credentials &credentials);

/// The registry of an image name: what stands before its first slash if it has a dot, a colon or a
/// capital letter or is "localhost", else Docker Hub's "docker.io". The rest of the name is not
/// looked at.
std::string registryOf(std::string_view image);

/// The name that credentials of a registry are kept under: Docker Hub's is an old address of it,
/// any other's is itself.
std::string credentialKey(std::string_view registry);

/// Host and port of a key that may be a URL, as older CLIs wrote them.
std::string hostOfKey(std::string_view key);

} // namespace roadstead::registry
