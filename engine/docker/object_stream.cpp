// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/object_stream.h"

#include <utility>

namespace roadstead::docker {

void ObjectStream::scan(char c)
{
    if (m_inString) {
        if (m_escaped) {
            m_escaped = false;
        } else if (c == '\\') {
            m_escaped = true;
        } else if (c == '"') {
            m_inString = false;
        }
        return;
    }
    if (c == '"') {
        m_inString = true;
    } else if (c == '{' || c == '[') {
        ++m_depth;
    } else if (c == '}' || c == ']') {
        --m_depth;
    }
}

Result<void> ObjectStream::feed(std::string_view bytes,
                                const std::function<bool(std::string_view)> &take)
{
    constexpr std::string_view space = " \t\r\n";
    std::size_t start = 0; // of the object under way, within `bytes`
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        if (m_depth == 0 && m_begun.empty()) {
            if (space.find(c) != std::string_view::npos) {
                continue;
            }
            if (c != '{') {
                return failure(ErrorKind::MalformedReply, {}, "the stream is not one of objects");
            }
            start = i;
        }
        scan(c);
        if (m_begun.size() + (i - start) >= objectCap) {
            return failure(ErrorKind::MalformedReply, {}, "an object of the stream is too long");
        }
        if (m_depth > 0) {
            continue;
        }
        const std::string_view rest = bytes.substr(start, i + 1 - start);
        bool goOn = true;
        if (m_begun.empty()) {
            goOn = take(rest);
        } else {
            m_begun.append(rest);
            const std::string whole = std::exchange(m_begun, {});
            goOn = take(whole);
        }
        start = i + 1;
        if (!goOn) {
            return {};
        }
    }
    if (m_depth > 0) {
        m_begun.append(bytes.substr(start));
    }
    return {};
}

Result<void> ObjectStream::finish() const
{
    if (m_depth > 0) {
        return failure(ErrorKind::ConnectionLost, {}, "the stream was cut inside an object");
    }
    return {};
}

} // namespace roadstead::docker
