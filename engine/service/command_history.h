// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/command.h"
#include "engine/service/engine_session.h"

#include <QElapsedTimer>
#include <QList>

#include <functional>
#include <optional>
#include <unordered_map>
#include <utility>

namespace roadstead::service {

/// The commands of this session of use: what runs and what has run. Keeps the newest 1,000. GUI
/// thread.
class CommandHistory
{
public:
    /// What the records that start from now on are for.
    void setEngine(docker::CliEngine engine) { m_engine = std::move(engine); }
    [[nodiscard]] const docker::CliEngine &engine() const { return m_engine; }
    /// `cancel` ends the work, may be empty.
    quint64 start(CommandRecord record, std::function<void()> cancel);
    /// False when there is no running record of that id.
    bool finish(quint64 id, const std::optional<Error> &error, const QStringList &warnings = {});
    void cancel(quint64 id) const;
    /// Takes over the records of another history, whose commands have ended: nobody will know how.
    /// What was only recorded (start() without an operation) runs on. To be called before start().
    void continueFrom(const CommandHistory &before);

    [[nodiscard]] const QList<CommandRecord> &records() const { return m_records; }
    [[nodiscard]] QList<CommandRecord> running() const;

private:
    struct Running
    {
        QElapsedTimer timer;
        std::function<void()> cancel;
    };
    docker::CliEngine m_engine;
    QList<CommandRecord> m_records; ///< oldest first, so sorted by id
    std::unordered_map<quint64, Running> m_running;
    quint64 m_lastId = 0;
};

/// The record of a command that begins now: its line without secrets (variables whose names speak
/// of one are passed by name), and what it works on.
CommandRecord recordOf(const docker::Command &command);

} // namespace roadstead::service
