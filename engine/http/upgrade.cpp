// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/upgrade.h"

#include <array>

#include <sys/socket.h>

namespace roadstead::http {

namespace {

constexpr std::size_t pieceSize = std::size_t(64) << 10U;

} // namespace

Upgrade::Upgrade(std::uint64_t id, Request request, Source input, Sink sink)
    : Exchange(id, std::move(request))
    , m_input(std::move(input))
    , m_sink(std::move(sink))
{
}

Result<void> Upgrade::prepare(Programs &programs)
{
    m_lastProgress = std::chrono::steady_clock::now();
    if (auto checked = checkRequest(); !checked) {
        return checked;
    }
    if (auto opened = openHandle(programs); !opened) {
        return opened;
    }
    curl_easy_setopt(easy(), CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(easy(), CURLOPT_FRESH_CONNECT, 1L);
    m_out = requestText();
    return {};
}

std::string Upgrade::requestText() const
{
    std::string text =
        m_request.method + " " + pathAt(m_request.endpoint, m_request.target) + " HTTP/1.1\r\n";
    const auto add = [&text](std::string_view name, std::string_view value) {
        text.append(name).append(": ").append(value).append("\r\n");
    };
    add("Host", hostHeader(m_request.endpoint));
    add("User-Agent", "Roadstead");
    add("Connection", "Upgrade");
    add("Upgrade", "tcp");
    add("Content-Length", std::to_string(m_request.body.size()));
    if (!m_request.contentType.empty()) {
        add("Content-Type", m_request.contentType);
    }
    for (const Header &header : m_request.headers) {
        add(header.first, header.second);
    }
    return text + "\r\n" + m_request.body;
}

std::optional<TimePoint> Upgrade::deadline() const
{
    if (m_reader.isOpen()) {
        return std::nullopt;
    }
    const auto limit = m_reader.hasStarted() ? m_request.limits.silence : firstByteLimit();
    if (limit.count() == 0) {
        return std::nullopt;
    }
    return m_lastProgress + limit;
}

void Upgrade::resume()
{
    m_paused = false;
}

void Upgrade::supply()
{
    m_inputWaits = false;
}

std::optional<Result<Response>> Upgrade::done(CURLcode code)
{
    if (m_error) {
        return std::unexpected(*m_error);
    }
    if (code != CURLE_OK) {
        return std::unexpected(curlError(code));
    }
    curl_easy_getinfo(easy(), CURLINFO_ACTIVESOCKET, &m_socket);
    if (m_socket == CURL_SOCKET_BAD) {
        return std::unexpected(error(ErrorKind::Internal, "no socket"));
    }
    m_lastProgress = std::chrono::steady_clock::now();
    return std::nullopt;
}

std::optional<curl_waitfd> Upgrade::wanted() const
{
    if (m_socket == CURL_SOCKET_BAD) {
        return std::nullopt;
    }
    const bool sending = m_sent < m_out.size();
    const auto events =
        static_cast<short>((m_paused ? 0 : CURL_WAIT_POLLIN) | (sending ? CURL_WAIT_POLLOUT : 0));
    // A descriptor without events would still report its peer's end, again and again.
    return events == 0 ? std::nullopt : std::optional(curl_waitfd{m_socket, events, 0});
}

std::optional<Result<Response>> Upgrade::service()
{
    if (m_socket == CURL_SOCKET_BAD) {
        return std::nullopt;
    }
    send();
    receive();
    if (m_error) {
        return std::unexpected(*m_error);
    }
    send(); // what was opened just now may be spoken to at once
    if (m_error) {
        return std::unexpected(*m_error);
    }
    if (m_peerEnded || m_reader.isAnswered()) {
        Result<Response> response = m_reader.finish();
        if (!response) {
            return std::unexpected(error(response.error().kind, response.error().detail));
        }
        return response;
    }
    return std::nullopt;
}

/// Puts the next piece of the input into the empty m_out. False when there is none.
bool Upgrade::refill()
{
    if (!m_reader.isOpen() || m_inputWaits || m_inputEnded) {
        return false;
    }
    m_out.resize(pieceSize);
    m_sent = 0;
    const Result<Given> given = m_input ? m_input(m_out) : Given{0, true};
    m_out.resize(given ? given->bytes : 0);
    if (!given) {
        fail(given.error());
        return false;
    }
    m_inputWaits = m_out.empty() && !given->ended;
    m_inputEnded = given->ended;
    if (m_inputEnded && m_out.empty()) {
        endInput();
    }
    return !m_out.empty();
}

/// Only this direction ends: what the other side still says is wanted.
void Upgrade::endInput()
{
    ::shutdown(m_socket, SHUT_WR);
}

void Upgrade::send()
{
    while (m_sent < m_out.size() || refill()) {
        std::size_t sent = 0;
        const CURLcode code =
            curl_easy_send(easy(), m_out.data() + m_sent, m_out.size() - m_sent, &sent);
        if (code == CURLE_AGAIN) {
            return;
        }
        if (code != CURLE_OK) {
            // Whoever does not listen any more may still have something to say.
            m_out.clear();
            m_sent = 0;
            m_inputEnded = true;
            return;
        }
        m_lastProgress = std::chrono::steady_clock::now();
        m_sent += sent;
        if (m_sent == m_out.size() && m_inputEnded) {
            endInput();
            return;
        }
    }
}

void Upgrade::take(std::string_view bytes)
{
    m_lastProgress = std::chrono::steady_clock::now();
    const auto opened = [this](const Response &response) {
        if (m_sink.head) {
            m_sink.head(response);
        }
    };
    const auto data = [this](std::string_view piece) {
        const Flow flow = m_sink.data ? m_sink.data(piece) : Flow::Continue;
        if (flow == Flow::Stop) {
            fail(ErrorKind::Cancelled);
        }
        m_paused = flow == Flow::Pause;
    };
    if (const auto understood = m_reader.feed(bytes, opened, data); !understood) {
        fail(understood.error());
    }
}

void Upgrade::receive()
{
    // Others have their turn after so many pieces.
    constexpr int mostPieces = 16;
    std::array<char, pieceSize> buffer;
    for (int i = 0; i < mostPieces && !m_paused && !m_error && !m_reader.isAnswered(); ++i) {
        std::size_t received = 0;
        const CURLcode code = curl_easy_recv(easy(), buffer.data(), buffer.size(), &received);
        if (code == CURLE_AGAIN) {
            return;
        }
        if (code != CURLE_OK) {
            fail(curlError(code));
            return;
        }
        if (received == 0) {
            m_peerEnded = true;
            return;
        }
        take(std::string_view(buffer.data(), received));
    }
}

void Upgrade::finish(Result<Response> result)
{
    m_input = nullptr; // whoever fills it learns that it is over before others do
    if (m_sink.end) {
        m_sink.end(std::move(result));
    }
}

} // namespace roadstead::http
