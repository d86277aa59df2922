// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/exchange.h"

#include "engine/http/unix_socket.h"

#include <algorithm>
#include <cerrno>

namespace roadstead::http {

namespace {

/// What the system says of a TCP connection that could not be made.
ErrorKind kindOfSystem(long error)
{
    switch (error) {
    case ETIMEDOUT:
    case EHOSTUNREACH:
    case ENETUNREACH:
        return ErrorKind::NotAnswering;
    default:
        return ErrorKind::Refused;
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

ErrorKind Exchange::kindOf(CURLcode code) const
{
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return ErrorKind::NameNotFound;
    case CURLE_COULDNT_CONNECT: {
        long system = 0;
        curl_easy_getinfo(easy(), CURLINFO_OS_ERRNO, &system);
        return kindOfSystem(system);
    }
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_INVALIDCERTSTATUS:
        return ErrorKind::TlsFailed;
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
        // TLS 1.3: that our certificate is missing or wrong comes after the connection is made.
        if (std::string_view(m_curlMessage).contains("alert")) {
            return ErrorKind::TlsFailed;
        }
        return ErrorKind::ConnectionLost;
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
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

Error Exchange::curlError(CURLcode code) const
{
    const ErrorKind kind = kindOf(code);
    if (kind == ErrorKind::ConnectionLost && m_programWords) {
        m_programs->hear(m_programWords); // curl may keep the connection for a while
        std::string words = *m_programWords;
        while (words.ends_with('\n') || words.ends_with('\r')) {
            words.pop_back();
        }
        if (!words.empty()) {
            return error(kind, std::move(words), static_cast<int>(code));
        }
    }
    const char *message = m_curlMessage[0] != '\0' ? m_curlMessage : curl_easy_strerror(code);
    return error(kind, message, static_cast<int>(code));
}

std::chrono::milliseconds Exchange::firstByteLimit() const
{
    constexpr std::chrono::milliseconds programLimit = std::chrono::minutes(2);
    const auto limit = m_request.limits.firstByte;
    return m_programWords && limit.count() != 0 ? std::max(limit, programLimit) : limit;
}

Result<void> Exchange::checkRequest() const
{
    if (const auto checked = checkEndpoint(m_request.endpoint); !checked) {
        return std::unexpected(error(checked.error().kind, checked.error().detail));
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

Result<void> Exchange::openHandle(Programs &programs)
{
    m_programs = &programs;
    m_easy.reset(curl_easy_init());
    if (!m_easy) {
        return std::unexpected(error(ErrorKind::Internal, "curl_easy_init"));
    }
    CURL *easy = m_easy.get();
    constexpr long bufferSize = 128 * 1024;
    m_url = endpointUrl(m_request.endpoint, m_request.target, m_request.epoch);
    curl_easy_setopt(easy, CURLOPT_URL, m_url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, bufferSize);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "Roadstead");
    curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, m_curlMessage);
    setPlace(easy);
    return {};
}

/// The network is curl's; everything else is connected by ourselves.
void Exchange::setPlace(CURL *easy)
{
    const auto *address = std::get_if<TcpAddress>(&m_request.endpoint);
    if (address == nullptr) {
        if (const auto *socket = std::get_if<UnixSocket>(&m_request.endpoint)) {
            curl_easy_setopt(easy, CURLOPT_UNIX_SOCKET_PATH, socket->path.c_str());
        } else {
            // A path keeps curl from looking the made-up host up; it is not opened.
            curl_easy_setopt(easy, CURLOPT_UNIX_SOCKET_PATH, "/dev/null");
        }
        curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Exchange::onOpenSocket);
        curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
        curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, &Exchange::onSocketOption);
        curl_easy_setopt(easy, CURLOPT_SOCKOPTDATA, this);
        curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, &Exchange::onCloseSocket);
        curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, m_programs);
        return;
    }
    constexpr long keepAliveSeconds = 30;
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPIDLE, keepAliveSeconds);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPINTVL, keepAliveSeconds / 3);
    if (!address->tls) {
        return;
    }
    const TlsFiles &tls = *address->tls;
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, tls.verify ? 1L : 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, tls.verify ? 2L : 0L);
    if (!tls.authority.empty()) {
        curl_easy_setopt(easy, CURLOPT_CAINFO, tls.authority.c_str());
    }
    if (!tls.certificate.empty()) {
        curl_easy_setopt(easy, CURLOPT_SSLCERT, tls.certificate.c_str());
        curl_easy_setopt(easy, CURLOPT_SSLKEY, tls.key.c_str());
    }
}

Result<int> Exchange::openSocket()
{
    if (const auto *program = std::get_if<Program>(&m_request.endpoint)) {
        auto opened = m_programs->open(*program);
        if (!opened) {
            return std::unexpected(opened.error());
        }
        m_programWords = std::move(opened->words);
        return opened->socket;
    }
    auto socket = connectUnix(std::get<UnixSocket>(m_request.endpoint).path);
    if (!socket) {
        return std::unexpected(socket.error());
    }
    return socket->release();
}

curl_socket_t Exchange::onOpenSocket(void *self, curlsocktype, curl_sockaddr *)
{
    auto &exchange = *static_cast<Exchange *>(self);
    const auto socket = exchange.openSocket();
    if (!socket) {
        exchange.fail(socket.error());
        return CURL_SOCKET_BAD;
    }
    return *socket;
}

int Exchange::onSocketOption(void *, curl_socket_t, curlsocktype)
{
    return CURL_SOCKOPT_ALREADY_CONNECTED;
}

int Exchange::onCloseSocket(void *programs, curl_socket_t socket)
{
    static_cast<Programs *>(programs)->close(socket);
    return 0;
}

} // namespace roadstead::http
