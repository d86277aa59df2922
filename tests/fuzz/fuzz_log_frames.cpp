// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

#include "engine/docker/log_decoder.h"

#include <string>

using namespace roadstead;
using namespace roadstead::docker;

namespace {

struct Decoded
{
    std::string bytes;
    std::string error;
    bool operator==(const Decoded &) const = default;
};

Decoded decode(std::string_view input, std::size_t piece, bool tty)
{
    Decoded decoded;
    LogDecoder decoder(tty);
    const auto receive = [&](LogStream stream, std::string_view payload) {
        require(payload.size() <= 65'536 || tty);
        require(!payload.empty());
        // One mark for each byte, so that the cutting does not show.
        for (const char c : payload) {
            decoded.bytes.push_back(static_cast<char>('0' + static_cast<int>(stream)));
            decoded.bytes.push_back(c);
        }
    };
    while (!input.empty()) {
        const std::string_view part = input.substr(0, piece);
        if (const auto fed = decoder.feed(part, receive); !fed) {
            decoded.error = fed.error().detail;
            return decoded;
        }
        input.remove_prefix(part.size());
    }
    if (const auto end = decoder.finish(); !end) {
        decoded.error = end.error().detail;
    }
    return decoded;
}

} // namespace

void fuzz(std::string_view input)
{
    if (input.empty()) {
        return;
    }
    const std::size_t piece = static_cast<unsigned char>(input.front()) % 16U + 1U;
    input.remove_prefix(1);
    for (const bool tty : {false, true}) {
        const Decoded whole = decode(input, input.size() + 1, tty);
        require(whole == decode(input, 1, tty));
        require(whole == decode(input, piece, tty));
    }
}
