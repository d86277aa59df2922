// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/docker/client.h"
#include "engine/docker/object_stream.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace roadstead::docker {

/// Reads a progress stream (load, pull, push, build): a 200 reply that may still have failed. Not
/// thread-safe.
class ProgressReader
{
public:
    using Receiver = std::function<void(const Progress &)>;

    /// What arrived. A fault found is kept for finish(); what comes after it is not read.
    void feed(std::string_view bytes, const Receiver &receive);

    /// The verdict, once the stream has ended: EngineFailed (or DiskFull, Unauthorized, NotFound,
    /// by the engine's words) for an error within the stream, MalformedReply for what is no
    /// progress, ConnectionLost for a stream that is empty or cut. On success, the lines that the
    /// engine printed ("stream") or else its last word.
    [[nodiscard]] Result<std::string> finish() const;

private:
    bool take(std::string_view object, const Receiver &receive);

    ObjectStream m_objects;
    std::optional<Error> m_error;
    std::string m_printed;
    std::string m_lastStatus;
    bool m_any = false;
};

} // namespace roadstead::docker
