// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registry/credential_helper.h"

#include "engine/base/random.h"
#include "engine/json/tree.h"
#include "engine/registry/program.h"

#include <algorithm>

namespace roadstead::registry {

namespace {

/// A user name that says that the secret is an identity token.
constexpr const char *tokenUser = "<token>";
constexpr std::string_view notFoundWords = "credentials not found in native keychain";
constexpr std::size_t longestWords = 512;

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(space);
    return begin == std::string_view::npos
               ? std::string_view()
               : text.substr(begin, text.find_last_not_of(space) - begin + 1);
}

bool isNotFound(const ProgramAnswer &answer)
{
    return answer.exitStatus != 0 && trimmed(answer.output) == notFoundWords;
}

/// Runs the helper. What it writes when it fails is its words, not a secret.
Result<ProgramAnswer> ask(const std::string &helper, const char *verb, std::string_view input,
                          std::chrono::milliseconds limit)
{
    if (!isHelperName(helper)) {
        return failure(ErrorKind::InvalidArgument, helperOperation,
                       "not the name of a credential helper: \"" + helper + "\"");
    }
    return runProgram("docker-credential-" + helper, verb, input, {.time = limit});
}

std::unexpected<Error> failed(const std::string &helper, const ProgramAnswer &answer)
{
    const std::string words(trimmed(answer.output).substr(0, longestWords));
    return failure(ErrorKind::Unauthorized, helperOperation,
                   "docker-credential-" + helper + (words.empty() ? "" : ": ") + words,
                   answer.exitStatus);
}

std::unexpected<Error> malformed(const char *why)
{
    return failure(ErrorKind::MalformedReply, helperOperation, why);
}

/// What the file keeps under `key`, or under a URL of that host.
Credentials keptInFile(const ConfigFile &config, const std::string &key)
{
    if (const auto found = config.auths.find(key); found != config.auths.end()) {
        return found->second;
    }
    const auto old = std::ranges::find_if(
        config.auths, [&key](const auto &one) { return hostOfKey(one.first) == key; });
    return old == config.auths.end() ? Credentials{} : old->second;
}

} // namespace

bool isHelperName(std::string_view name)
{
    return !name.empty() && name.size() <= 128 && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '.' || c == '-';
    });
}

Result<Credentials> parseHelperAnswer(std::string_view answer, const std::string &server)
{
    const auto root = json::parse(answer, "answer", json::Rest::Ignored);
    if (!root || !root->isObject()) {
        return malformed("the answer of the credential helper is not JSON");
    }
    std::string username;
    std::string secret;
    bool isGood = true;
    const auto read = [&](const char *name, std::string &out) {
        root->forEachNamed(name, [&](const json::Value &value) {
            isGood = isGood && (value.isText() || value.isNull());
            out = value.isText() ? value.characters() : out;
        });
    };
    read("Username", username);
    read("Secret", secret);
    if (!isGood) {
        wipe(secret);
        return malformed("the answer of the credential helper has wrong types");
    }
    Credentials credentials;
    credentials.serverAddress = server;
    if (username == tokenUser) {
        credentials.identityToken = std::move(secret);
    } else {
        credentials.username = std::move(username);
        credentials.password = std::move(secret);
    }
    return credentials;
}

InstalledHelpers::InstalledHelpers(std::chrono::milliseconds limit)
    : m_limit(limit)
{
}

Result<std::optional<Credentials>> InstalledHelpers::get(const std::string &helper,
                                                         const std::string &server)
{
    auto answer = ask(helper, "get", server, m_limit);
    if (!answer) {
        return std::unexpected(answer.error());
    }
    if (isNotFound(*answer)) {
        return std::nullopt;
    }
    if (answer->exitStatus != 0) {
        return failed(helper, *answer);
    }
    auto credentials = parseHelperAnswer(answer->output, server);
    wipe(answer->output);
    if (!credentials) {
        return std::unexpected(credentials.error());
    }
    return std::move(*credentials);
}

Result<void> InstalledHelpers::store(const std::string &helper, const Credentials &credentials)
{
    const bool isToken = !credentials.identityToken.empty();
    json::Value object = json::Value::object();
    object.members().push_back({"ServerURL", json::Value::text(credentials.serverAddress)});
    object.members().push_back(
        {"Username", json::Value::text(isToken ? tokenUser : credentials.username)});
    object.members().push_back(
        {"Secret", json::Value::text(isToken ? credentials.identityToken : credentials.password)});
    std::string input = json::compact(object);
    const auto answer = ask(helper, "store", input, m_limit);
    wipe(input);
    if (!answer) {
        return std::unexpected(answer.error());
    }
    return answer->exitStatus == 0 ? Result<void>{} : failed(helper, *answer);
}

Result<void> InstalledHelpers::erase(const std::string &helper, const std::string &server)
{
    const auto answer = ask(helper, "erase", server, m_limit);
    if (!answer) {
        return std::unexpected(answer.error());
    }
    const bool isDone = answer->exitStatus == 0 || isNotFound(*answer);
    return isDone ? Result<void>{} : failed(helper, *answer);
}

Result<std::map<std::string, std::string>> InstalledHelpers::list(const std::string &helper)
{
    const auto answer = ask(helper, "list", "unused", m_limit);
    if (!answer) {
        return std::unexpected(answer.error());
    }
    if (answer->exitStatus != 0) {
        return failed(helper, *answer);
    }
    const auto root = json::parse(answer->output, "answer", json::Rest::Ignored);
    if (!root || !(root->isObject() || root->isNull())) {
        return malformed("the list of the credential helper is not JSON");
    }
    std::map<std::string, std::string> users;
    for (const json::Member &member : root->members()) {
        if (!member.value.isText()) {
            return malformed("the list of the credential helper has wrong types");
        }
        users[member.name] = member.value.characters();
    }
    return users;
}

Result<Credentials> resolveCredentials(const ConfigFile &config, std::string_view registry,
                                       CredentialHelpers &helpers)
{
    const std::string key = credentialKey(registry);
    Credentials kept = keptInFile(config, key);
    const std::string helper = config.helperFor(key);
    if (helper.empty()) {
        return kept;
    }
    auto answer = helpers.get(helper, key);
    if (!answer) {
        return std::unexpected(answer.error());
    }
    // What only the file can hold stays.
    Credentials found = std::move(*answer).value_or(Credentials{});
    found.auth = std::move(kept.auth);
    found.email = std::move(kept.email);
    found.registryToken = std::move(kept.registryToken);
    return found;
}

} // namespace roadstead::registry
