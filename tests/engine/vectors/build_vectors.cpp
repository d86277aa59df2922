// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/files.h"
#include "engine/build/context_walk.h"
#include "engine/build/ignore_file.h"
#include "engine/build/path.h"
#include "engine/build/pattern_matcher.h"
#include "tests/engine/vectors/vectors.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QTemporaryDir>

#include <set>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace roadstead::test {

namespace {

using namespace build;
using Words = std::vector<std::string>;

Words wordsOf(const Json &list)
{
    Words words;
    for (const Json &word : list) {
        words.push_back(word.get<std::string>());
    }
    return words;
}

std::string shown(const Result<bool> &result)
{
    return result ? (*result ? "true" : "false") : "error";
}

Result<bool> matched(const Words &patterns, const std::string &path, bool oneParent = false)
{
    const auto matcher = PatternMatcher::make(patterns);
    if (!matcher) {
        return std::unexpected(matcher.error());
    }
    return oneParent ? matcher->matchesOneParent(path) : matcher->matches(path);
}

std::string expectedOf(const Json &entry, const char *member)
{
    const bool isError = entry.contains("error") && !entry["error"].is_null();
    return isError ? "error" : textOf(entry, member);
}

void makeSocket(const std::string &path)
{
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof(address.sun_path) - 1);
    static_cast<void>(
        ::bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof(address)));
    ::close(socket);
}

void makeSpecial(const std::string &root, const std::string &path, const Json &kind)
{
    if (kind.contains("link")) {
        static_cast<void>(::symlink(textOf(kind, "link").c_str(), path.c_str()));
    } else if (kind.contains("hard")) {
        static_cast<void>(::link((root + "/" + textOf(kind, "hard")).c_str(), path.c_str()));
    } else if (kind.contains("fifo")) {
        static_cast<void>(::mkfifo(path.c_str(), 0644));
    } else if (kind.contains("sock")) {
        makeSocket(path);
    } else {
        const std::string text = kind.contains("text") ? textOf(kind, "text") : "x";
        const auto mode = static_cast<mode_t>(std::stoul(textOf(kind, "mode"), nullptr, 8));
        static_cast<void>(replaceFile(path, text, mode));
    }
}

void makeTree(const std::string &root, const Json &tree)
{
    // What links point to, before the links.
    for (const bool isLink : {false, true}) {
        for (const auto &[name, kind] : tree.items()) {
            if ((kind.is_object() && kind.contains("hard")) != isLink) {
                continue;
            }
            const std::string path = root + "/" + name;
            const std::string folder = path.substr(0, path.rfind('/'));
            static_cast<void>(makeFolders(folder, 0755));
            if (kind.is_string()) {
                static_cast<void>(replaceFile(path, kind.get<std::string>(), 0644));
            } else if (kind.is_object()) {
                makeSpecial(root, path, kind);
            }
        }
    }
}

std::string typeName(EntryType type)
{
    switch (type) {
    case EntryType::File:
        return "file";
    case EntryType::Folder:
        return "dir";
    case EntryType::SymbolicLink:
        return "symlink";
    case EntryType::HardLink:
        return "hardlink";
    case EntryType::CharacterDevice:
        return "3";
    case EntryType::BlockDevice:
        return "4";
    case EntryType::Pipe:
        break;
    }
    return "6";
}

std::string octal(unsigned mode)
{
    char text[16] = {};
    std::snprintf(text, sizeof(text), "0o%o", mode);
    return text;
}

/// A Dockerfile from outside gets a name by chance.
std::string withoutChance(const std::string &name)
{
    return name.starts_with(".dockerfile.") ? ".dockerfile.*" : name;
}

/// Hard links are recorded under one of these names.
std::string plainType(const std::string &type)
{
    return type == "hard" || type == "link" || type == "1" ? "hardlink" : type;
}

std::string expectedEntries(const Json &entry)
{
    std::set<std::string> lines;
    for (const Json &one : entry["entries"]) {
        const std::string type = plainType(textOf(one, "type"));
        std::string line = withoutChance(textOf(one, "name")) + " " + type;
        if (one.contains("mode") && type != "symlink") {
            line += " " + textOf(one, "mode");
        }
        if (type == "file") {
            line += " " + textOf(one, "size");
        }
        if (type == "symlink" || type == "hardlink") {
            line += " -> " + textOf(one, "link");
        }
        lines.insert(line);
    }
    return Json(lines).dump();
}

