// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/docker/command.h"
#include "engine/docker/progress_line.h"
#include "engine/docker/question.h"
#include "engine/docker/types.h"
#include "engine/http/endpoint.h"
#include "engine/http/handle.h"
#include "engine/http/source.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::http {
class Client;
} // namespace roadstead::http

namespace roadstead::docker {

/// API versions that this program speaks, oldest and newest.
constexpr ApiVersion oldestApi{24};
constexpr ApiVersion newestApi{50};

using http::Flow;
using http::Source;

template<typename T>
using Callback = std::move_only_function<void(Result<T>)>;

/// Has work done somewhere else, in the order of the calls or not. Called on the transport's
/// thread.
using Executor = std::function<void(std::move_only_function<void()>)>;

/// One call under way. A value; copies name the same call and may outlive the client. Functions are
/// thread-safe and do nothing when the call is over.
class Call
{
public:
    class State;

    Call() = default;
    explicit Call(std::shared_ptr<State> state)
        : m_state(std::move(state))
    {
    }

    /// Ends the call: its callback still comes, with ErrorKind::Cancelled unless it was over
    /// before.
    void cancel() const;
    /// Lets a stream go on whose receiver asked for Flow::Pause.
    void resume() const;
    /// Asks the call's source again, which had nothing to send.
    void supply() const;

private:
    std::shared_ptr<State> m_state;
};

/// GET /_ping.
struct Ping
{
    ApiVersion api;       ///< what will be spoken
    ApiVersion engineApi; ///< newest that the engine speaks, as it said
    std::string osType;
    bool podman = false;
};

/// Which stream of a container bytes come from. A container with a terminal has Stdout only.
enum class LogStream {
    Stdin, ///< what an attached client typed; the engine tells it in attach streams only
    Stdout,
    Stderr
};

/// Receives a container's log.
struct LogSink
{
    /// Bytes as the container wrote them: pieces need not end at line or character boundaries.
    std::move_only_function<Flow(LogStream, std::string_view)> data;
    Callback<void> end; ///< last call, exactly once
};

/// Receives what happens in an engine.
struct EventSink
{
    /// The engine has subscribed us: whatever happens from now on will be told.
    std::move_only_function<void()> opened;
    std::move_only_function<Flow(Event)> event;
    /// Last call, exactly once. The engine never ends this stream by itself, so that an end without
    /// error is one too: ErrorKind::ConnectionLost. The value exists only for `until`.
    Callback<void> end;
};

/// A tar archive, or whatever else comes as bytes.
struct ByteSink
{
    /// What the answer's head tells of a file or folder; called before any data, for archives of
    /// GetArchive only. May be empty.
    std::move_only_function<void(const PathStat &)> stat{};
    std::move_only_function<Flow(std::string_view)> data;
    /// Last call, exactly once. An answer that is cut is an error.
    Callback<void> end;
};

/// What a process in a container writes.
struct TerminalSink
{
    /// The connection is there: from now on what is given by the source reaches the process. The
    /// text is the id of an exec, or of the container that is attached to.
    std::move_only_function<void(const std::string &)> opened;
    /// Bytes as they were written; with a terminal all of them as LogStream::Stdout.
    std::move_only_function<Flow(LogStream, std::string_view)> data;
    /// Last call, exactly once. The value is the exit status of an exec; 0 for an attachment, which
    /// also ends when it is detached.
    Callback<int> end;
};

/// Receives what a container uses.
struct UsageSink
{
    /// About once a second.
    std::move_only_function<void(const ContainerUsage &)> usage;
    /// Last call, exactly once. The stream ends with the container.
    Callback<void> end;
};

/// What a call needs besides what can be shown.
struct RunOptions
{
    /// Called for commands that report progress, and with the progress of a file that is sent.
    std::move_only_function<void(const Progress &)> progress{};
    /// For commands that talk to a registry: registryAuthHeader() of its credentials. Secret. Empty
    /// = none, which is anonymous.
    std::string registryAuth{};
    /// For builds: the credentials of all registries, JSON in base64 for URLs. Secret.
    std::string registryConfig{};
    /// The body of commands that take one: PutArchive, BuildImage, CreatePlugin.
    Source body{};
};

/// The Docker Engine API of one engine. Callbacks are called on the thread of the http::Client,
/// never under a lock, exactly once (stream parts as often as there are any); they must not block.
/// Large answers (lists and inspections) are decoded by the executor, where there is one, and their
/// callbacks are called where it does that: decoding ten thousand containers takes longer than
/// other calls and streams may wait. Functions are thread-safe. The version is negotiated with the
/// first call, and again with each negotiate(). Errors carry the engine's own message in `detail`;
/// a changing call whose answer was lost ends with ErrorKind::OutcomeUnknown. `transport` must
/// outlive the client; calls do not need the client to live on.
class Client
{
public:
    Client(http::Client &transport, http::Endpoint endpoint, Executor decoder = {});
    /// At the unix socket of that absolute path.
    Client(http::Client &transport, std::string socketPath, Executor decoder = {});
    ~Client();
    Client(const Client &) = delete;
    Client &operator=(const Client &) = delete;

