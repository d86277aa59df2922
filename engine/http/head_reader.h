// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/client.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace roadstead::http {

/// Reads the head of an answer line by line and refuses what RFC 9112 forbids and what two readers
/// could understand differently: curl reads on in several of these cases. Not thread-safe.
class HeadReader
{
public:
    /// `upgrading`: the request asked to switch protocols, so that 101 is a final answer.
    explicit HeadReader(bool upgrading = false)
        : m_upgrading(upgrading)
    {
    }

    /// Takes one line with its line end, as curl hands it over; the empty line ends a head. Interim
    /// answers (1xx) are read over. Lines behind a complete head are trailers: read over, but they
    /// count. False when the answer must not be used; fault() says why.
    bool line(std::string_view line);

    /// The final head is there to its last line.
    [[nodiscard]] bool complete() const { return m_complete; }
    [[nodiscard]] bool started() const { return m_bytes > 0; }
    [[nodiscard]] const std::string &fault() const { return m_fault; }
    /// Status and headers of the final head. `delimited` is set; for answers to HEAD it means
    /// nothing.
    [[nodiscard]] const Response &response() const { return m_response; }
    [[nodiscard]] std::optional<std::uint64_t> contentLength() const { return m_contentLength; }
    [[nodiscard]] bool isChunked() const { return m_chunked; }

private:
    bool refuse(std::string_view why);
    bool statusLine(std::string_view line);
    bool headerLine(std::string_view line);
    bool framing(std::string_view name, std::string_view value);
    bool endOfHead();

    const bool m_upgrading;
    Response m_response;
    std::optional<std::uint64_t> m_contentLength;
    std::string m_fault;
    std::size_t m_bytes = 0;
    int m_interim = 0;
    bool m_chunked = false;
    bool m_inHead = false;
    bool m_complete = false;
};

} // namespace roadstead::http
