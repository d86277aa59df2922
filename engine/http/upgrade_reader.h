// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/http/head_reader.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace roadstead::http {

/// Reads the answer to a request that asks to switch protocols (RFC 9110, 7.8): a head, then either
/// the bytes of the new protocol or the body of an answer that did not switch. Not thread-safe.
class UpgradeReader
{
public:
    static constexpr std::size_t bodyCap = std::size_t(1) << 20U;

    /// `opened` is called once when the protocol is switched, `take` for the bytes that follow.
    /// Fails with ErrorKind::MalformedReply; nothing may be fed afterwards.
    Result<void> feed(std::string_view bytes, const std::function<void(const Response &)> &opened,
                      const std::function<void(std::string_view)> &take);

    [[nodiscard]] bool hasStarted() const { return m_head.started() || !m_line.empty(); }
    [[nodiscard]] bool isHeadComplete() const { return m_head.complete(); }
    [[nodiscard]] bool isOpen() const { return m_open; }
    /// An answer that did not switch is whole.
    [[nodiscard]] bool isAnswered() const { return m_answered; }
    /// To be asked at the end of the connection, or once isAnswered(): the answer, with its body
    /// when it did not switch. Fails with ErrorKind::ConnectionLost when it is cut.
    [[nodiscard]] Result<Response> finish() const;

private:
    Result<std::size_t> takeHead(std::string_view bytes);
    Result<std::size_t> takeChunked(std::string_view bytes);
    Result<void> chunkLine();
    std::size_t takeBody(std::string_view bytes);
    void beginBody();

    enum class Part { Size, Data, DataEnd, Trailers };

    HeadReader m_head{true};
    std::string m_line; ///< that is not whole yet
    std::string m_body;
    std::uint64_t m_left = 0; ///< of the body or the chunk
    Part m_part = Part::Size;
    bool m_open = false;
    bool m_answered = false;
};

} // namespace roadstead::http
