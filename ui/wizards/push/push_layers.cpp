// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/push/push_layers.h"

#include <algorithm>
#include <string_view>

namespace roadstead::ui {

namespace {

PushState stateOf(std::string_view status)
{
    if (status.starts_with("Pushing")) {
        return PushState::Pushing;
    }
    if (status.starts_with("Pushed")) {
        return PushState::Pushed;
    }
    if (status.starts_with("Layer already exists")) {
        return PushState::Exists;
    }
    if (status.starts_with("Mounted from")) {
        return PushState::Mounted;
    }
    return status.starts_with("Retrying") ? PushState::Retrying : PushState::Waiting;
}

} // namespace

void PushLayers::take(const std::vector<docker::Progress> &lines)
{
    for (const docker::Progress &line : lines) {
        if (line.id.empty() || line.status.contains("digest: ")) {
            continue;
        }
        auto layer = std::ranges::find(m_layers, line.id, &PushLayer::id);
        if (layer == m_layers.end()) {
            layer = m_layers.insert(layer, PushLayer{.id = line.id});
        }
        layer->state = stateOf(line.status);
        layer->total = std::max({layer->total, line.total, line.current});
        if (layer->state == PushState::Pushing) {
            layer->current = line.current;
        } else if (layer->state == PushState::Pushed) {
            layer->current = layer->total;
        }
    }
}

std::int64_t PushLayers::sent() const
{
    std::int64_t sum = 0;
    for (const PushLayer &layer : m_layers) {
        sum += std::min(layer.current, layer.total);
    }
    return sum;
}

std::int64_t PushLayers::total() const
{
    std::int64_t sum = 0;
    for (const PushLayer &layer : m_layers) {
        sum += layer.total;
    }
    return sum;
}

/// Layers count alike, and one that is on its way by its bytes: sizes are told one after another.
std::optional<double> PushLayers::share() const
{
    if (m_layers.empty()) {
        return std::nullopt;
    }
    double sum = 0;
    for (const PushLayer &layer : m_layers) {
        const bool isThere = layer.state == PushState::Pushed || layer.state == PushState::Exists ||
                             layer.state == PushState::Mounted;
        sum += isThere ? 1
               : layer.total > 0
                   ? double(std::min(layer.current, layer.total)) / double(layer.total)
                   : 0;
    }
    return sum / double(m_layers.size());
}

int PushLayers::count(PushState state) const
{
    return int(std::ranges::count(m_layers, state, &PushLayer::state));
}

std::string digestOfPush(const std::string &text)
{
    constexpr std::string_view mark = "digest: ";
    constexpr std::size_t length = 7 + 64; // "sha256:" and the digits
    const std::size_t at = text.rfind(mark);
    const std::string digest = at == std::string::npos ? "" : text.substr(at + mark.size(), length);
    return digest.size() == length && digest.starts_with("sha256:") ? digest : std::string();
}

std::map<std::string, std::string>
layerMakers(const std::vector<std::string> &diffs,
            const std::vector<std::pair<std::string, std::int64_t>> &made)
{
    constexpr std::size_t prefix = 7;
    constexpr std::size_t digits = 12;
    std::vector<std::string> makers;
    // Where each row is a layer they are alike; else rows without bytes are taken for none.
    for (const auto &[maker, bytes] : made) {
        if (made.size() == diffs.size() || bytes > 0) {
            makers.push_back(maker);
        }
    }
    std::map<std::string, std::string> byLayer;
    if (makers.size() != diffs.size()) {
        return byLayer;
    }
    for (std::size_t i = 0; i < diffs.size(); ++i) {
        if (diffs[i].size() > prefix + digits) {
            byLayer[diffs[i].substr(prefix, digits)] = makers[i];
        }
    }
    return byLayer;
}

} // namespace roadstead::ui
