// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/containers/volume_sizes.h"

#include <algorithm>
#include <utility>

namespace roadstead::ui {

VolumeSizes::VolumeSizes(ContainerEngine *engine, std::function<qint64()> steadyClock,
                         QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_steadyClock(std::move(steadyClock))
{
}

void VolumeSizes::want(const std::vector<std::string> &volumes)
{
    if (volumes.empty()) {
        return;
    }
    const qint64 age = m_toldAt ? m_steadyClock() - *m_toldAt : goodForMilliseconds;
    const bool allKnown = std::ranges::all_of(
        volumes, [this](const std::string &name) { return m_sizes.contains(name); });
    if (age >= (allKnown ? goodForMilliseconds : pauseMilliseconds)) {
        askAgain();
    }
}

void VolumeSizes::askAgain()
{
    if (std::exchange(m_isAsking, true)) {
        return;
    }
    m_engine->volumeSizes().then(this, [this](const Result<std::vector<docker::Volume>> &result) {
        m_isAsking = false;
        m_toldAt = m_steadyClock();
        if (result) {
            m_sizes.clear();
            for (const docker::Volume &volume : *result) {
                m_sizes[volume.name] = volume.size;
            }
        }
        Q_EMIT changed();
    });
    Q_EMIT changed();
}

std::optional<std::int64_t> VolumeSizes::sizeOf(const std::string &volume) const
{
    const auto found = m_sizes.find(volume);
    return found == m_sizes.end() || found->second < 0 ? std::nullopt
                                                       : std::optional(found->second);
}

} // namespace roadstead::ui
