// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/files/copy.h"

#include "engine/archive/extraction.h"
#include "engine/archive/writer.h"
#include "engine/base/file_descriptor.h"
#include "engine/base/files.h"
#include "engine/base/random.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace roadstead::service {

namespace {

namespace fs = std::filesystem;

constexpr const char *copyOperation = "container.files.copy";
constexpr const char *exportOperation = "container.export";
constexpr std::size_t copyPiece = 64UL * 1024;
constexpr std::size_t mostLeftOut = 100;
constexpr unsigned permissionBits = 07777;

/// A folder that goes with all that is in it, unless it is kept.
class FolderGuard
{
public:
    explicit FolderGuard(fs::path path)
        : m_path(std::move(path))
    {
    }
    ~FolderGuard()
    {
        if (!m_path.empty()) {
            std::error_code ignored;
            fs::remove_all(m_path, ignored);
        }
    }
    FolderGuard(const FolderGuard &) = delete;
    FolderGuard &operator=(const FolderGuard &) = delete;
    void keep() { m_path.clear(); }

private:
    fs::path m_path;
};

Result<CopyReport> unpack(archive::Source source, const std::string &folder,
                          const CopyProceeds &proceeds)
{
    archive::ExtractRules rules;
    rules.limits.mostBytes = std::numeric_limits<std::int64_t>::max(); // a person sees it and stops
    rules.proceeds = [&proceeds](const archive::Progress &done) {
        return proceeds({done.bytes, 0});
    };
    auto extracted = archive::extract(std::move(source), folder, rules);
    if (!extracted) {
        return std::unexpected(extracted.error());
    }
    CopyReport report{
        .bytes = extracted->done.bytes, .leftOut = {}, .leftOutCount = extracted->leftOutCount};
    for (auto &item : extracted->leftOut) {
        report.leftOut.push_back(std::move(item.path));
    }
    return report;
}

/// One run of packLocal.
class LocalPacking
{
public:
    LocalPacking(archive::Writer writer, const CopyProceeds &proceeds)
        : m_writer(std::move(writer))
        , m_proceeds(proceeds)
    {
    }

    Result<CopyReport> run(const fs::path &path, const std::string &name)
    {
        if (auto added = add(path, name); !added) {
            return std::unexpected(added.error());
        }
        if (auto finished = m_writer.finish(); !finished) {
            return std::unexpected(finished.error());
        }
        return std::move(m_report);
    }

private:
    Result<void> add(const fs::path &path, const std::string &name)
    {
        struct stat status{};
        if (::lstat(path.c_str(), &status) != 0) {
            return systemFailure(copyOperation, path);
        }
        archive::Entry entry;
        entry.path = name;
        entry.mode = status.st_mode & permissionBits;
        entry.modifiedAt = status.st_mtime;
        entry.userId = status.st_uid;
        entry.groupId = status.st_gid;
        if (S_ISREG(status.st_mode)) {
            return addFile(path, std::move(entry));
        }
        if (S_ISDIR(status.st_mode)) {
            return addFolder(path, std::move(entry));
        }
        if (S_ISLNK(status.st_mode)) {
            std::error_code fault;
            entry.kind = archive::EntryKind::SymbolicLink;
            entry.target = fs::read_symlink(path, fault);
            return fault ? failure(ErrorKind::Io, copyOperation, path, fault.value())
                         : m_writer.begin(entry);
        }
        ++m_report.leftOutCount;
        if (m_report.leftOut.size() < mostLeftOut) {
            m_report.leftOut.push_back(path);
        }
        return {};
    }

    Result<void> addFolder(const fs::path &path, archive::Entry entry)
    {
        entry.kind = archive::EntryKind::Folder;
        if (auto begun = m_writer.begin(entry); !begun) {
            return begun;
        }
        std::error_code fault;
        for (fs::directory_iterator it(path, fault), end; !fault && it != end;
             it.increment(fault)) {
            if (auto added = add(it->path(), entry.path + "/" + it->path().filename().string());
                !added) {
                return added;
            }
        }
        return fault ? failure(ErrorKind::Io, copyOperation, path, fault.value()) : Result<void>{};
    }

