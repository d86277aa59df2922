// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/store/line_matcher.h"
#include "engine/store/line_store.h"

#include <atomic>
#include <functional>
#include <string>

namespace roadstead::store {

/// What is searched of a line: what is drawn of it, that is, without its control sequences; bytes
/// that are not UTF-8 are U+FFFD, and a byte order mark at its start is none of it.
std::string searchedText(std::string_view raw);

/// Tells, in order, of the lines of a range that are of wanted classes and in which something
/// matches. Fails with Io.
Result<LineMatcher::End> searchLines(const LineStore &store, LineRange range, ClassMask wanted,
                                     LineMatcher &matcher, const std::atomic<bool> &cancelled,
                                     const std::function<void(LineNumber)> &found);

} // namespace roadstead::store
