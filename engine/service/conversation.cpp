// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/conversation.h"

#include "engine/service/conversation_ends.h"
#include "engine/service/engine_session.h"
#include "engine/service/mailbox.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <span>
#include <utility>

namespace roadstead::service {

namespace {
constexpr std::size_t mostUntaken = 256U << 10; ///< then the engine waits
constexpr std::size_t mostUnsent = 1U << 20;    ///< a pasted text
} // namespace

/// What the transport's thread and ours both touch.
struct EngineConversation::Shared
{
    explicit Shared(EngineConversation *conversation)
        : mailbox(conversation)
    {
    }

    http::Flow put(std::string_view bytes, EngineConversation *conversation)
    {
        const std::scoped_lock lock(mutex);
        if (output.empty()) {
            mailbox.post([conversation] { Q_EMIT conversation->readable(); });
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

EngineConversation::EngineConversation(EngineSession *engine, const QString &line, int rows,
                                       int columns)
    : m_engine(engine)
    , m_shared(std::make_shared<Shared>(this))
    , m_rows(rows)
    , m_columns(columns)
{
    if (!line.isEmpty()) {
        m_record = engine->recordStarted(line);
    }
}

EngineConversation::~EngineConversation()
{
    m_shared->mailbox.close();
    m_shared->call.cancel();
    if (m_record && !m_end && m_engine) {
        m_engine->recordFinished(*m_record, std::nullopt);
    }
}

ConversationEnds EngineConversation::makeEnds(bool input)
{
    ConversationEnds ends;
    ends.sink.opened = [this, shared = m_shared](const std::string &id) {
        shared->mailbox.post([this, id] { setOpened(id); });
    };
    ends.sink.data = [this, shared = m_shared](docker::LogStream, std::string_view bytes) {
        return shared->put(bytes, this);
    };
    ends.sink.end = [this, shared = m_shared](Result<int> end) {
        shared->mailbox.post([this, end = std::move(end)] { finish(end); });
    };
    if (input) {
        ends.source = [shared = m_shared](std::span<char> room) { return shared->give(room); };
    }
    return ends;
}

void EngineConversation::begin(const docker::Call &call)
{
    m_shared->call = call;
}

std::string EngineConversation::take()
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

bool EngineConversation::send(std::string_view bytes)
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

void EngineConversation::resize(int rows, int columns)
{
    if (rows <= 0 || columns <= 0 || (rows == m_rows && columns == m_columns)) {
        return;
    }
    m_rows = rows;
    m_columns = columns;
    m_sizeChanged = true;
    tellSize();
}

/// There is nothing to resize before the process runs.
void EngineConversation::tellSize()
{
    if (m_sizeChanged && !m_id.empty() && !m_end && m_engine) {
        m_sizeChanged = false;
        // A size that did not arrive is followed by the next one, or shows by itself.
        sendSize(m_id, m_rows, m_columns, [] {});
    }
}

void EngineConversation::setOpened(const std::string &id)
{
    m_id = id;
    // Engines before 1.42 know no size when an exec is made.
    m_sizeChanged = m_rows > 0 && m_columns > 0;
    if (m_sizeChanged && wantsRedrawing() && m_engine) {
        sendSize(m_id, m_rows + 1, m_columns + 1,
                 [this, shared = m_shared] { shared->mailbox.post([this] { tellSize(); }); });
    } else {
        tellSize();
    }
    Q_EMIT opened();
}

void EngineConversation::finish(Result<int> end)
{
    m_end = std::move(end);
    if (m_record && m_engine) {
        m_engine->recordFinished(*m_record, *m_end ? std::nullopt : std::optional(m_end->error()));
    }
    Q_EMIT ended();
}

} // namespace roadstead::service
