// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/file_descriptor.h"
#include "engine/base/result.h"
#include "engine/build/build_context.h"
#include "engine/build/pattern_matcher.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

struct stat;

namespace roadstead::build {

inline constexpr std::size_t longestIgnoreFile = 4UL * 1024 * 1024; ///< bytes
/// The operation of this folder's errors.
inline constexpr const char *contextOperation = "build.context";

enum class EntryType {
    File,
    Folder,
    SymbolicLink,
    HardLink, ///< to a file that came before
    Pipe,
    CharacterDevice,
    BlockDevice
};

/// One entry of the archive that is sent. Owner and group are root's for all of them.
struct ContextEntry
{
    EntryType type = EntryType::File;
    std::string name;            ///< relative; folders end with "/"
    unsigned mode = 0;           ///< permissions with set-id and sticky bits
    std::int64_t size = 0;       ///< of a file, bytes
    std::int64_t modifiedAt = 0; ///< seconds since the epoch
    std::string target;          ///< of a link
    unsigned deviceMajor = 0;
    unsigned deviceMinor = 0;
    std::optional<std::string>
        content; ///< of a file that is made here; none = read it from the folder
};

/// Goes through a build context in the order the CLI does (folders before what is in them, names by
/// their bytes) and yields what is sent, one entry after another. Holds one list of names for each
/// level it is in, and the files that have more than one name; nothing grows with the number of
/// files otherwise. No symbolic link is followed, so what is swapped in meanwhile leads nowhere.
/// Sockets are passed over, as the CLI does it. Blocking; one thread at a time.
class ContextWalk
{
public:
    /// Fails with InvalidArgument (a bad pattern) and Io.
    static Result<ContextWalk> begin(BuildContext context);

    /// The next entry; none at the end. Fails with InvalidArgument (a bad pattern, deeper than 250
    /// folders), and Io: EACCES for a folder that may not be read. What vanishes meanwhile is
    /// passed over.
    Result<std::optional<ContextEntry>> next();

    /// The contents of a File entry without `content`. Io when it is no longer a regular file.
    [[nodiscard]] Result<FileDescriptor> openFile(const ContextEntry &entry) const;

private:
    struct Level
    {
        FileDescriptor folder;
        std::string path; ///< "" or ends with "/"
        std::vector<std::string> names;
        std::size_t at = 0;
        ParentMatches matches;
    };

    explicit ContextWalk(BuildContext context, PatternMatcher matcher);
    Result<void> enter(const std::string &path, ParentMatches matches);
    Result<std::optional<ContextEntry>> visit(Level &level, const std::string &name);
    Result<std::optional<ContextEntry>> describe(const Level &level, const std::string &name,
                                                 const std::string &path,
                                                 const struct stat &status);
    Result<std::optional<ContextEntry>> replaceIgnoreFile(ContextEntry entry);
    Result<std::optional<ContextEntry>> nextMade();

    BuildContext m_context;
    PatternMatcher m_matcher;
    FileDescriptor m_root;
    std::vector<Level> m_levels;
    /// First names of files that have several, by device and inode.
    std::map<std::pair<dev_t, ino_t>, std::string> m_linked;
    bool m_hasIgnoreFile = false; ///< it was sent
    int m_made = 0;               ///< entries made at the end so far
};

/// Whether everything that would be sent can be read: walks the whole context once, opening no
/// pipe. The CLI asks the same before it sends a byte. Fails with what is wrong first.
Result<void> checkContext(const BuildContext &context);

} // namespace roadstead::build
