// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/port/sockets.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <dirent.h>
#include <fstream>
#include <memory>
#include <sstream>
#include <vector>

namespace roadstead::port {
namespace {

struct CloseDirectory
{
    void operator()(DIR *directory) const { closedir(directory); }
};
using Directory = std::unique_ptr<DIR, CloseDirectory>;

bool isNumber(const char *text)
{
    return *text != '\0' &&
           std::ranges::all_of(std::string_view(text), [](char c) { return c >= '0' && c <= '9'; });
}

/// The "socket:[inode]" links of all sockets with this local port. Which of several addresses
/// stands in the way is left open: on one port it is nearly always one program.
std::vector<std::string> socketsOnPort(const char *table, std::uint16_t port,
                                       std::string_view state)
{
    std::vector<std::string> links;
    std::ifstream lines(table);
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
        std::istringstream fields(line);
        std::string number, local, remote, status, queues, timer, retransmits, uid, timeout, inode;
        fields >> number >> local >> remote >> status >> queues >> timer >> retransmits >> uid >>
            timeout >> inode;
        const std::size_t colon = local.find(':');
        if (fields && colon != std::string::npos && status == state &&
            std::strtoul(local.c_str() + colon + 1, nullptr, 16) == port) {
            links.push_back("socket:[" + inode + ']');
        }
    }
    return links;
}

bool hasOneOf(const std::string &process, const std::vector<std::string> &links)
{
    const std::string folder = "/proc/" + process + "/fd";
    const Directory directory(opendir(folder.c_str()));
    while (const dirent *entry = directory ? readdir(directory.get()) : nullptr) {
        std::array<char, 64> target = {};
        const ssize_t length =
            readlink((folder + '/' + entry->d_name).c_str(), target.data(), target.size() - 1);
        if (length > 0 && std::ranges::find(links, target.data()) != links.end()) {
            return true;
        }
    }
    return false;
}

/// The name goes into a message: only harmless characters of it.
std::string nameOf(const std::string &process)
{
    std::ifstream file("/proc/" + process + "/comm");
    std::string name;
    std::getline(file, name);
    std::ranges::replace_if(
        name,
        [](char c) {
            return std::isalnum(static_cast<unsigned char>(c)) == 0 &&
                   std::string_view("._:-").find(c) == std::string_view::npos;
        },
        '_');
    return name;
}

} // namespace

std::string holderOf(Protocol protocol, const SocketAddress &address)
{
    constexpr std::string_view listening = "0A";
    constexpr std::string_view unconnected = "07";
    const bool isStream = protocol == Protocol::Tcp;
    const std::string_view state = isStream ? listening : unconnected;
    // thread-self: the table of the namespace that this thread is in now. An IPv4 port may be held
    // by an IPv6 socket too.
    std::vector<std::string> links =
        socketsOnPort(isStream ? "/proc/thread-self/net/tcp6" : "/proc/thread-self/net/udp6",
                      address.port(), state);
    if (address.family() == AF_INET) {
        const auto more =
            socketsOnPort(isStream ? "/proc/thread-self/net/tcp" : "/proc/thread-self/net/udp",
                          address.port(), state);
        links.insert(links.begin(), more.begin(), more.end());
    }
    const Directory processes(opendir("/proc"));
    while (const dirent *entry = processes && !links.empty() ? readdir(processes.get()) : nullptr) {
        if (isNumber(entry->d_name) && hasOneOf(entry->d_name, links)) {
            return nameOf(entry->d_name) + ", pid " + entry->d_name;
        }
    }
    return {};
}

} // namespace roadstead::port
