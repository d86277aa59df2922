// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reference/address.h"
#include "engine/reference/daemon_host.h"
#include "engine/reference/devices.h"
#include "engine/reference/environment.h"
#include "engine/reference/network_attachment.h"
#include "engine/reference/options.h"
#include "engine/reference/ports.h"
#include "engine/reference/volumes.h"
#include "tests/engine/vectors/table_vectors.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace roadstead::test {

namespace {

using Row = const Json &;
using Sorted = nlohmann::json;

std::string same(const std::string &text)
{
    return text;
}

template<typename Reader>
Table accepts(Reader reader)
{
    return [reader](Row row) {
        return Outcome{"accepted", acceptance(reader(row.get<std::string>()))};
    };
}

template<typename Reader>
Table refuses(Reader reader)
{
    return [reader](Row row) {
        return Outcome{"refused", acceptance(reader(row.get<std::string>()))};
    };
}

/// Text in, text out: `out` names the expected member, the input itself where it is missing.
template<typename Reader>
Table converts(const char *in, const char *out, Reader reader)
{
    return [=](Row row) {
        const std::string input = textOf(row, in);
        const std::string plain = row.contains(out) ? textOf(row, out) : input;
        return Outcome{expectedRefusal(row).value_or(plain), outcomeText(reader(input), same)};
    };
}

Result<std::string> tcpHost(const std::string &text)
{
    return reference::parseTcpHost(text, "tcp://127.0.0.1:2376");
}

Result<reference::Mount> mount(const std::string &text)
{
    return reference::parseMount(text, reference::MountRules::Cli29);
}

/// A row whose value is added to a mount, and the switch that it sets.
template<typename Get>
Table mountSwitch(const std::string &base, Get get)
{
    return [=](Row row) {
        const std::string value = textOf(row, "value");
        const auto parsed = mount(value.empty() ? base : base + "," + value);
        const auto shown = [&](const reference::Mount &made) {
            return get(made) ? "true" : "false";
        };
        return Outcome{expectedRefusal(row).value_or(textOf(row, "exp")),
                       outcomeText(parsed, shown)};
    };
}

Sorted pairsJson(const reference::Pairs &pairs)
{
    return std::map<std::string, std::string>(pairs.begin(), pairs.end());
}

std::string volumeMountJson(const reference::Mount &made)
{
    const auto volume = made.volume.value_or(reference::VolumeOptions());
    Sorted driver = Sorted::object();
    if (!volume.driver.empty()) {
        driver["Name"] = volume.driver;
    }
    if (!volume.driverOptions.empty()) {
        driver["Options"] = pairsJson(volume.driverOptions);
    }
    Sorted options = Sorted::object();
    if (!volume.labels.empty()) {
        options["Labels"] = pairsJson(volume.labels);
    }
    if (!driver.empty()) {
        options["DriverConfig"] = driver;
    }
    return Sorted{{"Type", made.type}, {"Target", made.target}, {"VolumeOptions", options}}.dump();
}

std::string networkJson(const reference::NetworkAttachment &network)
{
    Sorted json = Sorted::object();
    const auto add = [&json](const char *name, const Sorted &value) {
        if (!value.empty() && value != "") {
            json[name] = value;
        }
    };
    add("Target", network.target);
    add("Aliases", network.aliases);
    add("DriverOpts", pairsJson(network.driverOptions));
    add("IPv4Address", network.ipv4Address);
    add("IPv6Address", network.ipv6Address);
    add("LinkLocalIPs", network.linkLocalAddresses);
    add("MacAddress", network.macAddress);
    if (network.gatewayPriority != 0) {
        json["GwPriority"] = network.gatewayPriority;
    }
    return json.dump();
}

std::string withoutEmpty(const Json &value)
{
    Sorted json = Sorted::parse(value.dump(), nullptr, false);
    for (auto member = json.begin(); member != json.end();) {
        member = member->empty() || *member == "" ? json.erase(member) : std::next(member);
    }
    return json.dump();
}

Outcome network(Row row)
{
    const std::string expected =
        row.contains("expected") ? withoutEmpty(row["expected"].front()) : "";
    return {expectedRefusal(row).value_or(expected),
            outcomeText(reference::parseNetwork(textOf(row, "value")), networkJson)};
}

Outcome capabilities(Row row)
{
    const auto list = [](const Json &where, const char *name) {
        return where.contains(name) && where[name].is_array()
                   ? where[name].get<std::vector<std::string>>()
                   : std::vector<std::string>();
    };
    const auto got =
        reference::effectiveCapabilities(list(row["in"], "add"), list(row["in"], "drop"));
    const Json out = row.contains("out") ? row["out"] : Json::object();
    return {Sorted{list(out, "add"), list(out, "drop")}.dump(),
            Sorted{got.added, got.dropped}.dump()};
}

Outcome gpus(Row row)
{
    const reference::DeviceRequest expected{.driver = "nvidia",
                                            .count = 1,
                                            .capabilities = {"compute", "utility"},
                                            .options = {{"foo", "bar"}, {"baz", "qux"}}};
    return {reference::gpusText(expected),
            outcomeText(reference::parseGpus(row.get<std::string>()), reference::gpusText)};
}

Outcome allGpus(Row row)
{
    return {reference::gpusText({.count = -1}),
            outcomeText(reference::parseGpus(row.get<std::string>()), reference::gpusText)};
}

template<typename Reader>
Table rate(Reader reader)
{
    return [reader](Row row) {
        const auto shown = [](const reference::DeviceRate &device) {
            return device.path + " " + std::to_string(device.rate);
        };
        const std::string expected =
            textOf(row, "expectedPath") + " " + textOf(row, "expectedRate");
        return Outcome{expectedRefusal(row).value_or(expected),
                       outcomeText(reader(textOf(row, "input")), shown)};
    };
}

Outcome weight(Row row)
{
    const auto shown = [](const reference::DeviceWeight &device) {
        return device.path + " " + std::to_string(device.weight);
    };
    const std::string number = row.contains("expectedWeight") ? textOf(row, "expectedWeight") : "0";
    return {expectedRefusal(row).value_or(textOf(row, "expectedPath") + " " + number),
            outcomeText(reference::parseDeviceWeight(textOf(row, "input")), shown)};
}

Outcome servicePorts(Row row)
{
    std::vector<std::string> expected;
    if (row.contains("expected")) {
        for (const Json &port : row["expected"]) {
            const std::string published =
                port.contains("PublishedPort") ? textOf(port, "PublishedPort") : "0";
            expected.push_back(published + ":" + textOf(port, "TargetPort") + "/" +
                               textOf(port, "Protocol") + " " + textOf(port, "PublishMode"));
        }
    }
    const auto parsed = reference::parseServicePorts(textOf(row, "value"));
    std::vector<std::string> got;
    for (const auto &port : parsed.value_or(std::vector<reference::ServicePort>())) {
        got.push_back(std::to_string(port.published) + ":" + std::to_string(port.target) + "/" +
                      port.protocol + (port.isOnEachHost ? " host" : " ingress"));
    }
    std::ranges::sort(expected);
    std::ranges::sort(got);
    return {expectedRefusal(row).value_or(Sorted(expected).dump()),
            parsed ? Sorted(got).dump() : "refused"};
}

template<typename Suffix>
Table bind(Suffix target)
{
    return [target](Row row) {
        const auto kind = [](const reference::VolumeSpec &spec) {
            return spec.kind == reference::VolumeSpec::Kind::Bind ? "bind" : "volume";
        };
        const auto parsed = reference::parseVolume(row.get<std::string>() + ":" + target);
        return Outcome{"bind", outcomeText(parsed, kind)};
    };
}

/// Whether there is a source; the other parts are those of the reference's older splitter.
std::optional<Outcome> volumeParts(Row row)
{
    const auto parsed = reference::parseVolume(textOf(row, "input"));
    const std::size_t parts = row["expected"].is_array() ? row["expected"].size() : 0;
    const auto source = [](const reference::VolumeSpec &spec) {
        return spec.source.empty() ? "without a source" : "with a source";
    };
    return Outcome{parts == 0   ? "refused"
                   : parts == 1 ? "without a source"
                                : "with a source",
                   outcomeText(parsed, source)};
}

Outcome logDetails(Row row)
{
    const auto shown = [](const reference::Pairs &pairs) { return pairsJson(pairs).dump(); };
    const std::string expected =
        row.contains("expected") ? Sorted::parse(row["expected"].dump()).dump() : "";
    return {expectedRefusal(row).value_or(expected),
            outcomeText(reference::parseLogDetails(textOf(row, "line")), shown)};
}

Outcome restart(Row row)
{
    reference::RestartPolicy expected{.name = ""};
    if (row.contains("expected") && row["expected"].is_object()) {
        expected.name = textOf(row["expected"], "Name");
        expected.maximumRetryCount = row["expected"].value("MaximumRetryCount", 0);
    }
    return {expectedRefusal(row).value_or(reference::restartPolicyText(expected)),
            outcomeText(reference::parseRestartPolicy(textOf(row, "input")),
                        reference::restartPolicyText)};
}

Outcome composePorts(Row row)
{
    bool fine = true;
    for (const Json &port : row["ports"]) {
        const std::string text = port.is_string() ? port.get<std::string>() : port.dump();
        fine = fine && reference::parsePortSpec(text).has_value();
    }
    return {textOf(row, "hasError"), fine ? "false" : "true"};
}

std::optional<Outcome> copyArgument(Row row)
{
    if (textOf(row, "os") == "windows") {
        return std::nullopt;
    }
    const auto split = reference::splitCopyArgument(textOf(row, "path"));
    return Outcome{textOf(row, "expectedContainer") + " " + textOf(row, "expectedPath"),
                   split.first + " " + split.second};
}

Outcome variable(Row row)
{
    const auto lookup = [](const std::string &name) {
        return name == "PATH" ? std::optional<std::string>("/bin") : std::nullopt;
    };
    const std::string expected = textOf(row, "expected");
    return {expectedRefusal(row).value_or(expected),
            outcomeText(reference::parseVariable(textOf(row, "value"), lookup), same)};
}

Tables mountTables()
{
    Tables tables;
    tables["TestMountOptSourceTargetAliases/range"] = [](Row row) {
        return Outcome{"type=bind,source=/source,target=/target",
                       outcomeText(mount(row.get<std::string>()), reference::mountText)};
    };
    tables["TestMountOptErrors/tests"] = [](Row row) {
        return Outcome{"refused", acceptance(mount(textOf(row, "value")))};
    };
    tables["TestMountOptReadOnly/tests"] = mountSwitch(
        "type=bind,target=/foo,source=/foo", [](const auto &made) { return made.isReadOnly; });
    tables["TestMountOptVolumeNoCopy/tests"] =
        mountSwitch("type=volume,target=/foo,source=foo",
                    [](const auto &made) { return made.volume && made.volume->withoutCopy; });
    tables["TestMountOptSetBindCreateSrc/tests"] =
        mountSwitch("type=bind,target=/foo,source=/foo",
                    [](const auto &made) { return made.bind && made.bind->createsSource; });
    tables["TestMountOptVolumeOptions/tests"] = [](Row row) {
        Sorted expected = Sorted::parse(row["exp"].dump());
        return Outcome{expected.dump(), outcomeText(mount(textOf(row, "value")), volumeMountJson)};
    };
    return tables;
}

} // namespace

