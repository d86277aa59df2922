// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/builds/cache_model.h"
#include "ui/pages/builds/cache_records.h"
#include "ui/pages/list_state.h"
#include "ui/wizards/build/build_engine.h"

#include <QObject>

#include <deque>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace roadstead::ui {

/// The build cache of the engine, and what is removed from it. What went is what is no longer
/// there when it is read again. No widgets. GUI thread.
class CacheController : public QObject
{
    Q_OBJECT
public:
    /// `engine` must outlive this.
    explicit CacheController(BuildEngine *engine, QObject *parent = nullptr);

    [[nodiscard]] CacheModel *model() { return &m_model; }
    [[nodiscard]] CacheList *list() { return &m_list; }
    [[nodiscard]] ListState state() const;
    [[nodiscard]] const std::optional<Error> &problem() const { return m_problem; }
    [[nodiscard]] const CacheRecords &records() const { return m_records; }
    [[nodiscard]] CacheTotals totals() const { return totalsOf(m_records); }
    [[nodiscard]] bool isWorking() const { return m_working; }

    void refresh();
    /// These alone, and what was made from them, one after another.
    void remove(const std::vector<std::string> &ids);
    void prune(const PruneWish &wish);

Q_SIGNALS:
    void changed();
    void freed(int count, qint64 bytes); ///< as the engine shows it afterwards
    void failed(const roadstead::Error &error);

private:
    void begin(std::deque<docker::PruneBuildCache> commands, const CacheRemoval &removal);
    void runNext();
    void end(const std::optional<Error> &error);
    void take(const Result<docker::DiskUsage> &usage);
    void show();

    BuildEngine *m_engine;
    CacheModel m_model;
    CacheList m_list;
    CacheRecords m_records;
    std::optional<Error> m_problem;
    quint64 m_generation = 0; ///< of the question for the records
    bool m_isListed = false;
    bool m_working = false;
    std::deque<docker::PruneBuildCache> m_commands;
    std::set<std::string, std::less<>> m_pending;
    std::optional<CacheRecords> m_before; ///< while what is gone is to be told
};

} // namespace roadstead::ui
