// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/clock.h"
#include "engine/embedded/embedded_engine.h"
#include "engine/embedded/host.h"
#include "engine/privilege/client/reason.h"

#include <QObject>
#include <QPromise>

#include <chrono>
#include <memory>

namespace roadstead::embedded {

/// The state machine behind EmbeddedEngine: what is seen and what was asked for make one State.
/// Nothing is reported done before the engine itself has confirmed it. GUI thread. Driven by
/// tick(); time comes from the caller.
class Lifecycle : public QObject
{
    Q_OBJECT
public:
    /// A granted start, stop or restart must become visible within this.
    static constexpr std::chrono::seconds untilSeen{10};
    /// And be over within this; the launcher's own limits are shorter.
    static constexpr std::chrono::seconds untilDone{180};

    /// `clock` outlives this.
    Lifecycle(std::unique_ptr<Host> host, const Clock &clock, QObject *parent = nullptr);
    ~Lifecycle() override;

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const std::optional<Failure> &failure() const { return m_failure; }
    /// True while something is expected to change soon, so that ticks should come often.
    [[nodiscard]] bool isMoving() const;

    /// What the launcher says of an engine that runs; None while it does not.
    [[nodiscard]] Note note() const;

    /// A stop takes the place of a start or restart that has been granted and is not over; that one
    /// ends as Cancelled. Errors, with details of privilege::Reason: EngineFailed (Failed: the
    /// cause is in failure(); Ended: it was stopped instead; Unseen), OutcomeUnknown (Unseen,
    /// Slow), Busy (Engine) while another is under way, Conflict for a restart of what does not run
    /// (NotRunning) and a start of what is on its way down (Stopping), and whatever the helper's
    /// client says.
    /// To set options is over when the file has them and the engine that runs was given them.
    service::Operation<service::Done> ask(privilege::Verb verb,
                                          const std::optional<EngineOptions> &options = {});

    void tick(); ///< looks, and moves on

Q_SIGNALS:
    void stateChanged();
    void confirmed(roadstead::privilege::Verb verb); ///< asked for here, and seen to be so

private:
    struct Pending
    {
        quint64 number = 0;
        privilege::Verb verb = privilege::Verb::EngineStart;
        QString mark; ///< of the options that are wanted
        QPromise<Result<service::Done>> promise;
        bool granted = false; ///< the helper has accepted, or its answer got lost
        bool certain = true;  ///< the helper has accepted
        bool wasSo = false;   ///< the helper had nothing to do
        bool seen = false;    ///< what was seen has changed since
        bool up = false;      ///< an engine was there since, or is said to be
        bool told = false;    ///< cancelled: nobody waits any more
        std::chrono::steady_clock::time_point grantedAt;
        Observation before; ///< at the time of asking
    };

    void onReply(quint64 number, const Result<privilege::Reply> &reply);
    void onProbed(bool answered);
    void cancel(quint64 number);
    void look();
    void probeIfUseful();
    void settle();
    [[nodiscard]] State judge() const;
    [[nodiscard]] State judgeRunning() const;
    [[nodiscard]] State withPending(State seen) const;
    void followPending(State seen);
    [[nodiscard]] bool isConfigured(State seen) const;
    void finish(Result<service::Done> result);
    void fail(ErrorKind kind, privilege::Reason reason = privilege::Reason::Other);
    void setState(State state);

    enum class Answer { Unknown, Yes, No };

    std::unique_ptr<Host> m_host;
    const Clock &m_clock;
    State m_state = State::Stopped;
    std::optional<Failure> m_failure;
    Note m_note = Note::None; ///< as told last
    Observation m_seen;
    Answer m_answer = Answer::Unknown; ///< to the last probe of this dockerd in this phase
    bool m_probing = false;
    qint64 m_probed = 0; ///< the dockerd that was asked
    quint64 m_lastNumber = 0;
    std::unique_ptr<Pending> m_pending;
};

} // namespace roadstead::embedded
