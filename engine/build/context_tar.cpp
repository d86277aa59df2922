// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/context_tar.h"

#include "engine/archive/writer.h"
#include "engine/base/files.h"
#include "engine/build/context_walk.h"

#include <algorithm>
#include <cerrno>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <unistd.h>

namespace roadstead::build {

namespace {

constexpr std::size_t piece = 64UL * 1024;

archive::EntryKind kindOf(EntryType type)
{
    switch (type) {
    case EntryType::File:
        break;
    case EntryType::Folder:
        return archive::EntryKind::Folder;
    case EntryType::SymbolicLink:
        return archive::EntryKind::SymbolicLink;
    case EntryType::HardLink:
        return archive::EntryKind::HardLink;
    case EntryType::Pipe:
        return archive::EntryKind::Pipe;
    case EntryType::CharacterDevice:
        return archive::EntryKind::CharacterDevice;
    case EntryType::BlockDevice:
        return archive::EntryKind::BlockDevice;
    }
    return archive::EntryKind::File;
}

archive::Entry archiveEntry(const ContextEntry &entry)
{
    archive::Entry out;
    out.kind = kindOf(entry.type);
    out.path = entry.name;
    out.target = entry.target;
    out.mode = entry.mode;
    out.size = entry.size;
    out.modifiedAt = entry.modifiedAt;
    out.deviceMajor = entry.deviceMajor;
    out.deviceMinor = entry.deviceMinor;
    return out;
}

} // namespace

struct ContextTar::Private
{
    explicit Private(ContextWalk begun)
        : walk(std::move(begun))
    {
    }

    ContextWalk walk;
    std::string made; ///< archive bytes that nobody has yet
    std::string given;
    std::optional<archive::Writer> writer;
    FileDescriptor file;
    std::string name;         ///< of the file that is being sent
    std::int64_t missing = 0; ///< bytes of it still to be sent
    std::uint64_t entries = 0;
    std::uint64_t fileBytes = 0;
    bool isDone = false;
    std::vector<char> buffer = std::vector<char>(piece);

    Result<void> beginEntry()
    {
        const auto entry = walk.next();
        if (!entry) {
            return std::unexpected(entry.error());
        }
        if (!*entry) {
            isDone = true;
            return writer->finish();
        }
        const ContextEntry &one = **entry;
        const bool hasFile = one.type == EntryType::File && !one.content && one.size > 0;
        if (hasFile) {
            auto opened = walk.openFile(one);
            if (!opened) {
                // Gone since it was listed: as if it had never been there.
                const bool isGone = opened.error().code == ENOENT;
                return isGone ? Result<void>{} : std::unexpected(opened.error());
            }
            file = std::move(*opened);
            missing = one.size;
            name = one.name;
        }
        ++entries;
        auto begun = writer->begin(archiveEntry(one));
        if (begun && one.content) {
            begun = writer->write(*one.content);
        }
        return begun;
    }

    Result<void> sendFile()
    {
        const auto wanted = std::min(buffer.size(), static_cast<std::size_t>(missing));
        const ssize_t got = ::read(file.get(), buffer.data(), wanted);
        if (got < 0 && errno == EINTR) {
            return {};
        }
        if (got <= 0) {
            errno = got == 0 ? ESTALE : errno;
            return systemFailure("build.context", name);
        }
        missing -= got;
        fileBytes += static_cast<std::uint64_t>(got);
        if (missing == 0) {
            file.reset();
        }
        return writer->write(std::string_view(buffer.data(), static_cast<std::size_t>(got)));
    }
};

ContextTar::ContextTar(std::unique_ptr<Private> made)
    : d(std::move(made))
{
}
ContextTar::~ContextTar() = default;
ContextTar::ContextTar(ContextTar &&) noexcept = default;
ContextTar &ContextTar::operator=(ContextTar &&) noexcept = default;

Result<ContextTar> ContextTar::begin(BuildContext context)
{
    auto walk = ContextWalk::begin(std::move(context));
    if (!walk) {
        return std::unexpected(walk.error());
    }
    auto made = std::make_unique<Private>(std::move(*walk));
    auto writer =
        archive::Writer::open([self = made.get()](std::string_view bytes) -> Result<void> {
            self->made.append(bytes);
            return {};
        });
    if (!writer) {
        return std::unexpected(writer.error());
    }
    made->writer = std::move(*writer);
    return ContextTar(std::move(made));
}

Result<std::string_view> ContextTar::next()
{
    while (d->made.size() < piece && !d->isDone) {
        const auto worked = d->file.isOpen() ? d->sendFile() : d->beginEntry();
        if (!worked) {
            return std::unexpected(worked.error());
        }
    }
    d->given = std::exchange(d->made, {});
    return std::string_view(d->given);
}

std::uint64_t ContextTar::entries() const
{
    return d->entries;
}

std::uint64_t ContextTar::fileBytes() const
{
    return d->fileBytes;
}

} // namespace roadstead::build
