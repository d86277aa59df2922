// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

#include "engine/base/base64.h"
#include "engine/registry/credential_helper.h"

#include <string>

using namespace roadstead;
using namespace roadstead::registry;

namespace {

/// A helper that always has something.
class StubHelpers final : public CredentialHelpers
{
public:
    Result<std::optional<Credentials>> get(const std::string &, const std::string &server) override
    {
        Credentials credentials;
        credentials.username = "from a helper";
        credentials.serverAddress = server;
        return credentials;
    }
};

} // namespace

void fuzz(std::string_view input)
{
    const ConfigFile config = parseConfigFile(input);
    StubHelpers helpers;
    for (const auto &[key, kept] : config.auths) {
        const std::string host = hostOfKey(key);
        require(!host.contains('/'));
        const auto found = resolveCredentials(config, host, helpers);
        require(found.has_value());
        const bool asked = !config.helperFor(credentialKey(host)).empty();
        require(asked == (found->username == "from a helper") || !asked);
        require(registryAuthHeader(kept).find_first_of("+/\n") == std::string::npos);
    }
    if (const auto answer = parseHelperAnswer(input, "server")) {
        require(answer->serverAddress == "server");
        require(answer->identityToken.empty() || answer->password.empty());
    } else {
        require(!answer.error().detail.empty());
    }
    require(!registryOf(input).contains('/'));
    if (const auto bytes = parseBase64(input)) {
        require(parseBase64(toBase64(*bytes)) == bytes);
    }
}
