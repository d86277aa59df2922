// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/head_reader.h"

#include "engine/base/ascii.h"

#include <algorithm>
#include <charconv>

namespace roadstead::http {

namespace {

constexpr int interimCap = 100;

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// RFC 9110, section 5.6.2.
bool isTokenCharacter(char c)
{
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return isDigit(c) || (lower(c) >= 'a' && lower(c) <= 'z') ||
           marks.find(c) != std::string_view::npos;
}

bool isForbiddenInValue(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7F;
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blank = " \t";
    const std::size_t first = text.find_first_not_of(blank);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::ranges::transform(out, out.begin(), lower);
    return out;
}

} // namespace

bool HeadReader::refuse(std::string_view why)
{
    m_fault = why;
    return false;
}

bool HeadReader::line(std::string_view line)
{
    m_bytes += line.size();
    if (m_bytes > headCap) {
        return refuse("the head of the answer is too long");
    }
    if (!line.ends_with('\n')) {
        return refuse("the answer was cut inside its head");
    }
    line.remove_suffix(1);
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    if (m_complete) {
        return true;
    }
    if (!m_inHead) {
        return statusLine(line);
    }
    return line.empty() ? endOfHead() : headerLine(line);
}

/// RFC 9112, section 4: HTTP/1.x SP 3DIGIT SP [reason].
bool HeadReader::statusLine(std::string_view line)
{
    constexpr std::string_view protocol = "HTTP/1.";
    constexpr std::size_t statusAt = 9;
    constexpr std::size_t statusEnd = 12;
    const bool shaped = line.size() >= statusEnd && line.starts_with(protocol) &&
                        (line[7] == '0' || line[7] == '1') && line[8] == ' ' &&
                        std::ranges::all_of(line.substr(statusAt, 3), isDigit) &&
                        (line.size() == statusEnd || line[statusEnd] == ' ');
    if (!shaped || std::ranges::any_of(line, isForbiddenInValue)) {
        return refuse("the answer does not begin with an HTTP/1 status line");
    }
    int status = 0;
    std::from_chars(line.data() + statusAt, line.data() + statusEnd, status);
    if (status < 100 || status > 599) {
        return refuse("the answer has a status that does not exist");
    }
    m_response = {};
    m_response.status = status;
    m_contentLength.reset();
    m_chunked = false;
    m_inHead = true;
    return true;
}

bool HeadReader::headerLine(std::string_view line)
{
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) {
        return refuse("a header of the answer has no name");
    }
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = trimmed(line.substr(colon + 1));
    // Also refuses a continued line and a name with a space before its colon.
    if (!std::ranges::all_of(name, isTokenCharacter) ||
        std::ranges::any_of(value, isForbiddenInValue)) {
        return refuse("a header of the answer has a forbidden character");
    }
    const std::string lowerName = lowered(name);
    if (!framing(lowerName, value)) {
        return false;
    }
    m_response.headers.emplace_back(lowerName, value);
    return true;
}

/// The headers that say where the body ends: one of them, once, and understood.
bool HeadReader::framing(std::string_view name, std::string_view value)
{
    if (name == "content-length") {
        std::uint64_t length = 0;
        const auto read = std::from_chars(value.data(), value.data() + value.size(), length);
        if (value.empty() || read.ec != std::errc() || read.ptr != value.data() + value.size()) {
            return refuse("the answer's Content-Length is not a number");
        }
        if (m_contentLength || m_chunked) {
            return refuse("the answer states its length twice");
        }
        m_contentLength = length;
    } else if (name == "transfer-encoding") {
        if (m_contentLength || m_chunked) {
            return refuse("the answer states its length twice");
        }
        if (lowered(value) != "chunked") {
            return refuse("the answer has an unknown Transfer-Encoding");
        }
        m_chunked = true;
    }
    return true;
}

bool HeadReader::endOfHead()
{
    m_inHead = false;
    const int status = m_response.status;
    if (status == 101 && !m_upgrading) {
        return refuse("the engine switched protocols without being asked");
    }
    if (status < 200 && status != 101) {
        return ++m_interim <= interimCap || refuse("the engine sent too many interim answers");
    }
    m_response.delimited = m_chunked || m_contentLength || status == 204 || status == 304;
    m_complete = true;
    return true;
}

} // namespace roadstead::http
