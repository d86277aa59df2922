// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What roadstead-launcher's name relay reads from containers, and from name servers.
#include "tests/fuzz/fuzz.h"

#include "app/launcher/dns_message.h"

#include <algorithm>

using namespace roadstead;
using namespace roadstead::launcher;

void fuzz(std::string_view input)
{
    const Bytes query(input.begin(), input.end());
    const HostAddresses host{"172.31.255.1", "fd72:6f61:0:3e9::1"};
    const auto name = questionName(query);
    require(!name || name->size() <= 253);
    if (const auto answer = answerOwnName(query, host)) {
        require(name.has_value());
        require(isReplyTo(*answer, query));
        require(answer->size() <= query.size() + 28);
    }
    if (const auto failed = serverFailure(query)) {
        require(isReplyTo(*failed, query));
        require(failed->size() <= query.size());
        // An answer is no question: two relays would talk for ever.
        require(!serverFailure(*failed).has_value());
    }
    const auto half = static_cast<std::ptrdiff_t>(query.size() / 2);
    static_cast<void>(
        isReplyTo({query.begin(), query.begin() + half}, {query.begin() + half, query.end()}));
}
