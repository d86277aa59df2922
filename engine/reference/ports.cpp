// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reference/ports.h"

#include "engine/reference/address.h"
#include "engine/reference/csv.h"
#include "engine/reference/numbers.h"
#include "engine/reference/words.h"

#include <algorithm>
#include <optional>

namespace roadstead::reference {

namespace {

constexpr std::int64_t largestPort = 65535;

bool isProtocol(std::string_view text)
{
    return text == "tcp" || text == "udp" || text == "sctp";
}

struct PortSpec
{
    std::string_view address;
    std::string_view hostPort;
    std::string_view containerPort;
};

/// Splits from the end: an IPv6 address has colons of its own.
PortSpec splitSpec(std::string_view text)
{
    PortSpec spec{{}, {}, text};
    const std::size_t last = text.rfind(':');
    if (last == std::string_view::npos) {
        return spec;
    }
    spec.containerPort = text.substr(last + 1);
    const std::string_view before = text.substr(0, last);
    const std::size_t colon = before.rfind(':');
    if (colon == std::string_view::npos) {
        spec.hostPort = before;
        return spec;
    }
    spec.hostPort = before.substr(colon + 1);
    spec.address = before.substr(0, colon);
    return spec;
}

Result<std::string> hostAddress(std::string_view text)
{
    std::string_view bare = text;
    if (bare.starts_with('[')) {
        if (!bare.ends_with(']')) {
            return refused(quotedWord(text) + " is not an IP address");
        }
        bare = bare.substr(1, bare.size() - 2);
    }
    if (!bare.empty() && !isIpAddress(bare)) {
        return refused(quotedWord(text) + " is not an IP address");
    }
    return std::string(bare);
}

/// The ports of the host for those of the container; none given is 0 to 0.
Result<PortRange> hostRange(std::string_view text, PortRange container)
{
    if (text.empty()) {
        return PortRange{};
    }
    const auto host = parsePortRange(text);
    if (!host) {
        return host;
    }
    const bool sameLength = host->last - host->first == container.last - container.first;
    if (!sameLength && container.first != container.last) {
        return refused(quotedWord(text) + " has not as many ports as the container's range");
    }
    return host;
}

/// A list of bindings that follow each other, as the first and how many.
struct Run
{
    PortBinding first;
    int length = 1;
};

/// A number that can be counted on from: not empty, no range.
std::optional<int> countable(const std::string &port)
{
    const auto number = parsePortNumber(port);
    return number && isDigit(port.front()) ? std::optional<int>(*number) : std::nullopt;
}

bool follows(const Run &run, const PortBinding &next)
{
    const auto inside = countable(run.first.containerPort);
    const auto outside = countable(run.first.hostPort);
    const bool anyHost = run.first.hostPort.empty() && next.hostPort.empty();
    return run.first.hostIp == next.hostIp && run.first.protocol == next.protocol && inside &&
           countable(next.containerPort) == *inside + run.length &&
           (anyHost || (outside && countable(next.hostPort) == *outside + run.length));
}

std::string rangeText(const std::string &first, int length)
{
    const auto number = countable(first);
    return length == 1 || !number ? first : first + "-" + std::to_string(*number + length - 1);
}

std::vector<Run> runsOf(const std::vector<PortBinding> &bindings)
{
    std::vector<Run> runs;
    for (const PortBinding &binding : bindings) {
        if (!runs.empty() && follows(runs.back(), binding)) {
            ++runs.back().length;
        } else {
            runs.push_back({binding});
        }
    }
    return runs;
}

/// "published=8080,target=80" as the short form.
Result<std::string> shortForm(std::string_view text)
{
    Pairs values{{"protocol", "tcp"}, {"published", ""}, {"target", ""}};
    for (const std::string_view part : split(text, ',')) {
        const Halves halves = cut(part, '=');
        if (!halves.found || halves.before.empty()) {
            return refused(quotedWord(part) + " is not of the form name=value");
        }
        put(values, halves.before, halves.after);
    }
    return values[1].second + ":" + values[2].second + "/" + values[0].second;
}

Result<std::uint16_t> servicePortNumber(std::string_view text)
{
    const auto number = parseUnsigned(text, largestPort);
    if (!number) {
        return std::unexpected(number.error());
    }
    return static_cast<std::uint16_t>(*number);
}

Result<void> setServiceField(ServicePort &port, std::string_view field)
{
    const std::string low = lowered(field);
    const Halves halves = cut(low, '=');
    const std::string_view value = halves.after;
    if (!halves.found || halves.before.empty()) {
        return refused(quotedWord(field) + " is not of the form name=value");
    }
    if (halves.before == "protocol" && isProtocol(value)) {
        port.protocol = value;
    } else if (halves.before == "mode" && (value == "ingress" || value == "host")) {
        port.isOnEachHost = value == "host";
    } else if (halves.before == "target" || halves.before == "published") {
        const auto number = servicePortNumber(value);
        if (!number) {
            return std::unexpected(number.error());
        }
        (halves.before == "target" ? port.target : port.published) = *number;
    } else {
        return refused(quotedWord(field) + " is not understood");
    }
    return {};
}

Result<std::vector<ServicePort>> longServicePort(std::string_view text)
{
    const auto fields = parseCsv(text);
    if (!fields) {
        return std::unexpected(fields.error());
    }
    ServicePort port;
    for (const std::string &field : *fields) {
        if (const auto set = setServiceField(port, field); !set) {
            return std::unexpected(set.error());
        }
    }
    if (port.target == 0) {
        return refused(quotedWord(text) + " names no target");
    }
    return std::vector{port};
}

} // namespace

Result<std::uint16_t> parsePortNumber(std::string_view text)
{
    const auto number = parseInteger(text);
    if (!number || *number < 0 || *number > largestPort) {
        return refused(quotedWord(text) + " is not a port");
    }
    return static_cast<std::uint16_t>(*number);
}

Result<std::uint16_t> parsePort(std::string_view text)
{
    return text.empty() ? Result<std::uint16_t>(0) : parsePortNumber(text);
}

Result<PortRange> parsePortRange(std::string_view text)
{
    const Halves halves = cut(text, '-');
    const auto first = parsePortNumber(halves.before);
    if (!first) {
        return std::unexpected(first.error());
    }
    if (!halves.found || halves.before == halves.after) {
        return PortRange{*first, *first};
    }
    const auto last = parsePortNumber(halves.after);
    if (!last) {
        return std::unexpected(last.error());
    }
    if (*last < *first) {
        return refused(quotedWord(text) + " is a range that ends before it begins");
    }
    return PortRange{*first, *last};
}

PortAndProtocol splitProtocol(std::string_view text)
{
    const Halves halves = cut(text, '/');
    if (halves.before.empty()) {
        return {};
    }
    return {std::string(halves.before), halves.after.empty() ? "tcp" : std::string(halves.after)};
}

Result<std::vector<PortBinding>> parsePortSpec(std::string_view text)
{
    const PortSpec spec = splitSpec(text);
    const PortAndProtocol container = splitProtocol(spec.containerPort);
    const std::string protocol = lowered(container.protocol);
    if (container.port.empty()) {
        return refused(quotedWord(text) + " names no port of the container");
    }
    if (!isProtocol(protocol)) {
        return refused(quotedWord(container.protocol) + " is not a protocol");
    }
    const auto address = hostAddress(spec.address);
    const auto range = parsePortRange(container.port);
    if (!address || !range) {
        return std::unexpected(address ? range.error() : address.error());
    }
    const auto host = hostRange(spec.hostPort, *range);
    if (!host) {
        return std::unexpected(host.error());
    }
    std::vector<PortBinding> bindings;
    for (int i = 0; i <= range->last - range->first; ++i) {
        PortBinding binding{*address, {}, std::to_string(range->first + i), protocol};
        if (!spec.hostPort.empty()) {
            binding.hostPort = std::to_string(host->first + i);
            if (range->first == range->last && host->first != host->last) {
                binding.hostPort.append("-").append(std::to_string(host->last));
            }
        }
        bindings.push_back(std::move(binding));
    }
    return bindings;
}

Result<std::vector<PortBinding>> parsePublished(std::string_view text)
{
    if (!text.contains('=')) {
        return parsePortSpec(text);
    }
    const auto spec = shortForm(text);
    if (!spec) {
        return std::unexpected(spec.error());
    }
    return parsePortSpec(*spec);
}

std::string publishedText(const PortBinding &binding)
{
    std::string text;
    if (!binding.hostIp.empty()) {
        const bool bare = binding.hostIp.contains(':') && !binding.hostIp.starts_with('[');
        text = bare ? "[" + binding.hostIp + "]:" : binding.hostIp + ":";
    }
    if (!binding.hostPort.empty() || !binding.hostIp.empty()) {
        text.append(binding.hostPort).append(":");
    }
    text.append(binding.containerPort);
    if (!binding.protocol.empty() && binding.protocol != "tcp") {
        text.append("/").append(binding.protocol);
    }
    return text;
}

std::vector<std::string> publishedTexts(const std::vector<PortBinding> &bindings)
{
    std::vector<std::string> texts;
    for (Run &run : runsOf(bindings)) {
        run.first.hostPort = rangeText(run.first.hostPort, run.length);
        run.first.containerPort = rangeText(run.first.containerPort, run.length);
        texts.push_back(publishedText(run.first));
    }
    return texts;
}

std::vector<std::string> exposedTexts(const std::vector<std::string> &ports)
{
    std::vector<PortBinding> bindings;
    for (const std::string &port : ports) {
        const Halves halves = cut(port, '/');
        bindings.push_back({{}, {}, std::string(halves.before), std::string(halves.after)});
    }
    std::vector<std::string> texts;
    for (const Run &run : runsOf(bindings)) {
        const std::string range = rangeText(run.first.containerPort, run.length);
        texts.push_back(run.first.protocol.empty() ? range : range + "/" + run.first.protocol);
    }
    return texts;
}

Result<std::vector<std::string>> parseExposed(std::string_view text)
{
    if (text.contains(':')) {
        return refused(quotedWord(text) + " has a colon: only ports of the container are exposed");
    }
    const PortAndProtocol port = splitProtocol(text);
    const auto range = parsePortRange(port.port);
    if (!range) {
        return std::unexpected(range.error());
    }
    std::vector<std::string> ports;
    for (int number = range->first; number <= range->last; ++number) {
        ports.push_back(std::to_string(number) + "/" + port.protocol);
    }
    return ports;
}

Result<std::vector<ServicePort>> parseServicePorts(std::string_view text)
{
    if (isLongSyntax(text)) {
        return longServicePort(text);
    }
    const auto bindings = parsePortSpec(text);
    if (!bindings) {
        return std::unexpected(bindings.error());
    }
    std::vector<ServicePort> ports;
    for (const PortBinding &binding : *bindings) {
        if (!binding.hostIp.empty()) {
            return refused(quotedWord(text) + " names an address; services have none");
        }
        const auto target = parsePort(binding.containerPort);
        const auto published =
            binding.hostPort.empty() ? PortRange{} : parsePortRange(binding.hostPort);
        if (!target || !published) {
            return refused(quotedWord(text) + " is not a port");
        }
        for (int number = published->first; number <= published->last; ++number) {
            ports.push_back({binding.protocol, *target, static_cast<std::uint16_t>(number), false});
        }
    }
    return ports;
}

} // namespace roadstead::reference
