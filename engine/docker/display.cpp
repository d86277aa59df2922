// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/display.h"

#include "engine/base/ids.h"
#include "engine/base/units.h"
#include "engine/reference/image_reference.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <tuple>

namespace roadstead::docker {

namespace {

/// Neighbouring ports of one address that are shown as one. Only ports that are published under
/// their own number, or not at all, form ranges.
struct PortRange
{
    std::string ip; ///< empty = not published
    std::string protocol;
    std::uint16_t first = 0;
    std::uint16_t last = 0;
};

std::string hostText(const std::string &ip)
{
    return ip.contains(':') ? "[" + ip + "]" : ip;
}

std::string rangeText(const PortRange &range)
{
    std::string numbers = std::to_string(range.first);
    if (range.first != range.last) {
        numbers.append("-").append(std::to_string(range.last));
    }
    const std::string inside = numbers + "/" + range.protocol;
    return range.ip.empty() ? inside : hostText(range.ip) + ":" + numbers + "->" + inside;
}

std::string mappingText(const Port &port)
{
    return hostText(port.ip) + ":" + std::to_string(port.publicPort) + "->" +
           std::to_string(port.privatePort) + "/" + port.protocol;
}

} // namespace

std::string portsText(std::vector<Port> ports)
{
    std::ranges::sort(ports, {}, [](const Port &port) {
        return std::tie(port.privatePort, port.ip, port.publicPort, port.protocol);
    });
    std::vector<PortRange> open; // at most one for an address and protocol, in order of appearance
    std::vector<std::string> parts;
    std::vector<std::string> mappings;
    for (const Port &port : ports) {
        if (!port.ip.empty() && port.publicPort != port.privatePort) {
            mappings.push_back(mappingText(port));
            continue;
        }
        const auto range = std::ranges::find_if(open, [&port](const PortRange &candidate) {
            return candidate.ip == port.ip && candidate.protocol == port.protocol;
        });
        if (range == open.end()) {
            open.push_back({port.ip, port.protocol, port.privatePort, port.privatePort});
        } else if (port.privatePort == range->last + 1) {
            range->last = port.privatePort;
        } else {
            parts.push_back(rangeText(*range));
            range->first = port.privatePort;
            range->last = port.privatePort;
        }
    }
    std::ranges::transform(open, std::back_inserter(parts), rangeText);
    parts.insert(parts.end(), mappings.begin(), mappings.end());
    std::string text;
    for (const std::string &part : parts) {
        text.append(text.empty() ? "" : ", ").append(part);
    }
    return text;
}

std::string imageText(const ContainerSummary &container)
{
    if (container.image.empty()) {
        return "<no image>";
    }
    const std::string id = shortId(container.imageId);
    if (id == shortId(container.image)) {
        return id;
    }
    auto reference = reference::parseNormalized(container.image);
    if (!reference) {
        return container.image;
    }
    reference->digest.clear();
    return reference->familiarText();
}

std::string runningForText(std::int64_t created, std::int64_t now)
{
    if (created >= now) {
        return durationWords(std::chrono::nanoseconds::zero()) + " ago";
    }
    // The difference of any two fits into what is unsigned; what is shown, into nanoseconds.
    constexpr std::uint64_t farthest = INT64_MAX / 1'000'000'000;
    const std::uint64_t apart =
        static_cast<std::uint64_t>(now) - static_cast<std::uint64_t>(created);
    const auto seconds = static_cast<std::int64_t>(std::min(apart, farthest));
    return durationWords(std::chrono::seconds(seconds)) + " ago";
}

} // namespace roadstead::docker
