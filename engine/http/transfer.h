// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/file_descriptor.h"
#include "engine/http/client.h"
#include "engine/http/head_reader.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>

#include <curl/curl.h>

namespace roadstead::http {

using TimePoint = std::chrono::steady_clock::time_point;

/// One request on its way: a curl handle and what its callbacks need. Lives on the loop's thread,
/// at one address.
class Transfer
{
public:
    Transfer(std::uint64_t id, Request request, std::variant<Completion, Sink> receiver);
    ~Transfer() = default;
    Transfer(const Transfer &) = delete;
    Transfer &operator=(const Transfer &) = delete;

    /// Prepares the curl handle. The failure is to be given to finish().
    Result<void> prepare();

    [[nodiscard]] std::uint64_t id() const { return m_id; }
    [[nodiscard]] CURL *easy() const { return m_easy.get(); }

    /// When the request has been waited for long enough, if ever.
    [[nodiscard]] std::optional<TimePoint> deadline() const;
    void resume();

    /// What curl's last word on this transfer means.
    Result<Response> outcome(CURLcode code);
    /// Calls the completion. Nothing may be called afterwards.
    void finish(Result<Response> result);
    [[nodiscard]] Error error(ErrorKind kind, std::string detail = {}, int code = 0) const;

private:
    struct EasyDeleter
    {
        void operator()(CURL *easy) const { curl_easy_cleanup(easy); }
    };
    struct ListDeleter
    {
        void operator()(curl_slist *list) const { curl_slist_free_all(list); }
    };

    Result<void> checkRequest() const;
    Result<void> openBodyFile();
    Result<void> setHeaders();
    void setMethod();
    void setCallbacks();
    void reportUpload();

    std::size_t takeHeader(std::string_view line);
    std::size_t takeBody(std::string_view bytes);
    std::size_t collect(std::string_view bytes);
    std::size_t giveBody(char *buffer, std::size_t size);
    curl_socket_t openSocket();
    void fail(ErrorKind kind, std::string detail = {}, int code = 0);
    [[nodiscard]] bool isStream() const { return m_receiver.index() == 1; }
    [[nodiscard]] bool isStreaming() const;
    [[nodiscard]] std::chrono::milliseconds silenceLimit() const;

    static std::size_t onHeader(char *data, std::size_t size, std::size_t count, void *self);
    static std::size_t onBody(char *data, std::size_t size, std::size_t count, void *self);
    static std::size_t onRead(char *buffer, std::size_t size, std::size_t count, void *self);
    static curl_socket_t onOpenSocket(void *self, curlsocktype purpose, curl_sockaddr *address);
    static int onSocketOption(void *self, curl_socket_t socket, curlsocktype purpose);

    const std::uint64_t m_id;
    Request m_request;
    std::variant<Completion, Sink> m_receiver;
    std::unique_ptr<CURL, EasyDeleter> m_easy;
    std::unique_ptr<curl_slist, ListDeleter> m_headers;
    std::string m_url;
    std::string m_body;
    HeadReader m_head;
    std::optional<Error> m_error; ///< what a callback of ours found, before curl's own word
    FileDescriptor m_file;
    std::uint64_t m_fileSize = 0;
    std::uint64_t m_fileSent = 0;
    TimePoint m_lastProgress;
    bool m_paused = false;
    char m_curlMessage[CURL_ERROR_SIZE] = {};
};

} // namespace roadstead::http
