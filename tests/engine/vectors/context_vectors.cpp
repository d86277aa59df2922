// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/files.h"
#include "engine/base/sha256.h"
#include "engine/context/context_store.h"
#include "engine/context/host.h"
#include "engine/context/selection.h"
#include "engine/context/ssh_command.h"
#include "tests/engine/vectors/vectors.h"

#include <nlohmann/json.hpp>

#include <QDirIterator>
#include <QTemporaryDir>

#include <map>
#include <set>

namespace roadstead::test {

namespace {

using namespace context;
using Words = std::vector<std::string>;

Words wordsOf(const Json &list)
{
    Words words;
    for (const Json &word : list) {
        words.push_back(word.is_string() ? word.get<std::string>() : word.dump());
    }
    return words;
}

std::string joined(const Words &words)
{
    std::string text;
    for (const std::string &word : words) {
        text += "[" + word + "]";
    }
    return text;
}

/// "a=1,b=2" as the CLI's option for maps takes it; quotes hold a comma.
std::map<std::string, std::string> endpointOptions(const std::string &text)
{
    std::map<std::string, std::string> options;
    std::string field;
    bool quoted = false;
    const auto end = [&] {
        const std::size_t equals = std::min(field.find('='), field.size());
        options[field.substr(0, equals)] =
            equals < field.size() ? field.substr(equals + 1) : std::string();
        field.clear();
    };
    for (const char c : text) {
        if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            end();
        } else {
            field.push_back(c);
        }
    }
    end();
    return options;
}

struct CreateLine
{
    Context context;
    TlsPaths tls;
    std::string from;
    bool hasEndpoint = false;
    bool isValid = true;
};

/// What Go reads as a boolean.
bool readBoolean(const std::string &text, bool &value)
{
    static const std::set<std::string> yes{"1", "t", "T", "true", "TRUE", "True"};
    static const std::set<std::string> no{"0", "f", "F", "false", "FALSE", "False"};
    value = yes.contains(text);
    return yes.contains(text) || no.contains(text);
}

CreateLine createLine(const Json &entry, const std::string &home)
{
    CreateLine line;
    line.context.name = textOf(entry, "name");
    const Words words = wordsOf(entry["args"]);
    const auto located = [&home](std::string path) {
        for (const std::string_view mark : {"$HOME", "$H"}) {
            if (path.starts_with(mark)) {
                return home + path.substr(mark.size());
            }
        }
        return path;
    };
    for (std::size_t i = 0; i + 1 < words.size(); i += 2) {
        if (words[i] == "--description") {
            line.context.description = words[i + 1];
        } else if (words[i] == "--from") {
            line.from = words[i + 1];
        } else if (words[i] == "--docker") {
            line.hasEndpoint = true;
            for (const auto &[key, value] : endpointOptions(words[i + 1])) {
                if (key == "host") {
                    line.context.host = value;
                } else if (key == "ca") {
                    line.tls.authority = located(value);
                } else if (key == "cert") {
                    line.tls.certificate = located(value);
                } else if (key == "key") {
                    line.tls.key = located(value);
                } else if (key == "skip-tls-verify") {
                    line.isValid &= readBoolean(value, line.context.skipTlsVerify);
                } else {
                    line.isValid = false;
                }
            }
        }
    }
    return line;
}

/// The files that are named, with the contents that the store got in the end.
void makeSources(const CreateLine &line, const Json &files, const std::string &home)
{
    const std::string below = "contexts/tls/" + sha256Hex(line.context.name) + "/docker/";
    for (const auto &[path, name] :
         {std::pair(line.tls.authority, "ca.pem"), std::pair(line.tls.certificate, "cert.pem"),
          std::pair(line.tls.key, "key.pem")}) {
        const std::string text = files.is_object() ? textOf(files, (below + name).c_str()) : "";
        if (path.starts_with(home) && !text.empty()) {
            static_cast<void>(makeFolders(path.substr(0, path.rfind('/')), 0700));
            static_cast<void>(replaceFile(path, text, 0600));
        }
    }
}

Result<void> create(ContextStore &store, CreateLine line)
{
    if (!line.isValid) {
        return failure(ErrorKind::InvalidArgument, "test", "options");
    }
    if (!line.hasEndpoint || !line.from.empty()) {
        const bool isDefault = line.from.empty() || line.from == defaultName;
        if (line.hasEndpoint) {
            return failure(ErrorKind::InvalidArgument, "test", "--from with --docker");
        }
        auto source = isDefault ? Result<Context>(Context{.name = "default",
                                                          .description = "Current DOCKER_HOST "
                                                                         "based configuration",
                                                          .host = "unix:///var/run/docker.sock"})
                                : store.read(line.from);
        if (!source) {
            return std::unexpected(source.error());
        }
        source->name = line.context.name;
        if (!line.context.description.empty()) {
            source->description = line.context.description;
        }
        line.context = *source;
    }
    const auto tls = readTlsTexts(line.tls);
    return tls ? store.create(line.context, *tls) : std::unexpected(tls.error());
}

/// Every file of the store with its contents, as one text.
std::string treeOf(const QString &root)
{
    std::map<std::string, std::string> files;
    QDirIterator at(root, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (at.hasNext()) {
        const std::string path = at.next().toStdString();
        files[path.substr(root.toStdString().size() + 1)] = readFile(path, 1 << 20).value_or("?");
    }
    return Json(files).dump();
}

void runCreate(const Json &entry, VectorReport &report)
{
    const QTemporaryDir home;
    const QTemporaryDir folder;
    const CreateLine line = createLine(entry, home.path().toStdString());
    const Json files = entry.contains("files") ? entry["files"] : Json::object();
    makeSources(line, files, home.path().toStdString());
    ContextStore store(folder.path().toStdString());
    const bool made = create(store, line).has_value();
    const std::map<std::string, std::string> expected =
        files.get<std::map<std::string, std::string>>();
    report.compare(idOf(entry), (entry["exit"] == 0 ? "made " : "refused ") + Json(expected).dump(),
                   (made ? "made " : "refused ") + treeOf(folder.path()));
}

void runResolve(const Json &entry, VectorReport &report)
{
    HostFlags flags;
    const Words words = wordsOf(entry["args"]);
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (words[i] == "-H" || words[i] == "--host") {
            flags.hosts.push_back(words[++i]);
        } else if (words[i] == "--context" || words[i] == "-c") {
            flags.context = words[++i];
        }
    }
    const Json env = entry.contains("env") ? entry["env"] : Json::object();
    const Variables variables = [&env](const char *name) -> std::optional<std::string> {
        return env.contains(name) ? std::optional(textOf(env, name)) : std::nullopt;
    };
    std::string configured = textOf(entry, "currentContext");
    if (configured.empty() && entry.contains("config") && entry["config"].is_object()) {
        configured = textOf(entry["config"], "currentContext");
    }
    const auto selected = selectContext(flags, variables, configured);
    report.compare(idOf(entry), entry["exit"] == 0 ? textOf(entry, "context") : "refused",
                   selected ? selected->context : "refused");
}

bool isAccepted(const Json &group, const Json &row)
{
    const std::string function = textOf(group, "func");
    const std::string text = row.is_string() ? row.get<std::string>() : std::string();
    if (function == "TestParseHost") {
        return normalizedHost(text).has_value();
    }
    if (function == "TestParseTCP") {
        return normalizedTcp(text, "tcp://127.0.0.1:2376").has_value();
    }
    if (function == "TestValidFilePaths") {
        return isImportPath(text);
    }
    if (function == "TestValidateContextName") {
        return checkName(text).has_value();
    }
    return normalizedAddress(text).has_value();
}

/// Rows that are keys of a table whose other half was not recorded. The group's variable says
/// whether they are to be taken; for names and paths the test itself says it by what they are.
void runKeys(const Json &group, VectorReport &report)
{
    const std::string variable = textOf(group, "var");
    for (const Json &row : group["cases"]) {
        const std::string text = row.is_string() ? row.get<std::string>() : row.dump();
        bool expected = variable.starts_with("valid");
        if (variable == "paths") {
            expected = false; // every path of that table leads outside
        } else if (variable == "names") {
            expected = text.find_first_of("/\\") == std::string::npos;
        }
        report.compare(textOf(group, "func") + " \"" + text + "\"", expected ? "taken" : "refused",
                       isAccepted(group, row) ? "taken" : "refused");
    }
}

void runSshUrls(const Json &group, VectorReport &report)
{
    const bool isCommand = textOf(group, "func") == "TestCommand";
    for (const Json &row : group["cases"]) {
        const std::string id = "ssh " + textOf(row, "doc") + " " + textOf(row, "url");
        const auto target = parseSshUrl(textOf(row, "url"));
        if (!textOf(row, "expectedError").empty()) {
            if (isCommand) {
                report.skip("ssh without a far command: there is no such call");
            } else {
                report.compare(id, "refused", target ? "taken" : "refused");
            }
            continue;
        }
        if (!target) {
            report.compare(id, "taken", target.error().detail);
            continue;
        }
        Words far = row.contains("remoteCommand") ? wordsOf(row["remoteCommand"]) : Words();
        if (isCommand) {
            far = {"docker", "system", "dial-stdio"};
            if (target->path.find_first_not_of('/') != std::string::npos) {
                far.insert(far.begin() + 1, "--host=unix://" + target->path);
            }
        }
        const Words flags = row.contains("sshFlags") ? wordsOf(row["sshFlags"]) : Words();
        const char *member = isCommand ? "expectedCmd" : "expectedArgs";
        const Json spec = row.contains("expectedSpec") ? row["expectedSpec"] : Json::object();
        std::string expected = joined(row.contains(member) ? wordsOf(row[member]) : Words());
        std::string got = joined(sshArguments(*target, flags, far).value_or(Words{}));
        if (!isCommand) {
            expected += joined({textOf(spec, "User"), textOf(spec, "Host"), textOf(spec, "Port"),
                                textOf(spec, "Path")});
            got += joined({target->user, target->host, target->port, target->path});
        }
        report.compare(id, expected, got);
    }
}

void runSshFlags(const Json &group, VectorReport &report)
{
    const bool isTimeout = textOf(group, "func") == "TestSSHFlags";
    for (const Json &row : group["cases"]) {
        const Words in = wordsOf(row[isTimeout ? "in" : "sshFlags"]);
        report.compare("ssh flags " + joined(in),
                       joined(wordsOf(row[isTimeout ? "out" : "expected"])),
                       joined(isTimeout ? withConnectTimeout(in) : withoutTerminal(in)));
    }
}

} // namespace

void runContextStore(const Json &file, VectorReport &report)
{
    for (const Json &entry : file["cases"]) {
        if (textOf(entry, "op") == "create") {
            runCreate(entry, report);
        } else if (textOf(entry, "op") == "resolve") {
            runResolve(entry, report);
        } else {
            report.skip("an operation that the runner does not know: " + textOf(entry, "op"));
        }
    }
}

void runContextTables(const Json &file, VectorReport &report)
{
    for (const Json &group : file["groups"]) {
        const std::string path = textOf(group, "path");
        const std::string function = textOf(group, "func");
        if (path == "cli/connhelper/ssh/ssh_test.go") {
            runSshUrls(group, report);
        } else if (path == "cli/connhelper/connhelper_test.go") {
            runSshFlags(group, report);
        } else if (path == "cli/context/store/storeconfig_test.go" ||
                   (path == "opts/hosts_test.go" && function != "TestValidateExtraHosts")) {
            runKeys(group, report);
        }
    }
}

} // namespace roadstead::test
