// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/context_walk.h"

#include "engine/base/beneath.h"
#include "engine/base/files.h"

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <memory>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace roadstead::build {

namespace {

constexpr std::size_t deepest = 250; // a descriptor for each level
constexpr std::size_t longestDockerfile = 16UL * 1024 * 1024;
constexpr unsigned permissionBits = 07777;
constexpr const char *ignoreFile = ".dockerignore";

Result<std::vector<std::string>> namesIn(int folder, const std::string &path)
{
    // A copy of the descriptor, because closing the stream closes what it was made of.
    const int copy = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const std::unique_ptr<DIR, int (*)(DIR *)> stream(copy < 0 ? nullptr : ::fdopendir(copy),
                                                      ::closedir);
    if (!stream) {
        return systemFailure(contextOperation, path);
    }
    std::vector<std::string> names;
    errno = 0;
    while (const dirent *entry = ::readdir(stream.get())) {
        std::string name = entry->d_name;
        if (name != "." && name != "..") {
            names.push_back(std::move(name));
        }
        errno = 0;
    }
    if (errno != 0) {
        return systemFailure(contextOperation, path);
    }
    std::ranges::sort(names);
    return names;
}

Result<std::string> readLink(int folder, const std::string &name, const std::string &path)
{
    std::string target(4096, '\0');
    const ssize_t length = ::readlinkat(folder, name.c_str(), target.data(), target.size());
    if (length < 0) {
        return systemFailure(contextOperation, path);
    }
    target.resize(static_cast<std::size_t>(length));
    return target;
}

EntryType typeOf(mode_t mode)
{
    switch (mode & S_IFMT) {
    case S_IFDIR:
        return EntryType::Folder;
    case S_IFLNK:
        return EntryType::SymbolicLink;
    case S_IFIFO:
        return EntryType::Pipe;
    case S_IFCHR:
        return EntryType::CharacterDevice;
    case S_IFBLK:
        return EntryType::BlockDevice;
    default:
        return EntryType::File;
    }
}

ContextEntry madeFile(std::string name, std::string content)
{
    constexpr unsigned privateFile = 0600;
    ContextEntry entry;
    entry.name = std::move(name);
    entry.mode = privateFile;
    entry.size = static_cast<std::int64_t>(content.size());
    entry.modifiedAt = static_cast<std::int64_t>(::time(nullptr));
    entry.content = std::move(content);
    return entry;
}

} // namespace

ContextWalk::ContextWalk(BuildContext context, PatternMatcher matcher)
    : m_context(std::move(context))
    , m_matcher(std::move(matcher))
{
}

Result<ContextWalk> ContextWalk::begin(BuildContext context)
{
    auto matcher = PatternMatcher::make(context.excludes);
    if (!matcher) {
        return std::unexpected(matcher.error());
    }
    ContextWalk walk(std::move(context), std::move(*matcher));
    walk.m_root.reset(
        ::open(walk.m_context.folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
    if (!walk.m_root.isOpen()) {
        return systemFailure(contextOperation, walk.m_context.folder);
    }
    if (auto entered = walk.enter({}, {}); !entered) {
        return std::unexpected(entered.error());
    }
    return walk;
}

Result<void> ContextWalk::enter(const std::string &path, ParentMatches matches)
{
    if (m_levels.size() >= deepest) {
        return failure(ErrorKind::InvalidArgument, contextOperation,
                       "folders nested too deep: " + path);
    }
    auto folder = openBeneath(m_root.get(), path, O_RDONLY | O_DIRECTORY);
    if (!folder) {
        return std::unexpected(folder.error());
    }
    auto names = namesIn(folder->get(), path);
    if (!names) {
        return std::unexpected(names.error());
    }
    m_levels.push_back({std::move(*folder), path, std::move(*names), 0, std::move(matches)});
    return {};
}

Result<std::optional<ContextEntry>> ContextWalk::next()
{
    while (!m_levels.empty()) {
        Level &level = m_levels.back();
        if (level.at == level.names.size()) {
            m_levels.pop_back();
            continue;
        }
        const std::string name = std::move(level.names[level.at++]);
        auto entry = visit(level, name);
        if (!entry || *entry) {
            return entry;
        }
    }
    return nextMade();
}

Result<std::optional<ContextEntry>> ContextWalk::visit(Level &level, const std::string &name)
{
    const std::string path = level.path + name;
    struct stat status{};
    if (::fstatat(level.folder.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno == ENOENT ? Result<std::optional<ContextEntry>>(std::nullopt)
                               : systemFailure(contextOperation, path);
    }
    ParentMatches matches;
    const auto isLeftOut = m_matcher.matches(path, level.matches, matches);
    if (!isLeftOut) {
        return std::unexpected(isLeftOut.error());
    }
    const bool isFolder = S_ISDIR(status.st_mode);
    auto entry = *isLeftOut ? Result<std::optional<ContextEntry>>(std::nullopt)
                            : describe(level, name, path, status);
    if (!entry) {
        return entry;
    }
    if (isFolder && (!*isLeftOut || m_matcher.mayHoldExceptions(path))) {
        // From here on `level` may be gone.
        if (auto entered = enter(path + "/", std::move(matches)); !entered) {
            return std::unexpected(entered.error());
        }
    }
    const bool isIgnoreFile = *entry && path == ignoreFile;
    if (isIgnoreFile && !m_context.outsideDockerfile.empty()) {
        return replaceIgnoreFile(std::move(**entry));
    }
    return entry;
}

Result<std::optional<ContextEntry>> ContextWalk::describe(const Level &level,
                                                          const std::string &name,
                                                          const std::string &path,
                                                          const struct stat &status)
{
    if (S_ISSOCK(status.st_mode)) {
        return std::nullopt;
    }
    ContextEntry entry;
    entry.type = typeOf(status.st_mode);
    entry.name = entry.type == EntryType::Folder ? path + "/" : path;
    entry.mode = status.st_mode & permissionBits;
    entry.modifiedAt = status.st_mtim.tv_sec;
    if (entry.type == EntryType::SymbolicLink) {
        auto target = readLink(level.folder.get(), name, path);
        if (!target) {
            return std::unexpected(target.error());
        }
        entry.target = std::move(*target);
    }
    if (entry.type == EntryType::CharacterDevice || entry.type == EntryType::BlockDevice) {
        entry.deviceMajor = major(status.st_rdev);
        entry.deviceMinor = minor(status.st_rdev);
    }
    if (entry.type != EntryType::Folder && status.st_nlink > 1) {
        const auto [first, isNew] =
            m_linked.try_emplace(std::pair(status.st_dev, status.st_ino), entry.name);
        if (!isNew) {
            entry.type = EntryType::HardLink;
            entry.target = first->second;
        }
    }
    entry.size = entry.type == EntryType::File ? status.st_size : 0;
    return entry;
}

Result<FileDescriptor> ContextWalk::openFile(const ContextEntry &entry) const
{
    // Not blocking: a pipe may have taken the file's place.
    auto file = openBeneath(m_root.get(), entry.name, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    struct stat status{};
    if (file && (::fstat(file->get(), &status) != 0 || !S_ISREG(status.st_mode))) {
        errno = EINVAL;
        return systemFailure(contextOperation, entry.name);
    }
    return file;
}

/// The name of the Dockerfile from outside is added, so that it does not reach the image.
Result<std::optional<ContextEntry>> ContextWalk::replaceIgnoreFile(ContextEntry entry)
{
    auto text = readFile(m_context.folder + "/" + ignoreFile, longestIgnoreFile);
    if (!text) {
        return std::unexpected(text.error());
    }
    m_hasIgnoreFile = true;
    text->append("\n").append(m_context.dockerfile).append("\n");
    entry.type = EntryType::File;
    entry.target.clear();
    entry.size = static_cast<std::int64_t>(text->size());
    entry.content = std::move(*text);
    return entry;
}

/// What a Dockerfile from outside brings: itself and, where there was none, a .dockerignore.
Result<std::optional<ContextEntry>> ContextWalk::nextMade()
{
    if (m_context.outsideDockerfile.empty()) {
        return std::nullopt;
    }
    if (m_made == 0) {
        auto text = readFile(m_context.outsideDockerfile, longestDockerfile);
        if (!text) {
            return std::unexpected(text.error());
        }
        ++m_made;
        return madeFile(m_context.dockerfile, std::move(*text));
    }
    if (m_made == 1 && !m_hasIgnoreFile) {
        ++m_made;
        return madeFile(ignoreFile, std::string(ignoreFile) + "\n" + m_context.dockerfile + "\n");
    }
    return std::nullopt;
}

Result<void> checkContext(const BuildContext &context)
{
    auto walk = ContextWalk::begin(context);
    if (!walk) {
        return std::unexpected(walk.error());
    }
    while (true) {
        const auto entry = walk->next();
        if (!entry) {
            return std::unexpected(entry.error());
        }
        if (!*entry) {
            return {};
        }
        if ((*entry)->type == EntryType::File && !(*entry)->content) {
            const auto file = walk->openFile(**entry);
            if (!file && file.error().code != ENOENT) {
                return std::unexpected(file.error());
            }
        }
    }
}

} // namespace roadstead::build
