// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registry/account_book.h"

#include "engine/base/base64.h"
#include "engine/base/random.h"
#include "engine/registry/config_edit.h"
#include "engine/registry/config_file.h"
#include "engine/registry/credential_helper.h"

#include <algorithm>
#include <map>
#include <ranges>
#include <tuple>
#include <utility>

namespace roadstead::registry {

namespace {

constexpr const char *tokenName = "<token>";

/// Docker Hub's other secrets of one login, which the CLI keeps beside it.
bool isSideKey(const std::string &key)
{
    return key.ends_with("/access-token") || key.ends_with("/refresh-token");
}

/// Asks a helper for its list, and keeps how that went.
std::map<std::string, std::string> listOf(HelperState &helper)
{
    using Clock = std::chrono::steady_clock;
    const auto begun = Clock::now();
    InstalledHelpers helpers;
    auto list = helpers.list(helper.name);
    helper.took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun);
    if (!list) {
        helper.error = list.error();
        return {};
    }
    return std::move(*list);
}

std::vector<HelperState> helpersOf(const ConfigFile &config)
{
    std::map<std::string, HelperState> byName;
    const auto named = [&byName](const std::string &name) -> HelperState & {
        HelperState &helper = byName[name];
        helper.name = name;
        return helper;
    };
    if (!config.credentialStore.empty()) {
        named(config.credentialStore).servesAll = true;
    }
    for (const auto &[registry, name] : config.credentialHelpers) {
        if (!name.empty()) {
            named(name).serves.push_back(registryOfKey(registry));
        }
    }
    std::vector<HelperState> helpers;
    for (auto &[name, helper] : byName) {
        helper.path = isHelperName(name) ? pathOfProgram("docker-credential-" + name) : "";
        helpers.push_back(std::move(helper));
    }
    return helpers;
}

bool hasSecret(const Credentials &credentials)
{
    return !credentials.isAnonymous();
}

void addPlain(const ConfigFile &config, AccountBook &book)
{
    for (const auto &[key, credentials] : config.auths) {
        // The CLI never looks into the file for what a helper answers for; the secret is there all
        // the same.
        if (hasSecret(credentials)) {
            book.accounts.push_back({.registry = registryOfKey(key),
                                     .key = key,
                                     .username = credentials.username,
                                     .isToken = !credentials.identityToken.empty()});
        }
    }
}

void addKept(const ConfigFile &config, HelperState &helper, AccountBook &book)
{
    for (const auto &[key, user] : listOf(helper)) {
        const bool isUsed = config.helperFor(key) == helper.name ||
                            config.helperFor(registryOfKey(key)) == helper.name;
        if (isUsed && !isSideKey(key)) {
            const bool isToken = user == tokenName;
            book.accounts.push_back({.registry = registryOfKey(key),
                                     .key = key,
                                     .username = isToken ? std::string() : user,
                                     .helper = helper.name,
                                     .isToken = isToken});
        }
    }
}

std::string offeredHelper(const ConfigFile &config)
{
    return config.credentialStore.empty() ? defaultHelper(isInPath) : config.credentialStore;
}

/// Wipes what config.json gave when it goes.
struct ReadConfig
{
    ConfigFile file;
    ~ReadConfig()
    {
        for (auto &credentials : file.auths | std::views::values) {
            credentials.wipe();
        }
    }
};

/// What stands in "auths" for an account, secret or not.
json::Value entryOf(const Credentials &credentials, bool withSecret)
{
    json::Value entry = json::Value::object();
    const auto add = [&entry](const char *name, const std::string &text) {
        if (!text.empty()) {
            entry.members().push_back({name, json::Value::text(text)});
        }
    };
    if (withSecret) {
        std::string pair = credentials.username + ":" + credentials.password;
        add("auth", toBase64(pair));
        wipe(pair);
        add("identitytoken", credentials.identityToken);
    }
    add("email", credentials.email);
    return entry;
}

/// Takes what is secret out of an entry and leaves the rest.
void blank(json::Value &entry)
{
    removeFrom(entry, [](const std::string &name) {
        return name == "auth" || name == "username" || name == "password" ||
               name == "identitytoken" || name == "registrytoken";
    });
}

} // namespace

std::string registryOfKey(const std::string &key)
{
    const std::string host = hostOfKey(key);
    return host == "index.docker.io" || host == "registry-1.docker.io" ? "docker.io" : host;
}

std::vector<KeptAccount> AccountBook::plain() const
{
    std::vector<KeptAccount> found;
    std::ranges::copy_if(accounts, std::back_inserter(found),
                         [](const KeptAccount &account) { return account.helper.empty(); });
    return found;
}

const KeptAccount *AccountBook::accountAt(const std::string &registry) const
{
    const KeptAccount *found = nullptr;
    for (const KeptAccount &account : accounts) {
        // Where there are two, a helper's counts, as it does for the CLI.
        if (account.registry == registry && (found == nullptr || !account.helper.empty())) {
            found = &account;
        }
    }
    return found;
}

