// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace roadstead {

/// SHA-256 (FIPS 180-4) of bytes that arrive in pieces. For names and for comparing content with
/// its digest, not for anything that must run in constant time.
class Sha256
{
public:
    void update(std::string_view bytes);
    /// The digest of all bytes so far as 64 lower-case hexadecimal digits. Ends the computation:
    /// call it once.
    [[nodiscard]] std::string hexDigest();

private:
    void absorbBlock();

    std::array<std::uint32_t, 8> m_state{0x6a09e667U, 0xbb67ae85U, 0x3c6ef372U, 0xa54ff53aU,
                                         0x510e527fU, 0x9b05688cU, 0x1f83d9abU, 0x5be0cd19U};
    std::array<unsigned char, 64> m_block{};
    std::size_t m_filled = 0;
    std::uint64_t m_length = 0; ///< bytes
};

/// The digest of `bytes` as 64 lower-case hexadecimal digits.
std::string sha256Hex(std::string_view bytes);

} // namespace roadstead
