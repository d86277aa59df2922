// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/address_plan.h"

#include <algorithm>
#include <array>
#include <format>

namespace roadstead::launcher {

namespace {

constexpr std::uint32_t ipv4(unsigned a, unsigned b, unsigned c, unsigned d)
{
    return a << 24U | b << 16U | c << 8U | d;
}

bool isFree(const Range &range, const std::vector<Range> &used)
{
    return std::ranges::none_of(used, [&](const Range &other) { return range.overlaps(other); });
}

/// Blocks that are rarely anyone's, the least likely first. The last is for benchmarks (RFC 2544)
/// and serves hosts that route all private ranges elsewhere.
constexpr std::array linkBlocks{ipv4(172, 31, 255, 0), ipv4(192, 168, 255, 0),
                                ipv4(10, 255, 254, 0), ipv4(198, 19, 255, 0)};

std::vector<Range> engineCandidates()
{
    std::vector<Range> candidates;
    // The system's Docker takes 172.17 upwards, so begin at the far end.
    for (unsigned second = 30; second >= 24; --second) {
        candidates.push_back({ipv4(172, second, 0, 0), 16});
    }
    for (unsigned second = 240; second >= 200; --second) {
        candidates.push_back({ipv4(10, second, 0, 0), 16});
    }
    candidates.push_back({ipv4(192, 168, 0, 0), 16});
    candidates.push_back({ipv4(198, 18, 0, 0), 16});
    return candidates;
}

std::string group6(uid_t uid, char last)
{
    return std::format("fd72:6f61:{:x}:{:x}::{}", uid >> 16U, uid & 0xffffU, last);
}

Result<Range> parseRange(const std::string &text)
{
    const std::size_t slash = std::min(text.find('/'), text.size());
    auto address = parseIpv4(text.substr(0, slash));
    if (!address || (text.substr(slash) != "/30" && text.substr(slash) != "/16")) {
        return failure(ErrorKind::InvalidArgument, "launcher.plan", text);
    }
    return Range{*address, text.ends_with("/30") ? 30U : 16U};
}

} // namespace

std::string AddressPlan::hostAddress6() const
{
    return group6(uid, '1');
}

std::string AddressPlan::engineAddress6() const
{
    return group6(uid, '2');
}

std::string AddressPlan::bridge() const
{
    // Room for more containers than one bridge can carry.
    return engine.at(1) + "/18";
}

std::vector<std::string> AddressPlan::pools() const
{
    return {std::format("base={}/18,size=24", engine.at(1U << 14U)),
            std::format("base={}/17,size=24", engine.at(1U << 15U))};
}

std::string AddressPlan::serialize() const
{
    return std::format("link={}\nengine={}\n", link.text(), engine.text());
}

Result<AddressPlan> AddressPlan::parse(const std::string &text, uid_t uid)
{
    const std::size_t middle = text.find("\nengine=");
    if (!text.starts_with("link=") || middle == std::string::npos || !text.ends_with('\n')) {
        return failure(ErrorKind::InvalidArgument, "launcher.plan", text);
    }
    auto link = parseRange(text.substr(5, middle - 5));
    auto engine = parseRange(text.substr(middle + 8, text.size() - middle - 9));
    if (!link || !engine || link->length != 30 || engine->length != 16) {
        return failure(ErrorKind::InvalidArgument, "launcher.plan", text);
    }
    return AddressPlan{*link, *engine, uid};
}

Result<AddressPlan> choosePlan(uid_t uid, const std::vector<Range> &used)
{
    AddressPlan plan;
    plan.uid = uid;
    for (const std::uint32_t block : linkBlocks) {
        for (std::uint32_t offset = 0; offset < 256 && plan.link.length == 0; offset += 4) {
            if (const Range link{block + offset, 30}; isFree(link, used)) {
                plan.link = link;
            }
        }
    }
    for (const Range &candidate : engineCandidates()) {
        if (plan.engine.length == 0 && isFree(candidate, used) && !candidate.overlaps(plan.link)) {
            plan.engine = candidate;
        }
    }
    if (plan.link.length == 0 || plan.engine.length == 0) {
        return failure(ErrorKind::Conflict, "launcher.plan",
                       "the host's routes cover every private address range");
    }
    return plan;
}

} // namespace roadstead::launcher
