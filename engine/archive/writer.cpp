// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/archive/writer.h"

#include "engine/base/text.h"

#include <archive.h>
#include <archive_entry.h>

#include <optional>
#include <utility>

namespace roadstead::archive {

namespace {

constexpr const char *writeOperation = "archive.write";

std::unexpected<Error> refused(std::string_view why, std::string_view path)
{
    return failure(ErrorKind::InvalidArgument, writeOperation,
                   std::string(why).append(": \"").append(path).append("\""));
}

unsigned fileTypeOf(EntryKind kind)
{
    switch (kind) {
    case EntryKind::Folder:
        return AE_IFDIR;
    case EntryKind::SymbolicLink:
        return AE_IFLNK;
    case EntryKind::Pipe:
        return AE_IFIFO;
    case EntryKind::CharacterDevice:
        return AE_IFCHR;
    case EntryKind::BlockDevice:
        return AE_IFBLK;
    case EntryKind::File:
    case EntryKind::HardLink:
    case EntryKind::Other:
        break;
    }
    return AE_IFREG;
}

using Setter = void (*)(::archive_entry *, const char *);

/// A name as UTF-8 where it is that, so that the locale does not matter, and as bytes otherwise.
void setName(::archive_entry *entry, const std::string &name, Setter asUtf8, Setter asBytes)
{
    (isValidUtf8(name) ? asUtf8 : asBytes)(entry, name.c_str());
}

} // namespace

struct Writer::Private
{
    Sink sink;
    std::unique_ptr<::archive, int (*)(::archive *)> handle{::archive_write_new(),
                                                            ::archive_write_free};
    std::unique_ptr<::archive_entry, void (*)(::archive_entry *)> entry{::archive_entry_new(),
                                                                        ::archive_entry_free};
    std::optional<Error> sinkError;
    bool isGivenUp = false;
    std::string path;          ///< of the entry that was begun
    std::uint64_t missing = 0; ///< bytes of it still to come

    ~Private()
    {
        // Freeing writes the end mark, but an archive that was given up must stay cut.
        isGivenUp = true;
    }

    static la_ssize_t writeSink(::archive * /*handle*/, void *self, const void *bytes,
                                std::size_t size)
    {
        // Nothing is passed on after a failure, but libarchive is told that all is well: once it
        // has failed it no longer frees what its filters hold.
        auto *d = static_cast<Private *>(self);
        if (d->isGivenUp || d->sinkError) {
            return static_cast<la_ssize_t>(size);
        }
        const auto taken = d->sink(std::string_view(static_cast<const char *>(bytes), size));
        if (!taken) {
            d->sinkError = taken.error();
        }
        return static_cast<la_ssize_t>(size);
    }

    [[nodiscard]] std::unexpected<Error> fault() const
    {
        if (sinkError) {
            return std::unexpected(*sinkError);
        }
        const char *text = ::archive_error_string(handle.get());
        return failure(ErrorKind::Internal, writeOperation, text == nullptr ? "libarchive" : text);
    }

    [[nodiscard]] Result<void> endEntry() const
    {
        return missing == 0 ? Result<void>{} : refused("shorter than its size", path);
    }
};

Writer::Writer(std::unique_ptr<Private> made)
    : d(std::move(made))
{
}
Writer::~Writer() = default;
Writer::Writer(Writer &&) noexcept = default;
Writer &Writer::operator=(Writer &&) noexcept = default;

Result<Writer> Writer::open(Sink sink, Packing packing)
{
    auto made = std::make_unique<Private>();
    made->sink = std::move(sink);
    ::archive *handle = made->handle.get();
    const bool isReady =
        handle != nullptr && made->entry != nullptr &&
        ::archive_write_set_format_pax_restricted(handle) == ARCHIVE_OK &&
        // Attributes in the form that engines read, and not in libarchive's own as well.
        ::archive_write_set_format_option(handle, "pax", "xattrheader", "SCHILY") == ARCHIVE_OK &&
        ::archive_write_set_bytes_in_last_block(handle, 1) == ARCHIVE_OK &&
        (packing == Packing::None || ::archive_write_add_filter_gzip(handle) == ARCHIVE_OK);
    if (!isReady) {
        return failure(ErrorKind::Internal, writeOperation, "libarchive lacks a format");
    }
    if (::archive_write_open(handle, made.get(), nullptr, Private::writeSink, nullptr) !=
            ARCHIVE_OK ||
        made->sinkError) {
        return made->fault();
    }
    return Writer(std::move(made));
}

Result<void> Writer::begin(const Entry &entry)
{
    if (auto ended = d->endEntry(); !ended) {
        return ended;
    }
    if (entry.path.empty() || entry.path.contains('\0') || entry.target.contains('\0') ||
        entry.size < 0 || entry.kind == EntryKind::Other) {
        return refused("not an entry", entry.path);
    }
    ::archive_entry *raw = ::archive_entry_clear(d->entry.get());
    setName(raw, entry.path, ::archive_entry_set_pathname_utf8, ::archive_entry_set_pathname);
    ::archive_entry_set_filetype(raw, fileTypeOf(entry.kind));
    if (entry.kind == EntryKind::HardLink) {
        setName(raw, entry.target, ::archive_entry_set_hardlink_utf8, ::archive_entry_set_hardlink);
    } else if (entry.kind == EntryKind::SymbolicLink) {
        setName(raw, entry.target, ::archive_entry_set_symlink_utf8, ::archive_entry_set_symlink);
    }
    const std::int64_t size = entry.kind == EntryKind::File ? entry.size : 0;
    ::archive_entry_set_perm(raw, entry.mode);
    ::archive_entry_set_size(raw, size);
    ::archive_entry_set_mtime(raw, entry.modifiedAt, 0);
    ::archive_entry_set_uid(raw, entry.userId);
    ::archive_entry_set_gid(raw, entry.groupId);
    ::archive_entry_set_rdevmajor(raw, entry.deviceMajor);
    ::archive_entry_set_rdevminor(raw, entry.deviceMinor);
    for (const Attribute &attribute : entry.attributes) {
        ::archive_entry_xattr_add_entry(raw, attribute.name.c_str(), attribute.value.data(),
                                        attribute.value.size());
    }
    // A warning is a name that has no form in UTF-8: it is written as bytes.
    if (::archive_write_header(d->handle.get(), raw) < ARCHIVE_WARN || d->sinkError) {
        return d->fault();
    }
    d->path = entry.path;
    d->missing = static_cast<std::uint64_t>(size);
    return {};
}

Result<void> Writer::write(std::string_view bytes)
{
    if (bytes.size() > d->missing) {
        return refused("longer than its size", d->path);
    }
    while (!bytes.empty()) {
        const la_ssize_t written =
            ::archive_write_data(d->handle.get(), bytes.data(), bytes.size());
        if (written <= 0 || d->sinkError) {
            return d->fault();
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
        d->missing -= static_cast<std::uint64_t>(written);
    }
    return {};
}

Result<void> Writer::finish()
{
    if (auto ended = d->endEntry(); !ended) {
        return ended;
    }
    const bool isClosed = ::archive_write_close(d->handle.get()) == ARCHIVE_OK;
    return isClosed && !d->sinkError ? Result<void>{} : d->fault();
}

} // namespace roadstead::archive
