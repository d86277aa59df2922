// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/http/endpoint.h"
#include "engine/http/handle.h"
#include "engine/http/source.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// HTTP/1.1 to engines (RFC 9112), wherever they are, on one thread of its own.
namespace roadstead::http {

using Header = std::pair<std::string, std::string>;

constexpr std::size_t mebibyte = std::size_t(1) << 20U;
constexpr std::size_t objectCap = 16 * mebibyte;
constexpr std::size_t listCap = 256 * mebibyte;
constexpr std::size_t headCap = std::size_t(256) << 10U;

/// What a request is allowed to take. A duration of zero means no limit.
struct Limits
{
    std::size_t bodyBytes = objectCap; ///< of a reply that is collected; streams have no limit
    /// From the request being sent to the first byte of its answer.
    std::chrono::milliseconds firstByte = std::chrono::seconds(15);
    /// Longest silence within an answer that is collected, and within the head of a stream.
    std::chrono::milliseconds silence = std::chrono::seconds(15);
    /// Longest silence within a stream. None by itself: most streams are silent while nothing
    /// happens.
    std::chrono::milliseconds streamSilence{0};
};

/// One request. The target is sent as it stands: encoding it is the caller's work.
struct Request
{
    Endpoint endpoint;
    std::string method = "GET"; ///< token, upper case
    std::string target;         ///< path and query, percent-encoded: "/v1.45/info"
    std::vector<Header> headers;
    std::string body;        ///< sent when the method is not GET, HEAD or DELETE, or when not empty
    std::string contentType; ///< of the body
    std::string bodyFile; ///< path of a regular file to send instead of `body`; read piece by piece
    Source source;        ///< what to send instead of `body` and `bodyFile`, in chunks
    Limits limits;
    std::string operation; ///< goes into errors
    /// Sockets and programs: only connections of requests with the same number are used again. A
    /// new number leaves behind whatever the path of the socket meant before.
    std::uint32_t epoch = 0;
    /// Called while bodyFile is sent: bytes gone, bytes in all.
    std::move_only_function<void(std::uint64_t, std::uint64_t)> uploaded;
};

/// An answer. Header names are lower case; values are as they came, without surrounding space.
struct Response
{
    int status = 0;
    std::vector<Header> headers;
    std::string body;
    /// Whether the answer announced where its body ends. If not, only its content can tell whether
    /// it is whole.
    bool delimited = false;

    /// Value of the first header of that (lower-case) name, empty when there is none.
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// Called exactly once for each request. Any status is a success here; a failure is one of the
/// transport: a socket that cannot be used, no answer in time, an answer that is cut or breaks the
/// rules (see README), a body over the cap, or Cancelled.
using Completion = std::move_only_function<void(Result<Response>)>;

/// Receives a long answer as it arrives. `data` takes all that it is given.
struct Sink
{
    /// The answer's head, before any data. `body` is empty. Not called on failure before.
    std::move_only_function<void(const Response &)> head;
    /// Bytes of the body of a 2xx answer.
    std::move_only_function<Flow(std::string_view)> data;
    /// Last call, exactly once. The body of an answer that is not 2xx comes here (at most 1 MiB of
    /// it); otherwise it is empty.
    Completion end;
};

/// Sends requests. One thread does all of the work, and calls every callback there, never under a
/// lock; callbacks must not block, and must not destroy the client. Functions are thread-safe.
/// Requests that change something are never repeated by themselves and never use an old connection.
class Client
{
public:
    Client();
    /// Ends everything that is under way with ErrorKind::Cancelled and joins the thread: when it
    /// returns, no callback runs or will run.
    ~Client();
    Client(const Client &) = delete;
    Client &operator=(const Client &) = delete;

    Handle send(Request request, Completion completion);
    Handle stream(Request request, Sink sink);
    /// Sends the request with "Connection: Upgrade" and "Upgrade: tcp". When the engine switches
    /// (101, or the 200 of older engines without an announced length), `sink.head` is called, then
    /// `input` is sent and `sink.data` receives, independently of each other, until the engine ends
    /// the connection. The end of `input` ends only that direction. Any other answer comes to
    /// `sink.end` with its body (at most 1 MiB of it), as it does for streams. `request.body` is
    /// sent with the request.
    Handle upgrade(Request request, Source input, Sink sink);

private:
    std::shared_ptr<Loop> m_loop;
};

/// `text` with everything but RFC 3986's unreserved characters (and those in `keep`) as %XX.
std::string percentEncode(std::string_view text, std::string_view keep = {});

} // namespace roadstead::http
