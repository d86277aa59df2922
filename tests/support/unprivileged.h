// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unistd.h>

namespace roadstead::test {

/// While it lives, the whole process has no more rights than anybody: permissions count, also where
/// the tests run as root. Nothing changes where they do not.
class Unprivileged
{
public:
    Unprivileged()
        : m_wasRoot(::geteuid() == 0)
        , m_active(!m_wasRoot || ::seteuid(nobody) == 0)
    {
    }
    ~Unprivileged()
    {
        if (m_wasRoot && m_active) {
            m_active = ::seteuid(0) != 0;
        }
    }
    Unprivileged(const Unprivileged &) = delete;
    Unprivileged &operator=(const Unprivileged &) = delete;

    [[nodiscard]] bool isActive() const { return m_active; }

private:
    static constexpr uid_t nobody = 65534;
    bool m_wasRoot;
    bool m_active;
};

} // namespace roadstead::test
