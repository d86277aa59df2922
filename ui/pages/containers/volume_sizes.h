// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/tab/container_engine.h"

#include <QObject>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::ui {

/// How large the volumes of an engine are. It adds up their files to tell, so it is asked one
/// question at a time, for all of them, and what it said is good for a while. GUI thread only.
class VolumeSizes : public QObject
{
    Q_OBJECT
public:
    static constexpr qint64 goodForMilliseconds = 5 * 60 * 1000;
    /// A volume that was not there yet is asked for sooner than that.
    static constexpr qint64 pauseMilliseconds = 10 * 1000;

    /// `engine` must outlive this. `steadyClock` yields milliseconds.
    VolumeSizes(ContainerEngine *engine, std::function<qint64()> steadyClock,
                QObject *parent = nullptr);

    /// Asks where the size of one of them is not known, or no longer good.
    void want(const std::vector<std::string> &volumes);
    void askAgain();
    [[nodiscard]] bool isAsking() const { return m_isAsking; }
    /// Bytes; none = not known, yet or at all.
    [[nodiscard]] std::optional<std::int64_t> sizeOf(const std::string &volume) const;

Q_SIGNALS:
    void changed();

private:
    ContainerEngine *m_engine;
    std::function<qint64()> m_steadyClock;
    std::map<std::string, std::int64_t> m_sizes;
    std::optional<qint64> m_toldAt;
    bool m_isAsking = false;
};

} // namespace roadstead::ui
