// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/dns_message.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace roadstead::launcher {

namespace {

constexpr std::size_t headerSize = 12;
// Of a name as it is sent, with the lengths of its parts and its end (RFC 1035, 2.3.4).
constexpr std::size_t nameLimit = 255;
constexpr std::uint16_t typeA = 1;
constexpr std::uint16_t typeAaaa = 28;
constexpr std::uint16_t classInternet = 1;
constexpr std::uint8_t timeToLive = 30; // seconds
constexpr std::uint8_t codeServerFailure = 2;

using View = std::span<const std::uint8_t>;

std::uint16_t number(View bytes, std::size_t at)
{
    return static_cast<std::uint16_t>(bytes[at] << 8U | bytes[at + 1]);
}

struct Question
{
    std::string name;
    std::uint16_t type = 0;
    std::size_t end = 0; ///< where the question ends
};

std::optional<Question> readQuestion(View query)
{
    // A query (QR 0, opcode 0) with one question.
    if (query.size() < headerSize || (query[2] & 0xf8U) != 0 || number(query, 4) != 1) {
        return std::nullopt;
    }
    Question question;
    std::size_t at = headerSize;
    while (true) {
        if (at >= query.size()) {
            return std::nullopt;
        }
        const std::size_t length = query[at++];
        if (length == 0) {
            break;
        }
        // 64 and more are pointers, which a first question has no place to point to.
        if (length > 63 || at + length > query.size() || at + length - headerSize >= nameLimit) {
            return std::nullopt;
        }
        question.name += question.name.empty() ? "" : ".";
        for (const std::uint8_t byte : query.subspan(at, length)) {
            question.name += static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
        }
        at += length;
    }
    if (at + 4 > query.size() || number(query, at + 2) != classInternet) {
        return std::nullopt;
    }
    question.type = number(query, at);
    question.end = at + 4;
    return question;
}

Bytes packed(const std::string &address, int family)
{
    Bytes bytes(family == AF_INET ? sizeof(in_addr) : sizeof(in6_addr));
    if (inet_pton(family, address.c_str(), bytes.data()) != 1) {
        bytes.clear();
    }
    return bytes;
}

/// The header and question of a reply to this query, with no records yet.
Bytes replyTo(View query, std::size_t questionEnd, std::uint8_t code)
{
    Bytes reply(query.begin(), query.begin() + static_cast<std::ptrdiff_t>(questionEnd));
    reply[2] = static_cast<std::uint8_t>(0x80U | (query[2] & 0x01U)); // a reply; recursion desired
    reply[3] = static_cast<std::uint8_t>(0x80U | code);               // recursion available
    reply[4] = 0;
    reply[5] = questionEnd > headerSize ? 1 : 0;
    std::fill(reply.begin() + 6, reply.begin() + headerSize, std::uint8_t{0});
    return reply;
}

} // namespace

std::optional<std::string> questionName(View query)
{
    auto question = readQuestion(query);
    return question ? std::optional(std::move(question->name)) : std::nullopt;
}

std::optional<Bytes> answerOwnName(View query, const HostAddresses &host)
{
    const auto question = readQuestion(query);
    if (!question ||
        (question->name != "host.docker.internal" && question->name != "gateway.docker.internal")) {
        return std::nullopt;
    }
    Bytes reply = replyTo(query, question->end, 0);
    Bytes address;
    if (question->type == typeA) {
        address = packed(host.ipv4, AF_INET);
    } else if (question->type == typeAaaa) {
        address = packed(host.ipv6, AF_INET6);
    }
    if (!address.empty()) {
        reply[7] = 1;
        const std::array<std::uint8_t, 12> head{
            0xc0, headerSize, // the name: where the question has it
            0,    static_cast<std::uint8_t>(question->type),
            0,    classInternet,
            0,    0,
            0,    timeToLive,
            0,    static_cast<std::uint8_t>(address.size())};
        reply.insert(reply.end(), head.begin(), head.end());
        reply.insert(reply.end(), address.begin(), address.end());
    }
    return reply;
}

std::optional<Bytes> serverFailure(View query)
{
    if (query.size() < headerSize || (query[2] & 0x80U) != 0) {
        return std::nullopt;
    }
    const auto question = readQuestion(query);
    return replyTo(query, question ? question->end : headerSize, codeServerFailure);
}

bool isReplyTo(View reply, View query)
{
    return reply.size() >= headerSize && query.size() >= headerSize && reply[0] == query[0] &&
           reply[1] == query[1] && (reply[2] & 0x80U) != 0;
}

} // namespace roadstead::launcher
