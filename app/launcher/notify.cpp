// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/notify.h"

#include "app/launcher/descriptor.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cstddef>

namespace roadstead::launcher {

void Notifier::notify(const std::string &message) const
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (m_path.empty() || m_path.size() >= sizeof address.sun_path) {
        return;
    }
    std::ranges::copy(m_path, address.sun_path);
    if (m_path.front() == '@') {
        address.sun_path[0] = '\0'; // an abstract name
    }
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + m_path.size());
    const Descriptor socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    (void)sendto(socket.get(), message.data(), message.size(), MSG_NOSIGNAL,
                 reinterpret_cast<const sockaddr *>(&address), length);
}

} // namespace roadstead::launcher
