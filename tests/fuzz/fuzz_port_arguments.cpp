// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The command line of roadstead-port and of roadstead-runtime, words parted by NUL; and the
// specification that roadstead-runtime edits.
#include "tests/fuzz/fuzz.h"

#include "app/port/arguments.h"
#include "app/runtime/command_line.h"
#include "app/runtime/spec.h"

#include <algorithm>
#include <string_view>
#include <vector>

using namespace roadstead;

namespace {

void checkPort(const std::vector<std::string_view> &arguments)
{
    const Result<port::Request> request = port::parseArguments(arguments);
    if (!request) {
        require(!request.error().detail.empty() && request.error().detail.size() < 200);
    } else if (const auto *publish = std::get_if<port::Publish>(&*request)) {
        require(publish->host.port() > 0 && publish->container.port() > 0);
        require(!publish->container.isAny());
    } else if (const auto *reverse = std::get_if<port::Reverse>(&*request)) {
        require(reverse->address.isLoopback() && reverse->address.port() > 0);
    }
}

/// What came out once needs nothing more.
void checkSpec(std::string_view text)
{
    const auto edited = runtime::withNetworkNamespace(text, "/run/x.netns");
    if (edited && *edited) {
        const auto again = runtime::withNetworkNamespace(**edited, "/run/x.netns");
        require(again.has_value() && !again->has_value());
    }
}

} // namespace

void fuzz(std::string_view text)
{
    std::vector<std::string_view> arguments;
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = std::min(text.find('\0', start), text.size());
        arguments.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    checkPort(arguments);
    static_cast<void>(runtime::bundleOf(arguments));
    checkSpec(text);
}
