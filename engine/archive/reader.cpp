// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/archive/reader.h"

#include "engine/base/files.h"

#include <archive.h>
#include <archive_entry.h>

#include <array>
#include <cerrno>
#include <utility>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

namespace roadstead::archive {

namespace {

constexpr const char *readOperation = "archive.read";
constexpr std::size_t piece = 64UL * 1024;
constexpr std::size_t longestName = 16UL * 1024;
constexpr std::size_t mostAttributes = 64; ///< those beyond are passed over

std::unexpected<Error> malformed(std::string why)
{
    return failure(ErrorKind::MalformedReply, readOperation, std::move(why));
}

/// libarchive converts names to the locale's character set, which may have no form for them.
std::string nameOf(const char *inLocale, const char *inUtf8)
{
    const char *name = inLocale != nullptr ? inLocale : inUtf8;
    return name == nullptr ? std::string() : std::string(name);
}

EntryKind kindOf(::archive_entry *entry)
{
    if (::archive_entry_hardlink(entry) != nullptr ||
        ::archive_entry_hardlink_utf8(entry) != nullptr) {
        return EntryKind::HardLink;
    }
    switch (::archive_entry_filetype(entry)) {
    case AE_IFREG:
        return EntryKind::File;
    case AE_IFDIR:
        return EntryKind::Folder;
    case AE_IFLNK:
        return EntryKind::SymbolicLink;
    case AE_IFIFO:
        return EntryKind::Pipe;
    case AE_IFCHR:
        return EntryKind::CharacterDevice;
    case AE_IFBLK:
        return EntryKind::BlockDevice;
    default:
        return EntryKind::Other;
    }
}

std::vector<Attribute> attributesOf(::archive_entry *raw)
{
    std::vector<Attribute> attributes;
    const char *name = nullptr;
    const void *value = nullptr;
    std::size_t size = 0;
    ::archive_entry_xattr_reset(raw);
    while (attributes.size() < mostAttributes &&
           ::archive_entry_xattr_next(raw, &name, &value, &size) == ARCHIVE_OK && name != nullptr) {
        attributes.push_back({name, std::string(static_cast<const char *>(value), size)});
    }
    return attributes;
}

Entry entryOf(::archive_entry *raw)
{
    Entry entry;
    entry.kind = kindOf(raw);
    entry.path = nameOf(::archive_entry_pathname(raw), ::archive_entry_pathname_utf8(raw));
    if (entry.kind == EntryKind::HardLink) {
        entry.target = nameOf(::archive_entry_hardlink(raw), ::archive_entry_hardlink_utf8(raw));
    } else if (entry.kind == EntryKind::SymbolicLink) {
        entry.target = nameOf(::archive_entry_symlink(raw), ::archive_entry_symlink_utf8(raw));
    }
    entry.mode = ::archive_entry_perm(raw);
    entry.size = entry.kind == EntryKind::File ? ::archive_entry_size(raw) : 0;
    entry.modifiedAt = static_cast<std::int64_t>(::archive_entry_mtime(raw));
    entry.userId = ::archive_entry_uid(raw);
    entry.groupId = ::archive_entry_gid(raw);
    entry.deviceMajor = static_cast<unsigned>(::archive_entry_rdevmajor(raw));
    entry.deviceMinor = static_cast<unsigned>(::archive_entry_rdevminor(raw));
    entry.attributes = attributesOf(raw);
    return entry;
}

} // namespace

Source sourceOf(std::string_view bytes)
{
    return [bytes]() mutable -> Result<std::string_view> {
        const std::string_view next = bytes.substr(0, piece);
        bytes.remove_prefix(next.size());
        return next;
    };
}

Source sourceOf(int descriptor)
{
    return [descriptor, buffer = std::vector<char>(piece)]() mutable -> Result<std::string_view> {
        ssize_t got = -1;
        do {
            got = ::read(descriptor, buffer.data(), buffer.size());
        } while (got < 0 && errno == EINTR);
        if (got < 0) {
            return systemFailure(readOperation, "archive");
        }
        return std::string_view(buffer.data(), static_cast<std::size_t>(got));
    };
}

struct Reader::Private
{
    Source source;
    ReadLimits limits;
    std::unique_ptr<::archive, int (*)(::archive *)> handle{::archive_read_new(),
                                                            ::archive_read_free};
    std::optional<Error> sourceError;
    std::uint64_t entries = 0;
    std::uint64_t bytes = 0;
    std::array<char, piece> buffer{};

