// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/log_decoder.h"

#include <algorithm>

namespace roadstead::docker {

namespace {

constexpr unsigned char stdinType = 0;
constexpr unsigned char stdoutType = 1;
constexpr unsigned char stderrType = 2;
constexpr unsigned char engineErrorType = 3;

} // namespace

LogDecoder::LogDecoder(bool tty)
    : m_tty(tty)
{
}

Result<void> LogDecoder::beginFrame()
{
    const unsigned char type = m_header[0];
    if (type > engineErrorType) {
        return failure(ErrorKind::MalformedReply, {},
                       "the log stream has a frame of unknown type " + std::to_string(type));
    }
    m_left = (std::uint32_t(m_header[4]) << 24U) | (std::uint32_t(m_header[5]) << 16U) |
             (std::uint32_t(m_header[6]) << 8U) | std::uint32_t(m_header[7]);
    m_inFrame = true;
    return {};
}

Result<void> LogDecoder::deliver(std::string_view payload, const Receiver &receive)
{
    switch (m_header[0]) {
    case stdinType:
        receive(LogStream::Stdin, payload);
        return {};
    case stdoutType:
        receive(LogStream::Stdout, payload);
        return {};
    case stderrType:
        receive(LogStream::Stderr, payload);
        return {};
    default:
        return failure(ErrorKind::EngineFailed, {}, std::string(payload));
    }
}

/// Returns how many bytes were used.
Result<std::size_t> LogDecoder::takePayload(std::string_view bytes, const Receiver &receive)
{
    if (m_buffer.empty() && bytes.size() >= m_left && m_left > 0 && m_left <= bufferSize) {
        const std::size_t used = m_left;
        m_left = 0;
        m_inFrame = false;
        if (auto delivered = deliver(bytes.substr(0, used), receive); !delivered) {
            return std::unexpected(delivered.error());
        }
        return used;
    }
    const std::size_t used =
        std::min({bytes.size(), std::size_t(m_left), bufferSize - m_buffer.size()});
    m_buffer.append(bytes.substr(0, used));
    m_left -= static_cast<std::uint32_t>(used);
    if (m_left == 0 || m_buffer.size() == bufferSize) {
        m_inFrame = m_left > 0;
        auto delivered = m_buffer.empty() ? Result<void>() : deliver(m_buffer, receive);
        m_buffer.clear();
        if (!delivered) {
            return std::unexpected(delivered.error());
        }
    }
    return used;
}

Result<void> LogDecoder::feed(std::string_view bytes, const Receiver &receive)
{
    if (m_tty) {
        if (!bytes.empty()) {
            receive(LogStream::Stdout, bytes);
        }
        return {};
    }
    while (!bytes.empty()) {
        if (m_inFrame) {
            const auto used = takePayload(bytes, receive);
            if (!used) {
                return std::unexpected(used.error());
            }
            bytes.remove_prefix(*used);
            continue;
        }
        m_header[m_headerLength++] = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        if (m_headerLength == headerSize) {
            m_headerLength = 0;
            if (auto begun = beginFrame(); !begun) {
                return begun;
            }
            m_inFrame = m_left > 0;
        }
    }
    return {};
}

Result<void> LogDecoder::finish() const
{
    if (m_inFrame || m_headerLength > 0) {
        return failure(ErrorKind::ConnectionLost, {}, "the log stream was cut inside a frame");
    }
    return {};
}

} // namespace roadstead::docker
