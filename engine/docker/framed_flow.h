// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/client_private.h"
#include "engine/docker/log_decoder.h"

#include <optional>
#include <string>
#include <utility>

namespace roadstead::docker {

/// What is wanted when one piece of a stream held several parts.
inline Flow stronger(Flow one, Flow other)
{
    if (one == Flow::Stop || other == Flow::Stop) {
        return Flow::Stop;
    }
    return one == Flow::Pause ? one : other;
}

/// A stream of what a process writes, in frames or raw, on its way into `sink.data`: shared by the
/// callbacks of its http::Sink. What comes after a fault cannot be understood, so that a fault
/// stops the stream.
template<typename Receiver>
struct FramedFlow
{
    FramedFlow(std::string operationName, bool tty, Receiver receiver)
        : operation(std::move(operationName))
        , decoder(tty)
        , sink(std::move(receiver))
    {
    }

    Flow take(std::string_view bytes)
    {
        Flow flow = Flow::Continue;
        const auto fed = decoder.feed(bytes, [&](LogStream stream, std::string_view payload) {
            if (flow != Flow::Stop && sink.data) {
                flow = stronger(flow, sink.data(stream, payload));
            }
        });
        if (!fed && flow != Flow::Stop) {
            fault = fed.error();
            flow = Flow::Stop;
        }
        return flow;
    }

    /// How it ended. A connection that just ends is how all of them end: only a cut frame tells
    /// more.
    Result<void> verdict(const Result<http::Response> &response) const
    {
        if (fault) {
            return within(*fault, operation);
        }
        if (!response) {
            return std::unexpected(response.error());
        }
        if (const auto whole = decoder.finish(); !whole) {
            return within(whole.error(), operation);
        }
        return {};
    }

    const std::string operation;
    LogDecoder decoder;
    Receiver sink;
    std::optional<Error> fault;
};

} // namespace roadstead::docker
