// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/archive/entry.h"
#include "engine/service/files/file_access.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace roadstead::service {

/// The first entry of an archive, as the file at `path`; its bytes when it is a file of at most
/// `longest`. NotFound for an empty archive. Blocking; any thread.
Result<FileContent> readContent(const archive::Source &source, const std::string &path,
                                std::int64_t longest);

/// An archive of one entry.
Result<std::string> packOne(const archive::Entry &entry, std::string_view bytes);

} // namespace roadstead::service
