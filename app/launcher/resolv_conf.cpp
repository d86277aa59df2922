// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/resolv_conf.h"

#include "app/launcher/files.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <sstream>

namespace roadstead::launcher {

namespace {

bool isAddress(const std::string &text)
{
    std::array<unsigned char, sizeof(in6_addr)> address{};
    return inet_pton(AF_INET, text.c_str(), address.data()) == 1 ||
           inet_pton(AF_INET6, text.c_str(), address.data()) == 1;
}

} // namespace

std::vector<std::string> parseNameServers(const std::string &text)
{
    std::vector<std::string> servers;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line) && servers.size() < 8;) {
        std::istringstream words(line);
        std::string keyword;
        std::string address;
        if (words >> keyword >> address && keyword == "nameserver" && isAddress(address)) {
            servers.push_back(address);
        }
    }
    return servers;
}

std::vector<std::string> readNameServers()
{
    auto servers = parseNameServers(readFile("/etc/resolv.conf").value_or(std::string()));
    if (servers.empty()) {
        servers.emplace_back("127.0.0.1");
    }
    return servers;
}

std::vector<std::string> loopbackServers(const std::vector<std::string> &servers)
{
    std::vector<std::string> result;
    for (const std::string &server : servers) {
        const bool isLoopback = server.starts_with("127.") || server == "::1";
        if (isLoopback && !std::ranges::contains(result, server)) {
            result.push_back(server);
        }
    }
    return result;
}

} // namespace roadstead::launcher
