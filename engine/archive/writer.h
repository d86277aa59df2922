// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/archive/entry.h"

#include <memory>
#include <string_view>

namespace roadstead::archive {

enum class Packing { None, Gzip };

/// Writes a tar archive (pax where a name or size asks for it) to a sink as it is made, with
/// constant memory. One thread at a time. Failures are those of the sink,
/// ErrorKind::InvalidArgument for an entry that cannot be written, ErrorKind::Internal otherwise.
class Writer
{
public:
    static Result<Writer> open(Sink sink, Packing packing = Packing::None);
    ~Writer();
    Writer(Writer &&) noexcept;
    Writer &operator=(Writer &&) noexcept;

    /// Begins an entry. A file must then get exactly its size of bytes.
    Result<void> begin(const Entry &entry);
    /// Contents of the file that was begun. InvalidArgument when they are more than its size.
    Result<void> write(std::string_view bytes);
    /// Ends the archive. Without this it is cut and no reader takes it for whole. InvalidArgument
    /// when the last file is shorter than its size.
    Result<void> finish();

private:
    struct Private;
    explicit Writer(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace roadstead::archive
