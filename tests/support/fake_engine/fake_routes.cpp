// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_engine/fake_routes.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <ctime>

namespace roadstead::test {

namespace {

using Json = nlohmann::ordered_json;

std::string dumpedLine(const Json &json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string valueOf(const FakeRequest &request, const std::string &name)
{
    const auto found = request.query.find(name);
    return found == request.query.end() ? std::string() : found->second;
}

std::int64_t numberOf(const std::string &text, std::int64_t otherwise)
{
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc() ? number : otherwise;
}

bool isTrue(const std::string &text)
{
    return text == "1" || text == "true";
}

std::string lastLines(const std::string &text, std::int64_t lines)
{
    std::size_t at = text.size();
    while (lines >= 0 && at > 0) {
        const std::size_t newline = at < 2 ? std::string::npos : text.rfind('\n', at - 2);
        if (lines-- == 0) {
            return text.substr(at);
        }
        at = newline == std::string::npos ? 0 : newline + 1;
    }
    return text.substr(at);
}

/// The state that an action leads to; empty when it changes none.
std::string stateAfter(const std::string &action)
{
    static const std::map<std::string, std::string> states{
        {"start", "running"}, {"restart", "running"}, {"unpause", "running"}, {"stop", "exited"},
        {"kill", "exited"},   {"die", "exited"},      {"pause", "paused"}};
    const auto found = states.find(action);
    return found == states.end() ? std::string() : found->second;
}

} // namespace

FakeRoutes::FakeRoutes(FakeEngineOptions options)
    : m_options(std::move(options))
    , m_processes(m_options.upgradesWith200)
{
    m_fleet.fill(m_options.containers, m_options.running, m_options.images, m_options.hostile);
}

FakeRoutes::Reply FakeRoutes::error(int status, const std::string &message)
{
    return {status, dumpedLine({{"message", message}})};
}

const Fault *FakeRoutes::faultFor(const FakeRequest &request)
{
    const auto found = std::ranges::find_if(m_faults, [&request](const Fault &fault) {
        return fault.times != 0 && request.target.contains(fault.path);
    });
    if (found == m_faults.end() || request.path.starts_with("/_fake/")) {
        return nullptr;
    }
    if (found->times > 0) {
        --found->times;
    }
    m_current = *found;
    return &m_current;
}

void FakeRoutes::handle(FakeConnection &connection, const FakeRequest &request)
{
    m_requests.push_back(request.method + " " + request.target);
    m_uploaded += request.bodyBytes;
    const Fault *fault = faultFor(request);
    if (fault != nullptr && fault->kind == Fault::Kind::Status) {
        const bool json = fault->text.starts_with("{");
        connection.answer(static_cast<int>(fault->value), json ? "application/json" : "text/plain",
                          fault->text, "", nullptr);
        return;
    }
    if (request.path == "/_ping") {
        std::string headers = "Ostype: linux\r\n";
        if (!m_options.apiVersion.empty()) {
            headers += "Api-Version: " + m_options.apiVersion + "\r\n";
        }
        connection.answer(200, "text/plain", request.method == "HEAD" ? "" : "OK", headers, fault);
        return;
    }
    if (request.path == "/events") {
        connection.beginStream("application/json", fault);
        m_listeners.push_back(&connection);
        return;
    }
    if (const auto reply = answer(connection, request, fault)) {
        connection.answer(reply->status, reply->contentType, reply->body, "", fault);
    }
}

std::optional<FakeRoutes::Reply> FakeRoutes::answer(FakeConnection &connection,
                                                    const FakeRequest &request, const Fault *fault)
{
    const std::string &path = request.path;
    if (path.starts_with("/_fake/")) {
        return control(request);
    }
    if (path == "/version") {
        return Reply{200, dumpedLine({{"Version", m_options.version},
                                      {"ApiVersion", m_options.apiVersion},
                                      {"MinAPIVersion", "1.24"},
                                      {"Os", "linux"},
                                      {"Arch", "amd64"},
                                      {"KernelVersion", "6.12"}})};
    }
    if (path == "/info") {
        return Reply{200, m_fleet.info(m_options.version)};
    }
    if (path == "/containers/json") {
        return listContainers(request);
    }
    if (path == "/containers/create") {
        return create(request);
    }
    if (path == "/images/json") {
        return Reply{200, m_fleet.images()};
    }
    if (path == "/images/load") {
        return Reply{200, dumpedLine({{"stream", "Loaded image: fake:latest\n"}})};
    }
    if (path.starts_with("/images/") && request.method == "DELETE") {
        const std::string name = path.substr(8);
        return m_fleet.removeImage(name)
                   ? Reply{200, dumpedLine(Json::array({{{"Untagged", name}}}))}
                   : error(404, "No such image: " + name);
    }
    if (path.starts_with("/exec/")) {
        return m_processes.exec(connection, request, fault);
    }
    if (auto reply = m_objects.answer(request)) {
        return reply;
    }
    if (path.starts_with("/containers/")) {
        return container(connection, request, fault);
    }
    return error(404, "page not found");
}

FakeRoutes::Reply FakeRoutes::control(const FakeRequest &request)
{
    if (request.path == "/_fake/clear") {
        m_faults.clear();
    } else if (request.path == "/_fake/fault") {
        m_faults.push_back({faultKind(valueOf(request, "kind")), valueOf(request, "path"),
                            numberOf(valueOf(request, "value"), 0), valueOf(request, "text"),
                            static_cast<int>(numberOf(valueOf(request, "times"), -1))});
    } else if (request.path == "/_fake/burst") {
        burst(static_cast<int>(numberOf(valueOf(request, "count"), 0)),
              std::chrono::seconds(numberOf(valueOf(request, "seconds"), 0)));
    } else {
        return error(404, "no such order");
    }
    return {204, ""};
}

FakeRoutes::Reply FakeRoutes::listContainers(const FakeRequest &request)
{
    std::vector<std::string> ids;
    const auto filters = Json::parse(valueOf(request, "filters"), nullptr, false);
    if (filters.is_object() && filters.contains("id")) {
        for (const auto &[id, wanted] : filters["id"].items()) {
            ids.push_back(id);
        }
    }
    const bool all = isTrue(valueOf(request, "all"));
    const auto limit = static_cast<int>(numberOf(valueOf(request, "limit"), 0));
    if (all && limit == 0 && ids.empty()) {
        return {200, m_fleet.list()};
    }
    return {200, m_fleet.list(all, limit, ids)};
}

FakeRoutes::Reply FakeRoutes::create(const FakeRequest &request)
{
    const auto body = Json::parse(request.body, nullptr, false);
    if (!body.is_object() || !body.contains("Image") || !body["Image"].is_string()) {
        return error(400, "invalid JSON");
    }
    const std::string name = valueOf(request, "name");
    if (m_fleet.find(name) != nullptr) {
        return error(409, "Conflict. The container name \"/" + name +
                              "\" is already in use by container \"" + m_fleet.find(name)->id +
                              "\".");
    }
    FakeContainer container;
    container.id = FakeFleet::idOf(m_nextId++);
    container.name = name.empty() ? "unnamed-" + container.id.substr(0, 6) : name;
    container.image = body["Image"].get_ref<const std::string &>();
    container.state = "created";
    container.tty = body.contains("Tty") && body["Tty"] == true;
    if (body.contains("Labels") && body["Labels"].is_object()) {
        for (const auto &[label, value] : body["Labels"].items()) {
            container.labels[label] = value.is_string() ? value.get_ref<const std::string &>() : "";
        }
    }
    const FakeContainer &added = m_fleet.add(std::move(container));
    emitContainer(added, "create");
    return {201, dumpedLine({{"Id", added.id}, {"Warnings", Json::array()}})};
}

std::optional<FakeRoutes::Reply>
FakeRoutes::container(FakeConnection &connection, const FakeRequest &request, const Fault *fault)
{
    constexpr std::size_t prefix = std::string_view("/containers/").size();
    const std::size_t slash = std::min(request.path.find('/', prefix), request.path.size());
    const std::string reference = request.path.substr(prefix, slash - prefix);
    const std::string verb = slash < request.path.size() ? request.path.substr(slash + 1) : "";
    FakeContainer *found = m_fleet.find(reference);
    if (found == nullptr) {
        return error(404, "No such container: " + reference);
    }
    if (request.method == "DELETE") {
        if (found->state == "running" && !isTrue(valueOf(request, "force"))) {
            return error(409, "cannot remove container \"/" + found->name +
                                  "\": container is running: stop the container before removing or "
                                  "force remove");
        }
        const FakeContainer gone = *found;
        m_fleet.remove(gone.id);
        emitContainer(gone, "destroy");
        endWaiters(gone.id, gone.exitCode, true);
        return Reply{204, ""};
    }
    if (verb == "json") {
        return Reply{200, FakeFleet::details(*found)};
    }
    if (verb == "logs") {
        sendLog(connection, *found, request, fault);
        return std::nullopt;
    }
    if (verb == "stats" && request.method == "GET") {
        connection.beginStream("application/json", fault);
        m_statsReaders.push_back({&connection, found->id});
        return std::nullopt;
    }
    if (verb == "wait") {
        return wait(connection, *found, request);
    }
    if (verb == "attach" || verb == "exec" || verb == "archive" || verb == "export") {
        return m_processes.container(connection, request, *found, verb, fault);
    }
    return change(*found, verb, request);
}

FakeRoutes::Reply FakeRoutes::change(FakeContainer &container, const std::string &verb,
                                     const FakeRequest &request)
{
    const bool running = container.state == "running" || container.state == "paused";
    if (verb == "rename") {
        const std::string name = valueOf(request, "name");
        if (m_fleet.find(name) != nullptr) {
            return error(409, "Conflict. The container name \"/" + name + "\" is already in use.");
        }
        container.name = name;
        m_fleet.touch();
        emitContainer(container, "rename");
        return {204, ""};
    }
    if (stateAfter(verb).empty()) {
        return error(404, "page not found");
    }
    if ((verb == "start" && running) || (verb == "stop" && !running)) {
        return {304, ""};
    }
    if (verb == "kill" && !running) {
        return error(409, "cannot kill container: " + container.id + " is not running");
    }
    if ((verb == "pause" && container.state != "running") ||
        (verb == "unpause" && container.state != "paused")) {
        return error(409, "Container " + container.id + " is not " +
                              (verb == "pause" ? "running" : "paused"));
    }
    if (verb == "kill" || verb == "stop") {
        container.exitCode = verb == "kill" ? 137 : 0;
        act(container.id, "die");
    }
    act(container.id, verb);
    return {204, ""};
}

void FakeRoutes::sendLog(FakeConnection &connection, const FakeContainer &container,
                         const FakeRequest &request, const Fault *fault)
{
    connection.beginStream(container.tty ? "application/vnd.docker.raw-stream"
                                         : "application/vnd.docker.multiplexed-stream",
                           fault);
    const std::string text =
        lastLines(container.log, numberOf(valueOf(request, "tail"), INT64_MAX));
    if (!text.empty()) {
        connection.stream(container.tty ? text : frame(text));
    }
    if (isTrue(valueOf(request, "follow"))) {
        m_followers.push_back({&connection, container.id});
    } else {
        connection.endStream();
    }
}

std::optional<FakeRoutes::Reply> FakeRoutes::wait(FakeConnection &connection,
                                                  const FakeContainer &container,
                                                  const FakeRequest &request)
{
    const std::string condition = valueOf(request, "condition");
    const bool running = container.state == "running" || container.state == "paused";
    if (condition.empty() && !running) {
        return Reply{200, dumpedLine({{"StatusCode", container.exitCode}})};
    }
    connection.beginStream("application/json", nullptr);
    m_waiters.push_back({&connection, container.id, condition == "removed"});
    return std::nullopt;
}

void FakeRoutes::endWaiters(const std::string &id, int exitCode, bool removed)
{
    for (auto waiter = m_waiters.begin(); waiter != m_waiters.end();) {
        if (waiter->id != id || (waiter->removed && !removed)) {
            ++waiter;
            continue;
        }
        waiter->connection->stream(dumpedLine({{"StatusCode", exitCode}}));
        waiter->connection->endStream();
        waiter = m_waiters.erase(waiter);
    }
}

bool FakeRoutes::act(const std::string &reference, const std::string &action)
{
    FakeContainer *container = m_fleet.find(reference);
    if (container == nullptr) {
        return false;
    }
    if (const std::string state = stateAfter(action); !state.empty()) {
        container->state = state;
        container->changed = std::time(nullptr);
        m_fleet.touch();
    }
    emitContainer(*container, action);
    if (container->state == "exited") {
        endWaiters(container->id, container->exitCode, false);
    }
    return true;
}

void FakeRoutes::emitContainer(const FakeContainer &container, const std::string &action)
{
    auto attributes = container.labels;
    attributes["image"] = container.image;
    attributes["name"] = container.name;
    if (action == "die") {
        attributes["exitCode"] = std::to_string(container.exitCode);
    }
    emit("container", action, container.id, attributes);
}

void FakeRoutes::emit(const std::string &type, const std::string &action, const std::string &id,
                      const std::map<std::string, std::string> &attributes)
{
    if (m_listeners.empty()) {
        return;
    }
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    m_lastTime =
        std::max(m_lastTime + 1, std::chrono::duration_cast<std::chrono::nanoseconds>(now).count());
    const std::string line = dumpedLine({{"Type", type},
                                         {"Action", action},
                                         {"Actor", {{"ID", id}, {"Attributes", attributes}}},
                                         {"scope", "local"},
                                         {"time", m_lastTime / 1'000'000'000},
                                         {"timeNano", m_lastTime}});
    for (FakeConnection *listener : m_listeners) {
        listener->stream(line);
    }
}

void FakeRoutes::burst(int count, std::chrono::milliseconds over)
{
    m_burst = {count, 0, count, std::chrono::steady_clock::now(), over};
    m_burstLeft = count;
}

std::optional<Moment> FakeRoutes::tick(Moment now)
{
    if (m_burst.left == 0 || m_fleet.containers().empty()) {
        return std::nullopt;
    }
    const auto passed = now - m_burst.began;
    const bool all = m_burst.over.count() == 0 || passed >= m_burst.over;
    const int due =
        all ? m_burst.total
            : static_cast<int>(m_burst.total * passed / std::chrono::nanoseconds(m_burst.over));
    constexpr int atOnce = 2000;
    auto &containers = m_fleet.containers();
    for (int i = 0; i < atOnce && m_burst.done < due; ++i) {
        FakeContainer &container =
            containers[static_cast<std::size_t>(m_burst.done) % containers.size()];
        const bool running = container.state == "running";
        container.state = running ? "exited" : "running";
        emitContainer(container, running ? "die" : "start");
        ++m_burst.done;
        --m_burst.left;
    }
    m_fleet.touch();
    m_burstLeft = m_burst.left;
    if (m_burst.left == 0) {
        return std::nullopt;
    }
    return m_burst.done < due ? now : now + std::chrono::milliseconds(10);
}

void FakeRoutes::endEventStreams()
{
    for (FakeConnection *listener : m_listeners) {
        listener->endStream();
    }
    m_listeners.clear();
}

void FakeRoutes::writeLog(const std::string &reference, const std::string &bytes)
{
    FakeContainer *container = m_fleet.find(reference);
    if (container == nullptr) {
        return;
    }
    container->log += bytes;
    for (const Follower &follower : m_followers) {
        if (follower.id == container->id) {
            follower.connection->stream(container->tty ? bytes : frame(bytes));
        }
    }
}

void FakeRoutes::writeStats(const std::string &reference, int cpuPercent, std::int64_t memoryBytes)
{
    const FakeContainer *container = m_fleet.find(reference);
    if (container == nullptr) {
        return;
    }
    constexpr int second = 1'000'000'000;
    const std::string line = dumpedLine(
        {{"cpu_stats",
          {{"cpu_usage", {{"total_usage", std::int64_t(second) / 100 * cpuPercent}}},
           {"system_cpu_usage", second},
           {"online_cpus", 1}}},
         {"precpu_stats", {{"cpu_usage", {{"total_usage", 0}}}, {"system_cpu_usage", 0}}},
         {"memory_stats", {{"usage", memoryBytes}, {"limit", 8 * memoryBytes}}}});
    for (const Follower &reader : m_statsReaders) {
        if (reader.id == container->id) {
            reader.connection->stream(line);
        }
    }
}

void FakeRoutes::forget(const FakeConnection &connection)
{
    m_processes.forget(connection);
    m_listeners.remove_if([&](const FakeConnection *other) { return other == &connection; });
    m_followers.remove_if([&](const Follower &other) { return other.connection == &connection; });
    m_statsReaders.remove_if(
        [&](const Follower &other) { return other.connection == &connection; });
    m_waiters.remove_if([&](const Waiter &other) { return other.connection == &connection; });
}

} // namespace roadstead::test
