// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/port/descriptor.h"

#include <memory>
#include <vector>

namespace roadstead::port {

struct Pipe
{
    Descriptor readEnd;
    Descriptor writeEnd;
};

/// Pipes for splice. A direction holds one only while it has bytes that the receiver does not take
/// yet, so that thousands of quiet connections share one.
class PipePool
{
public:
    /// An empty pipe; none if the process may have no more.
    std::unique_ptr<Pipe> take();
    /// `pipe` must be empty again.
    void giveBack(std::unique_ptr<Pipe> pipe);
    /// The last take() gave none.
    bool isExhausted() const { return m_isExhausted; }

private:
    bool m_isExhausted = false;
    std::vector<std::unique_ptr<Pipe>> m_free;
};

} // namespace roadstead::port
