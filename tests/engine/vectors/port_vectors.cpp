// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reference/ports.h"
#include "tests/engine/vectors/vectors.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace roadstead::test {

namespace {

bool expectsError(const Json &entry, const char *member)
{
    return entry.contains(member) && entry[member].is_string() &&
           !entry[member].get_ref<const std::string &>().empty();
}

std::string numberOf(const Json &entry, const char *member)
{
    return entry.contains(member) ? textOf(entry, member) : "0";
}

template<typename T>
std::string numberText(const Result<T> &number)
{
    return number ? std::to_string(*number) : "error";
}

std::string sortedText(std::vector<std::string> texts)
{
    std::ranges::sort(texts);
    return Json(texts).dump();
}

} // namespace

void runNatPorts(const Json &file, VectorReport &report)
{
    for (const Json &entry : file["cases"]) {
        const std::string function = textOf(entry, "fn");
        const std::string input = textOf(entry, "input");
        const bool error = expectsError(entry, "expErr");
        std::string expected = "error";
        std::string got;
        if (function == "port_range") {
            const auto range = reference::parsePortRange(input);
            expected =
                error ? expected : numberOf(entry, "expBegin") + "-" + numberOf(entry, "expEnd");
            got =
                range ? std::to_string(range->first) + "-" + std::to_string(range->last) : "error";
        } else if (function == "port_number") {
            expected = error ? expected : numberOf(entry, "exp");
            got = numberText(reference::parsePortNumber(input));
        } else if (function == "port") {
            expected = error ? expected : numberOf(entry, "expPort");
            got = numberText(reference::parsePort(input));
        } else if (function == "split_proto_port") {
            const auto split = reference::splitProtocol(input);
            expected = test::textOf(entry, "expPort") + " " + test::textOf(entry, "expProto");
            got = split.port + " " + split.protocol;
        } else {
            report.skip("no function " + function);
            continue;
        }
        report.compare(idOf(entry), expected, got);
    }
}

void runNatPortSpecs(const Json &file, VectorReport &report)
{
    for (const Json &entry : file["cases"]) {
        std::vector<std::string> exposed;
        nlohmann::json bindings = nlohmann::json::object();
        bool failed = false;
        for (const Json &spec : entry["specs"]) {
            const auto parsed = reference::parsePortSpec(spec.get<std::string>());
            failed = failed || !parsed;
            for (const auto &binding : parsed.value_or(std::vector<reference::PortBinding>())) {
                const std::string port = binding.containerPort + "/" + binding.protocol;
                if (!std::ranges::contains(exposed, port)) {
                    exposed.push_back(port);
                }
                bindings[port].push_back(
                    {{"HostIp", binding.hostIp}, {"HostPort", binding.hostPort}});
            }
        }
        const bool error = expectsError(entry, "error");
        const auto expected =
            error ? std::string("error")
                  : sortedText(entry["exposed"].get<std::vector<std::string>>()) +
                        nlohmann::json::parse(entry["bindings"].dump(), nullptr, false).dump();
        report.compare(idOf(entry), expected,
                       failed ? "error" : sortedText(exposed) + bindings.dump());
    }
}

} // namespace roadstead::test
