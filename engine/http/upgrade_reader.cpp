// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/upgrade_reader.h"

#include <algorithm>
#include <charconv>

namespace roadstead::http {

namespace {

std::unexpected<Error> malformed(std::string why)
{
    return failure(ErrorKind::MalformedReply, {}, std::move(why));
}

} // namespace

/// Feeds the head reader line by line. Returns how many bytes were used.
Result<std::size_t> UpgradeReader::takeHead(std::string_view bytes)
{
    const std::size_t newline = bytes.find('\n');
    const std::size_t used = newline == std::string_view::npos ? bytes.size() : newline + 1;
    if (m_line.size() + used > headCap) {
        return malformed("the head of the answer is too long");
    }
    m_line.append(bytes.substr(0, used));
    if (newline == std::string_view::npos) {
        return used;
    }
    if (!m_head.line(m_line)) {
        return malformed(m_head.fault());
    }
    m_line.clear();
    return used;
}

void UpgradeReader::beginBody()
{
    const int status = m_head.response().status;
    const bool unframed = !m_head.isChunked() && !m_head.contentLength();
    m_open = status == 101 || (status == 200 && unframed);
    m_left = m_head.contentLength().value_or(0);
    const bool empty = m_head.contentLength() && m_left == 0;
    m_answered = !m_open && (empty || status == 204 || status == 304);
}

std::size_t UpgradeReader::takeBody(std::string_view bytes)
{
    const bool counted = m_head.isChunked() || m_head.contentLength().has_value();
    const std::size_t used =
        counted ? static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), m_left))
                : bytes.size();
    m_body.append(bytes.substr(0, std::min(used, bodyCap - m_body.size())));
    if (counted) {
        m_left -= used;
    }
    return used;
}

/// RFC 9112, section 7.1.
Result<void> UpgradeReader::chunkLine()
{
    std::string_view line = m_line;
    line.remove_suffix(line.ends_with("\r\n") ? 2 : 1);
    switch (m_part) {
    case Part::Size: {
        line = line.substr(0, line.find(';'));
        while (line.ends_with(' ') || line.ends_with('\t')) {
            line.remove_suffix(1);
        }
        const auto read = std::from_chars(line.data(), line.data() + line.size(), m_left, 16);
        if (line.empty() || read.ec != std::errc() || read.ptr != line.data() + line.size()) {
            return malformed("a chunk of the answer has no size");
        }
        m_part = m_left == 0 ? Part::Trailers : Part::Data;
        break;
    }
    case Part::DataEnd:
        if (!line.empty()) {
            return malformed("a chunk of the answer is longer than it says");
        }
        m_part = Part::Size;
        break;
    case Part::Trailers:
        m_answered = line.empty();
        break;
    case Part::Data:
        break;
    }
    m_line.clear();
    return {};
}

Result<std::size_t> UpgradeReader::takeChunked(std::string_view bytes)
{
    if (m_part == Part::Data) {
        const std::size_t used = takeBody(bytes);
        if (m_left == 0) {
            m_part = Part::DataEnd;
        }
        return used;
    }
    constexpr std::size_t longestLine = 8192;
    const std::size_t newline = bytes.find('\n');
    const std::size_t used = newline == std::string_view::npos ? bytes.size() : newline + 1;
    if (m_line.size() + used > longestLine) {
        return malformed("a chunk of the answer has no size");
    }
    m_line.append(bytes.substr(0, used));
    if (newline != std::string_view::npos) {
        if (const auto understood = chunkLine(); !understood) {
            return std::unexpected(understood.error());
        }
    }
    return used;
}

Result<void> UpgradeReader::feed(std::string_view bytes,
                                 const std::function<void(const Response &)> &opened,
                                 const std::function<void(std::string_view)> &take)
{
    while (!bytes.empty() && !m_answered) {
        if (m_open) {
            take(bytes);
            return {};
        }
        Result<std::size_t> used = 0;
        if (!m_head.complete()) {
            used = takeHead(bytes);
            if (used && m_head.complete()) {
                beginBody();
                if (m_open) {
                    opened(m_head.response());
                }
            }
        } else if (m_head.isChunked()) {
            used = takeChunked(bytes);
        } else {
            used = takeBody(bytes);
            m_answered = m_head.contentLength() && m_left == 0;
        }
        if (!used) {
            return std::unexpected(used.error());
        }
        bytes.remove_prefix(*used);
    }
    return {};
}

Result<Response> UpgradeReader::finish() const
{
    const bool untilTheEnd = m_head.complete() && !m_head.isChunked() && !m_head.contentLength();
    if (!m_answered && !untilTheEnd) {
        return failure(ErrorKind::ConnectionLost, {},
                       m_head.complete() ? "the answer was cut" : "the answer was cut in its head");
    }
    Response response = m_head.response();
    response.body = m_body;
    return response;
}

} // namespace roadstead::http
