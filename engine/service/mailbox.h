// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaObject>
#include <QObject>

#include <memory>
#include <mutex>
#include <utility>

namespace roadstead::service {

/// Brings what callbacks of other threads have to say into the thread of one object, and nothing
/// any more once that object has closed it. Callbacks share ownership; thread-safe.
class Mailbox
{
public:
    explicit Mailbox(QObject *receiver)
        : m_receiver(receiver)
    {
    }
    Mailbox(const Mailbox &) = delete;
    Mailbox &operator=(const Mailbox &) = delete;

    /// To be called by the receiver before it goes, in its own thread.
    void close()
    {
        const std::scoped_lock lock(m_mutex);
        m_receiver = nullptr;
    }

    /// Calls `message()` in the receiver's event loop, in the order of posting.
    template<typename Message>
    void post(Message &&message)
    {
        const std::scoped_lock lock(m_mutex);
        if (m_receiver != nullptr) {
            QMetaObject::invokeMethod(m_receiver, std::forward<Message>(message),
                                      Qt::QueuedConnection);
        }
    }

private:
    std::mutex m_mutex;
    QObject *m_receiver;
};

} // namespace roadstead::service
