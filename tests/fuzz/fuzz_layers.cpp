// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

#include "engine/layers/file_view.h"
#include "engine/layers/layer_cache.h"
#include "engine/layers/saved_image.h"

using namespace roadstead;
using namespace roadstead::layers;

namespace {

void checkSums(const ImageFiles &image, const ViewQuestion &question)
{
    const FileView seen = view(image, question);
    require(seen.rows.size() == image.tree().size());
    for (NodeId id = 1; id < seen.rows.size(); ++id) {
        const FileView::Row &row = seen.rows[id];
        require(row.size >= 0 && row.wasted >= 0);
        require(image.tree().node(id).parent < id);
        require(!row.isShown || seen.rows[image.tree().node(id).parent].hasChildren);
    }
    require(seen.rows[topNode].wasted <= image.bytes());
}

void checkImage(const std::vector<LayerPointer> &layers)
{
    for (const LayerPointer &layer : layers) {
        const LayerPointer back = unpackedLayer(packedLayer(*layer));
        require(back && packedLayer(*back) == packedLayer(*layer));
    }
    const auto image = stacked(layers);
    if (!image) {
        require(!image.error().detail.empty());
        return;
    }
    for (std::size_t layer = 0; layer < image->layerCount(); ++layer) {
        checkSums(*image, {.layer = layer});
        checkSums(*image, {.layer = layer, .span = ViewQuestion::Span::ThisLayer, .text = "a"});
    }
    const auto same = compared(*image, {}, *image, {});
    require(same.has_value());
    require(view(*same, {.layer = 1}).counts == ChangeCounts{});
}

} // namespace

/// An archive of an image; then the same bytes as a layer, twice, and as a kept layer.
void fuzz(std::string_view input)
{
    ReadingRules rules;
    rules.limits = {.mostEntries = 200, .mostText = 1U << 16};
    rules.mostBytes = 1U << 22;
    const auto image = readSavedImage(archive::sourceOf(input), rules);
    require(image || !image.error().detail.empty());
    if (image) {
        checkImage(image->layers);
    }
    auto layer = std::make_shared<LayerFiles>();
    std::string_view rest = input;
    while (!rest.empty()) { // each line a path; its first character the kind
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(line.size() == rest.size() ? line.size() : line.size() + 1);
        archive::Entry entry;
        entry.path = line.substr(line.empty() ? 0 : 1);
        entry.kind = line.starts_with('d') ? archive::EntryKind::Folder : archive::EntryKind::File;
        entry.size = std::int64_t(line.size());
        static_cast<void>(layer->add(entry, rules.limits));
    }
    layer->settle();
    checkImage({layer, layer});
    if (const LayerPointer kept = unpackedLayer(input)) {
        checkImage({kept, layer});
    }
}
