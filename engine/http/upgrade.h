// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/exchange.h"
#include "engine/http/upgrade_reader.h"

#include <cstddef>
#include <optional>
#include <string>

namespace roadstead::http {

/// A connection that stops speaking HTTP (Engine API, "Hijacking"): curl makes it, then bytes go
/// both ways. Lives on the loop's thread.
class Upgrade final : public Exchange
{
public:
    Upgrade(std::uint64_t id, Request request, Source input, Sink sink);

    Result<void> prepare(Programs &programs) override;
    [[nodiscard]] std::optional<TimePoint> deadline() const override;
    void resume() override;
    void supply() override;
    std::optional<Result<Response>> done(CURLcode code) override;
    void finish(Result<Response> result) override;
    [[nodiscard]] std::optional<curl_waitfd> wanted() const override;
    std::optional<Result<Response>> service() override;

private:
    [[nodiscard]] std::string requestText() const;
    void receive();
    void take(std::string_view bytes);
    void send();
    bool refill();
    void endInput();

    Source m_input;
    Sink m_sink;
    UpgradeReader m_reader;
    curl_socket_t m_socket = CURL_SOCKET_BAD; ///< curl's; bad until it is connected
    std::string m_out;
    std::size_t m_sent = 0; ///< of m_out
    bool m_paused = false;
    bool m_inputWaits = false;
    bool m_inputEnded = false;
    bool m_peerEnded = false;
};

} // namespace roadstead::http
