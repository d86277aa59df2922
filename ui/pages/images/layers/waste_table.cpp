// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/images/layers/waste_table.h"

#include "engine/base/new_file.h"

#include <string_view>

namespace roadstead::ui {

namespace {

constexpr const char *tableOperation = "image.layers.table";

/// In quotes, which are doubled in it.
std::string csvField(std::string_view text)
{
    std::string quoted = "\"";
    for (const char c : text) {
        quoted.append(c == '"' ? 2 : 1, c);
    }
    return quoted + "\"";
}

} // namespace

Result<std::uint64_t> writeWasteTable(const service::OpenedImage &image, const std::string &path)
{
    auto file = NewFile::begin(path, tableOperation, 0644);
    if (!file) {
        return std::unexpected(file.error());
    }
    auto written = file->write("layer,bytes,hidden_by_layer,path\r\n");
    std::uint64_t count = 0;
    const layers::ImageFiles &files = image.files;
    for (layers::NodeId id = 1; id < files.tree().size() && written; ++id) {
        std::size_t hider = 0;
        for (layers::VersionId at = files.newest(id); at != layers::noVersion && written;
             at = files.version(at).before) {
            const layers::Version &version = files.version(at);
            if (hider != 0 && version.change != layers::Change::Removed &&
                version.facts.kind == layers::FileKind::File && version.facts.size > 0) {
                ++count;
                written = file->write(std::to_string(version.layer + 1) + "," +
                                      std::to_string(version.facts.size) + "," +
                                      std::to_string(hider + 1) + "," +
                                      csvField("/" + files.tree().path(id)) + "\r\n");
            }
            hider = version.layer;
        }
    }
    if (written) {
        written = file->finish();
    }
    return written ? Result<std::uint64_t>(count) : std::unexpected(written.error());
}

} // namespace roadstead::ui
