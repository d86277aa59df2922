// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

#include "engine/base/text.h"
#include "engine/docker/codecs.h"
#include "engine/docker/display.h"
#include "engine/docker/json_reader.h"

using namespace roadstead;
using namespace roadstead::docker;

void fuzz(std::string_view input)
{
    const auto list = decodeContainerList(input);
    if (!list) {
        require(!list.error().detail.empty());
        return;
    }
    // What is read by events must be JSON for the tree reader too.
    require(JsonDocument::parse(input, "list").has_value());
    for (const ContainerSummary &container : *list) {
        require(!container.id.empty());
        require(isValidUtf8(container.name) && isValidUtf8(container.status));
        static_cast<void>(portsText(container.ports));
        static_cast<void>(imageText(container));
        static_cast<void>(runningForText(container.created, 1'700'000'000));
        for (const auto &[label, value] : container.labels) {
            require(isValidUtf8(label) && isValidUtf8(value));
        }
    }
}
