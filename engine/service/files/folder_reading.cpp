// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/files/folder_reading.h"

#include "engine/archive/entry_path.h"
#include "engine/archive/reader.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <optional>
#include <unordered_map>
#include <utility>

namespace roadstead::service {

namespace {

constexpr const char *folderOperation = "container.files.read";
constexpr std::size_t mostSizes = 50'000;
constexpr std::size_t firstBatch = 16; ///< something is on screen at once

FileKind fileKindOf(archive::EntryKind kind)
{
    switch (kind) {
    case archive::EntryKind::File:
    case archive::EntryKind::HardLink: // another name of a file is a file
        return FileKind::File;
    case archive::EntryKind::Folder:
        return FileKind::Folder;
    case archive::EntryKind::SymbolicLink:
        return FileKind::Link;
    case archive::EntryKind::Pipe:
        return FileKind::Pipe;
    case archive::EntryKind::CharacterDevice:
    case archive::EntryKind::BlockDevice:
        return FileKind::Device;
    case archive::EntryKind::Other:
        break;
    }
    return FileKind::Other;
}

/// One run of readFolderArchive.
class FolderReading
{
public:
    FolderReading(std::string folder, const EntriesFound &found, const FolderLimits &limits)
        : m_folder(std::move(folder))
        , m_found(found)
        , m_limits(limits)
    {
    }

    Result<FolderReport> run(archive::Reader reader)
    {
        while (true) {
            const auto entry = reader.next();
            if (!entry) {
                return std::unexpected(entry.error());
            }
            if (!*entry) {
                break;
            }
            if (auto taken = take(**entry); !taken) {
                return std::unexpected(taken.error());
            }
            if (m_report.isCut) {
                break;
            }
            if (isDue() && !flush()) {
                return failure(ErrorKind::Cancelled, folderOperation);
            }
        }
        if (!flush()) {
            return failure(ErrorKind::Cancelled, folderOperation);
        }
        if (!m_isFull && !m_report.isCut) {
            m_report.wholeFolders = std::move(m_foldersBelow);
        }
        return std::move(m_report);
    }

private:
    using Clock = std::chrono::steady_clock;

    Result<void> take(const archive::Entry &raw)
    {
        auto inside = archive::insidePath(raw.path);
        if (!inside) {
            return std::unexpected(inside.error());
        }
        if (m_report.read.entries++ == 0) {
            // The folder itself, under its own name, or as ".".
            m_prefix = inside->empty() ? std::string() : *inside + "/";
            return raw.kind == archive::EntryKind::Folder
                       ? Result<void>{}
                       : failure(ErrorKind::Conflict, folderOperation, m_folder);
        }
        if (m_report.read.entries > m_limits.mostRead) {
            m_report.isCut = true;
            return {};
        }
        if (!inside->starts_with(m_prefix) || inside->size() == m_prefix.size()) {
            return failure(ErrorKind::MalformedReply, folderOperation,
                           "an entry that is not in the folder: \"" + raw.path + "\"");
        }
        const std::string relative = inside->substr(m_prefix.size());
        keep(raw, relative);
        return {};
    }

    void keep(const archive::Entry &raw, const std::string &relative)
    {
        const bool isHere = !relative.contains('/');
        FileEntry entry = fileEntryOf(raw, joinPath(m_folder, relative));
        if (raw.kind == archive::EntryKind::HardLink) {
            const std::string first = insideOf(raw.target);
            const auto known = m_sizes.find(first);
            entry.size = known == m_sizes.end() ? -1 : known->second;
            entry.sameAs = first.empty() ? std::string() : joinPath(m_folder, first);
        } else if (raw.kind == archive::EntryKind::File && m_sizes.size() < mostSizes) {
            m_sizes.emplace(relative, raw.size);
        }
        if (isHere ? ++m_here > m_limits.mostHere : m_isFull || ++m_below > m_limits.mostBelow) {
            m_isFull = true;
            m_report.isCut = m_report.isCut || isHere;
            return;
        }
        if (entry.kind == FileKind::Folder) {
            m_foldersBelow.push_back(entry.path);
        }
        m_batch.push_back(std::move(entry));
    }

    /// The path of a link's target in the folder; empty when it is not in it.
    std::string insideOf(const std::string &target) const
    {
        const auto inside = archive::insidePath(target);
        return inside && inside->starts_with(m_prefix) ? inside->substr(m_prefix.size())
                                                       : std::string();
    }

    [[nodiscard]] bool isDue() const
    {
        constexpr std::chrono::milliseconds spacing{100};
        return (!m_isFlushed && m_batch.size() >= firstBatch) ||
               Clock::now() - m_lastFlush >= spacing;
    }
    bool flush()
    {
        m_isFlushed = true;
        m_lastFlush = Clock::now();
        return m_found(std::exchange(m_batch, {}), m_report.read);
    }

    const std::string m_folder;
    const EntriesFound &m_found;
    const FolderLimits m_limits;
    FolderReport m_report;
    std::string m_prefix;
    std::vector<FileEntry> m_batch;
    std::vector<std::string> m_foldersBelow;
    std::unordered_map<std::string, std::int64_t> m_sizes; ///< of files, for their further names
    std::size_t m_here = 0;
    std::size_t m_below = 0;
    bool m_isFull = false;
    bool m_isFlushed = false;
    Clock::time_point m_lastFlush = Clock::now();
};

} // namespace

std::string cleanPath(std::string_view typed)
{
    std::vector<std::string_view> parts;
    while (!typed.empty()) {
        const std::size_t slash = typed.find('/');
        const std::string_view part = typed.substr(0, slash);
        typed.remove_prefix(slash == std::string_view::npos ? typed.size() : slash + 1);
        if (part == ".." && !parts.empty()) {
            parts.pop_back();
        } else if (!part.empty() && part != "." && part != "..") {
            parts.push_back(part);
        }
    }
    std::string path;
    for (const std::string_view part : parts) {
        path.append("/").append(part);
    }
    return path.empty() ? "/" : path;
}

FileEntry fileEntryOf(const archive::Entry &entry, std::string path)
{
    return {.path = std::move(path),
            .kind = fileKindOf(entry.kind),
            .target = entry.kind == archive::EntryKind::SymbolicLink ? entry.target : std::string(),
            .mode = entry.mode,
            .size = entry.size,
            .modifiedAt = entry.modifiedAt,
            .userId = entry.userId,
            .groupId = entry.groupId};
}

Result<FolderReport> readFolderArchive(archive::Source source, const std::string &folder,
                                       const EntriesFound &found, const FolderLimits &limits)
{
    archive::ReadLimits reading;
    reading.mostBytes = std::numeric_limits<std::int64_t>::max(); // contents are not kept
    auto reader = archive::Reader::open(std::move(source), reading);
    if (!reader) {
        return std::unexpected(reader.error());
    }
    return FolderReading(folder, found, limits).run(std::move(*reader));
}

} // namespace roadstead::service
