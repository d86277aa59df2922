// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

namespace roadstead::http {
class Client;
}

namespace roadstead::service {

/// The one HTTP client, and so the one transport thread, of all sessions; it ends with the last of
/// them. GUI thread; never to be let go of in one of its callbacks.
std::shared_ptr<http::Client> sharedTransport();

} // namespace roadstead::service
