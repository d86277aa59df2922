// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/client.h"

#include "engine/docker/client_private.h"
#include "engine/docker/codecs.h"
#include "engine/docker/progress.h"

#include <utility>

namespace roadstead::docker {

namespace {

constexpr std::chrono::milliseconds noLimit{0};

/// A completion that decodes the body and passes the value on.
template<typename T, typename Decode>
auto decoding(std::string operation, Callback<T> callback, Decode decode)
{
    return [operation = std::move(operation), callback = std::move(callback),
            decode](Result<http::Response> reply) mutable {
        if (!reply) {
            callback(std::unexpected(reply.error()));
            return;
        }
        Result<T> value = decode(std::move(reply->body));
        if (!value) {
            callback(within(value.error(), operation));
            return;
        }
        callback(std::move(value));
    };
}

CommandReply replyOf(const http::Response &response)
{
    CommandReply reply;
    reply.unchanged = response.status == 304;
    return reply;
}

} // namespace

Client::Client(http::Client &transport, std::string socketPath, Executor decoder)
    : d(std::make_shared<Private>(transport, std::move(socketPath), std::move(decoder)))
{
}

Client::~Client() = default;

ApiVersion Client::api() const
{
    return d->api();
}

Call Client::negotiate(Callback<Ping> callback)
{
    d->leaveConnections();
    return ping(std::move(callback));
}

Call Client::ping(Callback<Ping> callback)
{
    auto call = std::make_shared<Call::State>();
    d->negotiate(call, std::move(callback));
    return Call(call);
}

Call Client::version(Callback<EngineVersion> callback)
{
    auto call = std::make_shared<Call::State>();
    Private::Order order = d->ask(AskVersion{});
    auto decoded = decoding<EngineVersion>(order.operation, std::move(callback), decodeVersion);
    d->send(call, std::move(order), std::move(decoded));
    return Call(call);
}

Call Client::info(Callback<EngineInfo> callback)
{
    auto call = std::make_shared<Call::State>();
    Private::Order order = d->ask(AskInfo{});
    auto decoded = decoding<EngineInfo>(order.operation, std::move(callback), decodeInfo);
    d->send(call, std::move(order), std::move(decoded));
    return Call(call);
}

Call Client::listContainers(const ListContainers &options,
                            Callback<std::vector<ContainerSummary>> callback)
{
    auto call = std::make_shared<Call::State>();
    Private::Order order = d->ask(options);
    order.limits.bodyBytes = http::listCap;
    auto decoded = decoding<std::vector<ContainerSummary>>(order.operation, std::move(callback),
                                                           decodeContainerList);
    d->send(call, std::move(order), d->elsewhere(std::move(decoded)));
    return Call(call);
}

Call Client::inspectContainer(std::string_view id, Callback<ContainerDetails> callback)
{
    auto call = std::make_shared<Call::State>();
    Private::Order order = d->ask(InspectContainer{{std::string(id), std::string(id)}});
    auto decoded =
        decoding<ContainerDetails>(order.operation, std::move(callback), decodeContainerDetails);
    d->send(call, std::move(order), d->elsewhere(std::move(decoded)));
    return Call(call);
}

Call Client::waitContainer(std::string_view id, WaitCondition condition, Callback<int> callback)
{
    auto call = std::make_shared<Call::State>();
    constexpr auto *operation = "container.wait";
    Private::Order order;
    order.request = {"POST", "/containers/" + http::percentEncode(id) + "/wait", {}, {}, {}};
    order.operation = operation;
    order.limits.firstByte = noLimit;
    order.limits.silence = noLimit;
    if (condition != WaitCondition::NotRunning) {
        const bool removed = condition == WaitCondition::Removed;
        order.request.query.emplace_back("condition", removed ? "removed" : "next-exit");
    }
    auto decode = [](const std::string &body) -> Result<int> {
        const auto reply = decodeWaitReply(body);
        if (!reply) {
            return std::unexpected(reply.error());
        }
        if (!reply->error.empty()) {
            return failure(ErrorKind::EngineFailed, {}, reply->error);
        }
        return reply->statusCode;
    };
    d->send(call, std::move(order), decoding<int>(operation, std::move(callback), decode));
    return Call(call);
}

Call Client::listImages(Callback<std::vector<ImageSummary>> callback)
{
    auto call = std::make_shared<Call::State>();
    Private::Order order = d->ask(ListImages{});
    order.limits.bodyBytes = http::listCap;
    auto decoded =
        decoding<std::vector<ImageSummary>>(order.operation, std::move(callback), decodeImageList);
    d->send(call, std::move(order), d->elsewhere(std::move(decoded)));
    return Call(call);
}

namespace {

/// The end of a command that answers with one value or nothing.
auto commandDone(const Command &command, Callback<CommandReply> callback)
{
    const bool creates = std::holds_alternative<CreateContainer>(command);
    const bool removes = std::holds_alternative<RemoveContainer>(command);
    std::string operation(operationName(command));
    return [=, callback = std::move(callback)](Result<http::Response> response) mutable {
        if (!response) {
            // Gone already is what was asked for.
            if (removes && response.error().kind == ErrorKind::NotFound) {
                CommandReply reply;
                reply.unchanged = true;
                callback(std::move(reply));
                return;
            }
            callback(std::unexpected(response.error()));
            return;
        }
        CommandReply reply = replyOf(*response);
        if (creates) {
            auto created = decodeCreatedContainer(response->body);
            if (!created) {
                callback(within(lostChange(created.error()), operation));
                return;
            }
            reply.text = std::move(created->id);
            reply.warnings = std::move(created->warnings);
        }
        callback(std::move(reply));
    };
}

/// Receives what the engine says while it loads.
http::Sink loadSink(std::string operation, Callback<CommandReply> callback)
{
    auto reader = std::make_shared<ProgressReader>();
    http::Sink sink;
    sink.data = [reader](std::string_view bytes) {
        reader->feed(bytes, {});
        return Flow::Continue;
    };
    sink.end = [reader, operation = std::move(operation),
                callback = std::move(callback)](const Result<http::Response> &response) mutable {
        if (!response) {
            callback(std::unexpected(lostChange(response.error())));
            return;
        }
        const auto verdict = reader->finish();
        if (!verdict) {
            callback(within(lostChange(verdict.error()), operation));
            return;
        }
        CommandReply reply;
        reply.text = *verdict;
        callback(std::move(reply));
    };
    return sink;
}

} // namespace

Call Client::run(const Command &command, Callback<CommandReply> callback,
                 std::move_only_function<void(const Progress &)> progress)
{
    auto call = std::make_shared<Call::State>();
    Private::Order order;
    order.request = request(command, d->api());
    order.operation = operationName(command);
    // How long a change takes is not ours to say: stopping alone waits for the container.
    order.limits.firstByte = noLimit;
    order.limits.silence = noLimit;
    const auto *load = std::get_if<LoadImage>(&command);
    if (load == nullptr) {
        d->send(call, std::move(order), commandDone(command, std::move(callback)));
        return Call(call);
    }
    order.bodyFile = load->path;
    if (progress) {
        order.uploaded = [progress = std::move(progress)](std::uint64_t sent,
                                                          std::uint64_t total) mutable {
            progress(
                {{}, "Loading", static_cast<std::int64_t>(sent), static_cast<std::int64_t>(total)});
        };
    }
    std::string operation = order.operation;
    d->stream(call, std::move(order), loadSink(std::move(operation), std::move(callback)));
    return Call(call);
}

} // namespace roadstead::docker