    static la_ssize_t readSource(::archive *handle, void *self, const void **buffer)
    {
        auto *d = static_cast<Private *>(self);
        const auto bytes = d->source();
        if (!bytes) {
            d->sourceError = bytes.error();
            ::archive_set_error(handle, EIO, "the source failed");
            return ARCHIVE_FATAL;
        }
        *buffer = bytes->data();
        return static_cast<la_ssize_t>(bytes->size());
    }

    [[nodiscard]] std::unexpected<Error> fault() const
    {
        if (sourceError) {
            return std::unexpected(*sourceError);
        }
        const char *text = ::archive_error_string(handle.get());
        return malformed(text == nullptr ? "not a tar archive" : text);
    }
};

Reader::Reader(std::unique_ptr<Private> made)
    : d(std::move(made))
{
}
Reader::~Reader() = default;
Reader::Reader(Reader &&) noexcept = default;
Reader &Reader::operator=(Reader &&) noexcept = default;

Result<Reader> Reader::open(Source source, const ReadLimits &limits)
{
    auto made = std::make_unique<Private>();
    made->source = std::move(source);
    made->limits = limits;
    ::archive *handle = made->handle.get();
    // xz is left out: its dictionary may ask for a gigabyte.
    const bool isReady = handle != nullptr &&
                         ::archive_read_support_filter_gzip(handle) == ARCHIVE_OK &&
                         ::archive_read_support_filter_bzip2(handle) == ARCHIVE_OK &&
                         ::archive_read_support_filter_zstd(handle) == ARCHIVE_OK &&
                         ::archive_read_support_format_tar(handle) == ARCHIVE_OK &&
                         ::archive_read_support_format_empty(handle) == ARCHIVE_OK;
    if (!isReady) {
        return failure(ErrorKind::Internal, readOperation, "libarchive lacks a format");
    }
    if (::archive_read_open(handle, made.get(), nullptr, Private::readSource, nullptr) <
        ARCHIVE_WARN) {
        return made->fault();
    }
    return Reader(std::move(made));
}

Result<std::optional<Entry>> Reader::next()
{
    ::archive_entry *raw = nullptr;
    const int status = ::archive_read_next_header(d->handle.get(), &raw);
    if (status == ARCHIVE_EOF) {
        return std::nullopt;
    }
    if (status < ARCHIVE_WARN || raw == nullptr) {
        return d->fault();
    }
    if (++d->entries > d->limits.mostEntries) {
        return malformed("more entries than are read");
    }
    Entry entry = entryOf(raw);
    if (entry.path.empty() || entry.path.size() > longestName ||
        entry.target.size() > longestName) {
        return malformed("an entry without a name, or with an endless one");
    }
    if (entry.size < 0) {
        return malformed("an entry with a negative size");
    }
    if (static_cast<std::uint64_t>(entry.size) > d->limits.mostBytes - d->bytes) {
        return malformed("more bytes than are read: \"" + entry.path + "\"");
    }
    return entry;
}

Result<std::string_view> Reader::read()
{
    const la_ssize_t got = ::archive_read_data(d->handle.get(), d->buffer.data(), d->buffer.size());
    if (got < 0) {
        return d->fault();
    }
    d->bytes += static_cast<std::uint64_t>(got);
    if (d->bytes > d->limits.mostBytes) {
        return malformed("more bytes than are read");
    }
    return std::string_view(d->buffer.data(), static_cast<std::size_t>(got));
}

} // namespace roadstead::archive
