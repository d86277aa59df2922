// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/transport.h"

#include "engine/http/client.h"

namespace roadstead::service {

std::shared_ptr<http::Client> sharedTransport()
{
    static std::weak_ptr<http::Client> current;
    auto transport = current.lock();
    if (!transport) {
        transport = std::make_shared<http::Client>();
        current = transport;
    }
    return transport;
}

} // namespace roadstead::service
