// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// See README.md.
#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <netinet/in.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace {

using Block = std::vector<char>;
constexpr std::size_t blockSize = 256 * 1024;

struct Digest
{
    std::uint64_t bytes = 0;
    std::uint64_t sum = 0;

    /// Position counts, so that exchanged or doubled parts are noticed.
    void add(const char *data, std::size_t size)
    {
        for (std::size_t i = 0; i < size; ++i) {
            sum = sum * 31 + static_cast<unsigned char>(data[i]);
        }
        bytes += size;
    }
};

[[noreturn]] void give_up(const char *what)
{
    std::perror(what);
    std::exit(EXIT_FAILURE);
}

bool sendAll(int socket, const char *data, std::size_t size)
{
    while (size > 0) {
        const ssize_t sent = send(socket, data, size, MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        data += sent;
        size -= static_cast<std::size_t>(sent);
    }
    return true;
}

bool receiveAll(int socket, char *data, std::size_t size)
{
    while (size > 0) {
        const ssize_t got = recv(socket, data, size, 0);
        if (got <= 0) {
            return false;
        }
        data += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

int listenOn(std::uint16_t port, int type)
{
    const int handle = socket(AF_INET6, type, 0);
    const int on = 1;
    const int off = 0;
    setsockopt(handle, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    setsockopt(handle, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    sockaddr_in6 address = {};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(port);
    if (bind(handle, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0 ||
        (type == SOCK_STREAM && listen(handle, SOMAXCONN) != 0)) {
        give_up("listen");
    }
    return handle;
}

void echo(int socket)
{
    Block block(blockSize);
    ssize_t got = 0;
    while ((got = recv(socket, block.data(), block.size(), 0)) > 0 &&
           sendAll(socket, block.data(), static_cast<std::size_t>(got))) {
    }
}

void sink(int socket)
{
    Block block(blockSize);
    Digest digest;
    ssize_t got = 0;
    while ((got = recv(socket, block.data(), block.size(), 0)) > 0) {
        digest.add(block.data(), static_cast<std::size_t>(got));
    }
    sendAll(socket, reinterpret_cast<const char *>(&digest), sizeof digest);
}

void source(int socket)
{
    const Block block(blockSize, 'x');
    std::uint64_t left = 0;
    if (!receiveAll(socket, reinterpret_cast<char *>(&left), sizeof left)) {
        return;
    }
    while (left > 0) {
        const std::size_t part = left < block.size() ? left : block.size();
        if (!sendAll(socket, block.data(), part)) {
            return;
        }
        left -= part;
    }
}

/// A process for each connection, for ever.
[[noreturn]] void serveStreams(std::uint16_t port, const std::function<void(int)> &serve)
{
    const int listener = listenOn(port, SOCK_STREAM);
    while (true) {
        const int client = accept(listener, nullptr, nullptr);
        if (client >= 0 && fork() == 0) {
            close(listener);
            serve(client);
            shutdown(client, SHUT_WR);
            std::_Exit(0);
        }
        close(client);
    }
}

[[noreturn]] void serveDatagrams(std::uint16_t port)
{
    const int socket = listenOn(port, SOCK_DGRAM);
    Block block(65536);
    while (true) {
        sockaddr_storage from = {};
        socklen_t length = sizeof from;
        auto *address = reinterpret_cast<sockaddr *>(&from);
        const ssize_t got = recvfrom(socket, block.data(), block.size(), 0, address, &length);
        if (got >= 0) {
            sendto(socket, block.data(), static_cast<std::size_t>(got), 0, address, length);
        }
    }
}

int connectTo(const char *ip, std::uint16_t port)
{
    sockaddr_in v4 = {};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    sockaddr_in6 v6 = {};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    const bool isV4 = inet_pton(AF_INET, ip, &v4.sin_addr) == 1;
    if (!isV4 && inet_pton(AF_INET6, ip, &v6.sin6_addr) != 1) {
        give_up("address");
    }
    const int handle = socket(isV4 ? AF_INET : AF_INET6, SOCK_STREAM, 0);
    const auto *address =
        isV4 ? reinterpret_cast<const sockaddr *>(&v4) : reinterpret_cast<const sockaddr *>(&v6);
    if (connect(handle, address, isV4 ? sizeof v4 : sizeof v6) != 0) {
        give_up("connect");
    }
    return handle;
}

double secondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

int sendTo(const char *ip, std::uint16_t port, std::uint64_t bytes)
{
    Block block(blockSize);
    std::uint32_t random = 1;
    for (char &byte : block) {
        random = random * 1664525 + 1013904223;
        byte = static_cast<char>(random >> 24U);
    }
    const int socket = connectTo(ip, port);
    const auto start = std::chrono::steady_clock::now();
    Digest sent;
    while (sent.bytes < bytes) {
        // A new beginning for each block, so that no two are alike.
        std::memcpy(block.data(), &sent.bytes, sizeof sent.bytes);
        const std::uint64_t left = bytes - sent.bytes;
        const std::size_t part = left < block.size() ? left : block.size();
        if (!sendAll(socket, block.data(), part)) {
            give_up("send");
        }
        sent.add(block.data(), part);
    }
    shutdown(socket, SHUT_WR);
    Digest seen;
    if (!receiveAll(socket, reinterpret_cast<char *>(&seen), sizeof seen)) {
        give_up("receive");
    }
    std::printf(
        "%.6f %llu %016llx %llu %016llx\n", secondsSince(start),
        static_cast<unsigned long long>(seen.bytes), static_cast<unsigned long long>(seen.sum),
        static_cast<unsigned long long>(sent.bytes), static_cast<unsigned long long>(sent.sum));
    return seen.bytes == sent.bytes && seen.sum == sent.sum ? EXIT_SUCCESS : EXIT_FAILURE;
}

int receiveFrom(const char *ip, std::uint16_t port, std::uint64_t bytes)
{
    const int socket = connectTo(ip, port);
    const auto start = std::chrono::steady_clock::now();
    sendAll(socket, reinterpret_cast<const char *>(&bytes), sizeof bytes);
    Block block(blockSize);
    std::uint64_t seen = 0;
    ssize_t got = 0;
    while ((got = recv(socket, block.data(), block.size(), 0)) > 0) {
        seen += static_cast<std::uint64_t>(got);
    }
    std::printf("%.6f %llu\n", secondsSince(start), static_cast<unsigned long long>(seen));
    return seen == bytes ? EXIT_SUCCESS : EXIT_FAILURE;
}

int connectOften(const char *ip, std::uint16_t port, std::uint64_t times)
{
    const auto start = std::chrono::steady_clock::now();
    const std::string out(100, 'r');
    std::string in(100, '\0');
    for (std::uint64_t i = 0; i < times; ++i) {
        const int socket = connectTo(ip, port);
        if (!sendAll(socket, out.data(), out.size()) || !receiveAll(socket, in.data(), in.size()) ||
            in != out) {
            give_up("echo");
        }
        close(socket);
    }
    std::printf("%.6f %llu\n", secondsSince(start), static_cast<unsigned long long>(times));
    return EXIT_SUCCESS;
}

std::uint64_t number(const char *text)
{
    return std::strtoull(text, nullptr, 10);
}

} // namespace

int main(int argc, char **argv)
{
    std::signal(SIGCHLD, SIG_IGN);
    const std::string_view verb = argc > 1 ? argv[1] : "";
    if (argc == 3) {
        const auto port = static_cast<std::uint16_t>(number(argv[2]));
        if (verb == "serve") {
            if (fork() == 0) {
                serveDatagrams(port);
            }
            serveStreams(port, echo);
        }
        if (verb == "sink") {
            serveStreams(port, sink);
        }
        if (verb == "source") {
            serveStreams(port, source);
        }
    }
    if (argc == 5) {
        const auto port = static_cast<std::uint16_t>(number(argv[3]));
        const std::uint64_t count = number(argv[4]);
        if (verb == "send") {
            return sendTo(argv[2], port, count);
        }
        if (verb == "receive") {
            return receiveFrom(argv[2], port, count);
        }
        if (verb == "connect") {
            return connectOften(argv[2], port, count);
        }
    }
    std::fputs("port_peer: see tests/support/peer/README.md\n", stderr);
    return EXIT_FAILURE;
}
