// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/pending.h"

#include <QtTypes>

#include <functional>
#include <memory>
#include <unordered_map>
#include <utility>

namespace roadstead::service {

/// Operations of a session that are open: told when it goes. GUI thread only.
class OpenOperations
{
public:
    /// Returns the number under which it is erased once it has ended.
    template<typename T>
    quint64 keep(const std::shared_ptr<Pending<T>> &pending)
    {
        m_open.emplace(++m_last, [pending] {
            pending->finish(failure(ErrorKind::Cancelled, "session.close"));
        });
        return m_last;
    }
    void erase(quint64 id) { m_open.erase(id); }
    /// Ends all that are left.
    void abandon()
    {
        for (const auto &[id, end] : std::exchange(m_open, {})) {
            end();
        }
    }

private:
    std::unordered_map<quint64, std::function<void()>> m_open;
    quint64 m_last = 0;
};

} // namespace roadstead::service
