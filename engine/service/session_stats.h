// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/client.h"
#include "engine/service/container_table.h"
#include "engine/service/engine_session.h"
#include "engine/service/stats_sampler.h"

#include <QObject>

#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace roadstead::service {

class Mailbox;

/// The use of the machine by the running containers of one engine: from cgroup files where they are
/// found on this machine, else, for what is on screen, from the engine's stats streams. GUI thread.
class SessionStats : public QObject
{
    Q_OBJECT
public:
    /// `client` must outlive it.
    SessionStats(docker::Client &client, const SessionTiming &timing, QObject *parent = nullptr);
    ~SessionStats() override;

    void setWanted(bool wanted);
    void setVisible(const std::vector<std::string> &ids);
    /// The few of which everything is read each time.
    void setWatched(const std::vector<std::string> &ids);
    /// Keeps what is measured there, and measures (less often) for it alone, too.
    void setHistory(StatsHistory *history);
    [[nodiscard]] StatsHistory *history() const { return m_history; }
    /// Whether the engine is there: without it nothing is measured and nothing is told.
    void setLive(bool live);
    void setContainers(const ContainerList &containers);
    void setInfo(const docker::EngineInfo &info);

    [[nodiscard]] const ContainerStats *find(const std::string &id) const;
    [[nodiscard]] const EngineTotals &totals() const { return m_totals; }

Q_SIGNALS:
    void changed();

private:
    void update();
    void sampled(const StatsSampler::Samples &samples, const StatsSampler::Ids &missing);
    void apply(const StatsSample &sample);
    /// Rates from the counters now and those before.
    void applyCounters(ContainerStats &stats, const StatsSample &sample);
    void record();
    [[nodiscard]] bool isActive() const { return m_live && (m_wanted || m_history != nullptr); }
    void addUp();
    [[nodiscard]] bool isRunning(const std::string &id) const;
    [[nodiscard]] bool isSeen(const std::string &id) const;
    void locate(const StatsSampler::Ids &missing);
    void followVisible(const StatsSampler::Ids &missing);
    docker::Call openStream(const std::string &id);
    void closeStreams();

    docker::Client &m_client;
    const std::shared_ptr<Mailbox> m_mailbox;
    StatsSampler m_sampler;
    const SessionTiming m_timing;
    StatsHistory *m_history = nullptr;
    bool m_wanted = false;
    bool m_live = false;
    std::vector<std::string> m_running; ///< sorted
    std::set<std::string> m_visible;
    std::set<std::string> m_watched;
    std::unordered_map<std::string, std::int64_t> m_countedAt; ///< when counters were last read
    std::set<std::string> m_fresh;                             ///< measured since the last record()
    std::unordered_map<std::string, ContainerStats> m_stats;
    EngineTotals m_totals;
    std::set<std::string> m_asked; ///< containers whose process was asked for, in vain so far
    bool m_asking = false;
    std::unordered_map<std::string, docker::Call> m_streams; ///< by id
};

} // namespace roadstead::service
