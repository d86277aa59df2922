// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store/line_store.h"

#include <functional>
#include <memory>
#include <span>

namespace roadstead::store {

/// Lines of a store that are to be read.
struct LineSpan
{
    std::shared_ptr<const LineStore> store;
    LineRange range;
};

/// Called with the number of the span. Ends the reading by returning false.
using MergedReceiver =
    std::function<bool(std::size_t source, const LineRecord &, std::string_view text)>;

/// Hands over the lines of all spans in order of time, each once; lines of one span keep their
/// order. Holds a few hundred kibibytes of each span. Blocking; any thread. Fails with Io.
Result<void> readMerged(std::span<const LineSpan> spans, const MergedReceiver &receive);

} // namespace roadstead::store
