// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/launcher/paths.h"
#include "engine/base/engine_options.h"

namespace roadstead::launcher {

/// Replaces the options of an engine by those on standard input, once they have been read again and
/// dockerd has found no fault with them; otherwise the present ones stay. Runs beside the launcher
/// of that engine, which sees the new file, and needs no right but to write it: the helper's
/// sandbox leaves no other. Fails with InvalidArgument (no options, or none for dockerd) and with
/// what the file, or dockerd, could not be read or run for.
Result<void> configureEngine(const Paths &paths);

/// The options of the file; none are set without one. Fails with Io, PermissionDenied when the file
/// could have been written by anyone but root, InvalidArgument. The mark is that of the text.
struct MarkedOptions
{
    EngineOptions options;
    std::string mark;
};
Result<MarkedOptions> readOptions(const std::string &path);

} // namespace roadstead::launcher
