// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/archive/entry.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace roadstead::archive {

/// How much is read before it is taken for an attack.
struct ReadLimits
{
    std::uint64_t mostEntries = 1'000'000;
    std::uint64_t mostBytes = 64ULL << 30; ///< contents of all files together, unpacked
};

/// Reads a tar archive (ustar, pax, GNU), plain or packed with gzip, bzip2 or zstd, in one pass and
/// with constant memory. One thread at a time. Failures are those of the source, or
/// ErrorKind::MalformedReply with libarchive's words as detail, also where a limit is passed.
class Reader
{
public:
    static Result<Reader> open(Source source, const ReadLimits &limits = {});
    ~Reader();
    Reader(Reader &&) noexcept;
    Reader &operator=(Reader &&) noexcept;

    /// The next entry; none at the end. What is left of the contents before it is passed over.
    Result<std::optional<Entry>> next();
    /// The next bytes of the entry's contents; empty at their end. They hold until the next call.
    Result<std::string_view> read();

private:
    struct Private;
    explicit Reader(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace roadstead::archive
