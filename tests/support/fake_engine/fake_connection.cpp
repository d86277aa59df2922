// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_engine/fake_connection.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>

#include <sys/socket.h>

namespace roadstead::test {

namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char low = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/// "/v1.45/info" to "/info".
std::string withoutVersion(const std::string &path)
{
    const std::size_t slash = path.find('/', 1);
    const bool versioned = path.starts_with("/v") && path.size() > 2 && path[2] >= '0' &&
                           path[2] <= '9' && slash != std::string::npos;
    return versioned ? path.substr(slash) : path;
}

std::map<std::string, std::string> queryOf(const std::string &text)
{
    std::map<std::string, std::string> query;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = std::min(text.find('&', begin), text.size());
        const std::string part = text.substr(begin, end - begin);
        const std::size_t equals = std::min(part.find('='), part.size());
        query[percentDecode(part.substr(0, equals))] =
            equals < part.size() ? percentDecode(part.substr(equals + 1)) : "";
        begin = end + 1;
    }
    return query;
}

std::string lowered(std::string head)
{
    std::ranges::transform(head, head.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return head;
}

std::uint64_t contentLength(std::string head)
{
    head = lowered(std::move(head));
    constexpr std::string_view name = "\r\ncontent-length:";
    const std::size_t at = head.find(name);
    if (at == std::string::npos) {
        return 0;
    }
    const std::size_t digits = head.find_first_not_of(' ', at + name.size());
    std::uint64_t length = 0;
    std::from_chars(head.data() + digits, head.data() + head.size(), length);
    return length;
}

FakeRequest requestOf(const std::string &head)
{
    FakeRequest request;
    const std::size_t space = head.find(' ');
    const std::size_t second = head.find(' ', space + 1);
    request.method = head.substr(0, space);
    request.target = head.substr(space + 1, second - space - 1);
    const std::size_t question = std::min(request.target.find('?'), request.target.size());
    request.path = withoutVersion(percentDecode(request.target.substr(0, question)));
    if (question < request.target.size()) {
        request.query = queryOf(request.target.substr(question + 1));
    }
    return request;
}

std::string chunk(const std::string &bytes)
{
    std::array<char, 20> size{};
    const int length = std::snprintf(size.data(), size.size(), "%zx\r\n", bytes.size());
    return std::string(size.data(), static_cast<std::size_t>(length)) + bytes + "\r\n";
}

} // namespace

std::string percentDecode(const std::string &text)
{
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
        const int low = high >= 0 ? hexDigit(text[i + 2]) : -1;
        if (low >= 0) {
            decoded.push_back(static_cast<char>(high * 16 + low));
            i += 2;
        } else {
            decoded.push_back(text[i]);
        }
    }
    return decoded;
}

Fault::Kind faultKind(const std::string &name)
{
    static const std::map<std::string, Fault::Kind> kinds{
        {"stall", Fault::Kind::Stall},     {"delay", Fault::Kind::Delay},
        {"cut", Fault::Kind::Cut},         {"cutbody", Fault::Kind::CutBody},
        {"hang", Fault::Kind::Hang},       {"garble", Fault::Kind::Garble},
        {"trickle", Fault::Kind::Trickle}, {"raw", Fault::Kind::Raw},
        {"rawopen", Fault::Kind::RawOpen}, {"status", Fault::Kind::Status}};
    const auto found = kinds.find(name);
    return found == kinds.end() ? Fault::Kind::Stall : found->second;
}

FakeConnection::FakeConnection(FileDescriptor socket)
    : m_socket(std::move(socket))
{
}

