// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/archive/extraction.h"

#include "engine/archive/entry_path.h"
#include "engine/base/beneath.h"
#include "engine/base/files.h"
#include "engine/base/random.h"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace roadstead::archive {

namespace {

constexpr const char *extractOperation = "archive.extract";
constexpr unsigned plainBits = 0777;
constexpr unsigned ownerBits = 0700;
constexpr std::size_t mostNamed = 100;

std::unexpected<Error> refusedEntry(std::string_view why, std::string_view path)
{
    return failure(ErrorKind::MalformedReply, extractOperation,
                   std::string(why).append(": \"").append(path).append("\""));
}

bool writeAll(int descriptor, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) {
            return false;
        }
        bytes.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
    return true;
}

/// One run of `extract`.
class Extraction
{
public:
    Extraction(Reader reader, FileDescriptor root, const ExtractRules &rules)
        : m_reader(std::move(reader))
        , m_root(std::move(root))
        , m_rules(rules)
    {
    }

    Result<ExtractReport> run()
    {
        while (true) {
            const auto entry = m_reader.next();
            if (!entry) {
                return std::unexpected(entry.error());
            }
            if (!*entry) {
                break;
            }
            ++m_report.done.entries;
            if (auto placed = place(**entry); !placed) {
                return std::unexpected(placed.error());
            }
            if (!proceeds()) {
                return failure(ErrorKind::Cancelled, extractOperation);
            }
        }
        if (auto closed = setFolderModes(); !closed) {
            return std::unexpected(closed.error());
        }
        return std::move(m_report);
    }

private:
    [[nodiscard]] bool proceeds() const
    {
        return !m_rules.proceeds || m_rules.proceeds(m_report.done);
    }

    [[nodiscard]] unsigned modeOf(unsigned mode) const
    {
        return mode & plainBits & ~m_rules.withheldMode;
    }

    void leaveOut(const Entry &entry, LeftOut why)
    {
        ++m_report.leftOutCount;
        if (m_report.leftOut.size() < mostNamed) {
            m_report.leftOut.push_back({entry.path, why});
        }
    }

    Result<void> place(const Entry &entry)
    {
        const auto path = insidePath(entry.path);
        if (!path) {
            return std::unexpected(path.error());
        }
        switch (entry.kind) {
        case EntryKind::Folder:
            return makeFolder(*path, entry);
        case EntryKind::File:
            return makeFile(*path, entry);
        case EntryKind::SymbolicLink:
            return makeSymbolicLink(*path, entry);
        case EntryKind::HardLink:
            return makeHardLink(*path, entry);
        case EntryKind::Pipe:
            leaveOut(entry, LeftOut::Pipe);
            return {};
        case EntryKind::CharacterDevice:
        case EntryKind::BlockDevice:
            leaveOut(entry, LeftOut::Device);
            return {};
        case EntryKind::Other:
            break;
        }
        leaveOut(entry, LeftOut::UnknownKind);
        return {};
    }

    /// The folder that `path` goes into, made where it is missing. A link on the way is a refusal.
    Result<FileDescriptor> openFolder(const std::string &path)
    {
        auto folder = openBeneath(m_root.get(), path, O_RDONLY | O_DIRECTORY);
        if (!folder && folder.error().code == ENOENT) {
            auto above = openFolder(folderOf(path));
            if (!above) {
                return above;
            }
            const std::string name = nameOf(path);
            if (::mkdirat(above->get(), name.c_str(), plainBits & ~m_rules.withheldMode) != 0 &&
                errno != EEXIST) {
                return systemFailure(extractOperation, path);
            }
            folder = openBeneath(above->get(), name, O_RDONLY | O_DIRECTORY);
        }
        if (!folder && (folder.error().code == ELOOP || folder.error().code == ENOTDIR)) {
            return refusedEntry("the way leads through something that is no folder", path);
        }
        return folder;
    }

