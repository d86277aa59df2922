// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

#include "engine/context/context.h"
#include "engine/context/host.h"
#include "engine/context/ssh_command.h"

#include <algorithm>

using namespace roadstead;
using namespace roadstead::context;

namespace {

void fuzzHost(std::string_view input)
{
    if (const auto normal = normalizedHost(input)) {
        require(normal->contains("://"));
    }
    static_cast<void>(checkContextHost(input));
    if (const auto address = parseHost(input)) {
        require(parseHost(hostText(*address)).has_value() || address->transport == Transport::Ssh);
        require(address->transport != Transport::UnixSocket ||
                (address->socketPath.starts_with('/') && address->socketPath.size() <= 107));
        require(address->transport != Transport::Tcp || address->port != 0);
        require(address->basePath.find_first_of("\r\n ?#") == std::string::npos);
        require(!address->host.starts_with('-') && !address->user.starts_with('-'));
    }
    if (const auto command = dialStdioCommand(input)) {
        // Whatever the URL said stands behind an option's name or behind "--".
        const auto end = std::ranges::find(*command, "--");
        require(end != command->end() && command->end() - end == 3);
        require(!(end + 1)->starts_with('-'));
        require((end + 2)->starts_with("docker "));
    }
    if (const auto quoted = shellQuoted(input)) {
        require(!quoted->empty() && quoted->find('\n') == std::string::npos);
    }
}

} // namespace

void fuzz(std::string_view input)
{
    fuzzHost(input);
    if (const auto read = parseContext(input)) {
        const auto again = parseContext(contextDocument(*read));
        require(again.has_value() && *again == *read);
    }
    if (isImportPath(input)) {
        require(!input.starts_with('/') && !input.contains("/../") && !input.contains('\\'));
    }
    if (checkName(input)) {
        require(input.size() >= 2 && !input.contains('/') && input.front() != '.');
    }
    require(!isNaturallyLess(input, input));
}
