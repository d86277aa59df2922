// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/stats_sampler.h"

#include <QTimer>

#include <algorithm>
#include <optional>
#include <sys/resource.h>
#include <utility>

namespace roadstead::service {

namespace {

/// What may stay open for cgroup files: most of what the process is allowed, the rest is for
/// everything else.
std::size_t descriptorBudget()
{
    constexpr rlim_t spare = 512;
    constexpr rlim_t most = 16'384;
    rlimit limit = {};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur <= spare) {
        return 0;
    }
    return static_cast<std::size_t>(std::min(limit.rlim_cur - spare, most));
}

} // namespace

class StatsSampler::Worker : public QObject
{
public:
    Worker(StatsSampler *owner, std::chrono::milliseconds interval)
        : m_owner(owner)
        , m_timer(this)
    {
        m_timer.setInterval(interval);
        connect(&m_timer, &QTimer::timeout, this, &Worker::read);
        if (const auto mounts = CgroupMounts::ofThisProcess()) {
            m_reader.emplace(CgroupLocator(*mounts), descriptorBudget());
        }
    }

    void setActive(bool active)
    {
        m_active = active;
        decide();
        if (!active && m_reader) {
            m_reader->setContainers({}); // lets the descriptors go, and stale times with them
        }
    }
    void setContainers(Ids ids)
    {
        m_ids = std::move(ids);
        decide();
        if (m_reader) {
            m_reader->setContainers(m_ids);
        }
    }
    void setWatched(const Ids &ids)
    {
        if (m_reader) {
            m_reader->setWatched(ids);
        }
    }
    void setInterval(std::chrono::milliseconds interval) { m_timer.setInterval(interval); }
    void learn(const std::string &id, std::int64_t pid)
    {
        if (m_reader) {
            m_reader->learn(id, pid);
        }
    }
    void read()
    {
        if (m_ids.empty()) {
            return;
        }
        const auto now = std::chrono::steady_clock::now().time_since_epoch();
        std::vector<StatsSample> samples;
        if (m_reader) {
            samples =
                m_reader->sample(std::chrono::duration_cast<std::chrono::nanoseconds>(now).count());
        }
        Q_EMIT m_owner->sampled(
            std::make_shared<const std::vector<StatsSample>>(std::move(samples)),
            m_reader ? m_reader->missing() : m_ids);
    }

private:
    void decide()
    {
        const bool wanted = m_active && !m_ids.empty();
        if (wanted != m_timer.isActive()) {
            wanted ? m_timer.start() : m_timer.stop();
        }
    }

    StatsSampler *m_owner; ///< outlives the thread; only its signal is used, which is thread-safe
    QTimer m_timer;        ///< runs while there is something to read
    bool m_active = false;
    std::optional<CgroupReader> m_reader;
    Ids m_ids;
};

StatsSampler::StatsSampler(std::chrono::milliseconds interval, QObject *parent)
    : QObject(parent)
    , m_interval(interval)
{
    m_thread.setObjectName(QStringLiteral("stats"));
}

StatsSampler::~StatsSampler()
{
    m_thread.quit();
    m_thread.wait(); // for one reading at most: milliseconds
}

void StatsSampler::setActive(bool active)
{
    if (std::exchange(m_active, active) == active) {
        return;
    }
    if (m_worker == nullptr) {
        m_worker = new Worker(this, m_interval);
        m_worker->moveToThread(&m_thread);
        connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
        m_thread.start();
    }
    QMetaObject::invokeMethod(m_worker,
                              [worker = m_worker, active, ids = m_ids, watched = m_watched] {
                                  worker->setActive(active);
                                  if (active) {
                                      worker->setContainers(ids);
                                      worker->setWatched(watched);
                                      worker->read();
                                  }
                              });
}

void StatsSampler::setContainers(Ids ids)
{
    if (ids == m_ids) {
        return;
    }
    m_ids = std::move(ids);
    if (m_active) {
        QMetaObject::invokeMethod(
            m_worker, [worker = m_worker, wanted = m_ids] { worker->setContainers(wanted); });
    }
}

void StatsSampler::setWatched(Ids ids)
{
    if (std::exchange(m_watched, std::move(ids)) != m_watched && m_worker != nullptr) {
        QMetaObject::invokeMethod(
            m_worker, [worker = m_worker, wanted = m_watched] { worker->setWatched(wanted); });
    }
}

void StatsSampler::setInterval(std::chrono::milliseconds interval)
{
    if (std::exchange(m_interval, interval) != interval && m_worker != nullptr) {
        QMetaObject::invokeMethod(m_worker,
                                  [worker = m_worker, interval] { worker->setInterval(interval); });
    }
}

void StatsSampler::learn(std::string id, std::int64_t pid)
{
    if (m_worker != nullptr) {
        QMetaObject::invokeMethod(
            m_worker, [worker = m_worker, id = std::move(id), pid] { worker->learn(id, pid); });
    }
}

} // namespace roadstead::service
