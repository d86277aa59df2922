// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/store/history/stats_sample.h"

#include <QString>

#include <cstdint>
#include <deque>
#include <string>
#include <unordered_map>

class QSqlQuery;

namespace roadstead::store {

/// The use of the machine by containers over the last seven days, in one SQLite file. What was
/// measured is gathered in memory and written by flush(), in one transaction. All of it in one
/// thread, which may block. Everything works without the file, too: then an hour and more is lost.
class StatsDatabase
{
public:
    /// What became of the file.
    enum class File {
        Opened,
        PutAside, ///< it was broken, or of a newer version: it has another name now, a new one
                  ///< began
        None      ///< there is none: it cannot be opened or made
    };

    /// `path` is made with its folder, for the user's eyes only.
    explicit StatsDatabase(const QString &path);
    ~StatsDatabase();
    StatsDatabase(const StatsDatabase &) = delete;
    StatsDatabase &operator=(const StatsDatabase &) = delete;

    [[nodiscard]] File file() const { return m_file; }

    /// Takes in what was measured at `now` (seconds since 1970).
    void add(const std::vector<StatsReading> &readings, std::int64_t now);
    /// Whether there is something that flush() would write.
    [[nodiscard]] bool isWaiting() const { return !m_waiting.empty(); }
    /// Writes what has been gathered, and lets go what is too old, at most every ten minutes.
    /// Fails with DiskFull or Io; what was gathered is lost then.
    Result<void> flush(std::int64_t now);

    /// Oldest first. What is gathered and not written yet is in it.
    [[nodiscard]] Result<StatsPoints> read(const std::string &id, StatsRange range,
                                           std::int64_t now) const;

    /// Containers that are kept at most; those that ran last are.
    static constexpr int mostContainers = 2000;
    /// Lets go what is too old now, and of the containers all but `most`.
    Result<void> prune(std::int64_t now, int most = mostContainers);

private:
    void open(const QString &path);
    bool prepare();
    void close();
    [[nodiscard]] Result<void> write();
    [[nodiscard]] StatsPoints recent(const std::string &id, std::int64_t from) const;

    QString m_connection; ///< its name among Qt's; empty without a file
    File m_file = File::None;
    std::unordered_map<std::string, std::deque<StatsPoint>> m_recent; ///< of the five minutes
    std::unordered_map<std::string, StatsPoints> m_waiting;           ///< of 24 s each
    std::int64_t m_prunedAt = 0;
};

} // namespace roadstead::store
