// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/archive/entry.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace roadstead::service {

/// How far a copy is.
struct CopyProgress
{
    std::uint64_t bytes = 0; ///< of contents
    std::uint64_t total = 0; ///< 0 = not known: nobody has walked over the folder
};
/// Called now and then; false cancels.
using CopyProceeds = std::function<bool(const CopyProgress &)>;

/// What a copy came to.
struct CopyReport
{
    std::uint64_t bytes = 0;
    std::vector<std::string> leftOut; ///< paths of the first 100 that could not be copied; hostile
    std::uint64_t leftOutCount = 0;
};

/// Unpacks what an engine packed of a folder's contents ("path/.") into `folder`, which is made
/// where it is not there and merged into where it is. One that was made goes again on a failure.
/// Rules and errors of archive::extract. Blocking; any thread, as are all of these.
Result<CopyReport> placeFolder(archive::Source source, const std::string &folder,
                               const CopyProceeds &proceeds);

/// Unpacks one file, or a link that stays where it is, as `path`: whole or not at all. One that is
/// there is replaced; a folder is not (ErrorKind::Conflict).
Result<CopyReport> placeFile(archive::Source source, const std::string &path,
                             const CopyProceeds &proceeds);

/// Writes all that comes to the file `path`: whole or not at all. One that is there is replaced.
/// Fails with DiskFull or Io when it cannot be written.
Result<CopyReport> placeBytes(const archive::Source &source, const std::string &path,
                              const CopyProceeds &proceeds);

/// Packs a file or folder of this computer under `name`: files, folders and symbolic links with
/// their permissions and times. Fails with Io when something cannot be read, and when a file gets
/// shorter meanwhile.
Result<CopyReport> packLocal(const archive::Sink &sink, const std::string &path,
                             const std::string &name, const CopyProceeds &proceeds);

} // namespace roadstead::service
