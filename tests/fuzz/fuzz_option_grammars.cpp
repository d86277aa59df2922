// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

#include "engine/reference/address.h"
#include "engine/reference/csv.h"
#include "engine/reference/daemon_host.h"
#include "engine/reference/devices.h"
#include "engine/reference/environment.h"
#include "engine/reference/network_attachment.h"
#include "engine/reference/numbers.h"
#include "engine/reference/options.h"
#include "engine/reference/ports.h"
#include "engine/reference/volumes.h"

#include <string>

using namespace roadstead;
using namespace roadstead::reference;

namespace {

/// What was read is written in a form that reads back as the same.
template<typename Value, typename Reader, typename Writer>
void requireRoundTrip(const Result<Value> &value, Reader reader, Writer writer)
{
    if (value) {
        require(reader(writer(*value)) == value);
    } else {
        require(value.error().kind == ErrorKind::InvalidArgument);
    }
}

void fuzzPorts(std::string_view input)
{
    if (const auto bindings = parsePublished(input)) {
        require(!bindings->empty() && bindings->size() <= 65536);
        const auto again = parsePublished(publishedText(bindings->front()));
        require(again && *again == std::vector{bindings->front()});
    }
    static_cast<void>(parseExposed(input));
    static_cast<void>(parseServicePorts(input));
}

void fuzzMounts(std::string_view input)
{
    const auto mount = parseMount(input);
    // An empty type is refused, so what was read can be written.
    requireRoundTrip(mount, [](const auto &text) { return parseMount(text); }, mountText);
    if (parseMount(input, MountRules::Cli29)) {
        require(parseMount(trimmed(input)).has_value());
    }
    if (const auto volume = parseVolume(input)) {
        require(!volume->target.empty());
        require(!withAbsoluteSource(input, "/home").empty());
    }
    require(cleanPath(cleanPath(input)) == cleanPath(input));
}

void fuzzNumbers(std::string_view input)
{
    requireRoundTrip(parseDuration(input), parseDuration, durationText);
    requireRoundTrip(parseProcessors(input), parseProcessors, processorsText);
    if (const auto number = parseInteger(input)) {
        require(parseInteger(std::to_string(*number)) == number);
    }
    static_cast<void>(parseAnyBase(input));
    static_cast<void>(parseMemory(input));
}

void fuzzRest(std::string_view input)
{
    requireRoundTrip(parseDevice(input), parseDevice, deviceText);
    requireRoundTrip(parseUlimit(input), parseUlimit, ulimitText);
    requireRoundTrip(parseGpus(input), parseGpus, gpusText);
    requireRoundTrip(canonicalIpAddress(input), canonicalIpAddress,
                     [](const std::string &text) { return text; });
    requireRoundTrip(parseExtraHost(input), parseExtraHost,
                     [](const std::string &text) { return text; });
    requireRoundTrip(parseSearchDomain(input), parseSearchDomain,
                     [](const std::string &text) { return text; });
    if (const auto network = parseNetwork(input)) {
        require(parseNetwork(networkText(*network)).has_value());
    }
    if (const auto platform = parsePlatform(input)) {
        require(parsePlatform(platformText(*platform)).has_value());
    }
    if (const auto host = parseHost(input)) {
        require(host->contains("://"));
    }
    if (const auto lines = parseKeyValueFile(input)) {
        require(lines->size() <= input.size());
    }
    static_cast<void>(parseLogDetails(input));
    static_cast<void>(parseFilter(input));
    static_cast<void>(isHardwareAddress(input));
    static_cast<void>(isCdiDevice(input));
    static_cast<void>(parseDeviceRule(input));
    static_cast<void>(parseDeviceByteRate(input));
    static_cast<void>(parseRestartPolicy(input));
}

} // namespace

void fuzz(std::string_view input)
{
    fuzzPorts(input);
    fuzzMounts(input);
    fuzzNumbers(input);
    fuzzRest(input);
    if (const auto fields = parseCsv(input)) {
        const bool nothing = fields->size() == 1 && fields->front().empty();
        require(nothing || parseCsv(csvText(*fields)) == fields);
    }
}
