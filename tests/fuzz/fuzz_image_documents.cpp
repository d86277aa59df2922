// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

#include "engine/archive/image_documents.h"
#include "engine/json/tree.h"

#include <algorithm>

using namespace roadstead;
using namespace roadstead::archive;

void fuzz(std::string_view input)
{
    if (const auto manifest = parseManifest(input)) {
        require(!manifest->layers.empty() && isDigest(manifest->config.digest));
        require(std::ranges::all_of(manifest->layers, [](const Descriptor &layer) {
            return layer.size >= 0 && isMediaType(layer.mediaType) && isDigest(layer.digest);
        }));
    }
    static_cast<void>(parseIndex(input));
    if (parseImageConfig(input)) {
        require(parseImageConfig(input, ConfigRules::Docker).has_value());
    }
    static_cast<void>(parseDescriptor(input));
    static_cast<void>(checkLayout(input));
    if (const auto images = parseSavedImages(input)) {
        require(std::ranges::all_of(*images, [](const SavedImage &image) {
            return !image.config.empty() && !image.config.starts_with("../");
        }));
    }
    if (const auto tree = json::parse(input, "fuzz")) {
        const std::string text = json::compact(*tree);
        const auto again = json::parse(text, "fuzz");
        require(again.has_value() && json::compact(*again) == text);
        require(json::parse(json::indented(*tree), "fuzz").has_value());
    }
}
