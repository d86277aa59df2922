// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/client.h"

#include "engine/http/loop.h"

#include <algorithm>

namespace roadstead::http {

void Handle::cancel() const
{
    if (const auto loop = m_loop.lock()) {
        loop->cancel(m_id);
    }
}

void Handle::resume() const
{
    if (const auto loop = m_loop.lock()) {
        loop->resume(m_id);
    }
}

void Handle::supply() const
{
    if (const auto loop = m_loop.lock()) {
        loop->supply(m_id);
    }
}

std::string_view Response::header(std::string_view name) const
{
    const auto found = std::ranges::find(headers, name, &Header::first);
    return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

Client::Client()
    : m_loop(std::make_shared<Loop>())
{
}

Client::~Client()
{
    m_loop->stop();
}

Handle Client::send(Request request, Completion completion)
{
    return {m_loop, m_loop->add(std::move(request), std::move(completion))};
}

Handle Client::stream(Request request, Sink sink)
{
    return {m_loop, m_loop->add(std::move(request), std::move(sink))};
}

Handle Client::upgrade(Request request, Source input, Sink sink)
{
    return {m_loop, m_loop->add(std::move(request), std::move(input), std::move(sink))};
}

std::string percentEncode(std::string_view text, std::string_view keep)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    constexpr std::string_view unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                            "0123456789-._~";
    std::string encoded;
    encoded.reserve(text.size());
    for (const char c : text) {
        if (unreserved.find(c) != std::string_view::npos ||
            keep.find(c) != std::string_view::npos) {
            encoded.push_back(c);
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        encoded.push_back('%');
        encoded.push_back(digits[byte >> 4U]);
        encoded.push_back(digits[byte & 0xfU]);
    }
    return encoded;
}

} // namespace roadstead::http
