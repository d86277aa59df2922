// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

#include "engine/base/ids.h"
#include "engine/base/rfc3339.h"
#include "engine/base/text.h"
#include "engine/base/units.h"
#include "engine/docker/api_version.h"
#include "engine/docker/display.h"

#include <string>

using namespace roadstead;

void fuzz(std::string_view input)
{
    if (const auto version = docker::parseApiVersion(input)) {
        require(version->minor >= 0 && version->minor <= 999);
        require(input.size() <= 5);
    }
    if (const auto negotiated = docker::negotiatedVersion(input)) {
        require(docker::parseApiVersion(docker::apiVersionText(*negotiated)).has_value());
    }
    static_cast<void>(parseDecimalSize(input));
    if (const auto bytes = parseBinarySize(input)) {
        require(!binarySize(static_cast<double>(*bytes)).empty());
    }
    if (const auto date = parseRfc3339(input)) {
        require(!docker::runningForText(date->seconds(), -date->seconds()).empty());
    }
    require(shortId(input).size() <= 12);
    docker::ContainerSummary container;
    container.image = repairUtf8(input);
    container.imageId = container.image;
    require(!docker::imageText(container).empty() || !container.image.empty());
}
