// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

namespace roadstead::http {
class Client;
}

namespace roadstead::service {

/// The one HTTP client, and so the one transport thread, of all sessions; it ends with the last of
/// them. GUI thread; never to be let go of in one of its callbacks.
std::shared_ptr<http::Client> sharedTransport();

/// Does work in a few threads of its own, which end when there is none: jobs of others that wait
/// for something must not hold lists up. Thread-safe.
void runElsewhere(std::move_only_function<void()> work);

} // namespace roadstead::service
