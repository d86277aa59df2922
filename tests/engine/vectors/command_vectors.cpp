// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/client.h"
#include "engine/docker/command.h"
#include "engine/http/client.h"
#include "tests/engine/vectors/vectors.h"
#include "tests/support/await.h"
#include "tests/support/fake_engine/fake_engine.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <map>
#include <optional>

namespace roadstead::test {

namespace {

using docker::Command;
using docker::Target;
using Words = std::vector<std::string>;

/// Words of a command line; double quotes hold words together.
Words wordsOf(const std::string &line)
{
    Words words;
    std::string word;
    bool quoted = false;
    bool any = false;
    for (const char c : line) {
        if (c == '"') {
            quoted = !quoted;
            any = true;
        } else if (c == ' ' && !quoted) {
            if (any || !word.empty()) {
                words.push_back(std::exchange(word, {}));
            }
            any = false;
        } else {
            word.push_back(c);
        }
    }
    if (any || !word.empty()) {
        words.push_back(word);
    }
    return words;
}

/// Options (with "" for those without a value) and operands of a command line.
struct Parsed
{
    std::multimap<std::string, std::string> options;
    Words operands;

    [[nodiscard]] bool has(const std::string &option) const { return options.contains(option); }
    [[nodiscard]] std::string value(const std::string &option) const
    {
        const auto found = options.find(option);
        return found == options.end() ? std::string() : found->second;
    }
    /// Whether nothing but these is there.
    [[nodiscard]] bool only(const Words &allowed, std::size_t operandCount) const
    {
        return operands.size() == operandCount &&
               std::ranges::all_of(options, [&](const auto &option) {
                   return std::ranges::contains(allowed, option.first);
               });
    }
};

Parsed parse(const Words &words, const Words &withValue)
{
    Parsed parsed;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!words[i].starts_with('-') || words[i] == "-") {
            parsed.operands.push_back(words[i]);
            continue;
        }
        const std::size_t equals = words[i].find('=');
        const std::string name = words[i].substr(0, equals);
        if (equals != std::string::npos) {
            parsed.options.emplace(name, words[i].substr(equals + 1));
        } else if (std::ranges::contains(withValue, name) && i + 1 < words.size()) {
            parsed.options.emplace(name, words[++i]);
        } else {
            parsed.options.emplace(name, "");
        }
    }
    return parsed;
}

/// The seconds of -t, -1 when it is not given; none for what the model does not have.
std::optional<int> timeoutOf(const Parsed &parsed)
{
    const std::string text =
        parsed.value("-t") + parsed.value("--time") + parsed.value("--timeout");
    if (text.empty()) {
        return -1;
    }
    const int seconds = std::stoi(text);
    return seconds < 0 ? std::nullopt : std::optional(seconds);
}

std::optional<Command> containerCommand(const std::string &verb, const Parsed &line)
{
    const Words time{"-t", "--time", "--timeout"};
    const Target target =
        line.operands.empty() ? Target{} : Target{line.operands[0], line.operands[0]};
    if (verb == "start" && line.only({}, 1)) {
        return docker::StartContainer{target};
    }
    if ((verb == "stop" || verb == "restart") && line.only(time, 1)) {
        const auto seconds = timeoutOf(line);
        if (!seconds) {
            return std::nullopt;
        }
        return verb == "stop" ? Command(docker::StopContainer{target, *seconds})
                              : Command(docker::RestartContainer{target, *seconds});
    }
    if (verb == "pause" && line.only({}, 1)) {
        return docker::PauseContainer{target};
    }
    if (verb == "unpause" && line.only({}, 1)) {
        return docker::UnpauseContainer{target};
    }
    if (verb == "kill" && line.only({"-s", "--signal"}, 1)) {
        return docker::KillContainer{target, line.value("-s") + line.value("--signal")};
    }
    if (verb == "rename" && line.only({}, 2)) {
        return docker::RenameContainer{target, line.operands[1]};
    }
    if (verb == "rm" && line.only({"-f", "--force", "-v", "--volumes", "-fv", "-vf"}, 1)) {
        const bool both = line.has("-fv") || line.has("-vf");
        return docker::RemoveContainer{target, both || line.has("-f") || line.has("--force"),
                                       both || line.has("-v") || line.has("--volumes")};
    }
    return std::nullopt;
}

std::optional<Command> imageCommand(const std::string &verb, const Parsed &line)
{
    if (verb == "rmi" && line.only({"-f", "--force"}, 1)) {
        return docker::RemoveImage{{line.operands[0], line.operands[0]},
                                   line.has("-f") || line.has("--force")};
    }
    // Recorded without a terminal, where the CLI is always quiet, as we are.
    if (verb == "load" && line.only({"-q", "--quiet", "-i", "--input"}, 0)) {
        return docker::LoadImage{line.value("-i") + line.value("--input")};
    }
    return std::nullopt;
}

/// The recording engine: one container, c1, as the reference saw it.
class Recorder
{
public:
    Recorder()
        : m_engine({.socketPath = m_folder.filePath(QStringLiteral("s")).toStdString(),
                    .apiVersion = "1.50"})
        , m_client(m_http, m_engine.socketPath())
    {
        m_engine.start();
        m_engine.edit(
            [](FakeFleet &fleet) { fleet.add({.id = std::string(64, 'a'), .name = "c1"}); });
        await<docker::Ping>([this](auto done) { m_client.negotiate(std::move(done)); });
    }

