// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/recreate/kept_containers.h"

#include "engine/service/recreate/recreate_plan.h"

#include <algorithm>

namespace roadstead::service {

std::vector<KeptContainer> keptContainers(const std::vector<docker::ContainerSummary> &list)
{
    std::vector<KeptContainer> kept;
    for (const docker::ContainerSummary &newer : list) {
        const std::string oldId = replacedIdOf(newer.labels);
        if (oldId.empty() || isHalfDone(newer)) {
            continue;
        }
        const auto old = std::ranges::find(list, oldId, &docker::ContainerSummary::id);
        if (old == list.end()) {
            continue;
        }
        const auto was = replacedBy(newer.labels);
        const bool isUndone = was && old->name == was->name;
        const auto &[gone, holder] = isUndone ? std::pair(newer, *old) : std::pair(*old, newer);
        kept.push_back({.id = gone.id,
                        .because = isUndone ? KeptBecause::Undone : KeptBecause::Replaced,
                        .holder = holder.id,
                        .holderName = holder.name,
                        .canReturn = !isUndone});
    }
    std::ranges::sort(kept, {}, &KeptContainer::id);
    for (KeptContainer &each : kept) {
        each.canReturn = each.canReturn &&
                         !std::ranges::binary_search(kept, each.holder, {}, &KeptContainer::id);
    }
    return kept;
}

} // namespace roadstead::service
