// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/launcher/address_plan.h"
#include "app/launcher/paths.h"
#include "engine/base/result.h"

namespace roadstead::launcher {

/// The engine's network namespace and the veth pair between it and the host's. Blocking; each call
/// runs in milliseconds. Every failure leaves what removeNetwork() removes.

/// Makes the handle of the host's namespace, if it is not there or is not ours. Call with the
/// shared lock held.
Result<void> keepHostNamespace();

/// Whether namespace and link are there, so that a launcher can take them over.
bool networkExists(const Paths &paths);

/// Makes the namespace with its handle, and the pair with its addresses and routes.
Result<void> makeNetwork(const Paths &paths, const AddressPlan &plan);

/// Removes link and handle. The namespace itself ends with its last process. Nothing there is no
/// failure.
void removeNetwork(const Paths &paths);

/// Removes the handle of the host's namespace when no engine is left; whether none is. Shared lock
/// held.
bool dropHostNamespace();

} // namespace roadstead::launcher
