// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/file_descriptor.h"
#include "engine/http/exchange.h"
#include "engine/http/head_reader.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include <curl/curl.h>

namespace roadstead::http {

/// One request on its way: a curl handle and what its callbacks need. Lives on the loop's thread,
/// at one address.
class Transfer final : public Exchange
{
public:
    Transfer(std::uint64_t id, Request request, std::variant<Completion, Sink> receiver);

    Result<void> prepare(Programs &programs) override;
    [[nodiscard]] std::optional<TimePoint> deadline() const override;
    void resume() override;
    void supply() override;
    std::optional<Result<Response>> done(CURLcode code) override { return outcome(code); }
    void finish(Result<Response> result) override;

private:
    struct ListDeleter
    {
        void operator()(curl_slist *list) const { curl_slist_free_all(list); }
    };

    Result<void> openBodyFile();
    Result<void> setHeaders();
    void setMethod();
    void setCallbacks();
    void reportUpload();

    std::size_t takeHeader(std::string_view line);
    std::size_t takeBody(std::string_view bytes);
    std::size_t collect(std::string_view bytes);
    std::size_t giveBody(char *buffer, std::size_t size);
    std::size_t giveFromSource(std::span<char> room);
    void unpause();
    Result<Response> outcome(CURLcode code);
    [[nodiscard]] bool isStream() const { return m_receiver.index() == 1; }
    [[nodiscard]] bool isStreaming() const;
    [[nodiscard]] std::chrono::milliseconds silenceLimit() const;

    static std::size_t onHeader(char *data, std::size_t size, std::size_t count, void *self);
    static std::size_t onBody(char *data, std::size_t size, std::size_t count, void *self);
    static std::size_t onRead(char *buffer, std::size_t size, std::size_t count, void *self);

    std::variant<Completion, Sink> m_receiver;
    std::unique_ptr<curl_slist, ListDeleter> m_headers;
    std::string m_body;
    HeadReader m_head;
    FileDescriptor m_file;
    std::uint64_t m_fileSize = 0;
    std::uint64_t m_fileSent = 0;
    bool m_paused = false;
    bool m_sourceWaits = false;
    bool m_sourceEnded = false;
};

} // namespace roadstead::http
