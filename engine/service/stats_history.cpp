// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/stats_history.h"

#include "engine/service/pending.h"
#include "engine/store/history/stats_database.h"

#include <QDateTime>
#include <QTimer>

#include <utility>

namespace roadstead::service {

class StatsHistory::Worker : public QObject
{
public:
    Worker(StatsHistory *owner, QString path, Clock clock, std::chrono::milliseconds spacing)
        : m_owner(owner)
        , m_path(std::move(path))
        , m_clock(std::move(clock))
        , m_timer(this)
    {
        m_timer.setSingleShot(true);
        m_timer.setInterval(spacing);
        connect(&m_timer, &QTimer::timeout, this, &Worker::write);
    }
    ~Worker() override
    {
        if (m_database && m_database->isWaiting()) {
            (void)m_database->flush(m_clock()); // nobody is left to be told
        }
    }

    void record(const std::vector<store::StatsReading> &readings)
    {
        database().add(readings, m_clock());
        if (!m_timer.isActive()) {
            m_timer.start();
        }
    }
    [[nodiscard]] Result<store::StatsPoints> read(const std::string &id, store::StatsRange range)
    {
        return database().read(id, range, m_clock());
    }

private:
    /// The file is opened with the first use: in the thread that uses it.
    store::StatsDatabase &database()
    {
        if (!m_database) {
            m_database.emplace(m_path);
            using File = store::StatsDatabase::File;
            if (m_database->file() == File::PutAside) {
                tell(Trouble::PutAside);
            } else if (m_database->file() == File::None) {
                tell(Trouble::NoFile);
            }
        }
        return *m_database;
    }
    void write()
    {
        const bool failed = !m_database->flush(m_clock());
        if (std::exchange(m_failing, failed) != failed) {
            tell(failed ? std::optional(Trouble::NotWritten) : std::nullopt);
        }
    }
    void tell(std::optional<Trouble> trouble)
    {
        QMetaObject::invokeMethod(m_owner,
                                  [owner = m_owner, trouble] { owner->setTrouble(trouble); });
    }

    StatsHistory *m_owner; ///< outlives the thread
    const QString m_path;
    const Clock m_clock;
    QTimer m_timer; ///< runs while something waits to be written
    bool m_failing = false;
    std::optional<store::StatsDatabase> m_database;
};

StatsHistory::StatsHistory(const QString &path, QObject *parent, Clock clock,
                           std::chrono::milliseconds writeSpacing)
    : QObject(parent)
    , m_worker(new Worker(this, path,
                          clock ? std::move(clock) : Clock(&QDateTime::currentSecsSinceEpoch),
                          writeSpacing))
{
    m_thread.setObjectName(QStringLiteral("stats history"));
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
}

StatsHistory::~StatsHistory()
{
    // What was recorded just now is on its way to the thread still: the end comes after it.
    QMetaObject::invokeMethod(m_worker, [thread = &m_thread] { thread->quit(); });
    m_thread.wait(); // for one write at most
}

void StatsHistory::record(std::vector<store::StatsReading> readings)
{
    if (!readings.empty()) {
        QMetaObject::invokeMethod(m_worker, [worker = m_worker, readings = std::move(readings)] {
            worker->record(readings);
        });
    }
}

Operation<store::StatsPoints> StatsHistory::read(const std::string &id, store::StatsRange range)
{
    auto pending = std::make_shared<Pending<store::StatsPoints>>();
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, pending, id, range] {
        pending->finish(worker->read(id, range));
    });
    return {pending->future(), {}};
}

void StatsHistory::setTrouble(std::optional<Trouble> trouble)
{
    if (std::exchange(m_trouble, trouble) != trouble) {
        Q_EMIT troubleChanged();
    }
}

} // namespace roadstead::service