    Result<void> addFile(const fs::path &path, archive::Entry entry)
    {
        const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
        struct stat status{};
        if (!file.isOpen() || ::fstat(file.get(), &status) != 0) {
            return systemFailure(copyOperation, path);
        }
        entry.size = status.st_size;
        if (auto begun = m_writer.begin(entry); !begun) {
            return begun;
        }
        std::array<char, copyPiece> buffer{};
        for (std::int64_t left = entry.size; left > 0;) {
            const auto wanted = std::min<std::int64_t>(left, std::int64_t(buffer.size()));
            const ssize_t got = ::read(file.get(), buffer.data(), static_cast<std::size_t>(wanted));
            if (got < 0 && errno == EINTR) {
                continue;
            }
            if (got <= 0) {
                return got < 0 ? systemFailure(copyOperation, path)
                               : failure(ErrorKind::Io, copyOperation,
                                         path.string() + ": it got shorter while it was read");
            }
            if (auto written =
                    m_writer.write(std::string_view(buffer.data(), static_cast<std::size_t>(got)));
                !written) {
                return written;
            }
            left -= got;
            m_report.bytes += static_cast<std::uint64_t>(got);
            if (!m_proceeds({m_report.bytes, 0})) {
                return failure(ErrorKind::Cancelled, copyOperation);
            }
        }
        return {};
    }

    archive::Writer m_writer;
    const CopyProceeds &m_proceeds;
    CopyReport m_report;
};

} // namespace

Result<CopyReport> placeFolder(archive::Source source, const std::string &folder,
                               const CopyProceeds &proceeds)
{
    const bool isNew = ::mkdir(folder.c_str(), 0777) == 0;
    if (!isNew && errno != EEXIST) {
        return systemFailure(copyOperation, folder);
    }
    FolderGuard made(isNew ? folder : std::string());
    auto report = unpack(std::move(source), folder, proceeds);
    if (report) {
        made.keep();
    }
    return report;
}

Result<CopyReport> placeFile(archive::Source source, const std::string &path,
                             const CopyProceeds &proceeds)
{
    // Beside its place, so that it can be moved there as a whole.
    std::string beside = fs::path(path).parent_path() / ".roadstead-XXXXXX";
    if (::mkdtemp(beside.data()) == nullptr) {
        return systemFailure(copyOperation, fs::path(path).parent_path());
    }
    const FolderGuard made(beside);
    auto report = unpack(std::move(source), beside, proceeds);
    if (!report) {
        return report;
    }
    std::error_code fault;
    fs::directory_iterator first(beside, fault);
    if (fault || first == fs::directory_iterator()) {
        return report; // it was left out
    }
    if (::rename(first->path().c_str(), path.c_str()) != 0) {
        return errno == EISDIR || errno == ENOTEMPTY || errno == EEXIST
                   ? failure(ErrorKind::Conflict, copyOperation, path, errno)
                   : systemFailure(copyOperation, path);
    }
    return report;
}

namespace {

/// A file that is being written beside its place, and goes unless it gets there.
class FileInTheMaking
{
public:
    explicit FileInTheMaking(std::string path)
        : m_path(std::move(path))
        , m_file(::open(m_path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666))
    {
    }
    ~FileInTheMaking()
    {
        if (m_file.isOpen() && !m_path.empty()) {
            ::unlink(m_path.c_str());
        }
    }
    FileInTheMaking(const FileInTheMaking &) = delete;
    FileInTheMaking &operator=(const FileInTheMaking &) = delete;

    [[nodiscard]] bool isOpen() const { return m_file.isOpen(); }
    bool write(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const ssize_t written = ::write(m_file.get(), bytes.data(), bytes.size());
            if (written < 0 && errno != EINTR) {
                return false;
            }
            bytes.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
        }
        return true;
    }
    bool moveTo(const std::string &path)
    {
        if (::fsync(m_file.get()) != 0 || ::rename(m_path.c_str(), path.c_str()) != 0) {
            return false;
        }
        m_path.clear();
        return true;
    }

private:
    std::string m_path;
    FileDescriptor m_file;
};

} // namespace

Result<CopyReport> placeBytes(const archive::Source &source, const std::string &path,
                              const CopyProceeds &proceeds)
{
    const auto suffix = randomHex(8);
    if (!suffix) {
        return std::unexpected(suffix.error());
    }
    FileInTheMaking file(path + "." + *suffix + ".part");
    if (!file.isOpen()) {
        return systemFailure(exportOperation, path);
    }
    CopyReport report;
    for (;;) {
        const auto piece = source();
        if (!piece) {
            return std::unexpected(piece.error());
        }
        if (piece->empty()) {
            break;
        }
        if (!file.write(*piece)) {
            return systemFailure(exportOperation, path);
        }
        report.bytes += piece->size();
        if (!proceeds({report.bytes, 0})) {
            return failure(ErrorKind::Cancelled, exportOperation);
        }
    }
    if (!file.moveTo(path)) {
        return systemFailure(exportOperation, path);
    }
    return report;
}

Result<CopyReport> packLocal(const archive::Sink &sink, const std::string &path,
                             const std::string &name, const CopyProceeds &proceeds)
{
    auto writer = archive::Writer::open(sink);
    if (!writer) {
        return std::unexpected(writer.error());
    }
    return LocalPacking(std::move(*writer), proceeds).run(path, name);
}

} // namespace roadstead::service
