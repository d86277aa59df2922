// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/ids.h"
#include "engine/docker/client.h"
#include "engine/docker/command.h"
#include "engine/docker/display.h"
#include "engine/docker/run_line.h"
#include "tests/engine/vectors/table_vectors.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace roadstead::test {

namespace {

using Row = const Json &;
using Sorted = nlohmann::json;
using Words = std::vector<std::string>;

std::expected<docker::RunLine, docker::LineProblem> runOf(Words options)
{
    options.insert(options.begin(), "run");
    options.insert(options.end(), {"img", "cmd"});
    return docker::parseRunArguments(options, {});
}

Sorted bodyOf(const docker::CreateContainer &create)
{
    return Sorted::parse(docker::request(create, docker::newestApi).body, nullptr, false);
}

Words wordsOf(const std::string &text)
{
    Words words;
    for (const std::string_view word : reference::split(text, ' ')) {
        if (!word.empty()) {
            words.emplace_back(word);
        }
    }
    return words;
}

/// Without what is null, empty or zero, however deep.
Sorted meaningful(const Sorted &value)
{
    if (!value.is_object()) {
        return value;
    }
    Sorted rest = Sorted::object();
    for (const auto &[name, member] : value.items()) {
        const Sorted kept = meaningful(member);
        if (!kept.is_null() && kept != "" && kept != 0 && !(kept.is_structured() && kept.empty())) {
            rest[name] = kept;
        }
    }
    return rest;
}

/// The members of an object of endpoints, each without what is empty.
std::string endpointsText(const Sorted &endpoints)
{
    std::string text;
    if (endpoints.is_object()) {
        for (const auto &[name, endpoint] : endpoints.items()) {
            text += name + meaningful(endpoint).dump() + " ";
        }
    }
    return text;
}

Outcome networkConfig(Row row)
{
    const auto line = runOf(row["flags"].get<Words>());
    std::string expected;
    if (row.contains("expected")) {
        expected = endpointsText(Sorted::parse(row["expected"].dump(), nullptr, false));
    }
    return {expectedRefusal(row).value_or(expected),
            line ? endpointsText(bodyOf(line->create)["NetworkingConfig"]["EndpointsConfig"])
                 : "refused"};
}

Outcome links(Row row)
{
    const auto line = runOf(wordsOf(textOf(row, "input")));
    if (!line) {
        return {"links", "refused"};
    }
    const Sorted body = bodyOf(line->create);
    Sorted got{{"host", body["HostConfig"]["Links"]}, {"networks", Sorted::object()}};
    for (const auto &[name, endpoint] : body["NetworkingConfig"]["EndpointsConfig"].items()) {
        got["networks"][name] = endpoint["Links"];
    }
    Sorted expected{{"host", nullptr}, {"networks", Sorted::object()}};
    if (row.contains("expHostConfigLinks")) {
        expected["host"] = Sorted::parse(row["expHostConfigLinks"].dump());
    }
    if (row.contains("expNetConfigLinks") && row["expNetConfigLinks"].is_object()) {
        expected["networks"] = Sorted::parse(row["expNetConfigLinks"].dump());
    }
    return {expected.dump(), got.dump()};
}

Outcome devices(Row row)
{
    Words options;
    for (const Json &device : row["devices"]) {
        options.insert(options.end(), {"--device", device.get<std::string>()});
    }
    const auto line = runOf(options);
    if (!line) {
        return {"devices", "refused"};
    }
    const Sorted host = bodyOf(line->create)["HostConfig"];
    Sorted mapping = host["Devices"].empty() ? Sorted() : host["Devices"].front();
    Sorted requests = Sorted::array();
    for (const Sorted &request : host["DeviceRequests"]) {
        requests.push_back(meaningful(request));
    }
    const Json wanted = row.contains("deviceRequests") ? row["deviceRequests"] : Json::array();
    const Sorted expected{Sorted::parse(row["deviceMapping"].dump()), Sorted::parse(wanted.dump())};
    return {expected.dump(), Sorted{mapping, requests}.dump()};
}

Outcome systemPaths(Row row)
{
    Words options;
    for (const Json &option : row["in"]) {
        options.insert(options.end(), {"--security-opt", option.get<std::string>()});
    }
    const auto line = runOf(options);
    if (!line) {
        return {"paths", "refused"};
    }
    const Sorted host = bodyOf(line->create)["HostConfig"];
    const auto listOf = [&row](const char *name) {
        return row.contains(name) ? Sorted::parse(row[name].dump()) : Sorted();
    };
    Sorted sent = host["SecurityOpt"];
    // No option at all is null in a request.
    sent = sent.is_null() ? Sorted::array() : sent;
    return {Sorted{listOf("out"), listOf("masked"), listOf("readonly")}.dump(),
            Sorted{sent, host["MaskedPaths"], host["ReadonlyPaths"]}.dump()};
}

Table isKept(const char *option, const char *member)
{
    return [=](Row row) {
        const std::string text = row.get<std::string>();
        const auto line = runOf({option + text});
        return Outcome{text, line ? bodyOf(line->create)[member].get<std::string>() : "refused"};
    };
}

std::optional<Outcome> listedContainers(Row row)
{
    // Widths are the window's affair: only the short forms are shown anywhere.
    if (textOf(row, "trunc") != "true") {
        return std::nullopt;
    }
    const Json &container = row["container"];
    const std::string call = textOf(row, "call");
    if (call == "Image") {
        docker::ContainerSummary summary;
        summary.image = textOf(container, "Image");
        summary.imageId = textOf(container, "ImageID");
        return Outcome{textOf(row, "expValue"), docker::imageText(summary)};
    }
    return std::nullopt;
}

/// "9.0.0.1" as "009000000001": sorts by number.
std::string padded(const std::string &address)
{
    std::string text;
    for (const std::string_view part : reference::split(address, '.')) {
        text.append(3 - std::min<std::size_t>(part.size(), 3), '0').append(part);
    }
    return text;
}

std::optional<Outcome> ports(Row row)
{
    for (const Json &one : row["ports"]) {
        for (const Json &other : row["ports"]) {
            const std::string a = textOf(one, "IP");
            const std::string b = textOf(other, "IP");
            if (!a.contains(':') && !b.contains(':') && (a < b) != (padded(a) < padded(b))) {
                return std::nullopt; // the CLI sorts by number since 29, before as texts
            }
        }
    }
    std::vector<docker::Port> list;
    for (const Json &entry : row["ports"]) {
        docker::Port port;
        port.ip = textOf(entry, "IP");
        port.privatePort = entry.value("PrivatePort", std::uint16_t(0));
        port.publicPort = entry.value("PublicPort", std::uint16_t(0));
        port.protocol = textOf(entry, "Type");
        list.push_back(std::move(port));
    }
    return Outcome{textOf(row, "expected"), docker::portsText(std::move(list))};
}

} // namespace

Tables runTables()
{
    Tables tables;
    tables["TestParseNetworkConfig/tests"] = networkConfig;
    tables["TestParseRunLinks/tests"] = links;
    tables["TestParseDevice/testCases"] = devices;
    tables["TestParseSystemPaths/tests"] = systemPaths;
    tables["TestParseHostname/validHostnames"] = isKept("--hostname=", "Hostname");
    tables["TestParseHostnameDomainname/validDomainnames"] = isKept("--domainname=", "Domainname");
    return tables;
}

Tables displayTables()
{
    Tables tables;
    tables["TestTruncateID/tests"] = [](Row row) {
        return Outcome{textOf(row, "expected"), shortId(textOf(row, "id"))};
    };
    tables["TestContainerPsContext/cases"] = listedContainers;
    tables["TestDisplayablePorts/cases"] = ports;
    return tables;
}

} // namespace roadstead::test
