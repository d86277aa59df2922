// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/call_state.h"
#include "engine/docker/client.h"
#include "engine/http/client.h"

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace roadstead::docker {

/// What the calls of one engine share. Kept alive by the calls themselves.
class Client::Private : public std::enable_shared_from_this<Client::Private>
{
public:
    using StatePointer = std::shared_ptr<Call::State>;
    using Replied = Callback<http::Response>;

    Private(http::Client &transport, http::Endpoint endpoint, Executor decoder);

    /// One request of the API with what the transport needs to know.
    struct Order
    {
        /// Asked for the request once the version is settled.
        std::function<ApiRequest(ApiVersion)> request;
        std::string operation;
        /// Whether an engine of that version is to be asked; empty = yes.
        std::function<Result<void>(ApiVersion)> check;
        http::Limits limits;
        std::vector<http::Header> headers;
        std::string bodyFile;
        Source source;
        std::move_only_function<void(std::uint64_t, std::uint64_t)> uploaded;
    };

    [[nodiscard]] ApiVersion api() const;
    /// From now on no connection is used that was made before.
    void leaveConnections() { ++m_epoch; }
    /// `decoded` with its work done by the decoder.
    Replied elsewhere(Replied decoded) const;
    /// Pings and settles the version.
    void negotiate(const StatePointer &call, Callback<Ping> callback);
    /// Sends the order, after negotiating where that has not happened. Any status from 400, and any
    /// redirect, has become an error.
    void send(const StatePointer &call, Order order, Replied replied);
    /// The same for a stream. `sink.end` gets an error for such a status.
    void stream(const StatePointer &call, Order order, http::Sink sink);
    void openLogs(const StatePointer &call, const std::string &id, const LogOptions &options,
                  bool tty, LogSink sink);

    /// The same for a connection that is upgraded.
    void upgrade(const StatePointer &call, Order order, Source input, http::Sink sink);

    /// The steps of an exec.
    void createExec(const StatePointer &call, const CreateExec &command,
                    Callback<std::string> made);
    void runDetached(const StatePointer &call, const CreateExec &command,
                     Callback<CommandReply> callback);
    void endExec(const StatePointer &call, const std::string &id, Callback<int> callback);
    /// Inspects `subject`, then reads its log.
    void swarmLogs(const StatePointer &call, Plain subject, Plain logs, bool follow,
                   std::function<Result<bool>(std::string)> ttyOf, LogSink sink);

    static Order orderOf(const Plain &plain);
    static Order orderOf(const Command &command);
    static Order ask(const Question &question);

private:
    using Begin = std::move_only_function<http::Handle(http::Client &, http::Request, http::Sink)>;
    void begin(const StatePointer &call, Order order, http::Sink sink, Begin start);
    /// Calls `ready` with success once a version is settled.
    void withVersion(const StatePointer &call, std::string operation, Callback<void> ready);
    /// The request, or why this engine is not to be asked.
    Result<http::Request> transportRequest(Order order) const;

    http::Client &m_transport;
    const http::Endpoint m_endpoint;
    const Executor m_decoder;    ///< may be empty
    std::atomic<int> m_minor{0}; ///< settled version, 0 before that
    std::atomic<std::uint32_t> m_epoch{0};
};

/// The usual end of a call that answers with nothing but its status.
CommandReply replyOf(const http::Response &response);

/// Takes as long as it takes.
void liftLimits(http::Limits &limits);

/// A log stream as frames or bytes, handed to the sink.
http::Sink logReceiver(std::string operation, bool tty, LogSink sink);

/// Passes an error on with the operation that it happened in.
std::unexpected<Error> within(Error error, std::string_view operation);

/// A lost answer to a question is a lost answer; to a change, it leaves open whether it happened.
Error lostChange(Error error);

} // namespace roadstead::docker
