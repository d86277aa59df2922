// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/exchange.h"

#include "engine/http/unix_socket.h"

#include <algorithm>

namespace roadstead::http {

namespace {

ErrorKind kindOf(CURLcode code)
{
    switch (code) {
    case CURLE_COULDNT_CONNECT:
        return ErrorKind::Refused;
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_SEND_FAIL_REWIND:
        return ErrorKind::ConnectionLost;
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_HTTP2:
    case CURLE_TOO_LARGE:
    case CURLE_OUT_OF_MEMORY: // what curl calls a header line over its own cap
        return ErrorKind::MalformedReply;
    case CURLE_OPERATION_TIMEDOUT:
        return ErrorKind::NotAnswering;
    default:
        return ErrorKind::Internal;
    }
}

bool isPrintable(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F; });
}

bool breaksLines(std::string_view text)
{
    return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

} // namespace

Exchange::Exchange(std::uint64_t id, Request request)
    : m_request(std::move(request))
    , m_id(id)
{
}

Error Exchange::error(ErrorKind kind, std::string detail, int code) const
{
    return Error{kind, code, std::move(detail), m_request.operation};
}

void Exchange::fail(ErrorKind kind, std::string detail, int code)
{
    fail(error(kind, std::move(detail), code));
}

void Exchange::fail(Error error)
{
    if (!m_error) {
        error.operation = m_request.operation;
        m_error = std::move(error);
    }
}

Error Exchange::curlError(CURLcode code) const
{
    const char *message = m_curlMessage[0] != '\0' ? m_curlMessage : curl_easy_strerror(code);
    return error(kindOf(code), message, static_cast<int>(code));
}

Result<void> Exchange::checkRequest() const
{
    if (!isSocketPath(m_request.socketPath)) {
        return std::unexpected(error(ErrorKind::InvalidArgument, m_request.socketPath));
    }
    const bool clean = m_request.target.starts_with('/') && isPrintable(m_request.target) &&
                       !m_request.method.empty() && isPrintable(m_request.method) &&
                       !breaksLines(m_request.contentType) &&
                       std::ranges::none_of(m_request.headers, [](const Header &header) {
                           return breaksLines(header.first) || breaksLines(header.second);
                       });
    if (!clean) {
        return std::unexpected(error(ErrorKind::InvalidArgument, m_request.target));
    }
    return {};
}

Result<void> Exchange::openHandle()
{
    m_easy.reset(curl_easy_init());
    if (!m_easy) {
        return std::unexpected(error(ErrorKind::Internal, "curl_easy_init"));
    }
    CURL *easy = m_easy.get();
    constexpr long bufferSize = 128 * 1024;
    // Hosts tell connections apart to curl; the header Host is the same for all of them.
    m_url = "http://epoch-" + std::to_string(m_request.epoch) + m_request.target;
    curl_easy_setopt(easy, CURLOPT_URL, m_url.c_str());
    curl_easy_setopt(easy, CURLOPT_UNIX_SOCKET_PATH, m_request.socketPath.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, bufferSize);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "Roadstead");
    curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, m_curlMessage);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Exchange::onOpenSocket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
    curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, &Exchange::onSocketOption);
    curl_easy_setopt(easy, CURLOPT_SOCKOPTDATA, this);
    return {};
}

curl_socket_t Exchange::onOpenSocket(void *self, curlsocktype, curl_sockaddr *)
{
    auto &exchange = *static_cast<Exchange *>(self);
    auto socket = connectUnix(exchange.m_request.socketPath);
    if (!socket) {
        exchange.fail(socket.error());
        return CURL_SOCKET_BAD;
    }
    return socket->release();
}

int Exchange::onSocketOption(void *, curl_socket_t, curlsocktype)
{
    return CURL_SOCKOPT_ALREADY_CONNECTED;
}

} // namespace roadstead::http
