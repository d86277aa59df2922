// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/files.h"
#include "engine/registry/credential_helper.h"
#include "tests/engine/vectors/vectors.h"

#include <nlohmann/json.hpp>

#include <QByteArray>
#include <QTemporaryDir>

#include <set>

namespace roadstead::test {

namespace {

using namespace registry;

/// What the helper of each mode says, as a script.
std::string scriptOf(const std::string &mode)
{
    if (mode.empty()) {
        return R"(echo '{"ServerURL":"x","Username":"fake-user","Secret":"fake-secret"}')";
    }
    if (mode == "token") {
        return R"(echo '{"ServerURL":"x","Username":"<token>","Secret":"idtok"}')";
    }
    if (mode == "empty") {
        return "echo '{}'";
    }
    if (mode == "garbage") {
        return "echo 'this is no JSON'";
    }
    if (mode.contains("not") && mode.contains("found")) {
        return "echo 'credentials not found in native keychain'; exit 1";
    }
    if (mode.contains("slow") || mode.contains("hang") || mode.contains("timeout")) {
        return "exec sleep 60";
    }
    if (mode.contains("huge") || mode.contains("big")) {
        return "exec head -c 2000000 /dev/zero";
    }
    return "echo 'something went wrong'; exit 1";
}

/// Modes in which our rule wants an error where the CLI goes on without credentials.
bool isFailure(const std::string &mode)
{
    return !mode.empty() && mode != "token" && mode != "empty" &&
           !(mode.contains("not") && mode.contains("found"));
}

void installHelper(const std::string &folder, const std::string &name, const std::string &mode)
{
    const std::string script = "#!/bin/sh\n"
                               "read_all=$(cat)\n"
                               "printf '%s %s %s\\n' " +
                               name + " \"$1\" \"$read_all\" >> " + folder + "/calls\n" +
                               scriptOf(mode) + "\n";
    static_cast<void>(replaceFile(folder + "/docker-credential-" + name, script, 0755));
}

std::string expectedCalls(const Json &entry)
{
    std::string calls;
    for (const Json &call : entry["helper_calls"]) {
        calls += textOf(call, "helper") + " " + textOf(call, "verb") + " " + textOf(call, "stdin") +
                 "\n";
    }
    return calls;
}

std::string lower(std::string text)
{
    for (char &c : text) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return text;
}

/// Names in small letters, because HTTP does not tell them apart.
std::string expectedHeaders(const Json &headers)
{
    std::map<std::string, std::string> all;
    for (const auto &[name, value] : headers.items()) {
        const bool isList = value.is_array() && !value.empty();
        all[lower(name)] =
            isList ? value.front().get<std::string>() : textOf(headers, name.c_str());
    }
    return Json(all).dump();
}

std::string gotHeaders(const ConfigFile &config)
{
    std::map<std::string, std::string> all;
    for (const auto &[name, value] : config.httpHeaders) {
        if (lower(name) != "user-agent") {
            all[lower(name)] = value;
        }
    }
    return Json(all).dump();
}

/// The helpers that the configuration names.
std::set<std::string> namedHelpers(const ConfigFile &config)
{
    std::set<std::string> names{"fake"};
    for (const auto &[registry, helper] : config.credentialHelpers) {
        names.insert(helper);
    }
    return names;
}

void runCase(const Json &entry, VectorReport &report)
{
    const QTemporaryDir folder;
    const std::string path = folder.path().toStdString();
    const std::string text = entry["config"].is_string() ? entry["config"].get<std::string>()
                             : entry["config"].is_null() ? std::string()
                                                         : entry["config"].dump();
    const ConfigFile config = parseConfigFile(text);
    const std::string mode = textOf(entry, "helper_mode");
    const std::string registry = registryOf(textOf(entry, "image"));
    const std::string helper = config.helperFor(credentialKey(registry));
    for (const std::string &name : namedHelpers(config)) {
        if (isHelperName(name) && !name.contains("missing") && !mode.contains("missing")) {
            installHelper(path, name, mode);
        }
    }
    const QByteArray before = qgetenv("PATH");
    qputenv("PATH", (path + ":/usr/bin:/bin").c_str());
    InstalledHelpers helpers(std::chrono::seconds(2));
    const auto credentials = resolveCredentials(config, registry, helpers);
    qputenv("PATH", before);
    const bool isInstalled = readFile(path + "/docker-credential-" + helper, 1 << 16).has_value();
    const bool mustFail = !helper.empty() && (isFailure(mode) || !isInstalled);
    std::string expected = mustFail ? "an error" : textOf(entry, "x_registry_auth");
    std::string got = credentials ? registryAuthHeader(*credentials) : "an error";
    const bool warns = textOf(entry, "stderr").contains("Error parsing config file");
    expected += (warns ? " warning " : " ") + expectedHeaders(entry["extra_headers"]) + "\n";
    got += (config.problem.empty() ? " " : " warning ") + gotHeaders(config) + "\n";
    report.compare(idOf(entry) + " " + textOf(entry, "doc"), expected + expectedCalls(entry),
                   got + readFile(path + "/calls", 1 << 16).value_or(""));
}

} // namespace

void runRegistryAuth(const Json &file, VectorReport &report)
{
    for (const Json &entry : file["cases"]) {
        runCase(entry, report);
    }
}

void runRegistryTables(const Json &file, VectorReport &report)
{
    for (const Json &group : file["groups"]) {
        if (textOf(group, "func") != "TestConvertToHostname") {
            continue;
        }
        for (const Json &row : group["cases"]) {
            report.compare("host of key " + textOf(row, "input"), textOf(row, "expected"),
                           hostOfKey(textOf(row, "input")));
        }
    }
}

} // namespace roadstead::test