    /// Connects anew (the socket may be another one by now), pings and settles on the version to
    /// speak. Fails with ErrorKind::UnsupportedVersion when the engine is too old or names no valid
    /// version.
    Call negotiate(Callback<Ping> callback);
    /// Settled version; oldestApi before the first negotiation.
    [[nodiscard]] ApiVersion api() const;

    Call ping(Callback<Ping> callback);
    Call version(Callback<EngineVersion> callback);
    Call info(Callback<EngineInfo> callback);
    Call events(const EventOptions &options, EventSink sink);

    Call listContainers(const ListContainers &options,
                        Callback<std::vector<ContainerSummary>> callback);
    Call inspectContainer(std::string_view id, Callback<ContainerDetails> callback);
    Call logs(std::string_view id, const LogOptions &options, LogSink sink);
    /// The last `lines` lines, both streams in order, as one text of at most 16 MiB.
    Call logTail(std::string_view id, int lines, Callback<std::string> callback);
    /// Follows what a container uses. Costs the engine CPU time for as long as it runs.
    Call usage(std::string_view id, UsageSink sink);
    /// Exit status, once the condition holds. Waits as long as it takes.
    Call waitContainer(std::string_view id, WaitCondition condition, Callback<int> callback);

    Call listImages(Callback<std::vector<ImageSummary>> callback);

    /// Asks any question that has one answer: those with a type Answer. `registryAuth` is for
    /// questions to registries, see RunOptions.
    template<typename Asked>
    Call ask(const Asked &question, Callback<typename Asked::Answer> callback,
             std::string registryAuth = {})
    {
        Plain plain = plainOf(question);
        plain.registryAuth = std::move(registryAuth);
        return askPlainly(std::move(plain), decoder(question, std::move(callback)));
    }
    /// What the engine knows of a file or folder in a container.
    Call statPath(const StatPath &question, Callback<PathStat> callback);
    /// Writes what one of these yields. Constant memory whatever the size: a paused sink stops the
    /// engine.
    Call download(const ExportContainer &question, ByteSink sink);
    Call download(const GetArchive &question, ByteSink sink);
    Call download(const SaveImages &question, ByteSink sink);
    Call logs(const ReadServiceLogs &question, LogSink sink);
    Call logs(const ReadTaskLogs &question, LogSink sink);

    /// Carries out a command. `progress` may be empty.
    Call run(const Command &command, Callback<CommandReply> callback,
             std::move_only_function<void(const Progress &)> progress = {});
    Call run(const Command &command, RunOptions options, Callback<CommandReply> callback);
    /// Changes for which the CLI has no command.
    Call run(const UpdateSecret &command, Callback<CommandReply> callback);
    Call run(const UpdateConfig &command, Callback<CommandReply> callback);
    Call run(const ResizeContainer &command, Callback<CommandReply> callback);
    Call run(const ResizeExec &command, Callback<CommandReply> callback);

    /// Speaks with the main process of a container. `input` may be empty.
    Call attach(const AttachContainer &options, Source input, TerminalSink sink);
    /// Runs a command in a container and speaks with it; not for detached ones, which are run().
    Call exec(const CreateExec &command, Source input, TerminalSink sink);

private:
    class Private;

    /// A question without its type.
    struct Plain
    {
        std::function<ApiRequest(ApiVersion)> request;
        std::string operation;
        std::string registryAuth;
        ApiVersion needs;
        bool large = false;
        bool takesItsTime = false;
        bool authenticates = false;
    };
    template<typename Asked>
    static Plain plainOf(const Asked &question)
    {
        Plain plain;
        plain.request = [question](ApiVersion version) { return question.request(version); };
        plain.operation = Asked::operation;
        if constexpr (requires { question.needs(); }) {
            plain.needs = question.needs();
        }
        plain.large = requires { Asked::large; };
        plain.takesItsTime = requires { Asked::takesItsTime; };
        plain.authenticates = requires { Asked::authenticates; };
        return plain;
    }
    template<typename Asked>
    static Callback<std::string> decoder(const Asked &, Callback<typename Asked::Answer> callback)
    {
        return [callback = std::move(callback)](Result<std::string> body) mutable {
            if (!body) {
                callback(std::unexpected(body.error()));
                return;
            }
            auto answer = Asked::decode(*std::move(body));
            if (!answer) {
                answer.error().operation = Asked::operation;
            }
            callback(std::move(answer));
        };
    }
    Call askPlainly(Plain plain, Callback<std::string> callback);
    Call changePlainly(Plain plain, Callback<CommandReply> callback);
    Call downloadPlainly(Plain plain, ByteSink sink);

    std::shared_ptr<Private> d;
};

} // namespace roadstead::docker
