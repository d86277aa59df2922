// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/mailbox.h"
#include "engine/service/operation.h"
#include "engine/service/pending.h"

#include <QThreadPool>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

namespace roadstead::service {

/// Threads that wait for engines and disks: other work must not wait for them.
QThreadPool &imageWorkers();

/// Does `work` in one of them; it cannot be ended, so it must be short.
template<typename T>
Operation<T> inImageWorker(std::function<Result<T>()> work)
{
    const auto pending = std::make_shared<Pending<T>>();
    imageWorkers().start([pending, work = std::move(work)] { pending->finish(work()); });
    return {pending->future(), {}};
}

/// Tells of bytes in a mailbox's thread, at most ten times a second. One worker's.
class BytesTelling
{
public:
    using Receiver = std::function<void(std::uint64_t bytes)>;

    BytesTelling(std::shared_ptr<Mailbox> box, Receiver receiver)
        : m_box(std::move(box))
        , m_receiver(std::move(receiver))
    {
    }
    void tell(std::uint64_t bytes)
    {
        constexpr std::chrono::milliseconds spacing{100};
        const auto now = std::chrono::steady_clock::now();
        if (m_receiver && now - m_told >= spacing) {
            m_told = now;
            m_box->post([receiver = m_receiver, bytes] { receiver(bytes); });
        }
    }

private:
    std::shared_ptr<Mailbox> m_box;
    Receiver m_receiver;
    std::chrono::steady_clock::time_point m_told;
};

} // namespace roadstead::service
