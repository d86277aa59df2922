// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/client.h"

#include "engine/docker/client_private.h"
#include "engine/docker/codecs.h"
#include "engine/docker/framed_flow.h"
#include "engine/docker/object_stream.h"

#include <optional>
#include <utility>

namespace roadstead::docker {

namespace {

/// An event stream under way: shared by the callbacks of its sink. What comes after a fault cannot
/// be understood, so that a fault stops the stream.
struct EventFlow
{
    EventSink sink;
    ObjectStream objects;
    std::optional<Error> fault;
    bool endsByItself = false;

    Flow take(std::string_view bytes)
    {
        Flow flow = Flow::Continue;
        const auto fed = objects.feed(bytes, [this, &flow](std::string_view object) {
            auto event = decodeEvent(object);
            if (!event) {
                fault = event.error();
                return false;
            }
            flow = stronger(flow, sink.event(*std::move(event)));
            return flow != Flow::Stop;
        });
        if (!fed && !fault) {
            fault = fed.error();
        }
        return fault ? Flow::Stop : flow;
    }

    Result<void> verdict(const Result<http::Response> &response) const
    {
        constexpr auto *operation = "engine.events";
        if (fault) {
            return within(*fault, operation);
        }
        if (!response) {
            return std::unexpected(response.error());
        }
        if (const auto whole = objects.finish(); !whole) {
            return within(whole.error(), operation);
        }
        if (!endsByItself) {
            return failure(ErrorKind::ConnectionLost, operation, "the engine ended the stream");
        }
        return {};
    }
};

} // namespace

Call Client::events(const EventOptions &options, EventSink sink)
{
    auto call = std::make_shared<Call::State>();
    Private::Order order = Private::ask(options);
    auto flow = std::make_shared<EventFlow>();
    flow->sink = std::move(sink);
    flow->endsByItself = !options.until.empty();
    http::Sink receiver;
    receiver.head = [flow](const http::Response &head) {
        if (head.status == 200 && flow->sink.opened) {
            flow->sink.opened();
        }
    };
    receiver.data = [flow](std::string_view bytes) { return flow->take(bytes); };
    receiver.end = [flow](const Result<http::Response> &response) {
        flow->sink.end(flow->verdict(response));
    };
    d->stream(call, std::move(order), std::move(receiver));
    return Call(call);
}

void Client::Private::openLogs(const StatePointer &call, const std::string &id,
                               const LogOptions &options, bool tty, LogSink sink)
{
    Order order = ask(ReadLogs{{id, id}, options});
    if (options.follow) {
        // A follower of a silent container gets its first byte whenever that comes.
        order.limits.firstByte = std::chrono::milliseconds(0);
    } else {
        // What has been written already comes without a pause.
        order.limits.streamSilence = order.limits.silence;
    }
    stream(call, std::move(order), logReceiver("container.logs", tty, std::move(sink)));
}

http::Sink logReceiver(std::string operation, bool tty, LogSink sink)
{
    auto flow = std::make_shared<FramedFlow<LogSink>>(std::move(operation), tty, std::move(sink));
    http::Sink receiver;
    receiver.data = [flow](std::string_view bytes) { return flow->take(bytes); };
    receiver.end = [flow](const Result<http::Response> &response) {
        flow->sink.end(flow->verdict(response));
    };
    return receiver;
}

Call Client::logs(std::string_view id, const LogOptions &options, LogSink sink)
{
    auto call = std::make_shared<Call::State>();
    constexpr auto *operation = "container.logs";
    // Only the container's own record tells, for every version, whether the stream has frames.
    auto inspected = [self = d, call, options,
                      sink = std::move(sink)](Result<http::Response> reply) mutable {
        if (!reply) {
            sink.end(std::unexpected(reply.error()));
            return;
        }
        const auto details = decodeContainerDetails(std::move(reply->body));
        if (!details) {
            sink.end(within(details.error(), operation));
            return;
        }
        self->openLogs(call, details->id, options, details->tty, std::move(sink));
    };
    Private::Order order = Private::ask(InspectContainer{{std::string(id), std::string(id)}});
    order.operation = operation;
    d->send(call, std::move(order), std::move(inspected));
    return Call(call);
}

Call Client::logTail(std::string_view id, int lines, Callback<std::string> callback)
{
    auto text = std::make_shared<std::string>();
    LogSink sink;
    sink.data = [text](LogStream, std::string_view bytes) {
        text->append(bytes.substr(0, http::objectCap - text->size()));
        return text->size() < http::objectCap ? Flow::Continue : Flow::Stop;
    };
    sink.end = [text, callback = std::move(callback)](Result<void> result) mutable {
        if (!result && text->size() < http::objectCap) {
            callback(std::unexpected(result.error()));
            return;
        }
        callback(std::move(*text));
    };
    return logs(id, LogOptions{.tail = lines}, std::move(sink));
}

} // namespace roadstead::docker
