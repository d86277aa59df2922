// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_engine/fake_processes.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace roadstead::test {

namespace {

using Json = nlohmann::ordered_json;

std::uint64_t numberOf(const std::string &text)
{
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

FakeReply noSuch(const std::string &what)
{
    return {404, Json({{"message", "No such " + what}}).dump()};
}

} // namespace

std::string frame(const std::string &bytes)
{
    std::string framed{'\x01', '\0', '\0', '\0'};
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
        framed.push_back(static_cast<char>((bytes.size() >> shift) & 0xFFU));
    }
    return framed + bytes;
}

std::optional<FakeReply> FakeProcesses::container(FakeConnection &connection,
                                                  const FakeRequest &request,
                                                  const FakeContainer &container,
                                                  const std::string &verb, const Fault *fault)
{
    if (verb == "exec") {
        return makeExec(request, container);
    }
    if (verb == "attach") {
        open(connection, container.tty, {}, fault);
        return std::nullopt;
    }
    if (verb == "export") {
        connection.beginStream("application/octet-stream", fault);
        connection.stream("files of " + container.name);
        connection.endStream();
        return std::nullopt;
    }
    bool answered = false;
    FakeReply reply = archive(connection, request, fault, answered);
    return answered ? std::nullopt : std::optional(std::move(reply));
}

FakeReply FakeProcesses::makeExec(const FakeRequest &request, const FakeContainer &container)
{
    const auto body = Json::parse(request.body, nullptr, false);
    if (!body.is_object() || !body.contains("Cmd") || !body["Cmd"].is_array()) {
        return {400, R"({"message":"No exec command specified"})"};
    }
    if (container.state != "running") {
        return {409, R"({"message":"container is not running"})"};
    }
    const std::string id = FakeFleet::idOf(700'000 + m_nextExec++);
    Exec &exec = m_execs[id];
    for (const auto &word : body["Cmd"]) {
        exec.command.push_back(word.is_string() ? word.get_ref<const std::string &>() : "");
    }
    exec.container = container.id;
    exec.tty = body.contains("Tty") && body["Tty"] == true;
    return {201, Json({{"Id", id}}).dump()};
}

/// Archives are kept as they came, by their path.
FakeReply FakeProcesses::archive(FakeConnection &connection, const FakeRequest &request,
                                 const Fault *fault, bool &answered)
{
    const auto found = request.query.find("path");
    const std::string path = found == request.query.end() ? std::string() : found->second;
    if (request.method == "PUT") {
        if (path == "/readonly") {
            return {403, R"({"message":"container rootfs is marked read-only"})"};
        }
        m_files[path] = request.body;
        return {200, ""};
    }
    if (!m_files.contains(path)) {
        return noSuch("container:path: " + path);
    }
    // {"name":"x","size":3,"mode":420,"mtime":"","linkTarget":""}
    const std::string stat =
        "X-Docker-Container-Path-Stat: eyJuYW1lIjoieCIsInNpemUiOjMsIm1vZGUiOjQyMCwibXRpbWUiOiIiLCJs"
        "aW5rVGFyZ2V0IjoiIn0=\r\n";
    answered = true;
    connection.answer(200, "application/x-tar", request.method == "HEAD" ? "" : m_files[path], stat,
                      fault);
    return {};
}

std::optional<FakeReply> FakeProcesses::exec(FakeConnection &connection, const FakeRequest &request,
                                             const Fault *fault)
{
    constexpr std::size_t prefix = std::string_view("/exec/").size();
    const std::size_t slash = std::min(request.path.find('/', prefix), request.path.size());
    const std::string id = request.path.substr(prefix, slash - prefix);
    const std::string verb = request.path.substr(std::min(slash + 1, request.path.size()));
    const auto found = m_execs.find(id);
    if (found == m_execs.end()) {
        return noSuch("exec instance: " + id);
    }
    Exec &exec = found->second;
    if (verb == "json") {
        return FakeReply{200, Json({{"ID", id},
                                    {"ContainerID", exec.container},
                                    {"Running", exec.running},
                                    {"ExitCode", numberOf(exec.command.back())},
                                    {"Pid", 42},
                                    {"ProcessConfig",
                                     {{"tty", exec.tty},
                                      {"entrypoint", exec.command.front()},
                                      {"arguments", Json::array()}}}})
                                  .dump()};
    }
    if (verb == "resize") {
        return FakeReply{200, ""};
    }
    const auto body = Json::parse(request.body, nullptr, false);
    if (body.is_object() && body.contains("Detach") && body["Detach"] == true) {
        return FakeReply{200, ""};
    }
    exec.running = true;
    open(connection, exec.tty, id, fault);
    return std::nullopt;
}

void FakeProcesses::open(FakeConnection &connection, bool tty, const std::string &exec,
                         const Fault *fault)
{
    const std::string type =
        tty ? "application/vnd.docker.raw-stream" : "application/vnd.docker.multiplexed-stream";
    connection.upgrade((m_upgradesWith200 ? "HTTP/1.1 200 OK\r\nContent-Type: " + type
                                          : "HTTP/1.1 101 UPGRADED\r\nContent-Type: " + type +
                                                "\r\nConnection: Upgrade\r\nUpgrade: tcp") +
                           "\r\n\r\n",
                       fault);
    m_speakers.push_back({&connection, tty, false, exec});
    speak(connection);
}

void FakeProcesses::speak(FakeConnection &connection)
{
    const auto found = std::ranges::find(m_speakers, &connection, &Speaker::connection);
    if (found == m_speakers.end()) {
        return;
    }
    const auto write = [&](const std::string &bytes) {
        connection.raw(found->tty ? bytes : frame(bytes));
    };
    const auto exec = m_execs.find(found->exec);
    const bool floods = exec != m_execs.end() && exec->second.command.front() == "flood";
    if (floods && !found->flooded) {
        found->flooded = true;
        std::uint64_t left = numberOf(exec->second.command.back());
        for (constexpr std::uint64_t most = 1U << 20U; left > 0; left -= std::min(left, most)) {
            write(std::string(static_cast<std::size_t>(std::min(left, most)), 'x'));
        }
    }
    if (const std::string input = connection.takeRaw(); !input.empty()) {
        write(input);
    }
    if (connection.hasInputEnded() || floods) {
        if (!floods) {
            write("end\n");
        }
        if (exec != m_execs.end()) {
            exec->second.running = false;
        }
        connection.endRaw();
    }
}

void FakeProcesses::forget(const FakeConnection &connection)
{
    m_speakers.remove_if([&](const Speaker &other) { return other.connection == &connection; });
}

} // namespace roadstead::test
