// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/client.h"

#include "engine/docker/client_private.h"
#include "engine/docker/codecs.h"

#include <utility>

namespace roadstead::docker {

namespace {

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

} // namespace

Client::Client(http::Client &transport, http::Endpoint endpoint, Executor decoder)
    : d(std::make_shared<Private>(transport, std::move(endpoint), std::move(decoder)))
{
}

Client::Client(http::Client &transport, std::string socketPath, Executor decoder)
    : Client(transport, http::UnixSocket{std::move(socketPath)}, std::move(decoder))
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
    Private::Order order = Private::ask(AskVersion{});
    auto decoded = decoding<EngineVersion>(order.operation, std::move(callback), decodeVersion);
    d->send(call, std::move(order), std::move(decoded));
    return Call(call);
}

Call Client::info(Callback<EngineInfo> callback)
{
    auto call = std::make_shared<Call::State>();
    Private::Order order = Private::ask(AskInfo{});
    auto decoded = decoding<EngineInfo>(order.operation, std::move(callback), decodeInfo);
    d->send(call, std::move(order), std::move(decoded));
    return Call(call);
}

Call Client::listContainers(const ListContainers &options,
                            Callback<std::vector<ContainerSummary>> callback)
{
    auto call = std::make_shared<Call::State>();
    Private::Order order = Private::ask(options);
    order.limits.bodyBytes = http::listCap;
    auto decoded = decoding<std::vector<ContainerSummary>>(order.operation, std::move(callback),
                                                           decodeContainerList);
    d->send(call, std::move(order), d->elsewhere(std::move(decoded)));
    return Call(call);
}

Call Client::inspectContainer(std::string_view id, Callback<ContainerDetails> callback)
{
    auto call = std::make_shared<Call::State>();
    Private::Order order = Private::ask(InspectContainer{{std::string(id), std::string(id)}});
    auto decoded =
        decoding<ContainerDetails>(order.operation, std::move(callback), decodeContainerDetails);
    d->send(call, std::move(order), d->elsewhere(std::move(decoded)));
    return Call(call);
}

Call Client::waitContainer(std::string_view id, WaitCondition condition, Callback<int> callback)
{
    return ask(WaitContainer{{std::string(id), std::string(id)}, condition}, std::move(callback));
}

Call Client::listImages(Callback<std::vector<ImageSummary>> callback)
{
    auto call = std::make_shared<Call::State>();
    Private::Order order = Private::ask(ListImages{});
    order.limits.bodyBytes = http::listCap;
    auto decoded =
        decoding<std::vector<ImageSummary>>(order.operation, std::move(callback), decodeImageList);
    d->send(call, std::move(order), d->elsewhere(std::move(decoded)));
    return Call(call);
}

Call Client::askPlainly(Plain plain, Callback<std::string> callback)
{
    auto call = std::make_shared<Call::State>();
    const bool large = plain.large;
    Private::Replied replied = [callback =
                                    std::move(callback)](Result<http::Response> reply) mutable {
        if (!reply) {
            callback(std::unexpected(reply.error()));
            return;
        }
        callback(std::move(reply->body));
    };
    d->send(call, Private::orderOf(plain),
            large ? d->elsewhere(std::move(replied)) : std::move(replied));
    return Call(call);
}

Call Client::statPath(const StatPath &question, Callback<PathStat> callback)
{
    auto call = std::make_shared<Call::State>();
    d->send(call, Private::orderOf(plainOf(question)),
            [callback = std::move(callback)](Result<http::Response> reply) mutable {
                if (!reply) {
                    callback(std::unexpected(reply.error()));
                    return;
                }
                auto stat = decodePathStat(reply->header("x-docker-container-path-stat"));
                callback(stat ? std::move(stat) : within(stat.error(), StatPath::operation));
            });
    return Call(call);
}

} // namespace roadstead::docker
