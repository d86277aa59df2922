// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/transport.h"

#include "engine/http/client.h"

#include <QThreadPool>

#include <utility>

namespace roadstead::service {

namespace {

class ListPool : public QThreadPool
{
public:
    ListPool()
    {
        constexpr int threads = 2; // so that one engine's endless list does not stop another's
        constexpr int idleMilliseconds = 5000;
        setMaxThreadCount(threads);
        setExpiryTimeout(idleMilliseconds);
    }
};

} // namespace

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

void runElsewhere(std::move_only_function<void()> work)
{
    static ListPool pool;
    pool.start(std::move(work));
}

} // namespace roadstead::service
