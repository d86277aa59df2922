// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/container.h"
#include "engine/service/files/file_entry.h"

#include <QString>

#include <optional>
#include <string>
#include <string_view>

namespace roadstead::ui {

/// A file of a folder with what the list knows of it.
struct FileFacts
{
    service::FileEntry entry;
    std::optional<docker::ChangeKind> change; ///< against the image
    std::string owner;                        ///< "node:node", "1000:1000"; hostile
    bool operator==(const FileFacts &) const = default;
    [[nodiscard]] bool isDeleted() const { return change == docker::ChangeKind::Deleted; }
};

/// The same as the list shows it: texts made safe once.
struct FileRow
{
    using Source = FileFacts;

    explicit FileRow(const Source &source);
    FileRow(const Source &source, const FileRow &before);
    static std::string_view keyOf(const Source &source) { return source.entry.path; }
    [[nodiscard]] std::string_view key() const { return facts.entry.path; }
    [[nodiscard]] bool matches(const Source &source) const { return facts == source; }

    FileFacts facts;
    QString name;     ///< display text, as are the next three
    QString sortName; ///< lower case
    QString target;
    QString owner;
};

/// "rwxr-xr-x" with set-id and sticky bits, as ls writes it.
[[nodiscard]] QString modeText(unsigned mode);
/// "0644".
[[nodiscard]] QString octalMode(unsigned mode);
[[nodiscard]] QString changeText(docker::ChangeKind change);

} // namespace roadstead::ui
