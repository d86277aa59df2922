// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/network.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <optional>

#include <arpa/inet.h>

namespace roadstead::docker {

namespace {

/// An address with the length of its network part.
struct Prefix
{
    std::array<std::uint8_t, 16> bytes{};
    int size = 0; ///< of the address, bytes
    int length = 0;
};

std::optional<Prefix> addressOf(std::string_view text)
{
    constexpr int v4Size = 4;
    constexpr int v6Size = 16;
    const std::string address(text);
    Prefix prefix;
    if (address.contains('\0')) {
        return std::nullopt;
    }
    if (::inet_pton(AF_INET, address.c_str(), prefix.bytes.data()) == 1) {
        prefix.size = v4Size;
    } else if (::inet_pton(AF_INET6, address.c_str(), prefix.bytes.data()) == 1) {
        prefix.size = v6Size;
    } else {
        return std::nullopt;
    }
    prefix.length = prefix.size * 8;
    return prefix;
}

std::optional<Prefix> cidrOf(std::string_view text)
{
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) {
        return std::nullopt;
    }
    auto prefix = addressOf(text.substr(0, slash));
    const std::string_view digits = text.substr(slash + 1);
    int length = -1;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), length);
    if (!prefix || read.ec != std::errc() || read.ptr != digits.data() + digits.size() ||
        length < 0 || length > prefix->length) {
        return std::nullopt;
    }
    prefix->length = length;
    return prefix;
}

bool contains(const Prefix &network, const Prefix &address)
{
    if (network.size != address.size) {
        return false;
    }
    for (int bit = 0; bit < network.length; ++bit) {
        const auto byte = static_cast<std::size_t>(bit / 8);
        const unsigned mask = 0x80U >> static_cast<unsigned>(bit % 8);
        if (((network.bytes[byte] ^ address.bytes[byte]) & mask) != 0) {
            return false;
        }
    }
    return true;
}

std::unexpected<Error> refusedPool(std::string why)
{
    return failure(ErrorKind::InvalidArgument, "network.create", std::move(why));
}

/// Where `text` lies, an address or a range.
Result<IpamPool *> poolFor(std::vector<IpamPool> &pools, const std::string &text, bool range,
                           const char *what)
{
    const auto address = range ? cidrOf(text) : addressOf(text);
    if (range && !address) {
        return refusedPool("invalid CIDR address: " + text);
    }
    for (IpamPool &pool : pools) {
        const auto subnet = cidrOf(pool.subnet);
        if (!subnet) {
            return refusedPool("invalid subnet: invalid CIDR address: " + pool.subnet);
        }
        if (address && contains(*subnet, *address)) {
            return &pool;
        }
    }
    return refusedPool(std::string("no matching subnet for ") + what + " " + text);
}

Result<std::vector<IpamPool>> separatePools(const std::vector<std::string> &subnets)
{
    std::vector<IpamPool> pools;
    for (const std::string &subnet : subnets) {
        for (const IpamPool &other : pools) {
            const auto one = cidrOf(subnet);
            const auto two = cidrOf(other.subnet);
            if (!one || !two) {
                return refusedPool("invalid subnet: invalid CIDR address: " +
                                   (one ? other.subnet : subnet));
            }
            if (contains(*one, *two) || contains(*two, *one)) {
                return refusedPool("multiple overlapping subnet configuration is not supported");
            }
        }
        pools.push_back({.subnet = subnet});
    }
    return pools;
}

} // namespace

Result<std::vector<IpamPool>> poolsOf(const std::vector<std::string> &subnets,
                                      const std::vector<std::string> &ipRanges,
                                      const std::vector<std::string> &gateways,
                                      const Labels &auxiliaryAddresses)
{
    if (subnets.size() < ipRanges.size() || subnets.size() < gateways.size()) {
        return refusedPool("every ip-range or gateway must have a corresponding subnet");
    }
    auto pools = separatePools(subnets);
    if (!pools) {
        return pools;
    }
    const auto place = [&pools](const std::vector<std::string> &texts, bool range, const char *what,
                                std::string IpamPool::*member) -> Result<void> {
        for (const std::string &text : texts) {
            const auto pool = poolFor(*pools, text, range, what);
            if (!pool) {
                return std::unexpected(pool.error());
            }
            if (!((*pool)->*member).empty()) {
                return refusedPool(std::string("cannot configure multiple ") + what + "s (" + text +
                                   ", " + (*pool)->*member + ") for the same subnet (" +
                                   (*pool)->subnet + ")");
            }
            (*pool)->*member = text;
        }
        return {};
    };
    if (const auto placed = place(ipRanges, true, "range", &IpamPool::ipRange); !placed) {
        return std::unexpected(placed.error());
    }
    if (const auto placed = place(gateways, false, "gateway", &IpamPool::gateway); !placed) {
        return std::unexpected(placed.error());
    }
    for (const auto &[host, address] : auxiliaryAddresses) {
        const auto pool = poolFor(*pools, address, false, "aux-address");
        if (!pool) {
            return std::unexpected(pool.error());
        }
        (*pool)->auxiliaryAddresses.emplace_back(host, address);
    }
    return pools;
}

} // namespace roadstead::docker
