// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/session_stats.h"

#include "engine/http/handle.h"
#include "engine/service/mailbox.h"
#include "engine/service/stats_history.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace roadstead::service {

namespace {

constexpr std::size_t historyLength = 60;
/// The streams of an engine far away that are followed at most: a screen full.
constexpr std::size_t mostStreams = 64;
/// After so many containers without a cgroup here, the others are taken to have none either.
constexpr std::size_t enoughInVain = 3;

void remember(std::vector<float> &history, double value)
{
    if (history.size() >= historyLength) {
        history.erase(history.begin());
    }
    history.push_back(static_cast<float>(value));
}

std::int64_t monotonicNanoseconds()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

ContainerCounters countersOf(const docker::ContainerUsage &usage)
{
    return {.received = static_cast<std::int64_t>(usage.receivedBytes),
            .sent = static_cast<std::int64_t>(usage.sentBytes),
            .read = static_cast<std::int64_t>(usage.readBytes),
            .written = static_cast<std::int64_t>(usage.writtenBytes),
            .processes = static_cast<std::int64_t>(usage.processes),
            .periods = static_cast<std::int64_t>(usage.periods),
            .throttled = static_cast<std::int64_t>(usage.throttled)};
}

bool runs(const docker::ContainerSummary &container)
{
    return container.state == docker::ContainerState::Running ||
           container.state == docker::ContainerState::Paused;
}

} // namespace

