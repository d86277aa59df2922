// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/client.h"
#include "engine/http/programs.h"
#include "engine/http/source.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <curl/curl.h>

namespace roadstead::http {

using TimePoint = std::chrono::steady_clock::time_point;

/// Something that is under way on the loop's thread: a request with its answer, or a connection
/// that is upgraded. Stays at one address.
class Exchange
{
public:
    Exchange(std::uint64_t id, Request request);
    virtual ~Exchange() = default;
    Exchange(const Exchange &) = delete;
    Exchange &operator=(const Exchange &) = delete;

    /// Prepares the curl handle. The failure is to be given to finish(). `programs` outlives all
    /// connections.
    virtual Result<void> prepare(Programs &programs) = 0;
    /// When it has been waited for long enough, if ever.
    [[nodiscard]] virtual std::optional<TimePoint> deadline() const = 0;
    /// Lets a paused receiver go on.
    virtual void resume() = 0;
    /// Asks the source again.
    virtual void supply() = 0;
    /// curl's last word; none when it goes on without curl's transfer.
    virtual std::optional<Result<Response>> done(CURLcode code) = 0;
    /// Calls the completion. Nothing may be called afterwards.
    virtual void finish(Result<Response> result) = 0;
    /// What to wait for besides curl's own sockets.
    [[nodiscard]] virtual std::optional<curl_waitfd> wanted() const { return std::nullopt; }
    /// Does what can be done now, after having waited. The end, if it has come.
    virtual std::optional<Result<Response>> service() { return std::nullopt; }

    [[nodiscard]] std::uint64_t id() const { return m_id; }
    [[nodiscard]] CURL *easy() const { return m_easy.get(); }
    [[nodiscard]] Error error(ErrorKind kind, std::string detail = {}, int code = 0) const;

protected:
    [[nodiscard]] Result<void> checkRequest() const;
    /// Makes the handle, with all that is the same for every connection.
    Result<void> openHandle(Programs &programs);
    /// Keeps the first fault found by ourselves: it counts before curl's own word.
    void fail(ErrorKind kind, std::string detail = {}, int code = 0);
    void fail(Error error);
    [[nodiscard]] Error curlError(CURLcode code) const;
    /// How long the first byte may take: longer where a program has to connect first, which may ask
    /// its user something.
    [[nodiscard]] std::chrono::milliseconds firstByteLimit() const;

    Request m_request;
    std::optional<Error> m_error;
    TimePoint m_lastProgress;

private:
    struct EasyDeleter
    {
        void operator()(CURL *easy) const { curl_easy_cleanup(easy); }
    };

    static curl_socket_t onOpenSocket(void *self, curlsocktype purpose, curl_sockaddr *address);
    static int onSocketOption(void *self, curl_socket_t socket, curlsocktype purpose);
    static int onCloseSocket(void *programs, curl_socket_t socket);
    Result<int> openSocket();
    void setPlace(CURL *easy);
    [[nodiscard]] ErrorKind kindOf(CURLcode code) const;

    const std::uint64_t m_id;
    std::string m_url;
    std::unique_ptr<CURL, EasyDeleter> m_easy;
    char m_curlMessage[CURL_ERROR_SIZE] = {};
    Programs *m_programs = nullptr;
    Programs::Words m_programWords; ///< of the program that was started for this, if one was
};

} // namespace roadstead::http
