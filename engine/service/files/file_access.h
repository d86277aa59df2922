// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/container.h"
#include "engine/docker/exec.h"
#include "engine/service/files/copy.h"
#include "engine/service/files/file_entry.h"
#include "engine/service/files/folder_reading.h"
#include "engine/service/operation.h"

#include <QString>

#include <functional>
#include <string>
#include <vector>

namespace roadstead::service {

/// A file that was read.
struct FileContent
{
    FileEntry entry;
    std::string bytes;
    bool isWhole = false; ///< false: it is longer than was asked for, or no file; no bytes then
    std::vector<archive::Attribute> attributes{}; ///< that engines tell of: capabilities
};

/// A file or folder of a container, to this computer.
struct CopyOut
{
    docker::Target container;
    std::string path;
    bool isFolder = false;
    std::int64_t size = 0;              ///< of a file, for the progress
    std::string localPath;              ///< what it becomes; a folder that is there is merged into
    [[nodiscard]] QString line() const; ///< the docker command that does the same
};

/// A file or folder of this computer, into a container. It gets the container's user as owner.
struct CopyIn
{
    docker::Target container;
    std::string localPath;
    std::string folder; ///< in the container
    std::string name;   ///< what it becomes there; a folder that is there is merged into
    bool isFolder = false;
    [[nodiscard]] QString line() const;
};

/// All files of a container as one tar archive on this computer, without those in volumes.
struct ExportTo
{
    docker::Target container;
    std::int64_t size = 0; ///< about how many bytes will come, for the progress; 0 = not known
    std::string localPath; ///< the archive; one that is there is replaced
    [[nodiscard]] QString line() const;
};

/// Removes files and folders with all that is in them, as root, by the container's own `rm`.
[[nodiscard]] docker::CreateExec removalOf(const docker::Target &container,
                                           const std::vector<std::string> &paths);
/// Gives a file or folder another name, as root, by the container's own `mv`.
[[nodiscard]] docker::CreateExec renamingOf(const docker::Target &container,
                                            const std::string &from, const std::string &to);

/// The files of containers, running or not, by the Engine API's archives; only removing and
/// renaming, which it lacks, are done by programs of a running container. All work is done outside
/// the GUI thread. What is changed is recorded in the history. GUI thread.
class FileAccess
{
public:
    FileAccess() = default;
    virtual ~FileAccess() = default;
    FileAccess(const FileAccess &) = delete;
    FileAccess &operator=(const FileAccess &) = delete;

    /// Called in the GUI thread; may come once more after a cancel().
    using FoundEntries = std::function<void(std::vector<FileEntry>, const FolderProgress &)>;
    using CopyAdvances = std::function<void(const CopyProgress &)>;

    /// What is in a folder and, because an archive holds everything, below it, as it comes.
    /// BadRequest or Conflict when it is no folder.
    virtual Operation<FolderReport> readFolder(const docker::Target &container,
                                               const std::string &folder, FoundEntries found) = 0;
    /// What differs from the image.
    virtual Operation<std::vector<docker::FileChange>> changes(const docker::Target &container) = 0;
    virtual Operation<FileContent> readFile(const docker::Target &container,
                                            const std::string &path, std::int64_t longest) = 0;
    /// Puts `bytes` in the place of a file, with its mode and owner. Looks first whether it is
    /// still what `before` says, unless `anyway`: ErrorKind::Conflict when it is not, NotFound
    /// when it has gone. Yields what is there afterwards.
    virtual Operation<FileContent> saveFile(const docker::Target &container,
                                            const FileContent &before, const std::string &bytes,
                                            bool anyway) = 0;
    /// Conflict when there is something of that name.
    virtual Operation<Done> makeFolder(const docker::Target &container,
                                       const std::string &path) = 0;
    /// Which of these paths are there.
    virtual Operation<std::vector<std::string>> existing(const docker::Target &container,
                                                         const std::vector<std::string> &paths) = 0;
    /// See removalOf(). Fails as FileErrand::operation() says; some may be gone then.
    virtual Operation<Done> remove(const docker::Target &container,
                                   const std::vector<std::string> &paths) = 0;
    /// See renamingOf(). Conflict when there is something of the new name.
    virtual Operation<Done> rename(const docker::Target &container, const std::string &from,
                                   const std::string &to) = 0;
    virtual Operation<CopyReport> copyOut(const CopyOut &copy, CopyAdvances advances) = 0;
    virtual Operation<CopyReport> copyIn(const CopyIn &copy, CopyAdvances advances) = 0;
    virtual Operation<CopyReport> exportTo(const ExportTo &wanted, CopyAdvances advances) = 0;
};

} // namespace roadstead::service
