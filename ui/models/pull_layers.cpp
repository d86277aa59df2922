// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/models/pull_layers.h"

#include <algorithm>

namespace roadstead::ui {

void PullLayers::take(const std::vector<docker::Progress> &lines)
{
    for (const docker::Progress &line : lines) {
        if (line.id.empty()) {
            continue;
        }
        const auto known = std::ranges::find(m_layers, line.id, &docker::Progress::id);
        if (known == m_layers.end()) {
            m_layers.push_back(line);
            continue;
        }
        // Later steps of a layer count in other sizes, or none: it stays as far as it was.
        const std::int64_t total = line.total > 0 ? line.total : known->total;
        const bool isBack = line.total == 0;
        *known = {line.id, line.status, isBack ? total : line.current, total};
    }
}

std::int64_t PullLayers::current() const
{
    std::int64_t sum = 0;
    for (const docker::Progress &layer : m_layers) {
        sum += std::min(layer.current, layer.total);
    }
    return sum;
}

std::int64_t PullLayers::total() const
{
    std::int64_t sum = 0;
    for (const docker::Progress &layer : m_layers) {
        sum += layer.total;
    }
    return sum;
}

std::optional<double> PullLayers::share() const
{
    const auto all = double(total());
    return all > 0 ? std::optional(double(current()) / all) : std::nullopt;
}

} // namespace roadstead::ui
