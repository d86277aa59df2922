// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/progress_line.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace roadstead::ui {

/// The layers of an image that is on its way, as far as each one is. A value.
class PullLayers
{
public:
    void take(const std::vector<docker::Progress> &lines);
    void clear() { m_layers.clear(); }

    /// In the order of their first mention.
    [[nodiscard]] const std::vector<docker::Progress> &layers() const { return m_layers; }
    [[nodiscard]] std::int64_t current() const;        ///< bytes that are here
    [[nodiscard]] std::int64_t total() const;          ///< bytes of those whose size is known
    [[nodiscard]] std::optional<double> share() const; ///< 0 to 1, once sizes are known

private:
    std::vector<docker::Progress> m_layers;
};

} // namespace roadstead::ui
