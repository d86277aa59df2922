// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace roadstead {

/// The last two characters of the alphabet (RFC 4648).
enum class Base64Alphabet {
    Standard, ///< "+" and "/"
    Url       ///< "-" and "_"
};

/// `bytes` in base64, padded with "=".
std::string toBase64(std::string_view bytes, Base64Alphabet alphabet = Base64Alphabet::Standard);

/// Bytes from padded base64 of the standard alphabet. Line ends are passed over and the unused bits
/// of the last character are not looked at, as Go's decoder does it. None when it is anything else.
std::optional<std::string> parseBase64(std::string_view text);

} // namespace roadstead
