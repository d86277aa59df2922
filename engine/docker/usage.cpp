// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/usage.h"

#include "engine/docker/client.h"
#include "engine/docker/client_private.h"
#include "engine/docker/json_reader.h"
#include "engine/docker/object_stream.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace roadstead::docker {

namespace {

constexpr auto *statsOperation = "container.stats";

double cpuPercent(const JsonValue &now, const JsonValue &before)
{
    const auto used = now.object("cpu_usage").count("total_usage") -
                      before.object("cpu_usage").count("total_usage");
    const auto passed = now.count("system_cpu_usage") - before.count("system_cpu_usage");
    if (used <= 0 || passed <= 0) {
        return 0;
    }
    // Told from 1.27 on; before, the list of what each CPU did is as long.
    auto cpus = now.count("online_cpus");
    if (cpus == 0) {
        cpus = static_cast<std::int64_t>(now.object("cpu_usage").length("percpu_usage"));
    }
    cpus = std::max<std::int64_t>(cpus, 1);
    return static_cast<double>(used) / static_cast<double>(passed) * static_cast<double>(cpus) *
           100.0;
}

std::int64_t memoryInUse(const JsonValue &memory)
{
    const auto usage = memory.count("usage");
    const JsonValue details = memory.object("stats");
    const auto version1 = details.count("total_inactive_file");
    const auto cache = version1 > 0 ? version1 : details.count("inactive_file");
    return cache < usage ? usage - cache : usage;
}

void readNetworks(const JsonValue &root, ContainerUsage &usage)
{
    root.forEachMember("networks", [&usage](const std::string &, const JsonValue &network) {
        usage.receivedBytes += static_cast<double>(network.natural("rx_bytes"));
        usage.sentBytes += static_cast<double>(network.natural("tx_bytes"));
    });
}

void readBlockDevices(const JsonValue &root, ContainerUsage &usage)
{
    root.object("blkio_stats")
        .forEach("io_service_bytes_recursive", [&usage](const JsonValue &entry) {
            const std::string operation = entry.text("op");
            const auto bytes = static_cast<double>(entry.natural("value"));
            if (operation.starts_with('r') || operation.starts_with('R')) {
                usage.readBytes += bytes;
            } else if (operation.starts_with('w') || operation.starts_with('W')) {
                usage.writtenBytes += bytes;
            }
        });
}

/// A stats stream under way: shared by the callbacks of its sink. What comes after a fault cannot
/// be understood, so that a fault stops the stream.
struct UsageFlow
{
    UsageSink sink;
    ObjectStream objects;
    std::optional<Error> fault;

    Flow take(std::string_view bytes)
    {
        const auto fed = objects.feed(bytes, [this](std::string_view object) {
            const auto usage = decodeUsage(object);
            if (!usage) {
                fault = usage.error();
                return false;
            }
            sink.usage(*usage);
            return true;
        });
        if (!fed && !fault) {
            fault = fed.error();
        }
        return fault ? Flow::Stop : Flow::Continue;
    }

    Result<void> verdict(const Result<http::Response> &response) const
    {
        if (fault) {
            return within(*fault, statsOperation);
        }
        if (!response) {
            return std::unexpected(response.error());
        }
        return {};
    }
};

} // namespace

Result<ContainerUsage> decodeUsage(std::string_view json)
{
    const auto document = JsonDocument::parse(json, "stats");
    if (!document) {
        return std::unexpected(document.error());
    }
    const JsonValue root = document->root();
    const JsonValue memory = root.object("memory_stats");
    ContainerUsage usage;
    usage.cpuPercent = cpuPercent(root.object("cpu_stats"), root.object("precpu_stats"));
    usage.memoryBytes = memoryInUse(memory);
    usage.memoryLimit = memory.countOrLargest("limit");
    readNetworks(root, usage);
    readBlockDevices(root, usage);
    usage.processes = root.object("pids_stats").natural("current");
    const JsonValue throttling = root.object("cpu_stats").object("throttling_data");
    usage.periods = throttling.natural("periods");
    usage.throttled = throttling.natural("throttled_periods");
    return document->checked(usage);
}

Call Client::usage(std::string_view id, UsageSink sink)
{
    auto call = std::make_shared<Call::State>();
    Private::Order order = Private::ask(ReadStats{{std::string(id), std::string(id)}});
    auto flow = std::make_shared<UsageFlow>();
    flow->sink = std::move(sink);
    http::Sink receiver;
    receiver.data = [flow](std::string_view bytes) { return flow->take(bytes); };
    receiver.end = [flow](const Result<http::Response> &response) {
        flow->sink.end(flow->verdict(response));
    };
    d->stream(call, std::move(order), std::move(receiver));
    return Call(call);
}

} // namespace roadstead::docker
