// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace roadstead::docker {

/// Cuts a stream of JSON objects (progress, events) into its objects, however they are spaced and
/// in whatever pieces they come. Checks no more of JSON than brackets and strings: that is the
/// decoder's work. Not thread-safe.
class ObjectStream
{
public:
    static constexpr std::size_t objectCap = std::size_t(4) << 20U; ///< bytes

    /// Calls `take` for each object that is whole by now; take() false stops at once. Fails with
    /// ErrorKind::MalformedReply when something other than an object begins, or at an object over
    /// the cap; nothing may be fed afterwards.
    Result<void> feed(std::string_view bytes, const std::function<bool(std::string_view)> &take);

    /// To be asked at the end: fails with ErrorKind::ConnectionLost inside an object.
    [[nodiscard]] Result<void> finish() const;

private:
    void scan(char c);

    std::string m_begun; ///< of the object that is not whole yet
    int m_depth = 0;
    bool m_inString = false;
    bool m_escaped = false;
};

} // namespace roadstead::docker
