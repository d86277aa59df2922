// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/files/byte_flow.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace roadstead::service {

namespace {

constexpr std::size_t mostHeld = 1U << 20;
constexpr const char *flowOperation = "container.files";

} // namespace

docker::Flow ByteIntake::put(std::string_view bytes)
{
    const std::scoped_lock lock(m_mutex);
    if (m_stopped) {
        return docker::Flow::Stop;
    }
    if (bytes.empty()) {
        return docker::Flow::Continue;
    }
    m_pieces.emplace_back(bytes);
    m_held += bytes.size();
    m_arrived.notify_one();
    m_paused = m_held >= mostHeld;
    return m_paused ? docker::Flow::Pause : docker::Flow::Continue;
}

void ByteIntake::end(const Result<void> &how)
{
    const std::scoped_lock lock(m_mutex);
    m_end = how;
    m_arrived.notify_one();
}

void ByteIntake::setCall(const docker::Call &call)
{
    const std::scoped_lock lock(m_mutex);
    m_call = call;
    if (m_stopped) {
        m_call.cancel();
    }
}

Result<std::string_view> ByteIntake::take()
{
    std::unique_lock lock(m_mutex);
    m_arrived.wait(lock, [this] { return m_stopped || m_end || !m_pieces.empty(); });
    if (m_stopped) {
        return failure(ErrorKind::Cancelled, flowOperation);
    }
    if (m_pieces.empty()) {
        return *m_end ? Result<std::string_view>(std::string_view())
                      : std::unexpected(m_end->error());
    }
    m_current = std::move(m_pieces.front());
    m_pieces.pop_front();
    m_held -= m_current.size();
    m_taken += m_current.size();
    if (m_paused && m_held < mostHeld / 2) {
        m_paused = false;
        m_call.resume();
    }
    return std::string_view(m_current);
}

void ByteIntake::stop()
{
    const std::scoped_lock lock(m_mutex);
    m_stopped = true;
    m_arrived.notify_one();
    m_call.cancel();
}

std::uint64_t ByteIntake::taken() const
{
    const std::scoped_lock lock(m_mutex);
    return m_taken;
}

Result<http::Given> ByteOutlet::give(std::span<char> room)
{
    const std::scoped_lock lock(m_mutex);
    const std::size_t count = std::min(room.size(), m_held.size() - m_given);
    std::memcpy(room.data(), m_held.data() + m_given, count);
    m_given += count;
    if (m_given == m_held.size()) {
        m_held.clear();
        m_given = 0;
        m_taken.notify_one();
        if (m_end && !*m_end) {
            return std::unexpected(m_end->error());
        }
    }
    return http::Given{count, m_held.empty() && m_end.has_value()};
}

void ByteOutlet::close()
{
    const std::scoped_lock lock(m_mutex);
    m_closed = true;
    m_taken.notify_one();
}

void ByteOutlet::setCall(const docker::Call &call)
{
    const std::scoped_lock lock(m_mutex);
    m_call = call;
    if (m_closed) {
        m_call.cancel();
    }
}

Result<void> ByteOutlet::put(std::string_view bytes)
{
    std::unique_lock lock(m_mutex);
    m_taken.wait(lock, [this] { return m_closed || m_held.size() < mostHeld; });
    if (m_closed) {
        return failure(ErrorKind::Cancelled, flowOperation);
    }
    m_held.append(bytes);
    m_call.supply();
    return {};
}

void ByteOutlet::end(const Result<void> &how)
{
    const std::scoped_lock lock(m_mutex);
    m_end = how;
    m_call.supply();
}

void ByteOutlet::stop()
{
    const std::scoped_lock lock(m_mutex);
    m_closed = true;
    m_taken.notify_one();
    m_call.cancel();
}

} // namespace roadstead::service
