// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>

/// Addresses and names as network options take them.
namespace roadstead::reference {

/// Whether the text is an IPv4 address of four decimal numbers, or an IPv6 address (RFC 4291),
/// without a zone and without brackets.
bool isIpAddress(std::string_view text);

/// The address in its one short form ("::1" for "0:0:0:0:0:0:0:1", RFC 5952), white space around it
/// ignored. IPv4 addresses within IPv6 ("::ffff:1.2.3.4") become IPv4.
/// Fails with ErrorKind::InvalidArgument.
Result<std::string> canonicalIpAddress(std::string_view text);

/// Whether the text is a hardware address of 6, 8 or 20 bytes: "92:d0:c6:0a:29:33", with "-", or
/// "92d0.c60a.2933"; white space around it is ignored.
bool isHardwareAddress(std::string_view text);

/// --dns-search: a domain name, without the dot at its end, or "." for none.
Result<std::string> parseSearchDomain(std::string_view text);

/// --add-host: "name=address", "name:address", the address in brackets or not, or "host-gateway";
/// gives "name:address" as engines take it.
Result<std::string> parseExtraHost(std::string_view text);

/// --link: "container" or "container:alias"; gives the text.
Result<std::string> parseLink(std::string_view text);

} // namespace roadstead::reference
