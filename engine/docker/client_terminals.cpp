// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/client.h"

#include "engine/docker/client_private.h"
#include "engine/docker/codecs.h"
#include "engine/docker/framed_flow.h"

#include <optional>
#include <utility>

namespace roadstead::docker {

namespace {

/// A connection to a process.
struct TerminalFlow : FramedFlow<TerminalSink>
{
    TerminalFlow(std::string name, std::string subjectId, bool tty, TerminalSink terminal)
        : FramedFlow(std::move(name), tty, std::move(terminal))
        , id(std::move(subjectId))
    {
    }

    const std::string id; ///< of the exec, or of the container
};

http::Sink terminalReceiver(const std::shared_ptr<TerminalFlow> &flow)
{
    http::Sink receiver;
    receiver.head = [flow](const http::Response &) {
        if (flow->sink.opened) {
            flow->sink.opened(flow->id);
        }
    };
    receiver.data = [flow](std::string_view bytes) { return flow->take(bytes); };
    return receiver;
}

template<typename Value>
std::function<ApiRequest(ApiVersion)> requestOf(const Value &value)
{
    return [value](ApiVersion version) { return value.request(version); };
}

} // namespace

Call Client::attach(const AttachContainer &options, Source input, TerminalSink sink)
{
    auto call = std::make_shared<Call::State>();
    // As for logs, only the container's own record tells whether there are frames.
    auto inspected = [self = d, call, asked = AttachContainer(options), input = std::move(input),
                      sink = std::move(sink)](Result<http::Response> reply) mutable {
        const auto details =
            reply ? decodeContainerDetails(std::move(reply->body)) : within(reply.error(), {});
        if (!details) {
            sink.end(within(details.error(), AttachContainer::operation));
            return;
        }
        auto flow = std::make_shared<TerminalFlow>(std::string(AttachContainer::operation),
                                                   details->id, details->tty, std::move(sink));
        http::Sink receiver = terminalReceiver(flow);
        receiver.end = [flow](const Result<http::Response> &response) {
            const auto verdict = flow->verdict(response);
            flow->sink.end(verdict ? Result<int>(0) : std::unexpected(verdict.error()));
        };
        Private::Order order;
        asked.container.reference = details->id;
        order.request = requestOf(asked);
        order.operation = AttachContainer::operation;
        self->upgrade(call, std::move(order), std::move(input), std::move(receiver));
    };
    Private::Order order = Private::ask(InspectContainer{options.container});
    order.operation = AttachContainer::operation;
    d->send(call, std::move(order), std::move(inspected));
    return Call(call);
}

/// The container is looked at first, as the CLI does: what is made for an exec cannot be removed,
/// so that nothing is made for a container that is not there.
void Client::Private::createExec(const StatePointer &call, const CreateExec &command,
                                 Callback<std::string> made)
{
    auto created = [made = std::move(made)](Result<http::Response> reply) mutable {
        if (!reply) {
            made(std::unexpected(reply.error()));
            return;
        }
        auto exec = CreateExec::decode(reply->body);
        made(exec ? Result<std::string>(std::move(exec->text))
                  : within(lostChange(exec.error()), CreateExec::operation));
    };
    auto inspected = [self = shared_from_this(), call, command,
                      created = std::move(created)](Result<http::Response> reply) mutable {
        if (!reply) {
            created(std::unexpected(reply.error()));
            return;
        }
        self->send(call, orderOf(Command(command)), std::move(created));
    };
    Order order = ask(InspectContainer{command.container});
    order.operation = CreateExec::operation;
    send(call, std::move(order), std::move(inspected));
}

void Client::Private::runDetached(const StatePointer &call, const CreateExec &command,
                                  Callback<CommandReply> callback)
{
    CreateExec detached = command;
    detached.detached = true;
    createExec(call, detached,
               [self = shared_from_this(), call, detached,
                callback = std::move(callback)](Result<std::string> id) mutable {
                   if (!id) {
                       callback(std::unexpected(id.error()));
                       return;
                   }
                   Order order;
                   order.request = requestOf(
                       StartExec{*id, true, detached.tty, detached.rows, detached.columns});
                   order.operation = StartExec::operation;
                   self->send(call, std::move(order),
                              [id = *id, callback = std::move(callback)](
                                  Result<http::Response> reply) mutable {
                                  if (!reply) {
                                      callback(std::unexpected(reply.error()));
                                      return;
                                  }
                                  CommandReply done;
                                  done.text = id;
                                  callback(std::move(done));
                              });
               });
}

/// Asks how it ended, which the stream does not tell.
void Client::Private::endExec(const StatePointer &call, const std::string &id,
                              Callback<int> callback)
{
    Order order;
    order.request = requestOf(InspectExec{id});
    order.operation = InspectExec::operation;
    send(call, std::move(order),
         [callback = std::move(callback)](Result<http::Response> reply) mutable {
             if (!reply) {
                 callback(std::unexpected(reply.error()));
                 return;
             }
             const auto details = InspectExec::decode(std::move(reply->body));
             callback(details ? Result<int>(details->exitCode)
                              : within(details.error(), InspectExec::operation));
         });
}

Call Client::exec(const CreateExec &command, Source input, TerminalSink sink)
{
    auto call = std::make_shared<Call::State>();
    CreateExec attached = command;
    attached.detached = false;
    auto made = [self = d, call, attached, input = std::move(input),
                 sink = std::move(sink)](Result<std::string> id) mutable {
        if (!id) {
            sink.end(std::unexpected(id.error()));
            return;
        }
        auto flow = std::make_shared<TerminalFlow>(std::string(StartExec::operation), *id,
                                                   attached.tty, std::move(sink));
        http::Sink receiver = terminalReceiver(flow);
        receiver.end = [self, call, flow](const Result<http::Response> &response) {
            if (const auto verdict = flow->verdict(response); !verdict) {
                flow->sink.end(std::unexpected(verdict.error()));
                return;
            }
            self->endExec(call, flow->id, std::move(flow->sink.end));
        };
        Private::Order order;
        order.request =
            requestOf(StartExec{*id, false, attached.tty, attached.rows, attached.columns});
        order.operation = StartExec::operation;
        self->upgrade(call, std::move(order), std::move(input), std::move(receiver));
    };
    d->createExec(call, attached, std::move(made));
    return Call(call);
}

} // namespace roadstead::docker