Result<std::string> gotEntries(const BuildContext &context)
{
    if (auto readable = checkContext(context); !readable) {
        return std::unexpected(readable.error());
    }
    auto walk = ContextWalk::begin(context);
    if (!walk) {
        return std::unexpected(walk.error());
    }
    std::set<std::string> lines;
    while (true) {
        const auto next = walk->next();
        if (!next) {
            return std::unexpected(next.error());
        }
        if (!*next) {
            return Json(lines).dump();
        }
        const ContextEntry &one = **next;
        std::string line = withoutChance(one.name) + " " + typeName(one.type);
        if (one.type != EntryType::SymbolicLink) {
            line += " " + octal(one.mode);
        }
        if (one.type == EntryType::File) {
            line += " " + std::to_string(one.size);
        }
        if (one.type == EntryType::SymbolicLink || one.type == EntryType::HardLink) {
            line += " -> " + one.target;
        }
        lines.insert(line);
    }
}

ContextRequest requestOf(const Json &entry, const std::string &home)
{
    ContextRequest request{.context = {}, .dockerfile = {}, .currentFolder = home};
    const Words words = wordsOf(entry["args"]);
    for (std::size_t i = 0; i < words.size(); ++i) {
        if ((words[i] == "-f" || words[i] == "--file") && i + 1 < words.size()) {
            request.dockerfile = words[++i];
        } else if (words[i].starts_with("--file=")) {
            request.dockerfile = words[i].substr(7);
        } else {
            request.context = words[i];
        }
        for (std::string *path : {&request.context, &request.dockerfile}) {
            for (const std::string mark : {"$HOME", "$H"}) {
                if (path->starts_with(mark)) {
                    *path = home + path->substr(mark.size());
                }
            }
        }
    }
    return request;
}

} // namespace

void runDockerignoreParse(const Json &file, VectorReport &report)
{
    for (const Json &entry : file["cases"]) {
        const auto patterns = parseIgnoreFile(textOf(entry, "file"));
        report.compare(idOf(entry), entry["error"].is_null() ? entry["patterns"].dump() : "error",
                       patterns ? Json(*patterns).dump() : "error");
    }
}

void runDockerignoreMatch(const Json &file, VectorReport &report)
{
    for (const Json &entry : file["cases"]) {
        report.compare(idOf(entry), expectedOf(entry, "match"),
                       shown(matched(wordsOf(entry["patterns"]), textOf(entry, "path"))));
    }
}

void runDockerignoreGlob(const Json &file, VectorReport &report)
{
    for (const Json &entry : file["cases"]) {
        const Words patterns = wordsOf(entry["patterns"]);
        const std::string path = textOf(entry, "path");
        // The older question is asked at the top, where "." is never left out.
        const bool isTop = cleanPath(path) == ".";
        const auto one = isTop && PatternMatcher::make(patterns) ? Result<bool>(false)
                                                                 : matched(patterns, path, true);
        const auto all = isIgnored(patterns, path);
        const bool isError = expectedOf(entry, "match") == "error";
        const bool hasAll =
            entry.contains("match_or_parent") && !entry["match_or_parent"].is_null();
        report.compare(idOf(entry),
                       expectedOf(entry, "match") + " " +
                           (isError  ? "error"
                            : hasAll ? textOf(entry, "match_or_parent")
                                     : shown(all)),
                       shown(one) + " " + shown(all));
    }
}

void runDockerignoreCross(const Json &file, VectorReport &report)
{
    const Words paths = wordsOf(file["paths"]);
    for (const Json &entry : file["cases"]) {
        const Words patterns = wordsOf(entry["patterns"]);
        std::string got;
        for (const std::string &path : paths) {
            const auto result = matched(patterns, path);
            got += result ? (*result ? '1' : '0') : 'E';
        }
        report.compare(entry["patterns"].dump(), textOf(entry, "result"), got);
    }
}

void runBuildContext(const Json &file, VectorReport &report)
{
    for (const Json &entry : file["cases"]) {
        const QTemporaryDir home;
        const std::string root = home.path().toStdString() + "/w";
        static_cast<void>(makeFolders(root, 0755));
        makeTree(root, entry["tree"]);
        const auto context = locateContext(requestOf(entry, root));
        const auto entries =
            context ? gotEntries(*context) : Result<std::string>(std::unexpected(context.error()));
        std::string expected = "refused";
        if (entry["exit"] == 0) {
            expected = expectedEntries(entry) + " " +
                       withoutChance(entry["query"]["dockerfile"][0].get<std::string>());
        }
        report.compare(idOf(entry) + " " + textOf(entry, "doc"), expected,
                       entries ? *entries + " " + withoutChance(context->dockerfile) : "refused");
    }
}

} // namespace roadstead::test
