// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/embedded/embedded_engine.h"
#include "engine/service/engine_session.h"

#include <QDateTime>
#include <QList>
#include <QObject>
#include <QString>

#include <optional>

namespace roadstead::ui {

/// What can be asked of the embedded engine, with an administrator's consent.
enum class EngineVerb { Start, Stop, Restart };

struct EngineCounts
{
    int total = 0;
    int running = 0; ///< unhealthy ones included
    int unhealthy = 0;
    bool operator==(const EngineCounts &) const = default;
};

/// What the engine's containers use together.
struct EngineUsage
{
    double cpuPercent = 0;      ///< of all CPUs: 0 to 100
    std::int64_t memory = 0;    ///< bytes
    std::int64_t memoryAll = 0; ///< bytes the machine has, 0 = unknown
};

/// The engine as the shell needs it: state, connection, counts, history, and three verbs. An
/// interface, so that tests and the gallery can play every state. GUI thread; no call blocks.
class EngineView : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] virtual QString name() const = 0;
    /// Whether it is ours to start and stop; if not, state() is always Running.
    [[nodiscard]] virtual bool isEmbedded() const = 0;
    [[nodiscard]] virtual embedded::State state() const = 0;
    [[nodiscard]] virtual std::optional<embedded::Failure> failure() const = 0;
    [[nodiscard]] virtual service::Link link() const = 0;
    [[nodiscard]] virtual std::optional<Error> linkError() const = 0;
    [[nodiscard]] virtual bool listed() const = 0;
    [[nodiscard]] virtual QDateTime listedAt() const = 0;
    [[nodiscard]] virtual QString version() const = 0; ///< "26.1.5", empty = unknown
    [[nodiscard]] virtual QString apiVersion() const = 0;
    [[nodiscard]] virtual bool isPodman() const { return false; }
    [[nodiscard]] virtual EngineCounts counts() const = 0;
    /// None while nobody looks, and before the first measurement.
    [[nodiscard]] virtual std::optional<EngineUsage> usage() const = 0;
    [[nodiscard]] virtual const QList<service::CommandRecord> &history() const = 0;

    /// What does the same as `verb` in a root shell.
    [[nodiscard]] virtual QString command(EngineVerb verb) const = 0;
    /// What its launcher has found that it cannot do.
    [[nodiscard]] virtual embedded::Note note() const { return embedded::Note::None; }
    /// Since when it has been stopped, as far as it was seen; invalid = before we looked.
    [[nodiscard]] virtual QDateTime stoppedSince() const { return {}; }
    /// Whether a verb is under way: another is refused until it ends, but for mayRun().
    [[nodiscard]] virtual bool isBusy() const = 0;
    /// Whether run(verb) would do something now: a stop may follow a start that is not over.
    [[nodiscard]] virtual bool mayRun(EngineVerb verb) const
    {
        Q_UNUSED(verb)
        return !isBusy();
    }
    virtual void run(EngineVerb verb) = 0;
    virtual void lookAgain() = 0; ///< reads the true state, and the lists, again
    /// Ends the running command with that record id, where its record says that this can be done.
    virtual void cancelCommand(quint64 id) = 0;

Q_SIGNALS:
    void stateChanged(); ///< state, failure, link or busy
    void countsChanged();
    void usageChanged();
    void historyChanged();
    /// How a verb ended; no error = the engine confirmed it.
    void verbFinished(roadstead::ui::EngineVerb verb, const std::optional<roadstead::Error> &error);
};

} // namespace roadstead::ui
