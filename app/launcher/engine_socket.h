// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/launcher/account.h"
#include "app/launcher/descriptor.h"
#include "app/launcher/paths.h"
#include "engine/base/result.h"

namespace roadstead::launcher {

/// The engine's API socket: made by us, owned by the user, listened on by dockerd.
///
/// The folder is the user's, so whatever is in it may be a trap. Nothing in it is touched with
/// root's rights: clearing the name and binding it happen under the user's effective id, with a
/// umask that makes the socket 0600 from the beginning. The launcher reaches the socket by the
/// descriptor it got then, not by its path.
class EngineSocket
{
public:
    /// Makes folder and socket; an older socket goes.
    static Result<EngineSocket> make(const Paths &paths, const Account &account);

    [[nodiscard]] int listener() const { return m_listener.get(); } ///< for dockerd
    [[nodiscard]] int inode() const { return m_inode.get(); }       ///< O_PATH, to connect to
    /// Whether the name still leads to this socket, and its user may open it; somebody may have
    /// removed, replaced or closed it.
    [[nodiscard]] bool isInPlace() const;

private:
    Descriptor m_folder;
    Descriptor m_listener;
    Descriptor m_inode;
};

/// Removes the socket, as the user. Nothing there is no failure.
void removeSocket(const Paths &paths, const Account &account);

} // namespace roadstead::launcher
