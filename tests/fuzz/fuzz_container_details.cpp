// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

#include "engine/base/text.h"
#include "engine/docker/codecs.h"
#include "engine/docker/command.h"
#include "engine/docker/existing_container.h"

#include <string>

using namespace roadstead;
using namespace roadstead::docker;

void fuzz(std::string_view input)
{
    if (const auto like = createLike(input, {}); like) {
        require(!arguments(*like).empty());
    } else {
        require(like.error().kind == ErrorKind::MalformedReply);
    }
    const auto details = decodeContainerDetails(std::string(input));
    if (!details) {
        require(details.error().kind == ErrorKind::MalformedReply);
        return;
    }
    require(!details->id.empty());
    require(details->raw == input);
    for (const std::string &variable : details->environment) {
        require(isValidUtf8(variable));
    }
}
