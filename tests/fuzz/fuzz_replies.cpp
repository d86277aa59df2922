// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

#include "engine/base/text.h"
#include "engine/docker/codecs.h"
#include "engine/docker/usage.h"

using namespace roadstead;
using namespace roadstead::docker;

void fuzz(std::string_view input)
{
    static_cast<void>(decodeImageList(input));
    static_cast<void>(decodeVersion(input));
    static_cast<void>(decodeInfo(input));
    static_cast<void>(decodeCreatedContainer(input));
    static_cast<void>(decodeWaitReply(input));
    if (const auto usage = decodeUsage(input)) {
        require(usage->memoryBytes >= 0 && usage->cpuPercent >= 0);
    }
    if (const auto event = decodeEvent(input)) {
        require(isValidUtf8(event->action));
    }
    const Error error = errorOfStatus(500, input, "fuzz");
    require(isValidUtf8(error.detail));
    require(error.detail.size() <= 3 * 16'384);
}
