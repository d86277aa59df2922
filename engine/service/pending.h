// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <QFuture>
#include <QPromise>

#include <atomic>
#include <utility>

namespace roadstead::service {

/// The future's side of an operation: finishes once, whoever comes first. Thread-safe.
template<typename T>
class Pending
{
public:
    Pending() { m_promise.start(); }
    void finish(Result<T> result)
    {
        if (!m_finished.exchange(true)) {
            m_promise.addResult(std::move(result));
            m_promise.finish();
        }
    }
    [[nodiscard]] QFuture<Result<T>> future() const { return m_promise.future(); }

private:
    QPromise<Result<T>> m_promise;
    std::atomic<bool> m_finished = false;
};

} // namespace roadstead::service
