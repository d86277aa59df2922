// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::archive {

enum class EntryKind {
    File,
    Folder,
    SymbolicLink,
    HardLink, ///< to another entry's path
    Pipe,
    CharacterDevice,
    BlockDevice,
    Other
};

/// An extended attribute of a file: "security.capability" and its bytes.
struct Attribute
{
    std::string name;
    std::string value;
    bool operator==(const Attribute &) const = default;
};

/// One entry of an archive. Everything in it is hostile until it was checked.
struct Entry
{
    EntryKind kind = EntryKind::File;
    std::string path;            ///< bytes as they stand there; folders may end with "/"
    std::string target;          ///< of a link
    unsigned mode = 0;           ///< permissions with set-id and sticky bits
    std::int64_t size = 0;       ///< of a file, bytes
    std::int64_t modifiedAt = 0; ///< seconds since the epoch
    std::int64_t userId = 0;
    std::int64_t groupId = 0;
    unsigned deviceMajor = 0;
    unsigned deviceMinor = 0;
    std::vector<Attribute> attributes{}; ///< never set on files of this computer
};

/// Gives the next bytes of an archive; empty at its end. What it returns must hold until the next
/// call.
using Source = std::function<Result<std::string_view>()>;

/// Takes the next bytes of an archive.
using Sink = std::function<Result<void>(std::string_view)>;

/// The bytes of an archive that is in memory; must not outlive them.
Source sourceOf(std::string_view bytes);

/// The bytes that a descriptor gives; it stays open and is not taken over.
Source sourceOf(int descriptor);

} // namespace roadstead::archive