SessionStats::SessionStats(docker::Client &client, const SessionTiming &timing, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_mailbox(std::make_shared<Mailbox>(this))
    , m_sampler(timing.stats)
    , m_timing(timing)
{
    connect(&m_sampler, &StatsSampler::sampled, this, &SessionStats::sampled);
}

SessionStats::~SessionStats()
{
    m_mailbox->close();
    closeStreams();
}

void SessionStats::setWanted(bool wanted)
{
    m_wanted = wanted;
    update();
}

void SessionStats::setVisible(const std::vector<std::string> &ids)
{
    m_visible = {ids.begin(), ids.end()};
}

void SessionStats::setWatched(const std::vector<std::string> &ids)
{
    m_watched = {ids.begin(), ids.end()};
    m_sampler.setWatched(ids);
}

void SessionStats::setHistory(StatsHistory *history)
{
    m_history = history;
    update();
}

void SessionStats::setLive(bool live)
{
    m_live = live;
    update();
}

void SessionStats::setInfo(const docker::EngineInfo &info)
{
    m_totals.cpus = info.cpus;
    m_totals.hostMemory = info.memory;
    Q_EMIT changed();
}

void SessionStats::setContainers(const ContainerList &containers)
{
    std::vector<std::string> running;
    for (const auto &container : *containers) {
        if (runs(container)) {
            running.push_back(container.id);
        }
    }
    const bool numberChanged = m_totals.containersRunning != static_cast<int>(std::ssize(running));
    if (running == m_running) {
        return;
    }
    m_running = std::move(running);
    m_totals.containersRunning = static_cast<int>(std::ssize(m_running));
    const auto isGone = [this](const std::string &id) { return !isRunning(id); };
    std::erase_if(m_stats, [&](const auto &entry) { return isGone(entry.first); });
    std::erase_if(m_asked, isGone);
    std::erase_if(m_countedAt, [&](const auto &entry) { return isGone(entry.first); });
    m_sampler.setContainers(m_running);
    addUp(); // without those that have stopped
    if (numberChanged) {
        Q_EMIT changed();
    }
}

void SessionStats::update()
{
    const bool active = isActive();
    m_sampler.setInterval(m_wanted ? m_timing.stats : m_timing.statsUnseen);
    m_sampler.setActive(active);
    if (active) {
        return;
    }
    closeStreams();
    m_asked.clear();
    if (!m_live && !m_stats.empty()) {
        m_stats.clear();
        addUp();
        m_totals.cpuHistory.clear();
        Q_EMIT changed();
    }
}

const ContainerStats *SessionStats::find(const std::string &id) const
{
    const auto entry = m_stats.find(id);
    return entry == m_stats.end() ? nullptr : &entry->second;
}

void SessionStats::sampled(const StatsSampler::Samples &samples, const StatsSampler::Ids &missing)
{
    if (!isActive()) {
        return; // was under way when it was switched off
    }
    for (const StatsSample &sample : *samples) {
        if (isRunning(sample.id)) {
            apply(sample);
        }
    }
    locate(missing);
    followVisible(missing);
    addUp();
    remember(m_totals.cpuHistory, m_totals.cpuPercent);
    record();
    Q_EMIT changed();
}

bool SessionStats::isRunning(const std::string &id) const
{
    return std::ranges::binary_search(m_running, id);
}

void SessionStats::apply(const StatsSample &sample)
{
    ContainerStats &stats = m_stats[sample.id];
    stats.id = sample.id;
    stats.memoryBytes = sample.memoryBytes;
    stats.memoryLimit = sample.memoryLimit;
    if (m_totals.hostMemory > 0 &&
        (stats.memoryLimit == 0 || stats.memoryLimit > m_totals.hostMemory)) {
        stats.memoryLimit = m_totals.hostMemory;
    }
    if (sample.cpuPercent >= 0) {
        stats.cpuPercent = sample.cpuPercent;
        remember(stats.cpuHistory, sample.cpuPercent);
        m_fresh.insert(sample.id);
    }
    applyCounters(stats, sample);
}

void SessionStats::applyCounters(ContainerStats &stats, const StatsSample &sample)
{
    if (sample.countersAt == 0) {
        return;
    }
    std::int64_t &at = m_countedAt[sample.id];
    const double seconds = at == 0 ? 0 : static_cast<double>(sample.countersAt - at) / 1e9;
    const ContainerCounters &now = sample.counters;
    stats.receivedRate = counterRate(stats.counters.received, now.received, seconds);
    stats.sentRate = counterRate(stats.counters.sent, now.sent, seconds);
    stats.readRate = counterRate(stats.counters.read, now.read, seconds);
    stats.writtenRate = counterRate(stats.counters.written, now.written, seconds);
    stats.counters = now;
    at = sample.countersAt;
}

void SessionStats::record()
{
    if (m_history == nullptr) {
        m_fresh.clear();
        return;
    }
    std::vector<store::StatsReading> readings;
    readings.reserve(m_fresh.size());
    for (const std::string &id : std::exchange(m_fresh, {})) {
        if (const ContainerStats *stats = find(id); stats != nullptr) {
            readings.push_back(
                {.id = id,
                 .values = {stats->cpuPercent, static_cast<double>(stats->memoryBytes),
                            stats->receivedRate, stats->sentRate, stats->readRate,
                            stats->writtenRate}});
        }
    }
    m_history->record(std::move(readings));
}

void SessionStats::addUp()
{
    m_totals.cpuPercent = 0;
    m_totals.memoryBytes = 0;
    for (const auto &[id, stats] : m_stats) {
        m_totals.cpuPercent += stats.cpuPercent;
        m_totals.memoryBytes += stats.memoryBytes;
    }
}

/// Asks the engine for the process of one container whose cgroup has no known place: where it is,
/// the others of the same engine are too. What is on screen comes first.
void SessionStats::locate(const StatsSampler::Ids &missing)
{
    const auto isNew = [&](const std::string &id) { return !m_asked.contains(id); };
    auto next = std::ranges::find_if(
        missing, [&](const std::string &id) { return isNew(id) && isSeen(id); });
    if (next == missing.end()) {
        next = std::ranges::find_if(missing, isNew);
    }
    if (m_asking || next == missing.end()) {
        return;
    }
    m_asking = true;
    m_asked.insert(*next);
    m_client.inspectContainer(
        *next, [this, mailbox = m_mailbox](const Result<docker::ContainerDetails> &details) {
            const std::string id = details ? details->id : std::string();
            const std::int64_t pid = details ? details->pid : 0;
            mailbox->post([this, id, pid] {
                m_asking = false;
                if (pid > 0) {
                    m_sampler.learn(id, pid);
                }
            });
        });
}

bool SessionStats::isSeen(const std::string &id) const
{
    return m_visible.contains(id) || m_watched.contains(id);
}

/// Opens a stats stream for each container that is on screen and whose process was asked for in
/// vain, or that of enough others, and ends those that are no longer wanted.
void SessionStats::followVisible(const StatsSampler::Ids &missing)
{
    const std::size_t inVain = m_asked.size() - (m_asking ? 1 : 0);
    std::set<std::string> wanted;
    for (const std::string &id : m_wanted ? missing : StatsSampler::Ids()) {
        const bool hopeless = inVain >= enoughInVain || (m_asked.contains(id) && !m_asking);
        if (isSeen(id) && hopeless && wanted.size() < mostStreams) {
            wanted.insert(id);
        }
    }
    std::erase_if(m_streams, [&](const auto &stream) {
        if (wanted.contains(stream.first)) {
            return false;
        }
        stream.second.cancel();
        return true;
    });
    for (const std::string &id : wanted) {
        if (!m_streams.contains(id)) {
            m_streams.emplace(id, openStream(id));
        }
    }
}

docker::Call SessionStats::openStream(const std::string &id)
{
    docker::UsageSink sink;
    sink.usage = [this, id, first = true,
                  mailbox = m_mailbox](const docker::ContainerUsage &usage) mutable {
        StatsSample sample{.id = id,
                           .cpuPercent = std::exchange(first, false) ? -1 : usage.cpuPercent,
                           .memoryBytes = usage.memoryBytes,
                           .memoryLimit = usage.memoryLimit,
                           .countersAt = monotonicNanoseconds(),
                           .counters = countersOf(usage)};
        mailbox->post([this, sample = std::move(sample)] {
            // One of before its stop may still be on its way.
            if (m_streams.contains(sample.id) && isRunning(sample.id)) {
                apply(sample);
            }
        });
    };
    // One that ends while it is wanted is opened again with the next reading.
    sink.end = [this, id, mailbox = m_mailbox](const Result<void> &result) {
        if (!result && result.error().kind == ErrorKind::Cancelled) {
            return;
        }
        mailbox->post([this, id] { m_streams.erase(id); });
    };
    return m_client.usage(id, std::move(sink));
}

void SessionStats::closeStreams()
{
    for (const auto &[id, call] : std::exchange(m_streams, {})) {
        call.cancel();
    }
}

} // namespace roadstead::service
