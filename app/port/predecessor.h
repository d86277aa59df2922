// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/port/address.h"
#include "app/port/arguments.h"
#include "app/port/descriptor.h"

#include <sys/types.h>

namespace roadstead::port {

/// A restarted engine starts new forwarders for containers that kept running. The forwarder of the
/// engine that ended goes on in the meantime and then hands its listening socket to the new one, so
/// that no connection is refused. They meet at an abstract unix socket of the engine's namespace,
/// where nothing runs but the engine's own programs; both sides check that the other is (or was,
/// when it bound the name) root.

/// The listening socket for `address` of a forwarder whose engine has ended; none if there is no
/// such forwarder. Waits two seconds at most. To be called in the engine's namespace, as root.
Descriptor takeOver(Protocol protocol, const SocketAddress &address);

/// The socket at which a successor will ask. None if the name is still taken after a fifth of a
/// second: a forwarder that was killed gives it up with its last breath. As takeOver().
Descriptor awaitSuccessor(Protocol protocol, const SocketAddress &address);

/// Gives `listener` to the successor that waits at `meeting`; with none (-1) sends it away. True if
/// the listener is the successor's now. `meeting` is closed before the successor gets anything,
/// since it will bind the same name at once.
bool handOver(Descriptor &meeting, int listener);

} // namespace roadstead::port