bool FakeConnection::receive()
{
    std::array<char, 65536> buffer;
    while (true) {
        const ssize_t got = ::recv(m_socket.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (got == 0) {
            m_inputEnded = m_raw;
            return m_raw;
        }
        if (got < 0) {
            return errno == EAGAIN || errno == EINTR;
        }
        const auto bytes = static_cast<std::size_t>(got);
        const std::uint64_t left = m_chunkedBody ? 0 : m_bodyLeft;
        const auto ofBody = static_cast<std::size_t>(std::min<std::uint64_t>(left, bytes));
        constexpr std::size_t keptBody = std::size_t(1) << 20U;
        if (ofBody > 0) {
            const std::size_t room = keptBody - std::min(keptBody, m_reading->body.size());
            m_reading->body.append(buffer.data(), std::min(room, ofBody));
            m_bodyLeft -= ofBody;
        }
        m_in.append(buffer.data() + ofBody, bytes - ofBody);
        if (m_chunkedBody) {
            readChunks();
        }
    }
}

void FakeConnection::keepOfBody(std::size_t bytes)
{
    constexpr std::size_t keptBody = std::size_t(1) << 20U;
    const std::size_t room = keptBody - std::min(keptBody, m_reading->body.size());
    m_reading->body.append(m_in, 0, std::min(room, bytes));
    m_in.erase(0, bytes);
}

/// Takes what is there of a chunked body; m_chunkedBody is false once it is whole.
void FakeConnection::readChunks()
{
    while (m_chunkedBody) {
        if (m_bodyLeft > 0) {
            const auto there =
                static_cast<std::size_t>(std::min<std::uint64_t>(m_bodyLeft, m_in.size()));
            keepOfBody(there);
            m_reading->bodyBytes += there;
            m_bodyLeft -= there;
            if (m_bodyLeft > 0) {
                return;
            }
            m_behindChunk = true;
        }
        const std::size_t skipped = m_behindChunk ? 2 : 0;
        const std::size_t lineEnd = m_in.find("\r\n", skipped);
        if (lineEnd == std::string::npos) {
            return;
        }
        std::from_chars(m_in.data() + skipped, m_in.data() + lineEnd, m_bodyLeft, 16);
        if (m_bodyLeft == 0 && m_in.size() < lineEnd + 4) {
            return; // the empty line behind the last chunk is missing
        }
        m_chunkedBody = m_bodyLeft > 0;
        m_in.erase(0, lineEnd + (m_chunkedBody ? 2 : 4));
        m_behindChunk = false;
    }
}

std::optional<FakeRequest> FakeConnection::takeRequest()
{
    if (m_answering || m_raw) {
        return std::nullopt;
    }
    if (!m_reading) {
        const std::size_t end = m_in.find("\r\n\r\n");
        if (end == std::string::npos) {
            return std::nullopt;
        }
        const std::string head = m_in.substr(0, end + 2);
        m_in.erase(0, end + 4);
        m_reading = requestOf(head);
        m_chunkedBody = lowered(head).contains("\r\ntransfer-encoding: chunked");
        if (!m_chunkedBody) {
            m_reading->bodyBytes = contentLength(head);
            const auto there = static_cast<std::size_t>(
                std::min<std::uint64_t>(m_reading->bodyBytes, m_in.size()));
            m_bodyLeft = m_reading->bodyBytes - there;
            keepOfBody(there);
        }
        readChunks();
    }
    if (m_bodyLeft > 0 || m_chunkedBody) {
        return std::nullopt;
    }
    m_answering = true;
    m_sentInAll = 0;
    m_notBefore = {};
    m_began = std::chrono::steady_clock::now();
    return std::exchange(m_reading, std::nullopt);
}

void FakeConnection::bend(const Fault *fault, std::size_t headSize)
{
    if (fault == nullptr) {
        return;
    }
    const auto value = static_cast<std::uint64_t>(std::max<std::int64_t>(fault->value, 0));
    switch (fault->kind) {
    case Fault::Kind::Stall:
        m_silent = true;
        break;
    case Fault::Kind::Delay:
        m_notBefore = m_began + std::chrono::milliseconds(fault->value);
        break;
    case Fault::Kind::Cut:
        m_cutAt = value;
        break;
    case Fault::Kind::CutBody:
        m_cutAt = headSize + value;
        break;
    case Fault::Kind::Hang:
        m_hangAt = value;
        break;
    case Fault::Kind::Garble:
        for (std::size_t i = headSize; i < m_out.size(); i += std::max<std::uint64_t>(value, 1)) {
            m_out[i] = '\x01';
        }
        break;
    case Fault::Kind::Trickle:
        m_bytesPerSecond = std::max<std::int64_t>(fault->value, 1);
        break;
    case Fault::Kind::Raw:
        m_out = fault->text;
        m_closeAfter = true;
        break;
    case Fault::Kind::RawOpen:
        m_out = fault->text;
        m_hangAt = m_out.size();
        m_stream = true;
        break;
    case Fault::Kind::Status:
        break;
    }
}

void FakeConnection::answer(int status, const std::string &contentType, const std::string &body,
                            const std::string &extraHeaders, const Fault *fault)
{
    std::string head = "HTTP/1.1 " + std::to_string(status) + " Fake\r\nApi-Version: 1.45\r\n";
    if (!extraHeaders.empty()) {
        head = "HTTP/1.1 " + std::to_string(status) + " Fake\r\n" + extraHeaders;
    }
    const bool bare = status == 204 || status == 304;
    if (!bare) {
        head += "Content-Type: " + contentType +
                "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    }
    head += "\r\n";
    m_out = bare ? head : head + body;
    m_sent = 0;
    bend(fault, head.size());
}

void FakeConnection::beginStream(const std::string &contentType, const Fault *fault)
{
    m_out = "HTTP/1.1 200 OK\r\nContent-Type: " + contentType +
            "\r\nTransfer-Encoding: chunked\r\n\r\n";
    m_sent = 0;
    m_stream = true;
    bend(fault, m_out.size());
}

void FakeConnection::upgrade(const std::string &head, const Fault *fault)
{
    m_out = head;
    m_sent = 0;
    m_raw = true;
    m_stream = true;
    bend(fault, m_out.size());
}

void FakeConnection::stream(const std::string &bytes)
{
    if (!bytes.empty()) {
        m_out += chunk(bytes);
    }
}

void FakeConnection::endStream()
{
    m_out += "0\r\n\r\n";
    m_stream = false;
}

std::size_t FakeConnection::allowed(Moment now) const
{
    if (m_silent || now < m_notBefore) {
        return 0;
    }
    std::uint64_t room = m_out.size() - m_sent;
    if (m_bytesPerSecond > 0) {
        const auto milliseconds =
            std::chrono::duration_cast<std::chrono::milliseconds>(now - m_began).count();
        const auto earned = static_cast<std::uint64_t>(milliseconds * m_bytesPerSecond / 1000 + 1);
        room = std::min(room, earned > m_sentInAll ? earned - m_sentInAll : 0);
    }
    for (const auto &limit : {m_cutAt, m_hangAt}) {
        if (limit) {
            room = std::min(room, *limit > m_sentInAll ? *limit - m_sentInAll : 0);
        }
    }
    return static_cast<std::size_t>(room);
}

bool FakeConnection::wantsToSend(Moment now) const
{
    return allowed(now) > 0;
}

std::optional<Moment> FakeConnection::due(Moment now) const
{
    if (m_silent || m_sent == m_out.size()) {
        return std::nullopt;
    }
    if (now < m_notBefore) {
        return m_notBefore;
    }
    if (m_bytesPerSecond > 0) {
        return now + std::chrono::milliseconds(std::max<std::int64_t>(1000 / m_bytesPerSecond, 1));
    }
    return std::nullopt;
}

bool FakeConnection::flush(Moment now)
{
    if (!m_answering) {
        return true;
    }
    if (const std::size_t room = allowed(now); room > 0) {
        const ssize_t sent =
            ::send(m_socket.get(), m_out.data() + m_sent, room, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0) {
            return errno == EAGAIN || errno == EINTR;
        }
        m_sent += static_cast<std::size_t>(sent);
        m_sentInAll += static_cast<std::size_t>(sent);
    }
    if (m_cutAt && m_sentInAll >= *m_cutAt && !m_silent) {
        return false;
    }
    if (m_sent == m_out.size() && !m_silent) {
        m_out.clear();
        m_sent = 0;
        if (m_closeAfter) {
            return false;
        }
        m_answering = m_stream;
    } else if (m_sent > (std::size_t(1) << 20U)) {
        m_out.erase(0, m_sent);
        m_sent = 0;
    }
    return true;
}

} // namespace roadstead::test
