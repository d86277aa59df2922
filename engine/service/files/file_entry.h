// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace roadstead::service {

enum class FileKind {
    File,
    Folder,
    Link, ///< symbolic
    Pipe,
    Device,
    Other
};

/// A file or folder in a container. Names and targets are hostile, and need not be UTF-8.
struct FileEntry
{
    std::string path; ///< from the container's root on: "/", "/etc/hosts"
    FileKind kind = FileKind::File;
    std::string target;          ///< of a link, as it stands there
    unsigned mode = 0;           ///< permissions with set-id and sticky bits
    std::int64_t size = 0;       ///< bytes of a file; below 0 = not known
    std::int64_t modifiedAt = 0; ///< seconds since the epoch
    std::int64_t userId = 0;
    std::int64_t groupId = 0;
    std::string sameAs{}; ///< another name of the same file, where one was seen (hard links)
    bool operator==(const FileEntry &) const = default;
};

/// "hosts" of "/etc/hosts"; empty for the root.
inline std::string fileNameOf(std::string_view path)
{
    return std::string(path.substr(path.rfind('/') + 1));
}

/// "/etc" of "/etc/hosts"; the root is its own parent.
inline std::string parentOf(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    return slash == 0 || slash == std::string_view::npos ? "/" : std::string(path.substr(0, slash));
}

inline std::string joinPath(std::string_view folder, std::string_view name)
{
    std::string path(folder == "/" ? std::string_view() : folder);
    return path.append("/").append(name);
}

/// What a person may type, as a path of FileEntry: absolute, without ".", ".." and double slashes.
std::string cleanPath(std::string_view typed);

} // namespace roadstead::service
