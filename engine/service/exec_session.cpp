// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/exec_session.h"

#include "engine/docker/client.h"
#include "engine/service/command_history.h"
#include "engine/service/engine_session.h"
#include "engine/service/mailbox.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <utility>

namespace roadstead::service {

namespace {
constexpr std::size_t mostUntaken = 256U << 10; ///< then the engine waits
constexpr std::size_t mostUnsent = 1U << 20;    ///< a pasted text
} // namespace

/// What the transport's thread and ours both touch.
struct ExecSession::Shared
{
    explicit Shared(ExecSession *session)
        : mailbox(session)
    {
    }

    http::Flow put(std::string_view bytes, ExecSession *session)
    {
        const std::scoped_lock lock(mutex);
        if (output.empty()) {
            mailbox.post([session] { Q_EMIT session->readable(); });
        }
        output.append(bytes);
        paused = output.size() >= mostUntaken;
        return paused ? http::Flow::Pause : http::Flow::Continue;
    }
    Result<http::Given> give(std::span<char> room)
    {
        const std::scoped_lock lock(mutex);
        const std::size_t size = std::min(room.size(), input.size());
        std::memcpy(room.data(), input.data(), size);
        input.erase(0, size);
        return http::Given{size, false};
    }

    Mailbox mailbox;
    std::mutex mutex;
    std::string output;
    std::string input;
    bool paused = false;
    docker::Call call; ///< our thread's alone
};

ExecSession::ExecSession(EngineSession *engine, const docker::CreateExec &command,
                         Recorded recorded)
    : m_engine(engine)
    , m_shared(std::make_shared<Shared>(this))
    , m_rows(command.rows)
    , m_columns(command.columns)
{
    if (recorded == Recorded::Yes) {
        m_record = engine->recordStarted(recordOf(docker::Command(command)).line);
    }
    start(engine, command);
}

ExecSession::~ExecSession()
{
    m_shared->mailbox.close();
    m_shared->call.cancel();
    if (m_record && !m_end && m_engine) {
        m_engine->recordFinished(*m_record, std::nullopt);
    }
}

void ExecSession::start(EngineSession *engine, const docker::CreateExec &command)
{
    docker::TerminalSink sink;
    sink.opened = [this, shared = m_shared](const std::string &id) {
        shared->mailbox.post([this, id] { setOpened(id); });
    };
    sink.data = [this, shared = m_shared](docker::LogStream, std::string_view bytes) {
        return shared->put(bytes, this);
    };
    sink.end = [this, shared = m_shared](Result<int> end) {
        shared->mailbox.post([this, end = std::move(end)] { finish(end); });
    };
    http::Source input;
    if (command.input) {
        input = [shared = m_shared](std::span<char> room) { return shared->give(room); };
    }
    m_shared->call = engine->client().exec(command, std::move(input), std::move(sink));
}

std::string ExecSession::take()
{
    std::string taken;
    bool paused = false;
    {
        const std::scoped_lock lock(m_shared->mutex);
        taken = std::exchange(m_shared->output, {});
        paused = std::exchange(m_shared->paused, false);
    }
    if (paused) {
        m_shared->call.resume();
    }
    return taken;
}

bool ExecSession::send(std::string_view bytes)
{
    if (m_end) {
        return false;
    }
    {
        const std::scoped_lock lock(m_shared->mutex);
        if (m_shared->input.size() + bytes.size() > mostUnsent) {
            return false;
        }
        m_shared->input.append(bytes);
    }
    m_shared->call.supply();
    return true;
}

void ExecSession::resize(int rows, int columns)
{
    if (rows <= 0 || columns <= 0 || (rows == m_rows && columns == m_columns)) {
        return;
    }
    m_rows = rows;
    m_columns = columns;
    m_sizeChanged = true;
    sendSize();
}

/// There is nothing to resize before the process runs.
void ExecSession::sendSize()
{
    if (m_sizeChanged && !m_id.empty() && !m_end && m_engine) {
        m_sizeChanged = false;
        // A size that did not arrive is followed by the next one, or shows by itself.
        m_engine->client().run(docker::ResizeExec{m_id, m_rows, m_columns},
                               [](const Result<docker::CommandReply> &) {});
    }
}

void ExecSession::setOpened(const std::string &id)
{
    m_id = id;
    // Engines before 1.42 know no size when an exec is made.
    m_sizeChanged = m_rows > 0 && m_columns > 0;
    sendSize();
    Q_EMIT opened();
}

void ExecSession::finish(Result<int> end)
{
    m_end = std::move(end);
    if (m_record && m_engine) {
        m_engine->recordFinished(*m_record, *m_end ? std::nullopt : std::optional(m_end->error()));
    }
    Q_EMIT ended();
}

} // namespace roadstead::service
