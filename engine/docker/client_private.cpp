// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/client_private.h"

#include "engine/docker/api_version.h"
#include "engine/docker/codecs.h"
#include "engine/docker/system.h"

#include <utility>

namespace roadstead::docker {

std::unexpected<Error> within(Error error, std::string_view operation)
{
    error.operation = operation;
    return std::unexpected(std::move(error));
}

Error lostChange(Error error)
{
    const bool open = error.kind == ErrorKind::ConnectionLost ||
                      error.kind == ErrorKind::NotAnswering ||
                      error.kind == ErrorKind::MalformedReply;
    // A full queue of the socket is the one NotAnswering with a code: nothing was sent.
    if (open && !(error.kind == ErrorKind::NotAnswering && error.code != 0)) {
        error.kind = ErrorKind::OutcomeUnknown;
    }
    return error;
}

CommandReply replyOf(const http::Response &response)
{
    CommandReply reply;
    reply.unchanged = response.status == 304;
    return reply;
}

void liftLimits(http::Limits &limits)
{
    limits.firstByte = std::chrono::milliseconds(0);
    limits.silence = std::chrono::milliseconds(0);
}

Client::Private::Private(http::Client &transport, http::Endpoint endpoint, Executor decoder)
    : m_transport(transport)
    , m_endpoint(std::move(endpoint))
    , m_decoder(std::move(decoder))
{
}

Client::Private::Replied Client::Private::elsewhere(Replied decoded) const
{
    if (!m_decoder) {
        return decoded;
    }
    return
        [decoder = m_decoder, decoded = std::move(decoded)](Result<http::Response> reply) mutable {
            decoder([decoded = std::move(decoded), reply = std::move(reply)]() mutable {
                decoded(std::move(reply));
            });
        };
}

ApiVersion Client::Private::api() const
{
    const int minor = m_minor.load();
    return minor == 0 ? oldestApi : ApiVersion{minor};
}

Client::Private::Order Client::Private::ask(const Question &question)
{
    Order order;
    order.request = [question](ApiVersion version) { return docker::request(question, version); };
    order.operation = operationName(question);
    order.check = [question](ApiVersion version) { return checkVersion(question, version); };
    return order;
}

Client::Private::Order Client::Private::orderOf(const Command &command)
{
    Order order;
    order.request = [command](ApiVersion version) { return docker::request(command, version); };
    order.operation = operationName(command);
    order.check = [command](ApiVersion version) { return checkVersion(command, version); };
    // How long a change takes is not ours to say: stopping alone waits for the container.
    liftLimits(order.limits);
    return order;
}

Client::Private::Order Client::Private::orderOf(const Plain &plain)
{
    Order order;
    order.request = plain.request;
    order.operation = plain.operation;
    order.check = [needs = plain.needs](ApiVersion version) { return knownSince(needs, version); };
    if (plain.large) {
        order.limits.bodyBytes = http::listCap;
    }
    if (plain.takesItsTime) {
        liftLimits(order.limits);
    }
    if (plain.authenticates) {
        // Without credentials that of "{}", as the CLI does.
        order.headers.emplace_back("X-Registry-Auth", plain.registryAuth.empty()
                                                          ? registryAuthHeader({})
                                                          : plain.registryAuth);
    }
    return order;
}

Result<http::Request> Client::Private::transportRequest(Order order) const
{
    const ApiVersion version = api();
    const auto checked = order.check ? order.check(version) : Result<void>();
    if (!checked) {
        return within(checked.error(), order.operation);
    }
    ApiRequest asked = order.request(version);
    http::Request request;
    request.endpoint = m_endpoint;
    request.epoch = m_epoch;
    request.method = std::move(asked.method);
    request.target = "/v" + apiVersionText(version) + asked.path;
    char separator = '?';
    for (const auto &[name, value] : asked.query) {
        request.target.push_back(separator);
        request.target.append(http::percentEncode(name)).append("=");
        request.target.append(http::percentEncode(value));
        separator = '&';
    }
    request.headers = std::move(order.headers);
    request.body = std::move(asked.body);
    request.contentType = std::move(asked.contentType);
    request.bodyFile = std::move(order.bodyFile);
    request.source = std::move(order.source);
    request.limits = order.limits;
    request.operation = std::move(order.operation);
    request.uploaded = std::move(order.uploaded);
    return request;
}

void Client::Private::negotiate(const StatePointer &call, Callback<Ping> callback)
{
    http::Request request;
    request.endpoint = m_endpoint;
    request.epoch = m_epoch;
    request.target = docker::request(AskPing{}, api()).path; // the one without a version
    request.operation = operationName(AskPing{});
    const int step = call->beginStep();
    auto done = [self = shared_from_this(),
                 callback = std::move(callback)](Result<http::Response> reply) mutable {
        if (!reply) {
            callback(std::unexpected(reply.error()));
            return;
        }
        const std::string_view header = reply->header("api-version");
        // Something in between may forbid or break the ping alone: then the version is unknown, and
        // the first real request tells how things are.
        const bool refused = reply->status < 200 || reply->status > 299;
        const auto version =
            refused && header.empty() ? Result<ApiVersion>(newestApi) : negotiatedVersion(header);
        if (!version) {
            callback(std::unexpected(version.error()));
            return;
        }
        self->m_minor = version->minor;
        callback(Ping{*version, parseApiVersion(header).value_or(*version),
                      std::string(reply->header("ostype")),
                      !reply->header("libpod-api-version").empty()});
    };
    call->follow(step, m_transport.send(std::move(request), std::move(done)));
}

void Client::Private::withVersion(const StatePointer &call, std::string operation,
                                  Callback<void> ready)
{
    if (m_minor != 0) {
        ready({});
        return;
    }
    negotiate(call, [operation = std::move(operation),
                     ready = std::move(ready)](const Result<Ping> &ping) mutable {
        ready(ping ? Result<void>() : within(ping.error(), operation));
    });
}

void Client::Private::send(const StatePointer &call, Order order, Replied replied)
{
    std::string operation = order.operation;
    auto go = [self = shared_from_this(), call, order = std::move(order),
               replied = std::move(replied)](Result<void> ready) mutable {
        if (!ready) {
            replied(std::unexpected(ready.error()));
            return;
        }
        std::string name = order.operation;
        auto request = self->transportRequest(std::move(order));
        if (!request) {
            replied(std::unexpected(request.error()));
            return;
        }
        const bool changes = request->method != "GET" && request->method != "HEAD";
        const int step = call->beginStep();
        auto done = [replied = std::move(replied), name = std::move(name),
                     changes](Result<http::Response> reply) mutable {
            if (!reply) {
                replied(std::unexpected(changes ? lostChange(reply.error()) : reply.error()));
            } else if (reply->status >= 300 && reply->status != 304) {
                replied(std::unexpected(errorOfStatus(reply->status, reply->body, name)));
            } else {
                replied(std::move(reply));
            }
        };
        call->follow(step, self->m_transport.send(*std::move(request), std::move(done)));
    };
    withVersion(call, std::move(operation), std::move(go));
}

void Client::Private::begin(const StatePointer &call, Order order, http::Sink sink, Begin start)
{
    std::string operation = order.operation;
    auto go = [self = shared_from_this(), call, order = std::move(order), sink = std::move(sink),
               start = std::move(start)](Result<void> ready) mutable {
        if (!ready) {
            sink.end(std::unexpected(ready.error()));
            return;
        }
        std::string name = order.operation;
        auto request = self->transportRequest(std::move(order));
        if (!request) {
            sink.end(std::unexpected(request.error()));
            return;
        }
        const int step = call->beginStep();
        sink.end = [end = std::move(sink.end),
                    name = std::move(name)](Result<http::Response> reply) mutable {
            if (reply && reply->status >= 300) {
                end(std::unexpected(errorOfStatus(reply->status, reply->body, name)));
            } else {
                end(std::move(reply));
            }
        };
        call->follow(step, start(self->m_transport, *std::move(request), std::move(sink)));
    };
    withVersion(call, std::move(operation), std::move(go));
}

void Client::Private::stream(const StatePointer &call, Order order, http::Sink sink)
{
    begin(call, std::move(order), std::move(sink),
          [](http::Client &transport, http::Request request, http::Sink receiver) {
              return transport.stream(std::move(request), std::move(receiver));
          });
}

void Client::Private::upgrade(const StatePointer &call, Order order, Source input, http::Sink sink)
{
    begin(call, std::move(order), std::move(sink),
          [input = std::move(input)](http::Client &transport, http::Request request,
                                     http::Sink receiver) mutable {
              return transport.upgrade(std::move(request), std::move(input), std::move(receiver));
          });
}

} // namespace roadstead::docker
