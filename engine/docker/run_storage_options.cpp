// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/run_options.h"

#include <algorithm>

namespace roadstead::docker {

namespace {

/// A bind's relative source becomes absolute, as the CLI sends it; the same volume counts once.
Result<void> addVolume(RunDraft &draft, std::string_view value)
{
    const auto spec = reference::parseVolume(value);
    if (!spec) {
        return std::unexpected(spec.error());
    }
    const bool bind = spec->kind == reference::VolumeSpec::Kind::Bind;
    std::string text = bind ? reference::withAbsoluteSource(value, draft.context->currentFolder)
                            : std::string(value);
    auto &volumes = draft.create().volumes;
    if (!std::ranges::contains(volumes, text)) {
        volumes.push_back(std::move(text));
    }
    return {};
}

constexpr RunOption storageTable[]{
    {"mount", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return addResult(d.create().mounts, reference::parseMount(v, reference::MountRules::Cli28,
                                                                   d.context->currentFolder));
     }},
    {"read-only", '\0', true,
     [](RunDraft &d, std::string_view v) { return setFlag(d.create().isReadOnly, v); }},
    {"storage-opt", '\0', false,
     [](RunDraft &d, std::string_view v) {
         const auto pair = reference::parsePair(v);
         if (!pair) {
             return Result<void>(std::unexpected(pair.error()));
         }
         reference::put(d.create().storageOptions, pair->first, pair->second);
         return Result<void>();
     }},
    {"tmpfs", '\0', false,
     [](RunDraft &d, std::string_view v) {
         const auto tmpfs = reference::parseTmpfs(v);
         reference::put(d.create().tmpfs, tmpfs.first, tmpfs.second);
         return Result<void>();
     }},
    {"volume", 'v', false, addVolume},
    {"volume-driver", '\0', false,
     [](RunDraft &d, std::string_view v) { return setText(d.create().volumeDriver, v); }},
    {"volumes-from", '\0', false,
     [](RunDraft &d, std::string_view v) { return addText(d.create().volumesFrom, v); }},
};

} // namespace

std::span<const RunOption> storageOptions()
{
    return storageTable;
}

} // namespace roadstead::docker
