// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/operation.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// The ports of this machine that are taken, and by whom, as Linux tells in /proc.
namespace roadstead::service {

/// A socket that waits for others.
struct ListeningPort
{
    std::string protocol{}; ///< "tcp", "udp"
    std::string address{};  ///< "127.0.0.1", "::1"; empty = all addresses
    std::uint16_t port = 0;
    std::uint64_t inode = 0; ///< of the socket
    std::string holder{};    ///< name of the process; empty = not allowed to know (hostile)
    int pid = 0;             ///< 0 = not known
    bool operator==(const ListeningPort &) const = default;
};

/// The sockets of /proc/net/{tcp,tcp6,udp,udp6} that listen: proc_net_tcp(5). `protocol` is "tcp"
/// or "udp". Lines that are none are left out.
[[nodiscard]] std::vector<ListeningPort> parseListening(std::string_view table,
                                                        std::string_view protocol);

/// Whether something that listens at `held` keeps another from listening at `address`; both empty
/// for all addresses.
[[nodiscard]] bool addressesClash(std::string_view held, std::string_view address);

/// All of them, with the processes that this user may see. Reads many small files.
[[nodiscard]] std::vector<ListeningPort> readListeningPorts(const std::string &proc = "/proc");

/// The same elsewhere than in the caller's thread.
Operation<std::vector<ListeningPort>> listeningPorts(const std::string &proc = "/proc");

} // namespace roadstead::service
