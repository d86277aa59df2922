// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <QFuture>

#include <functional>
#include <memory>
#include <utility>

namespace roadstead::service {

/// A running piece of work: a future of its Result, and a way to end the work itself (not only the
/// wait). The future finishes exactly once, always with a value: after cancel() with
/// ErrorKind::Cancelled, unless the work was done before. Continue it with `.future().then(owner,
/// …)`; never wait for it. Thread-safe.
template<typename T>
class Operation
{
public:
    Operation() = default;
    Operation(QFuture<Result<T>> future, std::function<void()> cancelWork)
        : m_future(std::move(future))
        , m_cancel(std::make_shared<std::function<void()>>(std::move(cancelWork)))
    {
    }

    [[nodiscard]] QFuture<Result<T>> future() const { return m_future; }

    /// Calls `continuation(Result<T>)` in the thread of `owner`, unless owner is gone by then.
    template<typename Owner, typename Continuation>
    void then(Owner *owner, Continuation &&continuation) const
    {
        QFuture<Result<T>> future = m_future;
        future.then(owner, std::forward<Continuation>(continuation));
    }

    void cancel() const
    {
        if (m_cancel && *m_cancel) {
            (*m_cancel)();
        }
    }

private:
    QFuture<Result<T>> m_future;
    std::shared_ptr<std::function<void()>> m_cancel;
};

/// The result of work that yields nothing but its success.
struct Done
{
    bool operator==(const Done &) const = default;
};

} // namespace roadstead::service
