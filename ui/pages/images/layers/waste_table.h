// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/service/images/image_layers.h"

#include <cstdint>
#include <string>

namespace roadstead::ui {

/// Writes each file that is wasted to `path` as CSV (RFC 4180): layer, bytes, hiding layer, path.
/// Whole or not at all. Blocking; any thread. Yields the number of files.
Result<std::uint64_t> writeWasteTable(const service::OpenedImage &image, const std::string &path);

} // namespace roadstead::ui