Result<AccountBook> readAccountBook(const std::string &configFolder)
{
    auto read = readConfigFile(configFolder);
    if (!read) {
        return std::unexpected(read.error());
    }
    const ReadConfig config{*std::move(read)};
    AccountBook book;
    book.file = configFolder + "/config.json";
    book.problem = config.file.problem;
    book.helpers = helpersOf(config.file);
    book.offered = offeredHelper(config.file);
    ConfigFile asked = config.file;
    if (!config.file.hasCredentials() && !book.offered.empty()) {
        // The CLI would ask this one, too.
        asked.credentialStore = book.offered;
        book.helpers.push_back({.name = book.offered,
                                .servesAll = true,
                                .path = pathOfProgram("docker-credential-" + book.offered)});
    }
    addPlain(config.file, book);
    for (HelperState &helper : book.helpers) {
        addKept(asked, helper, book);
    }
    for (auto &credentials : asked.auths | std::views::values) {
        credentials.wipe();
    }
    std::ranges::sort(book.accounts, {}, [](const KeptAccount &account) {
        return std::tie(account.registry, account.username, account.key);
    });
    return book;
}

Result<std::string> keepCredentials(const std::string &configFolder, const Credentials &credentials)
{
    auto read = readConfigFile(configFolder);
    if (!read) {
        return std::unexpected(read.error());
    }
    const ReadConfig config{*std::move(read)};
    const std::string &key = credentials.serverAddress;
    std::string helper = config.file.helperFor(key);
    const bool isFirst = helper.empty() && !config.file.hasCredentials();
    if (isFirst) {
        helper = defaultHelper(isInPath);
    }
    if (!helper.empty()) {
        InstalledHelpers helpers;
        if (auto stored = helpers.store(helper, credentials); !stored) {
            return std::unexpected(stored.error());
        }
    }
    const auto edited = editConfigFile(
        configFolder,
        [&](json::Value &root) -> Result<void> {
            json::Value &entry = memberIn(objectIn(root, "auths"), key);
            entry = entryOf(credentials, helper.empty());
            if (isFirst && !helper.empty()) {
                memberIn(root, "credsStore") = json::Value::text(helper);
            }
            return {};
        },
        helper.empty() ? Backup::Kept : Backup::Dropped);
    return edited ? Result<std::string>(helper) : std::unexpected(edited.error());
}

Result<void> forgetCredentials(const std::string &configFolder, const std::string &registry)
{
    auto read = readConfigFile(configFolder);
    if (!read) {
        return std::unexpected(read.error());
    }
    const ReadConfig config{*std::move(read)};
    const std::string key = credentialKey(registry);
    std::string helper = config.file.helperFor(key);
    if (helper.empty() && !config.file.hasCredentials()) {
        helper = defaultHelper(isInPath);
    }
    if (!helper.empty()) {
        InstalledHelpers helpers;
        const auto kept = helpers.list(helper);
        if (!kept) {
            return std::unexpected(kept.error());
        }
        for (const std::string &server : *kept | std::views::keys) {
            if (registryOfKey(server) == registry) {
                if (auto erased = helpers.erase(helper, server); !erased) {
                    return erased;
                }
            }
        }
    }
    return editConfigFile(
        configFolder,
        [&](json::Value &root) -> Result<void> {
            if (root.find("auths") != nullptr) {
                removeFrom(objectIn(root, "auths"), [&registry](const std::string &name) {
                    return registryOfKey(name) == registry;
                });
            }
            return {};
        },
        Backup::Dropped);
}

Result<int> moveToHelper(const std::string &configFolder, const std::string &helper)
{
    auto read = readConfigFile(configFolder);
    if (!read) {
        return std::unexpected(read.error());
    }
    ReadConfig config{*std::move(read)};
    if (!config.file.problem.empty()) {
        return failure(ErrorKind::MalformedReply, "credentials.config", config.file.problem);
    }
    InstalledHelpers helpers;
    std::vector<std::string> moved;
    for (auto &[key, credentials] : config.file.auths) {
        if (!hasSecret(credentials) || !credentials.registryToken.empty()) {
            continue; // helpers have no place for a registry's own token
        }
        credentials.serverAddress = key;
        if (auto stored = helpers.store(helper, credentials); !stored) {
            return std::unexpected(stored.error());
        }
        auto back = helpers.get(helper, key);
        if (!back) {
            return std::unexpected(back.error());
        }
        const bool isToken = !credentials.identityToken.empty(); // then no password is kept
        const bool isSame = *back && (isToken ? (*back)->identityToken == credentials.identityToken
                                              : (*back)->password == credentials.password);
        if (*back) {
            (*back)->wipe();
        }
        if (!isSame) {
            return failure(ErrorKind::Io, "credentials.helper",
                           "docker-credential-" + helper + " did not keep what it was given");
        }
        moved.push_back(key);
    }
    const auto edited = editConfigFile(
        configFolder,
        [&](json::Value &root) -> Result<void> {
            for (const std::string &key : moved) {
                blank(memberIn(objectIn(root, "auths"), key));
            }
            if (config.file.credentialStore.empty() && !moved.empty()) {
                memberIn(root, "credsStore") = json::Value::text(helper);
            }
            return {};
        },
        Backup::Dropped);
    return edited ? Result<int>(int(moved.size())) : std::unexpected(edited.error());
}

Result<void> setHelperOf(const std::string &configFolder, const std::string &registry,
                         const std::string &helper)
{
    if (!helper.empty() && !isHelperName(helper)) {
        return failure(ErrorKind::InvalidArgument, "credentials.config", helper);
    }
    return editConfigFile(
        configFolder,
        [&](json::Value &root) -> Result<void> {
            const std::string key = credentialKey(registry);
            json::Value &rules = objectIn(root, "credHelpers");
            if (helper.empty()) {
                removeFrom(rules, [&key](const std::string &name) { return name == key; });
            } else {
                memberIn(rules, key) = json::Value::text(helper);
            }
            return {};
        },
        Backup::Kept);
}

} // namespace roadstead::registry
