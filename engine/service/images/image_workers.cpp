// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/images/image_workers.h"

namespace roadstead::service {

QThreadPool &imageWorkers()
{
    static QThreadPool pool;
    [[maybe_unused]] static const bool isSet = [] {
        constexpr int threads = 4;
        constexpr int idleMilliseconds = 5000;
        pool.setMaxThreadCount(threads);
        pool.setExpiryTimeout(idleMilliseconds);
        return true;
    }();
    return pool;
}

} // namespace roadstead::service
