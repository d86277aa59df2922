// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/client_private.h"

#include "engine/docker/api_version.h"
#include "engine/docker/codecs.h"

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

Client::Private::Private(http::Client &transport, std::string socketPath, Executor decoder)
    : m_transport(transport)
    , m_socketPath(std::move(socketPath))
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

Client::Private::Order Client::Private::ask(const Question &question) const
{
    Order order;
    order.request = request(question, api());
    order.operation = operationName(question);
    return order;
}

http::Request Client::Private::transportRequest(Order order) const
{
    http::Request request;
    request.socketPath = m_socketPath;
    request.epoch = m_epoch;
    request.method = std::move(order.request.method);
    request.target = "/v" + apiVersionText(api()) + order.request.path;
    char separator = '?';
    for (const auto &[name, value] : order.request.query) {
        request.target.push_back(separator);
        request.target.append(http::percentEncode(name)).append("=");
        request.target.append(http::percentEncode(value));
        separator = '&';
    }
    request.body = std::move(order.request.body);
    request.contentType = std::move(order.request.contentType);
    request.bodyFile = std::move(order.bodyFile);
    request.limits = order.limits;
    request.operation = std::move(order.operation);
    request.uploaded = std::move(order.uploaded);
    return request;
}

void Client::Private::negotiate(const StatePointer &call, Callback<Ping> callback)
{
    http::Request request;
    request.socketPath = m_socketPath;
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
        const bool changes = order.request.method != "GET";
        std::string name = order.operation;
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
        call->follow(step, self->m_transport.send(self->transportRequest(std::move(order)),
                                                  std::move(done)));
    };
    withVersion(call, std::move(operation), std::move(go));
}

void Client::Private::stream(const StatePointer &call, Order order, http::Sink sink)
{
    std::string operation = order.operation;
    auto go = [self = shared_from_this(), call, order = std::move(order),
               sink = std::move(sink)](Result<void> ready) mutable {
        if (!ready) {
            sink.end(std::unexpected(ready.error()));
            return;
        }
        std::string name = order.operation;
        const int step = call->beginStep();
        sink.end = [end = std::move(sink.end),
                    name = std::move(name)](Result<http::Response> reply) mutable {
            if (reply && reply->status >= 300) {
                end(std::unexpected(errorOfStatus(reply->status, reply->body, name)));
            } else {
                end(std::move(reply));
            }
        };
        call->follow(step, self->m_transport.stream(self->transportRequest(std::move(order)),
                                                    std::move(sink)));
    };
    withVersion(call, std::move(operation), std::move(go));
}

} // namespace roadstead::docker
