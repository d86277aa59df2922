// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registry/config_file.h"

#include "engine/base/base64.h"
#include "engine/base/files.h"
#include "engine/json/tree.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <optional>
#include <utility>

#include <sys/stat.h>
#include <unistd.h>

namespace roadstead::registry {

namespace {

constexpr std::size_t longestConfig = 4UL * 1024 * 1024;

/// Fills in what a document says, as Go does: a wrong type is noted and the rest is read on.
class ConfigReader
{
public:
    explicit ConfigReader(ConfigFile &config)
        : m_config(config)
    {
    }

    void read(const json::Value &root)
    {
        if (!root.isObject()) {
            root.isNull() ? void() : note("document");
            return;
        }
        root.forEachNamed("auths", [this](const json::Value &auths) { readAuths(auths); });
        text(root, "credsStore", m_config.credentialStore);
        textMap(root, "credHelpers", m_config.credentialHelpers);
        textMap(root, "HttpHeaders", m_config.httpHeaders);
    }

    /// After the types: user and password out of "auth". Nothing of it when a type was wrong.
    void decode()
    {
        if (!m_config.problem.empty()) {
            return;
        }
        for (auto &[address, credentials] : m_config.auths) {
            if (!credentials.auth.empty() && !decodeAuth(credentials)) {
                m_config.problem = "config.json: \"auth\" of \"" + address + "\" cannot be read";
                continue;
            }
            credentials.auth.clear();
            credentials.serverAddress = address;
        }
    }

private:
    void note(std::string_view name)
    {
        if (m_config.problem.empty()) {
            m_config.problem = std::string("config.json: \"").append(name) + "\" has a wrong type";
        }
    }

    void text(const json::Value &object, const char *name, std::string &out)
    {
        object.forEachNamed(name, [&](const json::Value &value) {
            if (value.isText()) {
                out = value.characters();
            } else if (!value.isNull()) {
                note(name);
            }
        });
    }

    void textMap(const json::Value &object, const char *name,
                 std::map<std::string, std::string> &out)
    {
        object.forEachNamed(name, [&](const json::Value &value) {
            if (!value.isObject()) {
                value.isNull() ? out.clear() : note(name);
                return;
            }
            for (const json::Member &member : value.members()) {
                if (member.value.isText() || member.value.isNull()) {
                    out[member.name] = member.value.characters();
                } else {
                    note(name);
                }
            }
        });
    }

    void readAuths(const json::Value &auths)
    {
        if (!auths.isObject()) {
            auths.isNull() ? m_config.auths.clear() : note("auths");
            return;
        }
        for (const json::Member &member : auths.members()) {
            Credentials credentials;
            const json::Value &value = member.value;
            if (!value.isObject()) {
                if (!value.isNull()) {
                    note("auths");
                    continue;
                }
            }
            text(value, "username", credentials.username);
            text(value, "password", credentials.password);
            text(value, "auth", credentials.auth);
            text(value, "email", credentials.email);
            text(value, "serveraddress", credentials.serverAddress);
            text(value, "identitytoken", credentials.identityToken);
            text(value, "registrytoken", credentials.registryToken);
            m_config.auths[member.name] = std::move(credentials);
        }
    }

    static bool decodeAuth(Credentials &credentials)
    {
        const auto decoded = parseBase64(credentials.auth);
        const std::size_t colon = decoded ? decoded->find(':') : std::string::npos;
        if (colon == std::string::npos || colon == 0) {
            return false;
        }
        credentials.username = decoded->substr(0, colon);
        std::string_view password = std::string_view(*decoded).substr(colon + 1);
        while (password.starts_with('\0')) {
            password.remove_prefix(1);
        }
        while (password.ends_with('\0')) {
            password.remove_suffix(1);
        }
        credentials.password = password;
        return true;
    }

    ConfigFile &m_config;
};

} // namespace

std::string ConfigFile::helperFor(const std::string &key) const
{
    const auto found = credentialHelpers.find(key);
    return found == credentialHelpers.end() ? credentialStore : found->second;
}

bool ConfigFile::hasCredentials() const
{
    return !credentialStore.empty() || !credentialHelpers.empty() || !auths.empty();
}

ConfigFile parseConfigFile(std::string_view text)
{
    ConfigFile config;
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        return config;
    }
    // The CLI reads one value and leaves what stands behind it.
    const auto root = json::parse(text, "config.json", json::Rest::Ignored);
    if (!root) {
        config.problem = root.error().detail;
        return config;
    }
    ConfigReader reader(config);
    reader.read(*root);
    reader.decode();
    return config;
}

Result<ConfigFile> readConfigFile(const std::string &configFolder)
{
    const auto text = readFile(configFolder + "/config.json", longestConfig);
    if (!text) {
        const bool isMissing = text.error().code == ENOENT;
        return isMissing ? Result<ConfigFile>(ConfigFile{}) : std::unexpected(text.error());
    }
    return parseConfigFile(*text);
}

std::string defaultHelper(const std::function<bool(const std::string &program)> &isInstalled)
{
    const std::string name = isInstalled("pass") ? "pass" : "secretservice";
    return isInstalled("docker-credential-" + name) ? name : std::string();
}

std::string pathOfProgram(const std::string &program)
{
    const char *path = ::getenv("PATH");
    std::string_view rest = path == nullptr ? std::string_view("/usr/bin:/bin") : path;
    while (!rest.empty()) {
        const std::size_t colon = std::min(rest.find(':'), rest.size());
        const std::string file = std::string(rest.substr(0, colon)).append("/").append(program);
        struct stat status{};
        if (::stat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
            ::access(file.c_str(), X_OK) == 0) {
            return file;
        }
        rest.remove_prefix(std::min(colon + 1, rest.size()));
    }
    return {};
}

bool isInPath(const std::string &program)
{
    return !pathOfProgram(program).empty();
}

} // namespace roadstead::registry
