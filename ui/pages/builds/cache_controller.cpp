// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/cache_controller.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace roadstead::ui {

CacheController::CacheController(BuildEngine *engine, QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_list(&m_model)
{
}

ListState CacheController::state() const
{
    if (m_records.empty()) {
        return m_problem ? ListState::Away : m_isListed ? ListState::Empty : ListState::Loading;
    }
    return m_list.rowCount() == 0 ? ListState::NoResult : ListState::Rows;
}

void CacheController::refresh()
{
    const quint64 generation = ++m_generation;
    m_engine->buildCache().then(this, [this, generation](const Result<docker::DiskUsage> &usage) {
        if (generation == m_generation) {
            take(usage);
        }
    });
}

void CacheController::take(const Result<docker::DiskUsage> &usage)
{
    m_problem.reset();
    if (!usage) {
        m_problem = usage.error();
        m_before.reset();
        show();
        return;
    }
    m_isListed = true;
    m_records = usage->buildCache;
    show();
    if (const auto before = std::exchange(m_before, std::nullopt)) {
        std::unordered_set<std::string_view> there;
        for (const docker::BuildCacheRecord &record : m_records) {
            there.insert(record.id);
        }
        int count = 0;
        qint64 bytes = 0;
        for (const docker::BuildCacheRecord &record : *before) {
            if (!there.contains(record.id)) {
                ++count;
                bytes += record.shared ? 0 : std::max<std::int64_t>(0, record.size);
            }
        }
        Q_EMIT freed(count, bytes);
    }
}

void CacheController::show()
{
    std::vector<CacheSource> sources;
    sources.reserve(m_records.size());
    for (const docker::BuildCacheRecord &record : m_records) {
        sources.push_back({record, m_pending.contains(record.id)});
    }
    m_model.applyRecords(std::move(sources));
    Q_EMIT changed();
}

void CacheController::remove(const std::vector<std::string> &ids)
{
    const CacheRemoval removal = removalOf(m_records, ids);
    const std::vector<docker::PruneBuildCache> commands = commandsFor(removal);
    begin({commands.begin(), commands.end()}, removal);
}

void CacheController::prune(const PruneWish &wish)
{
    begin({commandFor(wish)}, {});
}

void CacheController::begin(std::deque<docker::PruneBuildCache> commands,
                            const CacheRemoval &removal)
{
    if (m_working || commands.empty()) {
        return;
    }
    m_working = true;
    m_before = m_records;
    m_commands = std::move(commands);
    for (const docker::BuildCacheRecord &record : removal.doomed) {
        m_pending.insert(record.id);
    }
    show();
    runNext();
}

void CacheController::runNext()
{
    if (m_commands.empty()) {
        end(std::nullopt);
        return;
    }
    const docker::PruneBuildCache command = std::move(m_commands.front());
    m_commands.pop_front();
    m_engine->run(command).then(
        this, [this](const Result<std::string> &reply) { reply ? runNext() : end(reply.error()); });
}

void CacheController::end(const std::optional<Error> &error)
{
    m_working = false;
    m_commands.clear();
    m_pending.clear();
    if (error) {
        Q_EMIT failed(*error);
    }
    show();
    refresh(); // what is gone is told by what is there now
}

} // namespace roadstead::ui
