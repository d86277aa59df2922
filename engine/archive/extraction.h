// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/archive/entry.h"
#include "engine/archive/reader.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace roadstead::archive {

/// How far an extraction is.
struct Progress
{
    std::uint64_t entries = 0;
    std::uint64_t bytes = 0;
};

struct ExtractRules
{
    ReadLimits limits;
    unsigned withheldMode = 022; ///< permissions that nothing gets, as a umask
    /// Symbolic links that are absolute or lead out of the folder: made as they are, or left out.
    bool keepsOutsideLinks = false;
    /// Called now and then; false cancels. May be empty.
    std::function<bool(const Progress &)> proceeds;
};

/// Why an entry was left out.
enum class LeftOut { Device, Pipe, UnknownKind, OutsideLink };

struct ExtractReport
{
    Progress done;
    struct Item
    {
        std::string path; ///< hostile text
        LeftOut why = LeftOut::Device;
    };
    std::vector<Item> leftOut; ///< the first 100
    std::uint64_t leftOutCount = 0;
};

/// Unpacks a tar archive into a folder that exists. Whatever the archive says, nothing outside the
/// folder is touched: every path is opened beneath it without following a link, hard links can only
/// name what is inside. No devices, pipes, set-id or sticky bits, owners or extended attributes are
/// made; folders stay open to their owner. Files come into being whole or not at all; one that was
/// there is replaced by one of the same name.
///
/// Fails with MalformedReply (a damaged archive, a path with "..", a path through a link, a limit),
/// Conflict (a file where a folder stands), Io, DiskFull, Cancelled, and the source's errors. What
/// was unpacked before a failure stays. Blocking; any thread.
Result<ExtractReport> extract(Source source, const std::string &folder,
                              const ExtractRules &rules = {});

} // namespace roadstead::archive