Tables optionTables()
{
    Tables tables = mountTables();
    const auto host = [](const std::string &text) { return reference::parseHost(text); };
    tables["TestParseHost/invalid"] = refuses(host);
    tables["TestParseHost/valid"] = accepts(host);
    tables["TestParseDockerDaemonHost/invalids"] = refuses(reference::parseDaemonHost);
    tables["TestParseDockerDaemonHost/valids"] = accepts(reference::parseDaemonHost);
    tables["TestParseTCP/invalids"] = refuses(tcpHost);
    tables["TestParseTCP/valids"] = accepts(tcpHost);
    tables["TestValidateExtraHosts/tests"] =
        converts("input", "expectedOut", reference::parseExtraHost);
    tables["TestValidateEnv/tests"] = variable;
    tables["TestNetworkOptAdvancedSyntax/testCases"] = network;
    tables["TestNetworkOptAdvancedSyntaxInvalid/testCases"] = network;
    tables["TestNetworkOptLegacySyntax/testCases"] = network;
    tables["TestValidateIPAddress/tests"] =
        converts("input", "expectedOut", reference::canonicalIpAddress);
    tables["TestValidateDNSSearch/valid"] = accepts(reference::parseSearchDomain);
    tables["TestValidateDNSSearch/invalid"] = refuses(reference::parseSearchDomain);
    tables["TestValidateLabel/tests"] = converts("value", "value", reference::parseLabel);
    tables["TestValidateLink/valid"] = accepts(reference::parseLink);
    tables["TestValidateLink/invalid"] = refuses(reference::parseLink);
    tables["TestNormalizeCapability/tests"] = [](Row row) {
        return Outcome{textOf(row, "out"), reference::capabilityName(textOf(row, "in"))};
    };
    tables["TestEffectiveCapAddCapDrop/tests"] = capabilities;
    tables["TestGpusOptAll/range"] = allGpus;
    tables["TestGpusOpts/range"] = gpus;
    tables["TestValidateThrottleBpsDevice/tests"] = rate(reference::parseDeviceByteRate);
    tables["TestValidateThrottleIOpsDevice/tests"] = rate(reference::parseDeviceOperationRate);
    tables["TestValidateWeightDevice/tests"] = weight;
    for (const char *name : {"TestPortOptValidSimpleSyntax", "TestPortOptValidComplexSyntax",
                             "TestPortOptInvalidComplexSyntax", "TestPortOptInvalidSimpleSyntax"}) {
        tables[std::string(name) + "/testCases"] = servicePorts;
    }
    tables["TestParseVolumeBindMount/range"] = bind("/target");
    tables["TestParseVolumeRelativeBindMountWindows/range"] = bind("d:\\target");
    tables["TestParseVolumeSplitCases/range"] = volumeParts;
    tables["TestParse/testCases"] = logDetails;
    tables["TestParseRestartPolicy/tests"] = restart;
    tables["TestValidatePorts/testcases"] = composePorts;
    tables["TestSplitCpArg/testcases"] = copyArgument;
    tables["TestValidateDevice/valid"] = accepts(reference::parseDevice);
    tables["TestValidateDevice/invalid"] = refuses(reference::parseDevice);
    return tables;
}

} // namespace roadstead::test