    Result<void> makeFolder(const std::string &path, const Entry &entry)
    {
        if (path.empty()) {
            return {}; // the folder itself, whose mode is not the archive's to change
        }
        auto above = openFolder(folderOf(path));
        if (!above) {
            return std::unexpected(above.error());
        }
        const std::string name = nameOf(path);
        struct stat status{};
        const bool exists =
            ::fstatat(above->get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
        if (exists && !S_ISDIR(status.st_mode) && ::unlinkat(above->get(), name.c_str(), 0) != 0) {
            return systemFailure(extractOperation, path);
        }
        if (::mkdirat(above->get(), name.c_str(), ownerBits) != 0 && errno != EEXIST) {
            return systemFailure(extractOperation, path);
        }
        m_folderModes.emplace_back(path, modeOf(entry.mode) | ownerBits);
        return {};
    }

    /// Modes last: a folder that is closed to writing is filled before.
    Result<void> setFolderModes()
    {
        for (const auto &[path, mode] : m_folderModes) {
            const auto folder = openBeneath(m_root.get(), path, O_RDONLY | O_DIRECTORY);
            // What came later may have taken its place.
            if (folder && ::fchmod(folder->get(), mode) != 0) {
                return systemFailure(extractOperation, path);
            }
        }
        return {};
    }

    Result<void> makeFile(const std::string &path, const Entry &entry)
    {
        if (path.empty()) {
            return refusedEntry("a file without a name", entry.path);
        }
        auto above = openFolder(folderOf(path));
        const auto suffix = randomHex(8);
        if (!above || !suffix) {
            return std::unexpected(above ? suffix.error() : above.error());
        }
        const std::string temporary = ".roadstead-" + *suffix;
        const FileDescriptor file(::openat(above->get(), temporary.c_str(),
                                           O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                                           0600));
        if (!file.isOpen()) {
            return systemFailure(extractOperation, path);
        }
        auto filled = fill(file.get(), path, entry);
        if (filled) {
            filled = rename(above->get(), temporary, path);
        }
        if (!filled) {
            ::unlinkat(above->get(), temporary.c_str(), 0);
        }
        return filled;
    }

    Result<void> fill(int file, const std::string &path, const Entry &entry)
    {
        while (true) {
            const auto bytes = m_reader.read();
            if (!bytes) {
                return std::unexpected(bytes.error());
            }
            if (bytes->empty()) {
                break;
            }
            if (!writeAll(file, *bytes)) {
                return systemFailure(extractOperation, path);
            }
            m_report.done.bytes += bytes->size();
            if (!proceeds()) {
                return failure(ErrorKind::Cancelled, extractOperation);
            }
        }
        if (::fchmod(file, modeOf(entry.mode)) != 0) {
            return systemFailure(extractOperation, path);
        }
        // A date beyond what the file system knows is no reason to lose the file.
        const timespec when{.tv_sec = entry.modifiedAt, .tv_nsec = 0};
        const timespec times[2] = {when, when};
        static_cast<void>(::futimens(file, times));
        return {};
    }

    Result<void> rename(int above, const std::string &from, const std::string &path)
    {
        if (::renameat(above, from.c_str(), above, nameOf(path).c_str()) == 0) {
            return {};
        }
        if (errno == EISDIR) {
            return failure(ErrorKind::Conflict, extractOperation, path, EISDIR);
        }
        return systemFailure(extractOperation, path);
    }

    Result<void> makeSymbolicLink(const std::string &path, const Entry &entry)
    {
        if (path.empty() || entry.target.empty()) {
            return refusedEntry("a link without a name or a target", entry.path);
        }
        if (!m_rules.keepsOutsideLinks && !staysInside(path, entry.target)) {
            leaveOut(entry, LeftOut::OutsideLink);
            return {};
        }
        return placeLink(path, [&entry](int above, const char *name) {
            return ::symlinkat(entry.target.c_str(), above, name);
        });
    }

    Result<void> makeHardLink(const std::string &path, const Entry &entry)
    {
        const auto target = insidePath(entry.target);
        if (!target) {
            return std::unexpected(target.error());
        }
        if (path.empty() || target->empty() || path == *target) {
            return path == *target ? Result<void>{} : refusedEntry("not a hard link", entry.path);
        }
        const auto from = openBeneath(m_root.get(), folderOf(*target), O_RDONLY | O_DIRECTORY);
        if (!from) {
            return refusedEntry("a hard link to what is not there", entry.path);
        }
        const std::string name = nameOf(*target);
        struct stat status{};
        if (::fstatat(from->get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
            return refusedEntry("a hard link to what is not there", entry.path);
        }
        if (S_ISLNK(status.st_mode)) {
            // From another folder it may lead elsewhere: it is a link of its own there.
            return copySymbolicLink(from->get(), name, path, entry);
        }
        if (!S_ISREG(status.st_mode)) {
            return refusedEntry("a hard link to what is no file", entry.path);
        }
        return placeLink(path, [&from, &name](int above, const char *newName) {
            return ::linkat(from->get(), name.c_str(), above, newName, 0);
        });
    }

    Result<void> copySymbolicLink(int from, const std::string &name, const std::string &path,
                                  const Entry &entry)
    {
        Entry copy = entry;
        copy.target.resize(4096);
        const ssize_t length =
            ::readlinkat(from, name.c_str(), copy.target.data(), copy.target.size());
        if (length < 0) {
            return systemFailure(extractOperation, path);
        }
        copy.target.resize(static_cast<std::size_t>(length));
        return makeSymbolicLink(path, copy);
    }

    /// Makes a link in the place of whatever file was there.
    template<typename Make>
    Result<void> placeLink(const std::string &path, Make make)
    {
        auto above = openFolder(folderOf(path));
        if (!above) {
            return std::unexpected(above.error());
        }
        const std::string name = nameOf(path);
        if (make(above->get(), name.c_str()) == 0) {
            return {};
        }
        if (errno != EEXIST) {
            return systemFailure(extractOperation, path);
        }
        if (::unlinkat(above->get(), name.c_str(), 0) != 0) {
            return errno == EISDIR ? failure(ErrorKind::Conflict, extractOperation, path, EISDIR)
                                   : systemFailure(extractOperation, path);
        }
        return make(above->get(), name.c_str()) == 0 ? Result<void>{}
                                                     : systemFailure(extractOperation, path);
    }

    Reader m_reader;
    FileDescriptor m_root;
    const ExtractRules &m_rules;
    ExtractReport m_report;
    std::vector<std::pair<std::string, unsigned>> m_folderModes;
};

} // namespace

Result<ExtractReport> extract(Source source, const std::string &folder, const ExtractRules &rules)
{
    FileDescriptor root(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!root.isOpen()) {
        return systemFailure(extractOperation, folder);
    }
    auto reader = Reader::open(std::move(source), rules.limits);
    if (!reader) {
        return std::unexpected(reader.error());
    }
    return Extraction(std::move(*reader), std::move(root), rules).run();
}

} // namespace roadstead::archive
