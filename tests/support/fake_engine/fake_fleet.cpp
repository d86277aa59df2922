// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_engine/fake_fleet.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <ctime>

namespace roadstead::test {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<const char *, 8> hostileTexts{
    "<img src=file:///etc/passwd>",
    "a\x1b[31mred\x1b]0;title\x07",
    "gpj.\xE2\x80\xAE"
    "exe",
    "&file\nnewline\ttab",
    "\xE2\x80\x8Binvisible\xEF\xBB\xBF",
    "%s%n%x",
    "http://example.invalid/<b>x</b>",
    "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB \xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E"};

std::string dumped(const Json &json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string dateText(std::int64_t seconds)
{
    const std::time_t time = seconds;
    std::tm parts{};
    ::gmtime_r(&time, &parts);
    std::array<char, 40> text{};
    const std::size_t length =
        std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return std::string(text.data(), length);
}

std::string statusText(const FakeContainer &container)
{
    if (container.state == "running") {
        return "Up 3 hours";
    }
    if (container.state == "paused") {
        return "Up 3 hours (Paused)";
    }
    if (container.state == "exited") {
        return "Exited (" + std::to_string(container.exitCode) + ") 2 hours ago";
    }
    return container.state == "created" ? "Created" : container.state;
}

Json endpoint(const FakeContainer &container)
{
    const bool up = container.state == "running";
    return {{"IPAMConfig", nullptr},
            {"Links", nullptr},
            {"Aliases", nullptr},
            {"MacAddress", up ? "02:42:ac:11:00:02" : ""},
            {"NetworkID", FakeFleet::idOf(1)},
            {"EndpointID", up ? FakeFleet::idOf(2) : ""},
            {"Gateway", up ? "172.17.0.1" : ""},
            {"IPAddress", up ? "172.17.0.2" : ""},
            {"IPPrefixLen", up ? 16 : 0},
            {"GlobalIPv6Address", ""}};
}

Json portsOf(const FakeContainer &container)
{
    Json ports = Json::array();
    if (container.state != "running") {
        return ports;
    }
    if (container.publicPort == 0) {
        ports.push_back({{"PrivatePort", 80}, {"Type", "tcp"}});
        return ports;
    }
    for (const char *address : {"0.0.0.0", "::"}) {
        ports.push_back({{"IP", address},
                         {"PrivatePort", 80},
                         {"PublicPort", container.publicPort},
                         {"Type", "tcp"}});
    }
    return ports;
}

Json summary(const FakeContainer &container)
{
    Json json;
    json["Id"] = container.id;
    json["Names"] = Json::array({"/" + container.name});
    json["Image"] = container.image;
    json["ImageID"] = "sha256:" + FakeFleet::idOf(3);
    json["Command"] = container.command;
    json["Created"] = container.created;
    json["Ports"] = portsOf(container);
    json["Labels"] = container.labels;
    json["State"] = container.state;
    json["Status"] = statusText(container);
    json["HostConfig"] = {{"NetworkMode", "default"}};
    json["NetworkSettings"] = {{"Networks", {{"bridge", endpoint(container)}}}};
    json["Mounts"] = Json::array();
    return json;
}

} // namespace

std::string FakeFleet::idOf(std::uint64_t number)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string id;
    std::uint64_t state = number;
    while (id.size() < 64) {
        // splitmix64
        state += 0x9E3779B97F4A7C15U;
        std::uint64_t mixed = state;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
        mixed ^= mixed >> 31U;
        for (int i = 0; i < 16; ++i) {
            id.push_back(digits[mixed & 0xFU]);
            mixed >>= 4U;
        }
    }
    return id;
}

void FakeFleet::fill(int containers, int running, int images, bool hostile)
{
    const std::int64_t now = std::time(nullptr);
    m_containers.clear();
    m_containers.reserve(static_cast<std::size_t>(containers));
    for (int i = 0; i < containers; ++i) {
        const auto number = static_cast<std::uint64_t>(i);
        FakeContainer container;
        container.id = idOf(1000 + number);
        container.name = "container-" + std::to_string(i);
        container.state = i < running ? "running" : "exited";
        container.exitCode = i % 7 == 0 ? 137 : 0;
        container.created = now - 60 * (i + 1);
        container.changed = container.created;
        container.publicPort = i < running && i % 3 == 0 ? 20'000 + i % 40'000 : 0;
        container.labels["com.example.number"] = std::to_string(i);
        if (i % 4 == 0) {
            container.labels["com.docker.compose.project"] = "project-" + std::to_string(i / 40);
            container.labels["com.docker.compose.service"] =
                "service-" + std::to_string(i % 40 / 4);
        }
        if (hostile) {
            const std::string text = hostileTexts[number % hostileTexts.size()];
            container.name += text;
            container.image = text;
            container.command = text + text;
            container.labels["com.docker.compose.project"] = text;
            container.labels[text] = text;
        }
        m_containers.push_back(std::move(container));
    }
    m_imageTags.clear();
    for (int i = 0; i < images; ++i) {
        m_imageTags.push_back("image-" + std::to_string(i) + ":latest");
    }
    touch();
}