    docker::Client &client() { return m_client; }
    Words requests() const
    {
        Words all = m_engine.requests();
        all.erase(all.begin()); // the ping
        return all;
    }

private:
    QTemporaryDir m_folder;
    FakeEngine m_engine;
    http::Client m_http;
    docker::Client m_client;
};

/// Calls that are no changes: made by the client itself. Empty when there is no such call.
std::optional<Words> callsOf(const std::string &verb, const Parsed &line)
{
    Recorder recorder;
    docker::Client &client = recorder.client();
    if (verb == "ps" && line.only({"-a", "-q", "-aq", "-n", "--no-trunc"}, 0)) {
        docker::ListContainers options;
        options.all = line.has("-a") || line.has("-aq");
        options.limit = line.has("-n") ? std::stoi(line.value("-n")) : 0;
        await<std::vector<docker::ContainerSummary>>(
            [&](auto done) { client.listContainers(options, std::move(done)); });
    } else if (verb == "images" && line.only({"-q", "--no-trunc"}, 0)) {
        await<std::vector<docker::ImageSummary>>(
            [&](auto done) { client.listImages(std::move(done)); });
    } else if (verb == "inspect" && line.only({}, 1)) {
        await<docker::ContainerDetails>(
            [&](auto done) { client.inspectContainer(line.operands[0], std::move(done)); });
    } else if (verb == "wait" && line.only({}, 1)) {
        await<int>([&](auto done) {
            client.waitContainer(line.operands[0], docker::WaitCondition::NotRunning,
                                 std::move(done));
        });
    } else if (verb == "logs" && line.only({"-t", "--timestamps", "-n", "--tail"}, 1)) {
        const std::string tail = line.value("-n") + line.value("--tail");
        docker::LogOptions options;
        options.timestamps = line.has("-t") || line.has("--timestamps");
        options.tail = tail.empty() || tail == "all" ? -1 : std::stoi(tail);
        await<void>([&](auto done) {
            docker::LogSink sink;
            sink.data = [](docker::LogStream, std::string_view) { return docker::Flow::Continue; };
            sink.end = std::move(done);
            client.logs(line.operands[0], options, std::move(sink));
        });
    } else {
        return std::nullopt;
    }
    return recorder.requests();
}

/// "GET /path name=value", names in order.
std::string rendered(const Json &request)
{
    std::string text = textOf(request, "method") + " " + textOf(request, "path");
    std::map<std::string, std::string> query;
    if (request.contains("query")) {
        for (const auto &[name, values] : request["query"].items()) {
            query[name] = values.empty() ? "" : textOf(Json{{"v", values.front()}}, "v");
        }
    }
    for (const auto &[name, value] : query) {
        text += " " + name + "=" + value;
    }
    return text;
}

std::string rendered(const docker::ApiRequest &request)
{
    std::string text = request.method + " /v1.50" + request.path;
    const std::map<std::string, std::string> query(request.query.begin(), request.query.end());
    for (const auto &[name, value] : query) {
        text += " " + name + "=" + value;
    }
    return text + (request.body.empty() ? "" : " with a body");
}

/// From what the recording engine noted: "GET /path?a=b&c=d".
std::string rendered(const std::string &noted)
{
    const std::size_t question = std::min(noted.find('?'), noted.size());
    std::string text = noted.substr(0, question);
    Words parts;
    for (std::size_t at = question; at < noted.size();) {
        const std::size_t next = std::min(noted.find('&', at + 1), noted.size());
        parts.push_back(percentDecode(noted.substr(at + 1, next - at - 1)));
        at = next;
    }
    std::ranges::sort(parts);
    for (const std::string &part : parts) {
        text += " " + part;
    }
    return text;
}

std::string reasonToSkip(const std::string &verb)
{
    static const std::map<std::string, std::string> reasons{
        {"ps", "filters of the list: Roadstead filters the whole list itself"},
        {"images", "intermediate images are not listed"},
        {"events", "filters of the event stream: Roadstead listens to everything"},
        {"stop", "Roadstead offers no stop that waits for ever"},
        {"restart", "Roadstead offers no restart that waits for ever"}};
    const auto found = reasons.find(verb);
    return found == reasons.end() ? "docker " + verb + " has no counterpart yet" : found->second;
}

} // namespace

void runCliApiRequests(const Json &file, VectorReport &report)
{
    for (const Json &entry : file["cases"]) {
        const std::string line = textOf(entry, "cmd");
        Words words = wordsOf(line);
        const std::string verb = words.empty() ? std::string() : words.front();
        words.erase(words.begin());
        const Parsed parsed = parse(words, {"-t", "--time", "--timeout", "-s", "--signal", "-n",
                                            "--tail", "-i", "--input"});
        const bool timestamps = verb == "logs";
        const Parsed fitting = timestamps ? parse(words, {"-n", "--tail"}) : parsed;
        std::string got;
        auto command = containerCommand(verb, fitting);
        if (!command) {
            command = imageCommand(verb, fitting);
        }
        if (command) {
            got = rendered(docker::request(*command, docker::newestApi));
        } else if (const auto calls = callsOf(verb, fitting)) {
            for (const std::string &call : *calls) {
                got += (got.empty() ? "" : "; ") + rendered(call);
            }
        } else {
            report.skip(reasonToSkip(verb));
            continue;
        }
        std::string expected;
        for (const Json &request : entry["requests"]) {
            expected += (expected.empty() ? "" : "; ") + rendered(request);
        }
        report.compare(line, expected, got);
    }
}

} // namespace roadstead::test
