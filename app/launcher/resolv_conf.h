// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace roadstead::launcher {

/// The addresses of "nameserver" lines, in order, from the text of a resolv.conf(5), without zones;
/// at most eight.
std::vector<std::string> parseNameServers(const std::string &text);

/// Those of this machine's /etc/resolv.conf; 127.0.0.1 when it names none, as resolv.conf(5) says.
std::vector<std::string> readNameServers();

/// Those of them that only this machine itself can reach (127.0.0.0/8, ::1), without repetition.
std::vector<std::string> loopbackServers(const std::vector<std::string> &servers);

} // namespace roadstead::launcher
