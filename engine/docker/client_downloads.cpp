// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/client.h"

#include "engine/docker/client_private.h"
#include "engine/docker/codecs.h"

#include <optional>
#include <utility>

namespace roadstead::docker {

namespace {

struct ByteFlow
{
    ByteFlow(std::string name, ByteSink byteSink)
        : operation(std::move(name))
        , sink(std::move(byteSink))
    {
    }

    void open(const http::Response &head)
    {
        const std::string_view header = head.header("x-docker-container-path-stat");
        if (head.status != 200 || header.empty() || !sink.stat) {
            return;
        }
        if (const auto stat = decodePathStat(header)) {
            sink.stat(*stat);
        } else {
            fault = stat.error();
        }
    }
    Flow take(std::string_view bytes) { return fault ? Flow::Stop : sink.data(bytes); }
    Result<void> verdict(const Result<http::Response> &response) const
    {
        if (fault) {
            return within(*fault, operation);
        }
        if (!response) {
            return std::unexpected(response.error());
        }
        // Without an announced end, a whole archive and a cut one look alike.
        if (!response->delimited) {
            return failure(ErrorKind::ConnectionLost, operation, "the archive has no known end");
        }
        return {};
    }

    const std::string operation;
    ByteSink sink;
    std::optional<Error> fault;
};

} // namespace

Call Client::downloadPlainly(Plain plain, ByteSink sink)
{
    auto call = std::make_shared<Call::State>();
    auto flow = std::make_shared<ByteFlow>(plain.operation, std::move(sink));
    http::Sink receiver;
    receiver.head = [flow](const http::Response &head) { flow->open(head); };
    receiver.data = [flow](std::string_view bytes) { return flow->take(bytes); };
    receiver.end = [flow](const Result<http::Response> &response) {
        flow->sink.end(flow->verdict(response));
    };
    Private::Order order = Private::orderOf(plain);
    // An engine that packs much begins late.
    liftLimits(order.limits);
    d->stream(call, std::move(order), std::move(receiver));
    return Call(call);
}

Call Client::download(const ExportContainer &question, ByteSink sink)
{
    return downloadPlainly(plainOf(question), std::move(sink));
}

Call Client::download(const GetArchive &question, ByteSink sink)
{
    return downloadPlainly(plainOf(question), std::move(sink));
}

Call Client::download(const SaveImages &question, ByteSink sink)
{
    return downloadPlainly(plainOf(question), std::move(sink));
}

/// Whether the stream has frames stands in the record of what the log is of.
void Client::Private::swarmLogs(const StatePointer &call, Plain subject, Plain logs, bool follow,
                                std::function<Result<bool>(std::string)> ttyOf, LogSink sink)
{
    std::string operation = logs.operation;
    const ApiVersion needs = logs.needs;
    auto inspected = [self = shared_from_this(), call, logs = std::move(logs), follow,
                      ttyOf = std::move(ttyOf),
                      sink = std::move(sink)](Result<http::Response> reply) mutable {
        if (!reply) {
            sink.end(std::unexpected(reply.error()));
            return;
        }
        const auto tty = ttyOf(std::move(reply->body));
        if (!tty) {
            sink.end(within(tty.error(), logs.operation));
            return;
        }
        Order order = orderOf(logs);
        if (follow) {
            order.limits.firstByte = std::chrono::milliseconds(0);
        }
        self->stream(call, std::move(order), logReceiver(logs.operation, *tty, std::move(sink)));
    };
    Order order = orderOf(subject);
    order.operation = std::move(operation);
    order.check = [needs](ApiVersion version) { return knownSince(needs, version); };
    send(call, std::move(order), std::move(inspected));
}

Call Client::logs(const ReadServiceLogs &question, LogSink sink)
{
    auto call = std::make_shared<Call::State>();
    d->swarmLogs(
        call, plainOf(InspectService{question.service}), plainOf(question), question.options.follow,
        [](std::string body) {
            return InspectService::decode(std::move(body)).transform([](const Service &service) {
                return service.tty;
            });
        },
        std::move(sink));
    return Call(call);
}

Call Client::logs(const ReadTaskLogs &question, LogSink sink)
{
    auto call = std::make_shared<Call::State>();
    d->swarmLogs(
        call, plainOf(InspectTask{question.id}), plainOf(question), question.options.follow,
        [](std::string body) {
            return InspectTask::decode(std::move(body)).transform([](const Task &task) {
                return task.tty;
            });
        },
        std::move(sink));
    return Call(call);
}

} // namespace roadstead::docker
