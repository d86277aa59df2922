// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/ids.h"
#include "engine/base/text.h"
#include "engine/base/units.h"
#include "engine/docker/api_version.h"
#include "engine/docker/client.h"
#include "engine/docker/codecs.h"
#include "engine/docker/command.h"
#include "engine/docker/display.h"
#include "engine/docker/json_reader.h"
#include "engine/docker/question.h"
#include "engine/docker/usage.h"
#include "engine/http/client.h"
#include "tests/engine/vectors/vectors.h"
#include "tests/support/await.h"
#include "tests/support/fake_engine/fake_engine.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>

#include <array>
#include <ctime>
#include <functional>
#include <limits>
#include <map>

namespace roadstead::test {

namespace {

using docker::ContainerSummary;

/// An engine that answers what a vector says, and a client of it.
class Stand
{
public:
    explicit Stand(const std::string &apiVersion)
        : m_engine({.socketPath = m_folder.filePath(QStringLiteral("s")).toStdString(),
                    .apiVersion = apiVersion})
        , m_client(m_http, m_engine.socketPath())
    {
        m_engine.start();
    }
    FakeEngine &engine() { return m_engine; }
    Result<std::vector<ContainerSummary>> list()
    {
        return await<std::vector<ContainerSummary>>(
            [this](auto done) { m_client.listContainers({}, std::move(done)); });
    }

private:
    QTemporaryDir m_folder;
    FakeEngine m_engine;
    http::Client m_http;
    docker::Client m_client;
};

/// "/v1.50/containers/json" to "1.50".
std::string versionOf(const std::string &path)
{
    const std::size_t begin = path.find("/v") + 2;
    return path.substr(begin, path.find('/', begin) - begin);
}

/// The CLI speaks whatever the engine names. Our rule: 1.<1 to 3 digits> from 1.24 on, or refuse.
std::string ourRule(const std::string &header, const std::string &cliVersion)
{
    std::string_view trimmed = header;
    while (!trimmed.empty() && (trimmed.back() == ' ' || trimmed.back() == '\t')) {
        trimmed.remove_suffix(1);
    }
    const auto version = docker::parseApiVersion(trimmed);
    const bool spoken = trimmed.empty() || (version && *version >= docker::oldestApi);
    return spoken ? cliVersion : "refused";
}

} // namespace

void runApiNegotiation(const Json &file, VectorReport &report)
{
    for (const Json &entry : file["cases"]) {
        const bool named = entry.contains("ping_api_version_header");
        const Json &requests = entry[named ? "requests" : "all_requests"];
        if (!requests.is_array() || requests.empty()) {
            report.skip("the reference made no request");
            continue;
        }
        const std::string header = textOf(entry, "ping_api_version_header");
        const std::string cli = versionOf(requests.back().get_ref<const std::string &>());
        Stand stand(header);
        if (!named) {
            const std::string status = textOf(entry, "doc").substr(5);
            stand.engine().addFault(
                {.kind = Fault::Kind::Raw,
                 .path = "/_ping",
                 .text = "HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n"});
        }
        const auto listed = stand.list();
        const std::string got =
            listed ? versionOf(stand.engine().requests().back()) : std::string("refused");
        report.compare(idOf(entry) + " " + header, named ? ourRule(header, cli) : cli, got);
    }
}

namespace {

std::string responseOf(const Json &entry)
{
    const std::string generator = textOf(entry, "generator");
    if (generator.empty()) {
        return fromHex(textOf(entry, "response_hex"));
    }
    if (generator.starts_with("one header line X: with ")) {
        const std::size_t count = std::stoul(generator.substr(24));
        return "HTTP/1.1 200 OK\r\nX: " + std::string(count, 'a') +
               "\r\nContent-Length: 2\r\n\r\n[]";
    }
    const std::string body = generated(generator);
    return body.empty() ? std::string()
                        : "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                              std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string idsOf(const std::vector<ContainerSummary> &list)
{
    std::string ids;
    for (const ContainerSummary &container : list) {
        ids += shortId(container.id) + "\n";
    }
    return ids;
}

} // namespace

void runHttpResponses(const Json &file, VectorReport &report)
{
    for (const Json &entry : file["cases"]) {
        const std::string response = responseOf(entry);
        const bool known = response.size() == entry.value("response_len", response.size());
        if (!known) {
            report.skip("made by a generator that is not known: " + textOf(entry, "generator"));
            continue;
        }
        Stand stand("1.50");
        stand.engine().addFault(
            {.kind = Fault::Kind::Raw, .path = "/containers/json", .text = response});
        const auto listed = stand.list();
        const std::string expected = textOf(entry, "expect");
        const bool hung = !listed && listed.error().detail == "test gave up";
        if (expected == "either") {
            report.compare(idOf(entry), "an answer", hung ? "none" : "an answer");
            continue;
        }
        report.compare(idOf(entry), expected, listed ? "accept" : "refuse");
        if (listed && expected == "accept") {
            report.compare(idOf(entry) + " ids", textOf(entry, "stdout"), idsOf(*listed));
        }
    }
}

namespace {

std::string joined(const std::vector<std::string> &parts)
{
    std::string text;
    for (const std::string &part : parts) {
        text.append(text.empty() ? "" : ",").append(part);
    }
    return text;
}

/// "now", "now-90s" or seconds.
Json withTimes(Json container, std::int64_t now)
{
    const auto created = container.find("Created");
    if (created != container.end() && created->is_string()) {
        const auto &text = created->get_ref<const std::string &>();
        const std::size_t sign = text.find_first_of("+-");
        std::int64_t offset = 0;
        if (sign != std::string::npos) {
            offset = std::stoll(text.substr(sign));
            const std::array<std::pair<char, std::int64_t>, 3> units{
                {{'m', 60}, {'h', 3600}, {'d', 86'400}}};
            for (const auto &[unit, seconds] : units) {
                offset *= text.back() == unit ? seconds : 1;
            }
        }
        *created = now + offset;
    }
    return container;
}

} // namespace

/// The columns that the containers page shows. The CLI's Command, LocalVolumes, Mounts, Size and
/// Platform have no place there.
void runPsDisplay(const Json &file, VectorReport &report)
{
    for (const Json &entry : file["cases"]) {
        const std::int64_t now = std::time(nullptr);
        const auto list =
            docker::decodeContainerList("[" + withTimes(entry["container"], now).dump() + "]");
        if (entry.value("exit", 0) != 0) {
            report.compare(idOf(entry), "refused", list ? "decoded" : "refused");
            continue;
        }
        if (!list) {
            report.compare(idOf(entry), "decoded", list.error().detail);
            continue;
        }
        const ContainerSummary &container = list->front();
        const Json &columns = entry["columns"];
        const auto compare = [&](const char *column, const std::string &got) {
            if (columns.contains(column)) {
                report.compare(idOf(entry) + " " + column, textOf(columns, column), got);
            }
        };
        compare("ID", shortId(container.id));
        compare("Names", container.name);
        compare("Image", docker::imageText(container));
        compare("Ports", docker::portsText(container.ports));
        compare("Networks", joined(container.networks));
        compare("Status", container.status);
        compare("State", textOf(entry["container"], "State"));
        compare("RunningFor", docker::runningForText(container.created, now));
    }
}

namespace {

std::string percent(double value)
{
    std::array<char, 64> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.2f%%", value);
    return std::string(text.data(), static_cast<std::size_t>(length));
}

} // namespace

/// CPU and memory, which the containers page shows. A limit beyond 64 bits signed is kept as the
/// largest number, so that its text is not compared.
void runStatsDisplay(const Json &file, VectorReport &report)
{
    for (const Json &entry : file["cases"]) {
        const auto usage = docker::decodeUsage(entry["stats"].dump());
        if (!usage) {
            report.compare(idOf(entry), "decoded", usage.error().detail);
            continue;
        }
        const Json &columns = entry["columns"];
        const double memory = static_cast<double>(usage->memoryBytes);
        const double limit = static_cast<double>(usage->memoryLimit);
        report.compare(idOf(entry) + " CPUPerc", textOf(columns, "CPUPerc"),
                       percent(usage->cpuPercent));
        report.compare(idOf(entry) + " MemPerc", textOf(columns, "MemPerc"),
                       percent(limit > 0 ? memory / limit * 100.0 : 0));
        const bool beyond = usage->memoryLimit == std::numeric_limits<std::int64_t>::max();
        const std::string shown = textOf(columns, "MemUsage");
        const std::string expected = beyond ? shown.substr(0, shown.find(" /")) : shown;
        report.compare(idOf(entry) + " MemUsage", expected,
                       beyond ? binarySize(memory)
                              : binarySize(memory) + " / " + binarySize(limit));
        report.compare(idOf(entry) + " NetIO", textOf(columns, "NetIO"),
                       decimalSize(usage->receivedBytes, 3) + " / " +
                           decimalSize(usage->sentBytes, 3));
        report.compare(idOf(entry) + " BlockIO", textOf(columns, "BlockIO"),
                       decimalSize(usage->readBytes, 3) + " / " +
                           decimalSize(usage->writtenBytes, 3));
        report.compare(idOf(entry) + " PIDs", textOf(columns, "PIDs"),
                       std::to_string(usage->processes));
    }
}

namespace {

std::string verdict(const auto &decoded)
{
    return decoded ? "decoded" : decoded.error().detail;
}

using ExampleDecoder = std::function<std::string(const std::string &)>;

/// The decoder of a question's answer.
template<typename Asked>
std::string answered(const std::string &body)
{
    return verdict(Asked::decode(body));
}

/// The same for one value of what lists have.
template<typename Asked>
std::string listed(const std::string &body)
{
    return verdict(Asked::decode("[" + body + "]"));
}

/// By endpoint, or by the name of a definition.
const std::map<std::string, ExampleDecoder> &exampleDecoders()
{
    using namespace docker;
    static const std::map<std::string, ExampleDecoder> table{
        {"GET /containers/json",
         [](const auto &body) { return verdict(decodeContainerList(body)); }},
        {"GET /containers/{id}/json",
         [](const auto &body) { return verdict(decodeContainerDetails(body)); }},
        {"GET /images/json", [](const auto &body) { return verdict(decodeImageList(body)); }},
        {"GET /version", [](const auto &body) { return verdict(decodeVersion(body)); }},
        {"GET /info", [](const auto &body) { return verdict(decodeInfo(body)); }},
        {"GET /events", [](const auto &body) { return verdict(decodeEvent(body)); }},
        {"POST /containers/create",
         [](const auto &body) { return verdict(decodeCreatedContainer(body)); }},
        {"GET /containers/{id}/stats", [](const auto &body) { return verdict(decodeUsage(body)); }},
        {"ContainerBlkioStats",
         [](const auto &body) { return verdict(decodeUsage("{\"blkio_stats\":" + body + "}")); }},
        {"POST /containers/{id}/wait", answered<WaitContainer>},
        {"GET /containers/{id}/changes", answered<ListChanges>},
        {"GET /containers/{id}/top", answered<TopContainer>},
        {"GET /exec/{id}/json", answered<InspectExec>},
        {"POST /containers/{id}/exec",
         [](const auto &body) { return verdict(CreateExec::decode(body)); }},
        {"POST /containers/{id}/update",
         [](const auto &body) { return verdict(UpdateContainer::decode(body)); }},
        {"POST /commit", [](const auto &body) { return verdict(CommitContainer::decode(body)); }},
        {"POST /containers/prune",
         [](const auto &body) { return verdict(PruneContainers::decode(body)); }},
        {"GET /images/{name}/json", answered<InspectImage>},
        {"ImageInspect", answered<InspectImage>},
        {"ImageSummary",
         [](const auto &body) { return verdict(decodeImageList("[" + body + "]")); }},
        {"GET /images/{name}/history", answered<ImageHistory>},
        {"GET /images/search", answered<SearchImages>},
        {"DELETE /images/{name}",
         [](const auto &body) { return verdict(RemoveImage::decode(body)); }},
        {"POST /images/prune", [](const auto &body) { return verdict(PruneImages::decode(body)); }},
        {"POST /build/prune",
         [](const auto &body) { return verdict(PruneBuildCache::decode(body)); }},
        {"GET /distribution/{name}/json", answered<InspectDistribution>},
        {"GET /networks", answered<ListNetworks>},
        {"Network", answered<InspectNetwork>},
        {"GET /networks/{id}", answered<InspectNetwork>},
        {"POST /networks/create",
         [](const auto &body) { return verdict(CreateNetwork::decode(body)); }},
        {"POST /networks/prune",
         [](const auto &body) { return verdict(PruneNetworks::decode(body)); }},
        {"GET /volumes", answered<ListVolumes>},
        {"Volume", answered<InspectVolume>},
        {"GET /volumes/{name}", answered<InspectVolume>},
        {"POST /volumes/create",
         [](const auto &body) { return verdict(CreateVolume::decode(body)); }},
        {"POST /volumes/prune",
         [](const auto &body) { return verdict(PruneVolumes::decode(body)); }},
        {"GET /system/df", answered<AskDiskUsage>},
        {"POST /auth", answered<CheckCredentials>},
        {"GET /plugins", answered<ListPlugins>},
        {"Plugin", answered<InspectPlugin>},
        {"GET /plugins/{name}/json", answered<InspectPlugin>},
        {"GET /plugins/privileges", answered<AskPluginPrivileges>},
        {"GET /swarm", answered<InspectSwarm>},
        {"GET /swarm/unlockkey", answered<AskUnlockKey>},
        {"POST /swarm/init", [](const auto &body) { return verdict(InitSwarm::decode(body)); }},
        {"GET /nodes", answered<ListNodes>},
        {"Node", answered<InspectNode>},
        {"GET /nodes/{id}", answered<InspectNode>},
        {"GET /services", answered<ListServices>},
        {"Service", answered<InspectService>},
        {"GET /services/{id}", answered<InspectService>},
        {"POST /services/create",
         [](const auto &body) { return verdict(CreateService::decode(body)); }},
        {"ServiceUpdateResponse",
         [](const auto &body) { return verdict(UpdateService::decode(body)); }},
        {"POST /services/{id}/update",
         [](const auto &body) { return verdict(UpdateService::decode(body)); }},
        {"GET /tasks", answered<ListTasks>},
        {"Task", listed<ListTasks>},
        {"GET /tasks/{id}", answered<InspectTask>},
        {"GET /secrets", answered<ListSecrets>},
        {"GET /secrets/{id}", answered<InspectSecret>},
        {"POST /secrets/create",
         [](const auto &body) { return verdict(CreateSecret::decode(body)); }},
        {"GET /configs", answered<ListConfigs>},
        {"GET /configs/{id}", answered<InspectConfig>},
        {"POST /configs/create",
         [](const auto &body) { return verdict(CreateConfig::decode(body)); }}};
    return table;
}

/// Decodes the example as what it is; empty when it is a reply that Roadstead does not ask for.
std::string decodedAs(const std::string &name, const std::string &status, const std::string &body)
{
    if (status >= "400" || name == "ErrorResponse") {
        const int code = status.empty() ? 500 : std::stoi(status);
        const Error error = docker::errorOfStatus(code, body, "x");
        return isValidUtf8(error.detail) ? "decoded" : "message is not UTF-8";
    }
    const auto found = exampleDecoders().find(name);
    return found == exampleDecoders().end() ? std::string() : found->second(body);
}

} // namespace

/// Examples of replies that Roadstead asks for are decoded as what they are; the others must be
/// JSON that can be read, and text that can be shown.
void runSwaggerExamples(const Json &file, VectorReport &report)
{
    for (const Json &entry : file["cases"]) {
        const Json &value = entry["body"];
        const std::string endpoint = textOf(entry, "method") + " " + textOf(entry, "path");
        const bool isText = value.is_string() && !textOf(entry, "content_type").contains("json") &&
                            !entry.contains("definition") && !exampleDecoders().contains(endpoint);
        const std::string body = isText
                                     ? value.get_ref<const std::string &>()
                                     : value.dump(-1, ' ', false, Json::error_handler_t::replace);
        const std::string id = textOf(entry, "api") + " " + endpoint + textOf(entry, "definition") +
                               " " + textOf(entry, "status");
        const std::string status = textOf(entry, "status");
        const std::string definition = textOf(entry, "definition");
        std::string got = decodedAs(definition.empty() ? endpoint : definition, status, body);
        if (got.empty()) {
            got = isText ? "decoded" : verdict(docker::JsonDocument::parse(body, "example"));
        }
        report.compare(id, "decoded", got);
        report.compare(id + " shown", "yes", isValidUtf8(safeText(body)) ? "yes" : "no");
    }
}

} // namespace roadstead::test
