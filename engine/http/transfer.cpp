// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/transfer.h"

#include "engine/http/unix_socket.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace roadstead::http {

namespace {

constexpr std::size_t failedStreamBodyCap = mebibyte;

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

Transfer &transferOf(void *self)
{
    return *static_cast<Transfer *>(self);
}

} // namespace

Transfer::Transfer(std::uint64_t id, Request request, std::variant<Completion, Sink> receiver)
    : m_id(id)
    , m_request(std::move(request))
    , m_receiver(std::move(receiver))
{
}

Error Transfer::error(ErrorKind kind, std::string detail, int code) const
{
    return Error{kind, code, std::move(detail), m_request.operation};
}

void Transfer::fail(ErrorKind kind, std::string detail, int code)
{
    if (!m_error) {
        m_error = error(kind, std::move(detail), code);
    }
}

Result<void> Transfer::checkRequest() const
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

Result<void> Transfer::openBodyFile()
{
    if (m_request.bodyFile.empty()) {
        return {};
    }
    // Non-blocking, so that a pipe put there cannot hold the thread; regular files ignore it.
    m_file.reset(::open(m_request.bodyFile.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status = {};
    if (!m_file.isOpen() || ::fstat(m_file.get(), &status) != 0) {
        const int code = errno;
        return std::unexpected(
            error(ErrorKind::Io, m_request.bodyFile + ": " + std::strerror(code), code));
    }
    if (!S_ISREG(status.st_mode)) {
        return std::unexpected(error(ErrorKind::InvalidArgument, m_request.bodyFile));
    }
    m_fileSize = static_cast<std::uint64_t>(status.st_size);
    return {};
}

Result<void> Transfer::setHeaders()
{
    const auto add = [this](const std::string &line) {
        curl_slist *longer = curl_slist_append(m_headers.get(), line.c_str());
        if (longer == nullptr) {
            return false;
        }
        static_cast<void>(m_headers.release());
        m_headers.reset(longer);
        return true;
    };
    // A header without a value keeps curl from adding its own.
    bool added = add("Host: localhost") && add("Expect:") &&
                 add(m_request.contentType.empty() ? "Content-Type:"
                                                   : "Content-Type: " + m_request.contentType);
    for (const Header &header : m_request.headers) {
        added = added && add(header.first + ": " + header.second);
    }
    if (!added) {
        return std::unexpected(error(ErrorKind::Internal, "out of memory"));
    }
    curl_easy_setopt(m_easy.get(), CURLOPT_HTTPHEADER, m_headers.get());
    return {};
}

void Transfer::setMethod()
{
    CURL *easy = m_easy.get();
    const std::string &method = m_request.method;
    const bool plain = m_request.body.empty() && m_request.bodyFile.empty();
    if (method == "HEAD") {
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
        return;
    }
    if (!plain || (method != "GET" && method != "DELETE")) {
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        if (m_file.isOpen()) {
            curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                             static_cast<curl_off_t>(m_fileSize));
        } else {
            curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                             static_cast<curl_off_t>(m_request.body.size()));
            curl_easy_setopt(easy, CURLOPT_POSTFIELDS, m_request.body.c_str());
        }
    }
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, method.c_str());
    if (method != "GET") {
        // curl repeats a request on a new connection when an old one turns out to be dead; only
        // questions may be asked twice.
        curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    }
}

void Transfer::setCallbacks()
{
    CURL *easy = m_easy.get();
    curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, m_curlMessage);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Transfer::onHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Transfer::onBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, &Transfer::onRead);
    curl_easy_setopt(easy, CURLOPT_READDATA, this);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Transfer::onOpenSocket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
    curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, &Transfer::onSocketOption);
    curl_easy_setopt(easy, CURLOPT_SOCKOPTDATA, this);
}

Result<void> Transfer::prepare()
{
    m_lastProgress = std::chrono::steady_clock::now();
    if (auto checked = checkRequest(); !checked) {
        return checked;
    }
    if (auto opened = openBodyFile(); !opened) {
        return opened;
    }
    m_easy.reset(curl_easy_init());
    if (!m_easy) {
        return std::unexpected(error(ErrorKind::Internal, "curl_easy_init"));
    }
    CURL *easy = m_easy.get();
    constexpr long bufferSize = 128 * 1024;
    // Hosts tell connections apart to curl; the header below is the same for all of them.
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
    setMethod();
    setCallbacks();
    return setHeaders();
}

std::optional<TimePoint> Transfer::deadline() const
{
    const bool uploading = m_file.isOpen() && m_fileSent < m_fileSize;
    if (m_paused || uploading) {
        return std::nullopt;
    }
    const auto limit = m_head.started() ? silenceLimit() : m_request.limits.firstByte;
    if (limit.count() == 0) {
        return std::nullopt;
    }
    return m_lastProgress + limit;
}

std::chrono::milliseconds Transfer::silenceLimit() const
{
    return m_head.complete() && isStream() ? m_request.limits.streamSilence
                                           : m_request.limits.silence;
}

void Transfer::resume()
{
    if (m_paused) {
        m_paused = false;
        m_lastProgress = std::chrono::steady_clock::now();
        curl_easy_pause(m_easy.get(), CURLPAUSE_CONT);
    }
}

