// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/file_descriptor.h"
#include "engine/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace roadstead::service {

/// A file that comes into being whole or not at all: written beside its target, renamed by
/// finish(). What was begun and not finished goes again with this. Failures are those of
/// systemFailure(). Blocking; one thread at a time.
class WholeFile
{
public:
    /// `path` may exist: then it is replaced, and a link stays one. Only its owner can read it.
    static Result<WholeFile> begin(const std::string &path);
    WholeFile(WholeFile &&other) noexcept;
    WholeFile &operator=(WholeFile &&) = delete;
    ~WholeFile();

    Result<void> write(std::string_view bytes);
    Result<void> finish();
    [[nodiscard]] std::uint64_t size() const { return m_size; } ///< bytes written

private:
    WholeFile(std::string target, std::string temporary, FileDescriptor file);

    std::string m_target;
    std::string m_temporary; ///< empty once it is in its place
    FileDescriptor m_file;
    std::uint64_t m_size = 0;
};

} // namespace roadstead::service
