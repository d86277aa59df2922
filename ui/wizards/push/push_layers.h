// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/progress_line.h"

#include <QString>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::ui {

enum class PushState {
    Waiting,
    Pushing,
    Pushed,
    Exists,  ///< the registry had it in this repository
    Mounted, ///< the registry had it in another one
    Retrying ///< the engine tries it once more
};

struct PushLayer
{
    std::string id{}; ///< 12 digits, as the engine tells them
    PushState state = PushState::Waiting;
    std::int64_t current = 0; ///< bytes sent
    std::int64_t total = 0;   ///< bytes; 0 = not told
    bool operator==(const PushLayer &) const = default;
};

/// The layers of an image on its way to a registry. A value.
class PushLayers
{
public:
    void take(const std::vector<docker::Progress> &lines);
    void clear() { m_layers.clear(); }

    /// In the order of their first mention.
    [[nodiscard]] const std::vector<PushLayer> &layers() const { return m_layers; }
    [[nodiscard]] std::int64_t sent() const;           ///< bytes, of layers that were sent or are
    [[nodiscard]] std::int64_t total() const;          ///< bytes of those whose size is known
    [[nodiscard]] std::optional<double> share() const; ///< 0 to 1, of layers and their bytes
    [[nodiscard]] int count(PushState state) const;

private:
    std::vector<PushLayer> m_layers;
};

/// "sha256:…" in the engine's last word of a push, "1.0: digest: sha256:… size: 528"; else empty.
std::string digestOfPush(const std::string &text);

/// What made each layer, by the 12 digits that a push tells them by. `diffs`: digests of the
/// layers, oldest first; `made`: what made what is in the history, oldest first, with the bytes of
/// each. Empty where the two cannot be laid beside each other.
std::map<std::string, std::string>
layerMakers(const std::vector<std::string> &diffs,
            const std::vector<std::pair<std::string, std::int64_t>> &made);

} // namespace roadstead::ui
