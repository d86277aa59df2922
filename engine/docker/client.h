// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/docker/command.h"
#include "engine/docker/question.h"
#include "engine/docker/types.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::http {
class Client;
enum class Flow;
} // namespace roadstead::http

namespace roadstead::docker {

/// API versions that this program speaks, oldest and newest.
constexpr ApiVersion oldestApi{24};
constexpr ApiVersion newestApi{50};

using http::Flow;

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

/// Receives what a container uses.
struct UsageSink
{
    /// About once a second.
    std::move_only_function<void(const ContainerUsage &)> usage;
    /// Last call, exactly once. The stream ends with the container.
    Callback<void> end;
};

/// One line of a progress stream (load, pull, push, build).
struct Progress
{
    std::string id;     ///< layer, or empty
    std::string status; ///< or the text of "stream"
    std::int64_t current = 0;
    std::int64_t total = 0;
};

/// What a command yielded.
struct CommandReply
{
    std::string text;                  ///< id of a created container; lines printed by load
    std::vector<std::string> warnings; ///< of create
    bool unchanged = false;            ///< it was so already (304: started, stopped)
};

/// What waitContainer() waits for (Engine API, "Wait for a container").
enum class WaitCondition {
    NotRunning, ///< holds at once for one that does not run
    NextExit,   ///< its next end, also of one that is yet to be started
    Removed
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

    /// Carries out a command. `progress` may be empty; it is called for LoadImage only.
    Call run(const Command &command, Callback<CommandReply> callback,
             std::move_only_function<void(const Progress &)> progress = {});

private:
    class Private;
    std::shared_ptr<Private> d;
};

} // namespace roadstead::docker
