// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/client.h"

#include "engine/base/visit_choice.h"
#include "engine/docker/client_private.h"
#include "engine/docker/codecs.h"
#include "engine/docker/progress.h"

#include <optional>
#include <utility>

namespace roadstead::docker {

namespace {

using Decoder = Result<CommandReply> (*)(std::string_view);

Result<CommandReply> decodeCreated(std::string_view body)
{
    auto created = decodeCreatedContainer(body);
    if (!created) {
        return std::unexpected(created.error());
    }
    CommandReply reply;
    reply.text = std::move(created->id);
    reply.warnings = std::move(created->warnings);
    return reply;
}

/// What the client must know of a command, of whatever type.
struct Traits
{
    Decoder decode = nullptr;
    std::string bodyFile;
    bool removes = false;
    bool reportsProgress = false;
    bool authenticates = false;
    bool takesBody = false;
};

Traits traitsOf(const Command &command)
{
    return visitChoice(
        [](const auto &value) {
            using Value = std::decay_t<decltype(value)>;
            Traits traits;
            if constexpr (std::is_same_v<Value, CreateContainer>) {
                traits.decode = decodeCreated;
            } else if constexpr (requires { Value::decode(std::string_view()); }) {
                traits.decode = Value::decode;
            }
            if constexpr (requires { value.bodyFile(); }) {
                traits.bodyFile = value.bodyFile();
            }
            traits.removes = requires { Value::removes; };
            traits.reportsProgress = requires { Value::reportsProgress; };
            traits.authenticates = requires { Value::authenticates; };
            traits.takesBody = requires { Value::takesBody; };
            return traits;
        },
        command);
}

/// The end of a command that answers with one value or nothing.
auto commandDone(bool removes, Decoder decode, std::string operation,
                 Callback<CommandReply> callback)
{
    return [removes, decode, operation = std::move(operation),
            callback = std::move(callback)](Result<http::Response> response) mutable {
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
        if (decode == nullptr) {
            callback(replyOf(*response));
            return;
        }
        auto reply = decode(response->body);
        if (!reply) {
            callback(within(lostChange(reply.error()), operation));
            return;
        }
        callback(std::move(reply));
    };
}

/// Receives what the engine says while it works.
http::Sink progressSink(std::string operation, ProgressReader::Receiver progress,
                        Callback<CommandReply> callback)
{
    auto reader = std::make_shared<ProgressReader>();
    http::Sink sink;
    sink.data = [reader, progress = std::move(progress)](std::string_view bytes) {
        reader->feed(bytes, progress);
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

using SharedProgress = std::shared_ptr<std::move_only_function<void(const Progress &)>>;

std::move_only_function<void(std::uint64_t, std::uint64_t)> uploadProgress(SharedProgress progress)
{
    return [progress = std::move(progress)](std::uint64_t sent, std::uint64_t total) {
        (*progress)(
            {{}, "Loading", static_cast<std::int64_t>(sent), static_cast<std::int64_t>(total)});
    };
}

} // namespace

Call Client::run(const Command &command, Callback<CommandReply> callback,
                 std::move_only_function<void(const Progress &)> progress)
{
    RunOptions options;
    options.progress = std::move(progress);
    return run(command, std::move(options), std::move(callback));
}

Call Client::run(const Command &command, RunOptions options, Callback<CommandReply> callback)
{
    auto call = std::make_shared<Call::State>();
    if (const auto *exec = std::get_if<CreateExec>(&command)) {
        d->runDetached(call, *exec, std::move(callback));
        return Call(call);
    }
    Traits traits = traitsOf(command);
    Private::Order order = Private::orderOf(command);
    std::string operation = order.operation;
    if (traits.authenticates) {
        order.headers.emplace_back("X-Registry-Auth", options.registryAuth.empty()
                                                          ? registryAuthHeader({})
                                                          : std::move(options.registryAuth));
    }
    if (!options.registryConfig.empty()) {
        order.headers.emplace_back("X-Registry-Config", std::move(options.registryConfig));
    }
    order.bodyFile = std::move(traits.bodyFile);
    if (traits.takesBody) {
        order.source = std::move(options.body);
    }
    if (!traits.reportsProgress) {
        d->send(
            call, std::move(order),
            commandDone(traits.removes, traits.decode, std::move(operation), std::move(callback)));
        return Call(call);
    }
    ProgressReader::Receiver receiver;
    if (options.progress) {
        const auto progress = std::make_shared<std::move_only_function<void(const Progress &)>>(
            std::move(options.progress));
        const bool uploads = !order.bodyFile.empty();
        if (uploads) {
            order.uploaded = uploadProgress(progress);
        }
        if (!std::holds_alternative<LoadImage>(command)) { // which is asked to be quiet
            receiver = [progress](const Progress &line) { (*progress)(line); };
        }
    }
    d->stream(call, std::move(order),
              progressSink(std::move(operation), std::move(receiver), std::move(callback)));
    return Call(call);
}

Call Client::changePlainly(Plain plain, Callback<CommandReply> callback)
{
    auto call = std::make_shared<Call::State>();
    d->send(call, Private::orderOf(plain),
            commandDone(false, nullptr, plain.operation, std::move(callback)));
    return Call(call);
}

Call Client::run(const UpdateSecret &command, Callback<CommandReply> callback)
{
    return changePlainly(plainOf(command), std::move(callback));
}

Call Client::run(const UpdateConfig &command, Callback<CommandReply> callback)
{
    return changePlainly(plainOf(command), std::move(callback));
}

Call Client::run(const ResizeContainer &command, Callback<CommandReply> callback)
{
    return changePlainly(plainOf(command), std::move(callback));
}

Call Client::run(const ResizeExec &command, Callback<CommandReply> callback)
{
    return changePlainly(plainOf(command), std::move(callback));
}

} // namespace roadstead::docker