bool Transfer::isStreaming() const
{
    const int status = m_head.response().status;
    return isStream() && status >= 200 && status < 300;
}

std::size_t Transfer::takeHeader(std::string_view line)
{
    m_lastProgress = std::chrono::steady_clock::now();
    const bool wasComplete = m_head.complete();
    if (!m_head.line(line)) {
        fail(ErrorKind::MalformedReply, m_head.fault());
        return 0;
    }
    if (m_head.complete() && !wasComplete) {
        const std::uint64_t length = m_head.contentLength().value_or(0);
        if (!isStream() && m_request.method != "HEAD") {
            if (length > m_request.limits.bodyBytes) {
                fail(ErrorKind::MalformedReply, "the answer is longer than " +
                                                    std::to_string(m_request.limits.bodyBytes) +
                                                    " bytes");
                return 0;
            }
            m_body.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(length, 8 * mebibyte)));
        } else if (auto *sink = std::get_if<Sink>(&m_receiver); sink != nullptr && sink->head) {
            sink->head(m_head.response());
        }
    }
    return line.size();
}

std::size_t Transfer::collect(std::string_view bytes)
{
    if (isStream()) {
        const std::size_t room = failedStreamBodyCap - m_body.size();
        m_body.append(bytes.substr(0, room));
        return bytes.size();
    }
    if (bytes.size() > m_request.limits.bodyBytes - m_body.size()) {
        fail(ErrorKind::MalformedReply,
             "the answer is longer than " + std::to_string(m_request.limits.bodyBytes) + " bytes");
        return 0;
    }
    m_body.append(bytes);
    return bytes.size();
}

std::size_t Transfer::takeBody(std::string_view bytes)
{
    m_lastProgress = std::chrono::steady_clock::now();
    if (!m_head.complete()) {
        fail(ErrorKind::MalformedReply, "the answer was cut inside its head");
        return 0;
    }
    if (!isStreaming()) {
        return collect(bytes);
    }
    if (m_paused) {
        return CURL_WRITEFUNC_PAUSE;
    }
    const Flow flow = std::get<Sink>(m_receiver).data(bytes);
    if (flow == Flow::Stop) {
        fail(ErrorKind::Cancelled);
        return 0;
    }
    m_paused = flow == Flow::Pause;
    return bytes.size();
}

void Transfer::reportUpload()
{
    if (m_request.uploaded) {
        m_request.uploaded(m_fileSent, m_fileSize);
    }
}

std::size_t Transfer::giveBody(char *buffer, std::size_t size)
{
    m_lastProgress = std::chrono::steady_clock::now();
    const std::uint64_t left = m_fileSize - m_fileSent;
    if (!m_file.isOpen() || left == 0) {
        return 0;
    }
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, size));
    ssize_t got = -1;
    do {
        got = ::read(m_file.get(), buffer, wanted);
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
        const int code = errno;
        fail(ErrorKind::Io, m_request.bodyFile + ": " + std::strerror(code), code);
        return CURL_READFUNC_ABORT;
    }
    if (got == 0) {
        fail(ErrorKind::Io, m_request.bodyFile + ": the file became shorter while it was sent");
        return CURL_READFUNC_ABORT;
    }
    m_fileSent += static_cast<std::uint64_t>(got);
    reportUpload();
    return static_cast<std::size_t>(got);
}

curl_socket_t Transfer::openSocket()
{
    auto socket = connectUnix(m_request.socketPath);
    if (!socket) {
        const Error &cause = socket.error();
        fail(cause.kind, cause.detail, cause.code);
        return CURL_SOCKET_BAD;
    }
    return socket->release();
}

Result<Response> Transfer::outcome(CURLcode code)
{
    if (m_error) {
        return std::unexpected(*m_error);
    }
    if (code != CURLE_OK) {
        const char *message = m_curlMessage[0] != '\0' ? m_curlMessage : curl_easy_strerror(code);
        return std::unexpected(error(kindOf(code), message, static_cast<int>(code)));
    }
    if (!m_head.complete()) {
        return std::unexpected(
            error(ErrorKind::ConnectionLost, "the answer was cut inside its head"));
    }
    Response response = m_head.response();
    response.body = std::move(m_body);
    return response;
}

void Transfer::finish(Result<Response> result)
{
    Completion completion = isStream() ? std::move(std::get<Sink>(m_receiver).end)
                                       : std::move(std::get<Completion>(m_receiver));
    if (completion) {
        completion(std::move(result));
    }
}

std::size_t Transfer::onHeader(char *data, std::size_t size, std::size_t count, void *self)
{
    return transferOf(self).takeHeader(std::string_view(data, size * count));
}

std::size_t Transfer::onBody(char *data, std::size_t size, std::size_t count, void *self)
{
    return transferOf(self).takeBody(std::string_view(data, size * count));
}

std::size_t Transfer::onRead(char *buffer, std::size_t size, std::size_t count, void *self)
{
    return transferOf(self).giveBody(buffer, size * count);
}

curl_socket_t Transfer::onOpenSocket(void *self, curlsocktype, curl_sockaddr *)
{
    return transferOf(self).openSocket();
}

int Transfer::onSocketOption(void *, curl_socket_t, curlsocktype)
{
    return CURL_SOCKOPT_ALREADY_CONNECTED;
}

} // namespace roadstead::http
