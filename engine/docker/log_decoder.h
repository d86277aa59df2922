// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/docker/client.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace roadstead::docker {

/// Takes a container's log, attach or exec stream apart (Engine API, "Stream format" of
/// ContainerAttach). Without a terminal the engine sends frames: type, three zero bytes, length
/// (big endian), payload; with one, the bytes themselves. Not thread-safe.
///
/// A payload is handed on when it is whole, or in pieces of 64 KiB: no announced length makes this
/// grow. The piece that a cut leaves behind is not handed on: whoever reconnects gets it again.
class LogDecoder
{
public:
    using Receiver = std::function<void(LogStream, std::string_view)>;

    explicit LogDecoder(bool tty);

    /// Fails with MalformedReply at a frame of unknown type, and with EngineFailed when the engine
    /// reports an error of its own within the stream (type 3; the message is the detail). Nothing
    /// may be fed afterwards.
    Result<void> feed(std::string_view bytes, const Receiver &receive);

    /// To be asked at the end: fails with ConnectionLost inside a frame.
    [[nodiscard]] Result<void> finish() const;

private:
    static constexpr std::size_t headerSize = 8;
    static constexpr std::size_t bufferSize = std::size_t(64) << 10U;

    Result<void> beginFrame();
    Result<void> deliver(std::string_view payload, const Receiver &receive);
    Result<std::size_t> takePayload(std::string_view bytes, const Receiver &receive);

    const bool m_tty;
    std::array<unsigned char, headerSize> m_header{};
    std::size_t m_headerLength = 0;
    std::uint32_t m_left = 0; ///< of the payload under way, not counting what is buffered
    bool m_inFrame = false;
    std::string m_buffer;
};

} // namespace roadstead::docker
