// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/port/arguments.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>

namespace roadstead::port {
namespace {

constexpr std::size_t maximumArguments = 16;
constexpr std::size_t maximumLength = 64;

enum Option : std::size_t {
    Proto,
    HostIp,
    HostPort,
    ContainerIp,
    ContainerPort,
    UseListenFd,
    Uid,
    OptionCount
};
constexpr std::array<std::string_view, OptionCount> optionNames = {
    "proto", "host-ip", "host-port", "container-ip", "container-port", "use-listen-fd", "uid",
};
using Values = std::array<std::optional<std::string_view>, OptionCount>;

std::unexpected<Error> refused(std::string why)
{
    return failure(ErrorKind::InvalidArgument, "port.arguments", std::move(why));
}

/// Go's flag syntax, which dockerd's side follows: -name value, --name value, -name=value; the one
/// truth value stands alone or as -name=true.
Result<Values> splitOptions(std::span<const std::string_view> arguments)
{
    Values values;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        std::string_view name = arguments[i];
        if (name.size() > maximumLength || !name.starts_with('-')) {
            return refused("an argument is not understood");
        }
        name.remove_prefix(name.starts_with("--") ? 2 : 1);
        std::optional<std::string_view> value;
        if (const std::size_t equals = name.find('='); equals != std::string_view::npos) {
            value = name.substr(equals + 1);
            name = name.substr(0, equals);
        }
        const auto known = std::ranges::find(optionNames, name);
        if (known == optionNames.end()) {
            return refused("an option is not known");
        }
        const auto option = static_cast<std::size_t>(known - optionNames.begin());
        if (!value && option == UseListenFd) {
            value = "true";
        } else if (!value && i + 1 < arguments.size()) {
            value = arguments[++i];
        }
        if (!value || value->size() > maximumLength || values[option]) {
            return refused("option -" + std::string(name) + " has no value, a long one or two");
        }
        values[option] = value;
    }
    return values;
}

template<typename Number>
std::optional<Number> parseNumber(const std::optional<std::string_view> &text, Number least)
{
    Number number = 0;
    if (!text || text->empty()) {
        return {};
    }
    const char *end = text->data() + text->size();
    const auto [stop, error] = std::from_chars(text->data(), end, number);
    if (error != std::errc() || stop != end || number < least) {
        return {};
    }
    return number;
}

std::optional<SocketAddress> parseAddress(const std::optional<std::string_view> &ip,
                                          const std::optional<std::string_view> &port)
{
    const auto number = parseNumber<std::uint16_t>(port, 1);
    return ip && number ? SocketAddress::parse(*ip, *number) : std::nullopt;
}

Result<Protocol> parseProtocol(std::string_view text)
{
    if (text == "tcp") {
        return Protocol::Tcp;
    }
    if (text == "udp") {
        return Protocol::Udp;
    }
    if (text == "sctp") {
        return refused("SCTP ports cannot be published by this engine, only TCP and UDP");
    }
    return refused("the protocol is neither tcp nor udp");
}

Result<Request> readPublish(const Values &values)
{
    if (values[Uid]) {
        return refused("-uid belongs to reverse");
    }
    const Result<Protocol> protocol = parseProtocol(values[Proto].value_or("tcp"));
    if (!protocol) {
        return std::unexpected(protocol.error());
    }
    const auto host = parseAddress(values[HostIp], values[HostPort]);
    const auto container = parseAddress(values[ContainerIp], values[ContainerPort]);
    if (!host || !container || container->isAny()) {
        return refused("an address or a port is missing or out of range");
    }
    const std::string_view passed = values[UseListenFd].value_or("false");
    if (passed != "true" && passed != "false") {
        return refused("-use-listen-fd is neither true nor false");
    }
    return Publish{*protocol, *host, *container, passed == "true"};
}

Result<Request> readReverse(const Values &values)
{
    if (values[ContainerIp] || values[ContainerPort] || values[UseListenFd]) {
        return refused("reverse takes -uid, -proto, -host-ip and -host-port");
    }
    const Result<Protocol> protocol = parseProtocol(values[Proto].value_or("tcp"));
    if (!protocol) {
        return std::unexpected(protocol.error());
    }
    const auto uid = parseNumber<std::uint32_t>(values[Uid], 0);
    const auto address = parseAddress(values[HostIp].value_or("127.0.0.1"), values[HostPort]);
    if (!uid || !address || !address->isLoopback()) {
        return refused("reverse needs a user, a port and, if any, a loopback address");
    }
    return Reverse{*protocol, *uid, *address};
}

} // namespace

Result<Request> parseArguments(std::span<const std::string_view> arguments)
{
    if (arguments.empty() || arguments.size() > maximumArguments) {
        return refused("this program is run by the engine, not by hand");
    }
    if (arguments.size() == 1 && (arguments[0] == "-v" || arguments[0] == "--version" ||
                                  arguments[0] == "-version" || arguments[0] == "--v")) {
        return ShowVersion{};
    }
    const bool isReverse = arguments[0] == "reverse";
    const Result<Values> values = splitOptions(isReverse ? arguments.subspan(1) : arguments);
    if (!values) {
        return std::unexpected(values.error());
    }
    return isReverse ? readReverse(*values) : readPublish(*values);
}

} // namespace roadstead::port
