// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/random.h"

#include <cerrno>
#include <cstring>

#include <sys/random.h>

namespace roadstead {

Result<std::string> randomHex(std::size_t bytes)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string raw(bytes, '\0');
    std::size_t filled = 0;
    while (filled < bytes) {
        const ssize_t got = ::getrandom(raw.data() + filled, bytes - filled, 0);
        if (got < 0) {
            if (errno == EINTR) {
                continue;
            }
            return failure(ErrorKind::Io, "random", std::strerror(errno), errno);
        }
        filled += static_cast<std::size_t>(got);
    }
    std::string hex;
    hex.reserve(bytes * 2);
    for (const char c : raw) {
        const auto byte = static_cast<unsigned char>(c);
        hex.push_back(digits[byte >> 4U]);
        hex.push_back(digits[byte & 0xfU]);
    }
    return hex;
}

void wipe(std::string &secret)
{
    secret.resize(secret.capacity());
    ::explicit_bzero(secret.data(), secret.size());
    secret.clear();
}

} // namespace roadstead
