// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/archive/entry.h"
#include "engine/service/files/file_entry.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace roadstead::service {

/// How far the reading of a folder is.
struct FolderProgress
{
    std::uint64_t entries = 0; ///< of the archive, of all depths
};

/// How much of a folder is kept; what is beyond is passed over.
struct FolderLimits
{
    std::size_t mostHere = 50'000;      ///< entries of the folder itself; the reading ends there
    std::size_t mostBelow = 50'000;     ///< entries of folders below it
    std::uint64_t mostRead = 2'000'000; ///< entries of all depths; the reading ends there
};

/// What a reading came to.
struct FolderReport
{
    FolderProgress read;
    bool isCut = false; ///< a limit ended it: there is more in the folder
    /// Folders below whose entries were all handed over, besides the folder itself.
    std::vector<std::string> wholeFolders;
};

/// Hands over a batch of entries, at most ten times a second; false ends the reading.
using EntriesFound = std::function<bool(std::vector<FileEntry>, const FolderProgress &)>;

/// Reads the headers of the archive of a folder and passes over the contents, with bounded memory.
/// `folder` is its path in the container; the archive's own first entry is the folder. Names that
/// could not be in a folder (a "..", an empty one) end it with ErrorKind::MalformedReply. Blocking;
/// any thread.
Result<FolderReport> readFolderArchive(archive::Source source, const std::string &folder,
                                       const EntriesFound &found, const FolderLimits &limits = {});

/// The entry as the archive describes it, at that path.
FileEntry fileEntryOf(const archive::Entry &entry, std::string path);

} // namespace roadstead::service
