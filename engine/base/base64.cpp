// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/base64.h"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace roadstead {

namespace {

constexpr std::string_view standardAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view urlAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::uint32_t byteAt(std::string_view bytes, std::size_t at)
{
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0;
}

} // namespace

std::string toBase64(std::string_view bytes, Base64Alphabet alphabet)
{
    const std::string_view characters =
        alphabet == Base64Alphabet::Url ? urlAlphabet : standardAlphabet;
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::uint32_t group =
            byteAt(bytes, i) << 16U | byteAt(bytes, i + 1) << 8U | byteAt(bytes, i + 2);
        text.push_back(characters[group >> 18U]);
        text.push_back(characters[(group >> 12U) & 63U]);
        text.push_back(i + 1 < bytes.size() ? characters[(group >> 6U) & 63U] : '=');
        text.push_back(i + 2 < bytes.size() ? characters[group & 63U] : '=');
    }
    return text;
}

std::optional<std::string> parseBase64(std::string_view text)
{
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3);
    std::uint32_t group = 0;
    std::size_t filled = 0;
    std::size_t padding = 0;
    for (const char c : text) {
        if (c == '\r' || c == '\n') {
            continue;
        }
        const std::size_t value = c == '=' ? 0 : standardAlphabet.find(c);
        const bool isPadding = c == '=';
        if (value == std::string_view::npos || (isPadding && filled < 2) ||
            (!isPadding && padding > 0)) {
            return std::nullopt;
        }
        padding += isPadding ? 1 : 0;
        group = group << 6U | static_cast<std::uint32_t>(value);
        if (++filled < 4) {
            continue;
        }
        for (std::size_t i = 0; i < 3 - padding; ++i) {
            bytes.push_back(static_cast<char>(
                static_cast<unsigned char>(group >> (16U - 8U * static_cast<unsigned>(i)))));
        }
        group = 0;
        filled = 0;
    }
    return filled == 0 ? std::optional(std::move(bytes)) : std::nullopt;
}

} // namespace roadstead
