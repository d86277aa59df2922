// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/client.h"
#include "engine/docker/command.h"
#include "engine/docker/run_line.h"
#include "tests/engine/vectors/vectors.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QTemporaryDir>

#include <algorithm>

namespace roadstead::test {

namespace {

using Sorted = nlohmann::json;

/// The machine that the reference ran on: its home with the files of the vectors, its environment.
class Home
{
public:
    explicit Home(const Json &file)
    {
        for (const auto &[name, content] : file["files"].items()) {
            constexpr std::string_view hexMark = " (hex)";
            const bool hex = std::string_view(name).ends_with(hexMark);
            const std::string plain = hex ? name.substr(0, name.size() - hexMark.size()) : name;
            const std::string text = content.get<std::string>();
            QFile written(m_folder.filePath(QString::fromStdString(plain)));
            if (written.open(QIODevice::WriteOnly)) {
                written.write(QByteArray::fromStdString(hex ? fromHex(text) : text));
            }
        }
        for (const auto &[name, value] : file["env"].items()) {
            m_environment[name] = value.get<std::string>();
        }
    }

    /// The text with this home and a socket for what stands for them.
    [[nodiscard]] std::string resolved(std::string text) const
    {
        const auto replace = [&text](const std::string &mark, const std::string &value) {
            for (std::size_t at = text.find(mark); at != std::string::npos;
                 at = text.find(mark, at + value.size())) {
                text.replace(at, mark.size(), value);
            }
        };
        replace("$HOME", path());
        replace("$H/", path() + "/");
        replace("$SOCK", socket());
        return text;
    }

    [[nodiscard]] docker::RunLineContext context() const
    {
        docker::RunLineContext context;
        context.currentFolder = path();
        context.apiSocket = socket();
        context.variable = [this](const std::string &name) -> std::optional<std::string> {
            const auto found = m_environment.find(name);
            return found == m_environment.end() ? std::nullopt : std::optional(found->second);
        };
        context.readFile = [this](const std::string &name) -> Result<std::string> {
            QFile file(QString::fromStdString(name.starts_with('/') ? name : path() + "/" + name));
            if (!file.open(QIODevice::ReadOnly)) {
                return failure(ErrorKind::InvalidArgument, "file.read", name);
            }
            return file.readAll().toStdString();
        };
        return context;
    }

private:
    [[nodiscard]] std::string path() const { return m_folder.path().toStdString(); }
    [[nodiscard]] std::string socket() const { return path() + "/docker.sock"; }

    QTemporaryDir m_folder;
    std::map<std::string, std::string> m_environment;
};

/// Replaces the members that differ; "$absent" takes one away.
void merge(Sorted &body, const Sorted &difference)
{
    for (const auto &[name, value] : difference.items()) {
        if (value == "$absent") {
            body.erase(name);
        } else if (value.is_object() && body.contains(name) && body[name].is_object()) {
            merge(body[name], value);
        } else {
            body[name] = value;
        }
    }
}

/// The reference takes these out of an unordered map, so their order differs from run to run.
void sortUnordered(Sorted &body)
{
    const auto sort = [](Sorted &list) {
        if (list.is_array()) {
            std::sort(list.begin(), list.end());
        }
    };
    sort(body["Env"]);
    sort(body["HostConfig"]["Binds"]);
}

std::vector<std::string> argumentsOf(const Json &entry, const Home &home)
{
    std::vector<std::string> arguments{"create"};
    const auto add = [&](const Json &words) {
        for (const Json &word : words) {
            arguments.push_back(home.resolved(word.get<std::string>()));
        }
    };
    if (entry.contains("args")) {
        add(entry["args"]);
    }
    add(entry.contains("positional") ? entry["positional"] : Json{"ubuntu", "bash"});
    return arguments;
}

std::string queryText(const Json &query)
{
    std::map<std::string, std::string> values;
    if (query.is_object()) {
        for (const auto &[name, list] : query.items()) {
            values[name] = list.empty() ? "" : list.front().get<std::string>();
        }
    }
    return Sorted(values).dump();
}

std::string expectedText(const Json &file, const Json &entry, const Home &home)
{
    if (entry.contains("error") && !textOf(entry, "error").empty()) {
        return "refused";
    }
    Sorted body = Sorted::parse(file["baseline"].dump(), nullptr, false);
    merge(body, Sorted::parse(home.resolved(entry["body_diff"].dump()), nullptr, false));
    sortUnordered(body);
    return queryText(entry.contains("query") ? entry["query"] : Json()) + " " + body.dump();
}

std::string renderedText(const docker::CreateContainer &create)
{
    const docker::ApiRequest request = docker::request(create, docker::newestApi);
    Sorted body = Sorted::parse(request.body, nullptr, false);
    sortUnordered(body);
    const std::map<std::string, std::string> query(request.query.begin(), request.query.end());
    return Sorted(query).dump() + " " + body.dump();
}

/// The first place where two long texts differ, with what is around.
std::string around(const std::string &text, const std::string &other)
{
    const auto at = std::ranges::mismatch(text, other).in1 - text.begin();
    const auto begin = std::max<std::ptrdiff_t>(0, at - 60);
    return text.substr(static_cast<std::size_t>(begin), 200);
}

} // namespace

void runCliCreateRequests(const Json &file, VectorReport &report)
{
    const Home home(file);
    for (const Json &entry : file["cases"]) {
        const auto line = docker::parseRunArguments(argumentsOf(entry, home), home.context());
        const std::string expected = expectedText(file, entry, home);
        const std::string got = line ? renderedText(line->create) : "refused";
        const std::string words = entry.contains("args") ? entry["args"].dump() : "no options";
        report.compare(idOf(entry) + " " + words, around(expected, got), around(got, expected));
        if (!line || expected != got) {
            continue;
        }
        // What the command bar shows of it means the same.
        const auto again =
            docker::parseRunArguments(docker::arguments(line->create), home.context());
        report.compare(idOf(entry) + " shown and read again", got,
                       again ? renderedText(again->create) : "refused: " + again.error().detail);
    }
}

} // namespace roadstead::test
