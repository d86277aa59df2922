// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/listening_ports.h"

#include "engine/service/small_file.h"
#include "engine/service/transport.h"

#include <QPromise>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>

#include <arpa/inet.h>

namespace roadstead::service {

namespace {

constexpr unsigned tcpListens = 0x0A; ///< TCP_LISTEN
constexpr unsigned udpUnbound = 0x07; ///< TCP_CLOSE: a UDP socket that is connected to nobody
constexpr std::size_t wordDigits = 8; ///< of 32 bits

template<typename Number>
std::optional<Number> number(std::string_view text, int base)
{
    Number value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value)
                                                                    : std::nullopt;
}

std::vector<std::string_view> blankSplit(std::string_view line)
{
    std::vector<std::string_view> words;
    while (true) {
        const auto begin = line.find_first_not_of(" \t");
        if (begin == std::string_view::npos) {
            return words;
        }
        const auto end = std::min(line.find_first_of(" \t", begin), line.size());
        words.push_back(line.substr(begin, end - begin));
        line.remove_prefix(end);
    }
}

/// Each word of 32 bits as this machine has it in memory, so that the bytes are in network order.
std::optional<std::string> addressOf(std::string_view digits)
{
    std::array<std::uint32_t, 4> words{};
    const std::size_t count = digits.size() / wordDigits;
    if (digits.size() % wordDigits != 0 || (count != 1 && count != words.size())) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < count; ++i) {
        const auto word = number<std::uint32_t>(digits.substr(i * wordDigits, wordDigits), 16);
        if (!word) {
            return std::nullopt;
        }
        words[i] = *word;
    }
    if (std::ranges::all_of(words, [](std::uint32_t word) { return word == 0; })) {
        return std::string();
    }
    std::array<char, INET6_ADDRSTRLEN> text{};
    const bool isMapped =
        count == words.size() && words[0] == 0 && words[1] == 0 && words[2] == htonl(0xFFFF);
    const bool isShort = count == 1 || isMapped;
    const void *bytes = isMapped ? static_cast<const void *>(&words[3]) : words.data();
    return inet_ntop(isShort ? AF_INET : AF_INET6, bytes, text.data(), text.size()) != nullptr
               ? std::optional<std::string>(text.data())
               : std::nullopt;
}

/// sl, local_address, rem_address, st, queues, tr, retrnsmt, uid, timeout, inode
std::optional<ListeningPort> listeningOf(std::string_view line, std::string_view protocol)
{
    constexpr std::size_t inodeColumn = 9;
    const auto words = blankSplit(line);
    if (words.size() <= inodeColumn) {
        return std::nullopt;
    }
    const auto colon = words[1].rfind(':');
    const auto state = number<unsigned>(words[3], 16);
    if (colon == std::string_view::npos || state != (protocol == "tcp" ? tcpListens : udpUnbound)) {
        return std::nullopt;
    }
    auto address = addressOf(words[1].substr(0, colon));
    const auto port = number<std::uint16_t>(words[1].substr(colon + 1), 16);
    const auto inode = number<std::uint64_t>(words[inodeColumn], 10);
    if (!address || !port || *port == 0 || !inode) {
        return std::nullopt;
    }
    return ListeningPort{std::string(protocol), *std::move(address), *port, *inode, {}, 0};
}

/// The inode in "socket:[12345]".
std::optional<std::uint64_t> socketInode(std::string_view link)
{
    constexpr std::string_view before = "socket:[";
    if (!link.starts_with(before) || !link.ends_with(']')) {
        return std::nullopt;
    }
    link.remove_prefix(before.size());
    link.remove_suffix(1);
    return number<std::uint64_t>(link, 10);
}

/// Names the holders. Processes of others are closed to us, and end while one looks: neither is a
/// failure.
void findHolders(std::vector<ListeningPort> &ports, const std::string &proc)
{
    namespace fs = std::filesystem;
    std::multimap<std::uint64_t, ListeningPort *> wanted;
    for (ListeningPort &port : ports) {
        wanted.emplace(port.inode, &port);
    }
    std::error_code failed;
    for (fs::directory_iterator process(proc, failed), last; !failed && process != last;
         process.increment(failed)) {
        const fs::path folder = process->path();
        const auto pid = number<int>(folder.filename().string(), 10);
        if (!pid) {
            continue;
        }
        std::error_code closed;
        for (fs::directory_iterator file(folder / "fd", closed), end; !closed && file != end;
             file.increment(closed)) {
            std::error_code gone;
            const auto inode = socketInode(fs::read_symlink(file->path(), gone).string());
            if (!inode) {
                continue;
            }
            const auto [begin, behind] = wanted.equal_range(*inode);
            for (auto found = begin; found != behind; ++found) {
                std::string name = readSmallFile((folder / "comm").string()).value_or("");
                name.erase(name.find_last_not_of('\n') + 1);
                found->second->holder = std::move(name);
                found->second->pid = *pid;
            }
        }
    }
}

} // namespace

std::vector<ListeningPort> parseListening(std::string_view table, std::string_view protocol)
{
    std::vector<ListeningPort> ports;
    while (!table.empty()) {
        const auto end = std::min(table.find('\n'), table.size());
        if (auto port = listeningOf(table.substr(0, end), protocol)) {
            ports.push_back(*std::move(port));
        }
        table.remove_prefix(std::min(end + 1, table.size()));
    }
    return ports;
}

bool addressesClash(std::string_view held, std::string_view address)
{
    const auto isAll = [](std::string_view text) {
        return text.empty() || text == "0.0.0.0" || text == "::" || text == "[::]";
    };
    return isAll(held) || isAll(address) || held == address;
}

std::vector<ListeningPort> readListeningPorts(const std::string &proc)
{
    std::vector<ListeningPort> ports;
    for (const char *name : {"tcp", "tcp6", "udp", "udp6"}) {
        const auto table = readSmallFile(proc + "/net/" + name);
        if (table) {
            const auto some = parseListening(*table, std::string_view(name, 3));
            ports.insert(ports.end(), some.begin(), some.end());
        }
    }
    findHolders(ports, proc);
    return ports;
}

Operation<std::vector<ListeningPort>> listeningPorts(const std::string &proc)
{
    using Ports = Result<std::vector<ListeningPort>>;
    const auto promise = std::make_shared<QPromise<Ports>>();
    promise->start();
    runElsewhere([promise, proc] {
        promise->addResult(Ports(readListeningPorts(proc)));
        promise->finish();
    });
    return {promise->future(), {}};
}

} // namespace roadstead::service
