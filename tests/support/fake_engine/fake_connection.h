// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/file_descriptor.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace roadstead::test {

using Moment = std::chrono::steady_clock::time_point;

/// A fault of the fake engine.
struct Fault
{
    enum class Kind {
        Stall,   ///< the request is read and never answered
        Delay,   ///< `value` ms before the first byte
        Cut,     ///< the connection ends after `value` bytes of the answer (head included)
        CutBody, ///< the connection ends after `value` bytes of the body
        Hang,    ///< silence after `value` bytes of the answer, the connection stays
        Garble,  ///< every `value`th byte of the body is replaced
        Trickle, ///< `value` bytes a second
        Raw,     ///< `text` instead of the answer, then the end of the connection
        RawOpen, ///< `text` instead of the answer, then silence
        Status   ///< status `value` with body `text`
    };
    Kind kind = Kind::Stall;
    std::string path{}; ///< for requests whose target contains this; empty = all
    std::int64_t value = 0;
    std::string text{};
    int times = -1; ///< how often; -1 = until cleared
};

struct FakeRequest
{
    std::string method;
    std::string path; ///< without query and version prefix, percent-decoded
    std::string target;
    std::map<std::string, std::string> query;
    std::string body; ///< at most 1 MiB of it
    std::uint64_t bodyBytes = 0;
};

/// One client of the fake engine. Non-blocking.
class FakeConnection
{
public:
    explicit FakeConnection(FileDescriptor socket);

    /// Reads what is there. False when the client is gone.
    bool receive();
    /// The next whole request, if any. None while an answer is under way.
    std::optional<FakeRequest> takeRequest();

    /// Queues a whole answer. `fault` bends it.
    void answer(int status, const std::string &contentType, const std::string &body,
                const std::string &extraHeaders, const Fault *fault);
    /// Begins a chunked answer that stream() continues.
    void beginStream(const std::string &contentType, const Fault *fault);
    void stream(const std::string &bytes);
    void endStream();

    /// Answers with `head` and speaks no HTTP any more: raw() sends, takeRaw() is what came.
    void upgrade(const std::string &head, const Fault *fault);
    void raw(const std::string &bytes) { m_out += bytes; }
    std::string takeRaw() { return m_raw ? std::exchange(m_in, {}) : std::string(); }
    /// Ends the connection once all is sent.
    void endRaw() { m_closeAfter = true; }
    [[nodiscard]] bool isRaw() const { return m_raw; }
    /// The client has ended its direction of an upgraded connection.
    [[nodiscard]] bool hasInputEnded() const { return m_inputEnded; }
    [[nodiscard]] bool wantsToReceive() const { return !m_inputEnded; }

    /// Sends what may be sent. False when the connection is over.
    bool flush(Moment now);
    [[nodiscard]] bool wantsToSend(Moment now) const;
    /// When flush() is worth calling again, if time is what it waits for.
    [[nodiscard]] std::optional<Moment> due(Moment now) const;
    [[nodiscard]] int descriptor() const { return m_socket.get(); }
    [[nodiscard]] bool isStream() const { return m_stream; }
    [[nodiscard]] std::size_t queued() const { return m_out.size() - m_sent; }

private:
    void keepOfBody(std::size_t bytes);
    void readChunks();
    void bend(const Fault *fault, std::size_t headSize);
    [[nodiscard]] std::size_t allowed(Moment now) const;

    FileDescriptor m_socket;
    std::string m_in;
    std::optional<FakeRequest> m_reading;
    std::uint64_t m_bodyLeft = 0; ///< of the body, or of its chunk
    bool m_chunkedBody = false;
    bool m_behindChunk = false;
    bool m_raw = false;
    bool m_inputEnded = false;

    std::string m_out;
    std::size_t m_sent = 0;
    std::uint64_t m_sentInAll = 0; ///< of this answer
    bool m_answering = false;
    bool m_stream = false;
    bool m_silent = false;
    bool m_closeAfter = false;
    Moment m_notBefore{};
    Moment m_began{};
    std::optional<std::uint64_t> m_cutAt;
    std::optional<std::uint64_t> m_hangAt;
    std::int64_t m_bytesPerSecond = 0;
};

/// By its name in lower case; Stall when there is none of that name.
Fault::Kind faultKind(const std::string &name);

/// "%2F" to "/".
std::string percentDecode(const std::string &text);

} // namespace roadstead::test
