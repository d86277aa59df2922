// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/file_descriptor.h"
#include "engine/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

#include <sys/types.h>

namespace roadstead {

/// A file that is written piece by piece and takes its name at the end: until then, and where it
/// fails, what is there stays as it is. A symbolic link stays one. Blocking; not thread-safe.
/// Failures are those of systemFailure(); their operation is what begin() was given.
class NewFile
{
public:
    /// Beside `path`. EISDIR or EINVAL when something stands there that is no file. `operation`
    /// must live as long as this; `mode` is cut by the umask.
    static Result<NewFile> begin(const std::string &path, const char *operation, mode_t mode);
    NewFile(NewFile &&other) noexcept;
    NewFile &operator=(NewFile &&) = delete;
    NewFile(const NewFile &) = delete;
    NewFile &operator=(const NewFile &) = delete;
    ~NewFile(); ///< without finish() nothing is left

    Result<void> write(std::string_view bytes);
    /// On the disk, and under its name.
    Result<void> finish();
    [[nodiscard]] std::uint64_t size() const { return m_size; } ///< bytes written

private:
    explicit NewFile(const char *operation)
        : m_operation(operation)
    {
    }
    Result<void> flush();

    const char *m_operation;
    std::string m_target;
    std::string m_temporary; ///< empty once there is none
    FileDescriptor m_file;
    std::string m_buffer;
    std::uint64_t m_size = 0;
};

} // namespace roadstead
