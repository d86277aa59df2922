// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/port/loop.h"

namespace roadstead::port {

/// Where clients come in.
enum class Entrance {
    Outer, ///< the published port: in the host's namespace, for `reverse` in the engine's
    Inner  ///< in addition to it the engine's own namespace
};

/// Forwards one protocol from its listeners to one address. Lives on the loop's thread.
class Forwarder : public Housekeeper
{
public:
    /// Takes no new clients at this entrance any more; those who are there stay.
    virtual void closeEntrance(Entrance entrance) = 0;
    /// The listening socket, -1 if closed.
    virtual int listener(Entrance entrance) const = 0;
    /// Nobody is there.
    virtual bool isIdle() const = 0;
};

} // namespace roadstead::port
