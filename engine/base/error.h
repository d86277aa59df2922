// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace roadstead {

/// What kind of thing went wrong. Closed on purpose: code decides by kind, only ui/text makes words
/// of it.
enum class ErrorKind {
    Cancelled,          ///< the caller asked for it; never shown as a failure
    InvalidArgument,    ///< refused by us before anything was sent
    Denied,             ///< the administrator's consent was refused or cancelled
    Busy,               ///< another request of the same kind is under way; try again
    NotInstalled,       ///< a program or file that is needed is not on this machine
    NoSuchSocket,       ///< the engine's socket does not exist
    NotASocket,         ///< something else stands where the engine's socket should be
    PermissionDenied,   ///< the engine's socket exists but may not be opened
    ForeignSocket,      ///< the socket belongs to a user who is neither root nor the caller
    Refused,            ///< nothing listens on the socket
    NotAnswering,       ///< connected, but no answer in time
    ConnectionLost,     ///< the connection ended before the answer was whole
    NameNotFound,       ///< the host name does not resolve
    TlsFailed,          ///< certificate expired, for another host, not trusted or missing
    MalformedReply,     ///< the answer breaks HTTP or JSON, or is longer than the cap
    UnsupportedVersion, ///< the engine speaks no API version that we speak
    BadRequest,         ///< HTTP 400
    Unauthorized,       ///< HTTP 401 or 403
    NotFound,           ///< HTTP 404
    Conflict,           ///< HTTP 409
    EngineFailed,       ///< HTTP 5xx, or an error inside a 200 stream
    DiskFull,           ///< the engine's or our disk is full
    OutcomeUnknown,     ///< it may or may not have happened: read the state again
    Io,                 ///< a system call of ours failed; code is errno
    Internal            ///< a fault of ours
};

/// Why an operation failed. A value; thread-safe as such.
struct Error
{
    ErrorKind kind = ErrorKind::Internal;
    int code = 0; ///< native code: HTTP status, errno, CURLcode or exit status, by kind; 0 = none
    std::string detail;    ///< raw message as it came (UTF-8, hostile): never shown without ui/text
    std::string operation; ///< what was tried, as a stable identifier such as "container.start"

    bool operator==(const Error &) const = default;
};

} // namespace roadstead
