// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/operation.h"
#include "engine/store/history/stats_sample.h"

#include <QObject>
#include <QThread>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::service {

/// Keeps what containers used, on a thread of its own that alone touches the file. For all engines
/// of the program. GUI thread.
class StatsHistory : public QObject
{
    Q_OBJECT
public:
    using Clock = std::function<std::int64_t()>; ///< seconds since 1970

    /// What is wrong with the file.
    enum class Trouble {
        PutAside,  ///< it could not be used, has another name now, and a new one began
        NoFile,    ///< it cannot be made: figures are lost when the program ends
        NotWritten ///< the last figures could not be written; told once, until it works again
    };

    explicit StatsHistory(const QString &path, QObject *parent = nullptr, Clock clock = {},
                          std::chrono::milliseconds writeSpacing = std::chrono::seconds(24));
    ~StatsHistory() override; ///< writes what was gathered

    void record(std::vector<store::StatsReading> readings);
    Operation<store::StatsPoints> read(const std::string &id, store::StatsRange range);
    [[nodiscard]] std::optional<Trouble> trouble() const { return m_trouble; }

Q_SIGNALS:
    void troubleChanged();

private:
    class Worker;
    void setTrouble(std::optional<Trouble> trouble);

    QThread m_thread;
    Worker *m_worker; ///< lives in m_thread, deleted at its end
    std::optional<Trouble> m_trouble;
};

} // namespace roadstead::service
