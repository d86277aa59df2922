// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/routes.h"

#include "app/launcher/descriptor.h"
#include "app/launcher/failures.h"
#include "app/launcher/paths.h"

#include <arpa/inet.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace roadstead::launcher {

namespace {

/// Shorter destinations are default routes in disguise (0.0.0.0/1 and 128.0.0.0/1 of some VPNs).
constexpr unsigned shortestRange = 4;

std::uint32_t mask(unsigned length)
{
    return length == 0 ? 0 : ~std::uint32_t{0} << (32U - length);
}

struct Attributes
{
    std::uint32_t destination = 0;
    unsigned interface = 0;
};

/// What follows the header of a message.
const rtmsg *routeOf(const nlmsghdr *message)
{
    return reinterpret_cast<const rtmsg *>(reinterpret_cast<const char *>(message) +
                                           NLMSG_LENGTH(0));
}

/// The two attributes of a route that matter here.
Attributes readAttributes(const nlmsghdr *message)
{
    Attributes result;
    const auto *route = routeOf(message);
    std::string_view rest(reinterpret_cast<const char *>(route) + NLMSG_ALIGN(sizeof(rtmsg)),
                          message->nlmsg_len - NLMSG_LENGTH(sizeof(rtmsg)));
    while (rest.size() >= sizeof(rtattr)) {
        rtattr head{};
        std::copy_n(rest.data(), sizeof head, reinterpret_cast<char *>(&head));
        if (head.rta_len < sizeof head || head.rta_len > rest.size()) {
            break;
        }
        std::uint32_t value = 0;
        const std::string_view payload = rest.substr(RTA_LENGTH(0), head.rta_len - RTA_LENGTH(0));
        std::copy_n(payload.data(), std::min(payload.size(), sizeof value),
                    reinterpret_cast<char *>(&value));
        if (head.rta_type == RTA_DST && route->rtm_family == AF_INET) {
            result.destination = ntohl(value);
        } else if (head.rta_type == RTA_OIF) {
            result.interface = value;
        }
        rest.remove_prefix(std::min<std::size_t>(RTA_ALIGN(head.rta_len), rest.size()));
    }
    return result;
}

bool isOurs(unsigned interface)
{
    std::array<char, IF_NAMESIZE> name{};
    return if_indextoname(interface, name.data()) != nullptr &&
           std::string_view(name.data()).starts_with(linkPrefix);
}

void take(const nlmsghdr *message, Routes &routes)
{
    const auto *route = routeOf(message);
    const Attributes attributes = readAttributes(message);
    if (route->rtm_family == AF_INET6) {
        routes.hasIpv6Default |= route->rtm_dst_len == 0 && route->rtm_type == RTN_UNICAST &&
                                 attributes.interface != if_nametoindex("lo");
        return;
    }
    if (route->rtm_dst_len >= shortestRange) {
        routes.ranges.push_back({attributes.destination & mask(route->rtm_dst_len),
                                 static_cast<unsigned>(route->rtm_dst_len)});
    }
    if (route->rtm_type == RTN_UNICAST && attributes.interface != 0 &&
        !isOurs(attributes.interface) &&
        !std::ranges::contains(routes.interfaces, attributes.interface)) {
        routes.interfaces.push_back(attributes.interface);
    }
}

Result<void> dump(int family, Routes &routes)
{
    constexpr auto operation = "launcher.routes";
    const Descriptor socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
    struct
    {
        nlmsghdr head;
        rtmsg route;
    } request{};
    request.head.nlmsg_len = sizeof request;
    request.head.nlmsg_type = RTM_GETROUTE;
    request.head.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
    request.route.rtm_family = static_cast<unsigned char>(family);
    if (!socket.isOpen() || send(socket.get(), &request, sizeof request, 0) < 0) {
        return ioFailure(operation, "asking for routes");
    }
    alignas(nlmsghdr) std::array<char, 65536> block{};
    while (true) {
        const ssize_t count = recv(socket.get(), block.data(), block.size(), 0);
        if (count <= 0) {
            return ioFailure(operation, "reading routes");
        }
        auto left = static_cast<unsigned>(count);
        for (const auto *message = reinterpret_cast<const nlmsghdr *>(block.data());
             NLMSG_OK(message, left);) {
            if (message->nlmsg_type == NLMSG_DONE || message->nlmsg_type == NLMSG_ERROR) {
                return {};
            }
            take(message, routes);
            const unsigned step = NLMSG_ALIGN(message->nlmsg_len);
            left -= std::min(step, left);
            message =
                reinterpret_cast<const nlmsghdr *>(reinterpret_cast<const char *>(message) + step);
        }
    }
}

} // namespace

bool Range::overlaps(const Range &other) const
{
    const std::uint32_t common = mask(std::min(length, other.length));
    return (address & common) == (other.address & common);
}

std::string Range::at(std::uint32_t offset) const
{
    const in_addr value{htonl(address + offset)};
    std::array<char, INET_ADDRSTRLEN> text{};
    inet_ntop(AF_INET, &value, text.data(), text.size());
    return text.data();
}

std::string Range::text() const
{
    return at(0) + "/" + std::to_string(length);
}

Result<Routes> readRoutes()
{
    Routes routes;
    for (const int family : {AF_INET, AF_INET6}) {
        if (auto dumped = dump(family, routes); !dumped && family == AF_INET) {
            return std::unexpected(dumped.error());
        }
    }
    return routes;
}

Result<std::uint32_t> parseIpv4(const std::string &text)
{
    in_addr value{};
    if (inet_pton(AF_INET, text.c_str(), &value) != 1) {
        return failure(ErrorKind::InvalidArgument, "launcher.address", text);
    }
    return ntohl(value.s_addr);
}

} // namespace roadstead::launcher
