// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/files/single_file.h"

#include "engine/archive/reader.h"
#include "engine/archive/writer.h"

#include <utility>

namespace roadstead::service {

Result<FileContent> readContent(const archive::Source &source, const std::string &path,
                                std::int64_t longest)
{
    auto reader = archive::Reader::open(source);
    if (!reader) {
        return std::unexpected(reader.error());
    }
    const auto first = reader->next();
    if (!first) {
        return std::unexpected(first.error());
    }
    if (!*first) {
        return failure(ErrorKind::NotFound, "container.files.read", path);
    }
    FileContent content{.entry = fileEntryOf(**first, path),
                        .bytes = {},
                        .isWhole = false,
                        .attributes = (**first).attributes};
    if (content.entry.kind != FileKind::File || content.entry.size > longest) {
        return content;
    }
    while (true) {
        const auto bytes = reader->read();
        if (!bytes) {
            return std::unexpected(bytes.error());
        }
        if (bytes->empty()) {
            break;
        }
        content.bytes.append(*bytes);
    }
    content.isWhole = true;
    return content;
}

Result<std::string> packOne(const archive::Entry &entry, std::string_view bytes)
{
    std::string packed;
    auto writer = archive::Writer::open([&packed](std::string_view piece) -> Result<void> {
        packed.append(piece);
        return {};
    });
    if (!writer) {
        return std::unexpected(writer.error());
    }
    auto done = writer->begin(entry);
    if (done && !bytes.empty()) {
        done = writer->write(bytes);
    }
    if (done) {
        done = writer->finish();
    }
    return done ? Result<std::string>(std::move(packed)) : std::unexpected(done.error());
}

} // namespace roadstead::service
