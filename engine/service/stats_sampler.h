// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/cgroup_reader.h"

#include <QObject>
#include <QThread>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace roadstead::service {

/// Reads the cgroup files of running containers on a thread of its own, regularly while it is
/// switched on. GUI thread.
class StatsSampler : public QObject
{
    Q_OBJECT
public:
    using Samples = std::shared_ptr<const std::vector<StatsSample>>;
    using Ids = std::vector<std::string>;

    explicit StatsSampler(std::chrono::milliseconds interval, QObject *parent = nullptr);
    ~StatsSampler() override;

    /// Starts and stops the readings; the thread starts with the first.
    void setActive(bool active);
    /// Full ids of the running containers.
    void setContainers(Ids ids);
    /// See CgroupReader::setWatched().
    void setWatched(Ids ids);
    /// Between two readings, from now on.
    void setInterval(std::chrono::milliseconds interval);
    /// See CgroupLocator::learn().
    void learn(std::string id, std::int64_t pid);

Q_SIGNALS:
    /// `missing`: containers whose cgroup is not to be found on this machine.
    void sampled(const roadstead::service::StatsSampler::Samples &samples,
                 const roadstead::service::StatsSampler::Ids &missing);

private:
    class Worker;
    std::chrono::milliseconds m_interval;
    QThread m_thread;
    Worker *m_worker = nullptr; ///< lives in m_thread, deleted at its end
    Ids m_ids;
    Ids m_watched;
    bool m_active = false;
};

} // namespace roadstead::service
