// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/http/endpoint.h"

#include <string>

namespace roadstead::http {

/// The parts of an absolute URL of the web.
struct Url
{
    TcpAddress address{}; ///< with `tls` where it is https
    std::string target{}; ///< path and query; at least "/"
    [[nodiscard]] bool isSamePlace(const Url &other) const { return address == other.address; }
    bool operator==(const Url &) const = default;
};

/// Reads a URL (RFC 3986); `base` is what a relative one goes on from. Only http and https; what
/// names a user, is longer than 8 KiB or has a control character is refused with InvalidArgument.
Result<Url> readUrl(const std::string &text, const std::string &base = {});

} // namespace roadstead::http
