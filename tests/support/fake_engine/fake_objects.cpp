// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_engine/fake_objects.h"

#include "tests/support/fake_engine/fake_fleet.h"

#include <nlohmann/json.hpp>

namespace roadstead::test {

namespace {

using Json = nlohmann::ordered_json;

FakeReply ok(const Json &json, int status = 200)
{
    return {status, json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"};
}

FakeReply refused(int status, const std::string &message)
{
    return ok({{"message", message}}, status);
}

Json listOf(const std::map<std::string, std::string> &objects)
{
    Json list = Json::array();
    for (const auto &[name, json] : objects) {
        list.push_back(Json::parse(json, nullptr, false));
    }
    return list;
}

/// "/networks/n1/connect" behind "/networks/": "n1", "connect".
std::pair<std::string, std::string> split(const std::string &path, std::size_t prefix)
{
    const std::size_t slash = std::min(path.find('/', prefix), path.size());
    return {path.substr(prefix, slash - prefix), path.substr(std::min(slash + 1, path.size()))};
}

std::string textOf(const Json &json, const char *member)
{
    const auto found = json.find(member);
    return found != json.end() && found->is_string() ? found->get_ref<const std::string &>()
                                                     : std::string();
}

/// A pull or push as an engine tells it; the image "fails" breaks within a 200.
FakeReply progress(const std::string &image)
{
    std::string body =
        R"({"status":"Pulling from library/x","id":"latest"})"
        "\r\n"
        R"({"status":"Downloading","progressDetail":{"current":1,"total":2},"id":"a"})"
        "\r\n";
    body += image.contains("fails")
                ? R"({"errorDetail":{"message":"manifest unknown"},"error":"manifest unknown"})"
                : R"({"status":"Status: Downloaded newer image"})";
    return {200, body + "\r\n"};
}

FakeReply pruned(const char *list)
{
    return ok({{list, Json::array({"gone"})}, {"SpaceReclaimed", 1000}});
}

} // namespace

std::optional<FakeReply> FakeObjects::answer(const FakeRequest &request)
{
    const std::string &path = request.path;
    if (path == "/containers/prune") {
        return pruned("ContainersDeleted");
    }
    if (path == "/build/prune") {
        return pruned("CachesDeleted");
    }
    if (path == "/build") {
        return FakeReply{200, R"({"stream":"Step 1/1 : FROM scratch\n"})"};
    }
    if (path == "/commit") {
        return ok({{"Id", "sha256:committed"}}, 201);
    }
    if (path == "/auth") {
        return ok({{"Status", "Login Succeeded"}, {"IdentityToken", ""}});
    }
    if (path == "/system/df") {
        return ok({{"LayersSize", 5}, {"Images", nullptr}, {"Volumes", listOf(m_volumes)}});
    }
    if (path == "/plugins") {
        return ok(Json::array());
    }
    for (auto part : {&FakeObjects::images, &FakeObjects::networks, &FakeObjects::volumes,
                      &FakeObjects::swarm}) {
        if (auto reply = (this->*part)(request)) {
            return reply;
        }
    }
    for (const char *kind : {"/secrets", "/configs"}) {
        if (path.starts_with(kind)) {
            return swarmFiles(request, kind);
        }
    }
    return std::nullopt;
}

std::optional<FakeReply> FakeObjects::images(const FakeRequest &request)
{
    const std::string &path = request.path;
    if (path == "/images/create") {
        const auto image = request.query.find("fromImage");
        return progress(image == request.query.end() ? "" : image->second);
    }
    if (path == "/images/prune") {
        return ok({{"ImagesDeleted", Json::array({{{"Deleted", "sha256:gone"}}})},
                   {"SpaceReclaimed", 1000}});
    }
    if (path == "/images/search") {
        return ok(Json::array({{{"name", "nginx"}, {"star_count", 5}, {"is_official", true}}}));
    }
    if (path == "/images/get") {
        return FakeReply{200, "an archive", "application/x-tar"};
    }
    if (!path.starts_with("/images/")) {
        return std::nullopt;
    }
    if (path.ends_with("/push")) {
        return progress(path);
    }
    if (path.ends_with("/tag")) {
        return FakeReply{201, ""};
    }
    if (path.ends_with("/history")) {
        return ok(Json::array({{{"Id", "sha256:a"}, {"Created", 1}, {"CreatedBy", "CMD"}}}));
    }
    if (path.ends_with("/json") && path != "/images/json") {
        return ok({{"Id", "sha256:a"}, {"RepoTags", Json::array({"nginx:1.27"})}, {"Size", 5}});
    }
    return std::nullopt;
}

std::optional<FakeReply> FakeObjects::networks(const FakeRequest &request)
{
    constexpr std::string_view prefix = "/networks/";
    if (request.path == "/networks") {
        return ok(listOf(m_networks));
    }
    if (request.path == "/networks/prune") {
        return ok({{"NetworksDeleted", Json::array({"gone"})}});
    }
    if (request.path == "/networks/create") {
        Json body = Json::parse(request.body, nullptr, false);
        const std::string name = body.is_object() ? textOf(body, "Name") : std::string();
        if (name.empty() || m_networks.contains(name)) {
            return refused(name.empty() ? 400 : 409, "network with name " + name);
        }
        body["Id"] = FakeFleet::idOf(800'000 + m_networks.size());
        m_networks[name] = body.dump();
        return ok({{"Id", body["Id"]}, {"Warning", ""}}, 201);
    }
    if (!request.path.starts_with(prefix)) {
        return std::nullopt;
    }
    const auto [name, verb] = split(request.path, prefix.size());
    const auto found = m_networks.find(name);
    if (found == m_networks.end()) {
        return refused(404, "network " + name + " not found");
    }
    if (request.method == "DELETE") {
        m_networks.erase(found);
        return FakeReply{204, ""};
    }
    return verb.empty() ? FakeReply{200, found->second} : FakeReply{200, ""};
}

std::optional<FakeReply> FakeObjects::volumes(const FakeRequest &request)
{
    constexpr std::string_view prefix = "/volumes/";
    if (request.path == "/volumes") {
        return ok({{"Volumes", listOf(m_volumes)}, {"Warnings", nullptr}});
    }
    if (request.path == "/volumes/prune") {
        return pruned("VolumesDeleted");
    }
    if (request.path == "/volumes/create") {
        Json body = Json::parse(request.body, nullptr, false);
        if (!body.is_object()) {
            return refused(400, "invalid JSON");
        }
        const std::string name = textOf(body, "Name").empty() ? "anonymous" : textOf(body, "Name");
        body["Name"] = name;
        m_volumes[name] = body.dump();
        return FakeReply{201, m_volumes[name]};
    }
    if (!request.path.starts_with(prefix)) {
        return std::nullopt;
    }
    const std::string name = request.path.substr(prefix.size());
    if (!m_volumes.contains(name)) {
        return refused(404, "get " + name + ": no such volume");
    }
    if (request.method == "DELETE") {
        m_volumes.erase(name);
        return FakeReply{204, ""};
    }
    return FakeReply{200, m_volumes[name]};
}

std::optional<FakeReply> FakeObjects::swarm(const FakeRequest &request)
{
    if (request.path == "/swarm/init") {
        return ok("7v2t30z9blmxuhnyo6s4cpenp");
    }
    if (request.path == "/swarm/unlockkey") {
        return ok({{"UnlockKey", "SWMKEY-1-x"}});
    }
    if (request.path.starts_with("/swarm/")) {
        return FakeReply{200, ""};
    }
    if (request.path == "/swarm") {
        return refused(503, "This node is not a swarm manager.");
    }
    if (request.path == "/services/create") {
        return ok({{"ID", "service1"}, {"Warnings", Json::array({"not pinned"})}}, 201);
    }
    if (request.path == "/nodes" || request.path == "/services" || request.path == "/tasks") {
        return ok(Json::array());
    }
    return std::nullopt;
}

std::optional<FakeReply> FakeObjects::swarmFiles(const FakeRequest &request,
                                                 const std::string &kind)
{
    if (request.path == kind) {
        std::map<std::string, std::string> ofKind;
        for (const auto &[path, json] : m_files) {
            if (path.starts_with(kind + "/")) {
                ofKind[path] = json;
            }
        }
        return ok(listOf(ofKind));
    }
    if (request.path == kind + "/create") {
        const Json body = Json::parse(request.body, nullptr, false);
        const std::string name = body.is_object() ? textOf(body, "Name") : std::string();
        m_files[kind + "/" + name] =
            Json({{"ID", name}, {"Version", {{"Index", 11}}}, {"Spec", body}}).dump();
        return ok({{"ID", name}}, 201);
    }
    const auto found = m_files.find(request.path);
    if (found == m_files.end()) {
        return refused(404, "no such file: " + request.path);
    }
    if (request.method == "DELETE") {
        m_files.erase(found);
        return FakeReply{204, ""};
    }
    return FakeReply{200, found->second};
}

} // namespace roadstead::test
