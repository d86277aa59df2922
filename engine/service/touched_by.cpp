// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/touched_by.h"

#include "engine/base/ids.h"
#include "engine/base/visit_choice.h"

#include <string_view>
#include <type_traits>

namespace roadstead::service {

ReadPlan touchedBy(const docker::Command &command, const std::string &created)
{
    return visitChoice(
        [&](const auto &value) -> ReadPlan {
            using Value = std::decay_t<decltype(value)>;
            ReadPlan plan;
            if constexpr (std::is_same_v<Value, docker::CreateContainer>) {
                plan.allContainers = created.empty();
                if (!created.empty()) {
                    plan.containers.insert(created);
                }
            } else if constexpr (requires { value.container; }) {
                // An id, but for callers who only have a name: then only the whole list tells.
                plan.allContainers = !isFullId(value.container.reference);
                if (!plan.allContainers) {
                    plan.containers.insert(value.container.reference);
                }
            } else if constexpr (std::is_same_v<Value, docker::PruneContainers>) {
                plan.allContainers = true;
            } else {
                plan.images = std::string_view(value.operation).starts_with("image.");
            }
            if constexpr (std::is_same_v<Value, docker::CommitContainer>) {
                plan.images = true;
            }
            return plan;
        },
        command);
}

} // namespace roadstead::service