FakeContainer &FakeFleet::add(FakeContainer container)
{
    const std::int64_t now = std::time(nullptr);
    if (container.created == 0) {
        container.created = now;
        container.changed = now;
    }
    // Newest first, as engines list them.
    m_containers.insert(m_containers.begin(), std::move(container));
    touch();
    return m_containers.front();
}

FakeContainer *FakeFleet::find(const std::string &reference)
{
    if (reference.empty()) {
        return nullptr;
    }
    const auto found = std::ranges::find_if(m_containers, [&](const FakeContainer &container) {
        return container.id == reference || container.name == reference ||
               (reference.size() >= 12 && container.id.starts_with(reference));
    });
    return found == m_containers.end() ? nullptr : &*found;
}

bool FakeFleet::remove(const std::string &id)
{
    touch();
    return std::erase_if(m_containers,
                         [&id](const FakeContainer &container) { return container.id == id; }) > 0;
}

bool FakeFleet::removeImage(const std::string &name)
{
    return std::erase(m_imageTags, name) > 0;
}

const std::string &FakeFleet::list()
{
    if (!m_list) {
        m_list = list(true, 0, {});
    }
    return *m_list;
}

std::string FakeFleet::list(bool all, int limit, const std::vector<std::string> &ids)
{
    std::string text = "[";
    int listed = 0;
    for (const FakeContainer &container : m_containers) {
        const bool wanted = (all || limit > 0 || container.state == "running") &&
                            (ids.empty() || std::ranges::contains(ids, container.id));
        if (!wanted || (limit > 0 && listed == limit)) {
            continue;
        }
        text.append(listed++ == 0 ? "" : ",").append(dumped(summary(container)));
    }
    return text.append("]\n");
}

std::string FakeFleet::images() const
{
    Json list = Json::array();
    std::uint64_t number = 500'000;
    for (const std::string &tag : m_imageTags) {
        list.push_back({{"Containers", -1},
                        {"Created", 1'700'000'000},
                        {"Id", "sha256:" + idOf(number++)},
                        {"Labels", nullptr},
                        {"ParentId", ""},
                        {"RepoDigests", Json::array()},
                        {"RepoTags", Json::array({tag})},
                        {"SharedSize", -1},
                        {"Size", 133'000'000}});
    }
    return dumped(list) + "\n";
}

std::string FakeFleet::details(const FakeContainer &container)
{
    const bool running = container.state == "running" || container.state == "paused";
    Json json;
    json["Id"] = container.id;
    json["Created"] = dateText(container.created);
    json["Path"] = "nginx";
    json["Args"] = {"-g", "daemon off;"};
    json["State"] = {
        {"Status", container.state},
        {"Running", running},
        {"Paused", container.state == "paused"},
        {"Restarting", false},
        {"OOMKilled", false},
        {"Dead", false},
        {"Pid", running ? 4242 : 0},
        {"ExitCode", running ? 0 : container.exitCode},
        {"Error", ""},
        {"StartedAt", dateText(container.changed)},
        {"FinishedAt", running ? "0001-01-01T00:00:00Z" : dateText(container.changed)}};
    json["Image"] = "sha256:" + idOf(3);
    json["Name"] = "/" + container.name;
    json["RestartCount"] = 0;
    json["Driver"] = "overlay2";
    json["HostConfig"] = {{"NetworkMode", "default"},
                          {"RestartPolicy", {{"Name", "no"}, {"MaximumRetryCount", 0}}},
                          {"Memory", 0},
                          {"NanoCpus", 0},
                          {"PidsLimit", nullptr}};
    json["Mounts"] = Json::array();
    json["Config"] = {{"Hostname", container.id.substr(0, 12)},
                      {"Tty", container.tty},
                      {"Env", {"PATH=/usr/bin"}},
                      {"Cmd", {"nginx", "-g", "daemon off;"}},
                      {"Image", container.image},
                      {"WorkingDir", ""},
                      {"Entrypoint", nullptr},
                      {"Labels", container.labels}};
    json["NetworkSettings"] = {{"Ports", Json::object()},
                               {"Networks", {{"bridge", endpoint(container)}}}};
    return dumped(json) + "\n";
}

std::string FakeFleet::info(const std::string &version) const
{
    const auto inState = [this](const char *state) {
        return std::ranges::count(m_containers, state, &FakeContainer::state);
    };
    const Json json{{"ID", "fake"},
                    {"Name", "fake"},
                    {"ServerVersion", version},
                    {"Containers", m_containers.size()},
                    {"ContainersRunning", inState("running")},
                    {"ContainersPaused", inState("paused")},
                    {"ContainersStopped", inState("exited")},
                    {"Images", m_imageTags.size()},
                    {"Driver", "overlay2"},
                    {"OperatingSystem", "Fake Linux"},
                    {"OSType", "linux"},
                    {"NCPU", 4},
                    {"MemTotal", 8'000'000'000},
                    {"DockerRootDir", "/var/lib/docker"},
                    {"CgroupDriver", "systemd"},
                    {"CgroupVersion", "2"},
                    {"LiveRestoreEnabled", true},
                    {"Warnings", nullptr}};
    return dumped(json) + "\n";
}

} // namespace roadstead::test
