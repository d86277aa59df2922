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
    const auto cpus = std::max<std::int64_t>(now.count("online_cpus"), 1);
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
    return document->checked(ContainerUsage{
        .cpuPercent = cpuPercent(root.object("cpu_stats"), root.object("precpu_stats")),
        .memoryBytes = memoryInUse(memory),
        .memoryLimit = memory.countOrLargest("limit")});
}

Call Client::usage(std::string_view id, UsageSink sink)
{
    auto call = std::make_shared<Call::State>();
    Private::Order order;
    order.request = {"GET", "/containers/" + http::percentEncode(id) + "/stats", {}, {}, {}};
    order.operation = statsOperation;
    order.request.query.emplace_back("stream", "1");
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
