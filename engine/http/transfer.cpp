// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/transfer.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace roadstead::http {

namespace {

constexpr std::size_t failedStreamBodyCap = mebibyte;

Transfer &transferOf(void *self)
{
    return *static_cast<Transfer *>(self);
}

} // namespace

Transfer::Transfer(std::uint64_t id, Request request, std::variant<Completion, Sink> receiver)
    : Exchange(id, std::move(request))
    , m_receiver(std::move(receiver))
{
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
    bool added = add("Host: " + hostHeader(m_request.endpoint)) && add("Expect:") &&
                 add(m_request.contentType.empty() ? "Content-Type:"
                                                   : "Content-Type: " + m_request.contentType);
    if (m_request.source) {
        added = added && add("Transfer-Encoding: chunked"); // its length is not known
    }
    for (const Header &header : m_request.headers) {
        added = added && add(header.first + ": " + header.second);
    }
    if (!added) {
        return std::unexpected(error(ErrorKind::Internal, "out of memory"));
    }
    curl_easy_setopt(easy(), CURLOPT_HTTPHEADER, m_headers.get());
    return {};
}

void Transfer::setMethod()
{
    CURL *handle = easy();
    const std::string &method = m_request.method;
    const bool plain = m_request.body.empty() && m_request.bodyFile.empty() && !m_request.source;
    if (method == "HEAD") {
        curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
        return;
    }
    if (!plain || (method != "GET" && method != "DELETE")) {
        curl_easy_setopt(handle, CURLOPT_POST, 1L);
        if (m_request.source) {
            curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(-1));
        } else if (m_file.isOpen()) {
            curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE,
                             static_cast<curl_off_t>(m_fileSize));
        } else {
            curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE,
                             static_cast<curl_off_t>(m_request.body.size()));
            curl_easy_setopt(handle, CURLOPT_POSTFIELDS, m_request.body.c_str());
        }
    }
    curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, method.c_str());
    if (method != "GET") {
        // curl repeats a request on a new connection when an old one turns out to be dead; only
        // questions may be asked twice.
        curl_easy_setopt(handle, CURLOPT_FRESH_CONNECT, 1L);
    }
}

void Transfer::setCallbacks()
{
    CURL *handle = easy();
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &Transfer::onHeader);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &Transfer::onBody);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(handle, CURLOPT_READFUNCTION, &Transfer::onRead);
    curl_easy_setopt(handle, CURLOPT_READDATA, this);
}

Result<void> Transfer::prepare(Programs &programs)
{
    m_lastProgress = std::chrono::steady_clock::now();
    if (auto checked = checkRequest(); !checked) {
        return checked;
    }
    if (auto opened = openBodyFile(); !opened) {
        return opened;
    }
    if (auto opened = openHandle(programs); !opened) {
        return opened;
    }
    setMethod();
    setCallbacks();
    return setHeaders();
}

std::optional<TimePoint> Transfer::deadline() const
{
    const bool uploading =
        (m_file.isOpen() && m_fileSent < m_fileSize) || (m_request.source && !m_sourceEnded);
    if (m_paused || uploading) {
        return std::nullopt;
    }
    const auto limit = m_head.started() ? silenceLimit() : firstByteLimit();
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
        unpause();
    }
}

void Transfer::supply()
{
    if (m_sourceWaits) {
        m_sourceWaits = false;
        m_lastProgress = std::chrono::steady_clock::now();
        unpause();
    }
}

/// Each direction has its own reason to wait.
void Transfer::unpause()
{
    curl_easy_pause(easy(), (m_paused ? CURLPAUSE_RECV : 0) | (m_sourceWaits ? CURLPAUSE_SEND : 0));
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

std::size_t Transfer::giveFromSource(std::span<char> room)
{
    if (m_sourceEnded) {
        return 0;
    }
    const Result<Given> given = m_request.source(room);
    if (!given) {
        fail(given.error());
        return CURL_READFUNC_ABORT;
    }
    m_sourceEnded = given->ended;
    m_sourceWaits = given->bytes == 0 && !given->ended;
    return m_sourceWaits ? CURL_READFUNC_PAUSE : given->bytes;
}

std::size_t Transfer::giveBody(char *buffer, std::size_t size)
{
    m_lastProgress = std::chrono::steady_clock::now();
    if (m_request.source) {
        return giveFromSource({buffer, size});
    }
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

Result<Response> Transfer::outcome(CURLcode code)
{
    if (m_error) {
        return std::unexpected(*m_error);
    }
    if (code != CURLE_OK) {
        return std::unexpected(curlError(code));
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
    m_request.source = nullptr; // whoever fills it learns that it is over before others do
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

} // namespace roadstead::http
