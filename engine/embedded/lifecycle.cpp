// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/embedded/lifecycle.h"

#include <QPointer>

#include <utility>

namespace roadstead::embedded {

using Phase = LauncherState::Phase;
using privilege::Reason;
using privilege::Verb;

namespace {

std::string operationOf(Verb verb)
{
    return std::string(privilege::action(verb).operation);
}

std::unexpected<Error> refusal(ErrorKind kind, Verb verb, Reason reason)
{
    return roadstead::failure(kind, operationOf(verb), privilege::word(reason));
}

} // namespace

Lifecycle::Lifecycle(std::unique_ptr<Host> host, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_host(std::move(host))
    , m_clock(clock)
{
    connect(m_host.get(), &Host::changed, this, &Lifecycle::tick);
    connect(m_host.get(), &Host::probed, this, &Lifecycle::onProbed);
    m_seen = m_host->observe();
    m_state = judge();
    if (m_state == State::Failed) {
        setState(m_state);
    }
}

Lifecycle::~Lifecycle()
{
    if (m_pending) {
        fail(ErrorKind::Cancelled);
    }
}

bool Lifecycle::isMoving() const
{
    return (m_pending && m_pending->granted) || m_state == State::Starting ||
           m_state == State::Stopping;
}

service::Operation<service::Done> Lifecycle::ask(Verb verb,
                                                 const std::optional<EngineOptions> &options)
{
    auto pending = std::make_unique<Pending>();
    pending->verb = verb;
    pending->mark =
        options ? QString::fromStdString(engineOptionsMark(serialize(*options))) : QString();
    pending->promise.start();
    pending->number = ++m_lastNumber;
    service::Operation<service::Done> operation(
        pending->promise.future(), [self = QPointer<Lifecycle>(this), number = m_lastNumber] {
            if (self) {
                self->cancel(number);
            }
        });
    const auto settled = [&](Result<service::Done> result) {
        pending->promise.addResult(std::move(result));
        pending->promise.finish();
        return operation;
    };
    if (m_pending && m_pending->granted && verb == Verb::EngineStop && m_pending->verb != verb) {
        fail(ErrorKind::Cancelled); // a person need not wait for what they do not want any more
    }
    if (m_pending) {
        return settled(refusal(ErrorKind::Busy, verb, Reason::Engine));
    }
    tick();
    // What is so already needs nobody's consent.
    if ((verb == Verb::EngineStart && m_state == State::Running) ||
        (verb == Verb::EngineStop && m_state == State::Stopped)) {
        return settled(service::Done{});
    }
    if (verb == Verb::EngineRestart && m_state != State::Running && m_state != State::Starting &&
        m_state != State::Unreachable) {
        return settled(refusal(ErrorKind::Conflict, verb, Reason::NotRunning));
    }
    if (verb == Verb::EngineStart && m_state == State::Stopping) {
        return settled(refusal(ErrorKind::Conflict, verb, Reason::Stopping));
    }
    pending->before = m_seen;
    m_pending = std::move(pending);
    m_host->request(verb, options)
        .then(this, [this, number = m_lastNumber](const Result<privilege::Reply> &reply) {
            onReply(number, reply);
        });
    return operation;
}

void Lifecycle::cancel(quint64 number)
{
    // A prompt, and what was granted, cannot be taken back: only the waiting ends.
    if (m_pending && m_pending->number == number && !m_pending->told) {
        m_pending->told = true;
        m_pending->promise.addResult(
            roadstead::failure(ErrorKind::Cancelled, operationOf(m_pending->verb)));
        m_pending->promise.finish();
    }
}

void Lifecycle::onReply(quint64 number, const Result<privilege::Reply> &reply)
{
    if (!m_pending || m_pending->number != number) {
        return;
    }
    if (!reply && reply.error().kind != ErrorKind::OutcomeUnknown) {
        finish(std::unexpected(reply.error()));
        tick();
        return;
    }
    // Without an answer it may have happened all the same: the engine's own state will tell.
    m_pending->granted = true;
    m_pending->certain = reply.has_value();
    m_pending->wasSo = reply && reply->outcome == privilege::Outcome::AlreadySo;
    m_pending->grantedAt = m_clock.steadyNow();
    if (m_pending->verb == Verb::EngineRestart) {
        m_answer = Answer::Unknown;
    }
    tick();
}

void Lifecycle::look()
{
    const Observation now = m_host->observe();
    const bool samePhase = now.file.has_value() == m_seen.file.has_value() &&
                           (!now.file || now.file->phase == m_seen.file->phase);
    if (now.dockerdPid != m_seen.dockerdPid || !samePhase) {
        m_answer = Answer::Unknown; // what is known was about another process or phase
    }
    m_seen = now;
}

void Lifecycle::tick()
{
    look();
    probeIfUseful();
    settle();
}

void Lifecycle::probeIfUseful()
{
    // While it starts, the socket takes connections that nobody answers yet.
    const bool mayAnswer =
        m_seen.dockerdPid != 0 &&
        (!m_seen.launcherAlive || (m_seen.file && m_seen.file->phase == Phase::Running));
    if (mayAnswer && !m_probing) {
        m_probing = true;
        m_probed = m_seen.dockerdPid;
        m_host->probe();
    }
}

void Lifecycle::onProbed(bool answered)
{
    m_probing = false;
    look();
    if (m_seen.dockerdPid == m_probed && m_probed != 0) {
        m_answer = answered ? Answer::Yes : Answer::No;
    }
    settle();
}

void Lifecycle::settle()
{
    const State seen = judge();
    if (m_pending && m_pending->granted) {
        followPending(seen);
    }
    setState(withPending(seen));
}

State Lifecycle::judge() const
{
    const bool alive = m_seen.launcherAlive;
    if (!alive && m_seen.dockerdPid == 0) {
        if (!m_seen.installed) {
            return State::NotInstalled;
        }
        if (!m_seen.file || m_seen.file->phase == Phase::Stopping) {
            return State::Stopped;
        }
        return State::Failed; // its own word, or it was ended without being able to say any
    }
    if (!alive || !m_seen.file) {
        // dockerd outlives a launcher that was killed, and a launcher begins without a file.
        return m_seen.dockerdPid != 0 ? judgeRunning() : State::Starting;
    }
    switch (m_seen.file->phase) {
    case Phase::Starting:
        return State::Starting;
    case Phase::Running:
        return judgeRunning();
    case Phase::Stopping:
        return State::Stopping;
    case Phase::Failed:
        break;
    }
    return State::Failed;
}

State Lifecycle::judgeRunning() const
{
    switch (m_answer) {
    case Answer::Yes:
        return State::Running;
    case Answer::No:
        return State::Unreachable;
    case Answer::Unknown:
        break;
    }
    return m_state == State::Running || m_state == State::Unreachable ? m_state : State::Starting;
}

State Lifecycle::withPending(State seen) const
{
    if (!m_pending || !m_pending->granted || !m_pending->certain) {
        return seen;
    }
    switch (m_pending->verb) {
    case Verb::EngineStart:
        // Of one that was there already there is nothing to say but what is seen.
        return seen == State::Running || m_pending->wasSo ? seen : State::Starting;
    case Verb::EngineStop:
        return seen == State::Stopped ? seen : State::Stopping;
    case Verb::EngineRestart:
        break;
    case Verb::EngineConfigure:
        return seen;
    }
    return State::Starting;
}

void Lifecycle::followPending(State seen)
{
    const Pending &pending = *m_pending;
    const bool changed = m_seen != pending.before;
    m_pending->seen = pending.seen || changed;
    m_pending->up = pending.up || pending.wasSo || m_seen.launcherAlive;
    bool isDone = false;
    bool hasFailed = false;
    bool hasEnded = false; // somebody stopped it, or it was on its way down
    switch (pending.verb) {
    case Verb::EngineStart:
        isDone = seen == State::Running;
        // The failure of an earlier life is not this one's.
        hasFailed = seen == State::Failed && pending.seen;
        hasEnded = seen == State::Stopped && pending.up;
        break;
    case Verb::EngineStop:
        // The word of a failure may stay when there was nothing left to stop.
        isDone = seen == State::Stopped || seen == State::NotInstalled ||
                 (seen == State::Failed && pending.wasSo);
        break;
    case Verb::EngineRestart:
        isDone = seen == State::Running && m_seen.dockerdPid != pending.before.dockerdPid;
        hasFailed = seen == State::Failed;
        hasEnded = seen == State::Stopped;
        break;
    case Verb::EngineConfigure:
        // What does not run, or has failed before, has them at its next start.
        isDone =
            m_host->optionsMark() == pending.mark && (!m_seen.launcherAlive || isConfigured(seen));
        hasFailed = seen == State::Failed && pending.up && changed;
        break;
    }
    const auto waited = m_clock.steadyNow() - pending.grantedAt;
    if (isDone) {
        finish(service::Done{});
    } else if (hasFailed) {
        fail(ErrorKind::EngineFailed, Reason::Failed);
    } else if (hasEnded) {
        fail(ErrorKind::EngineFailed, Reason::Ended);
    } else if (!pending.seen && waited >= untilSeen) {
        fail(pending.certain ? ErrorKind::EngineFailed : ErrorKind::OutcomeUnknown, Reason::Unseen);
    } else if (waited >= untilDone) {
        fail(ErrorKind::OutcomeUnknown, Reason::Slow);
    }
}

/// The engine that runs has been given what is wanted.
bool Lifecycle::isConfigured(State seen) const
{
    return seen == State::Running && m_seen.file && m_seen.file->options == m_pending->mark;
}

void Lifecycle::finish(Result<service::Done> result)
{
    const std::unique_ptr<Pending> pending = std::move(m_pending);
    if (result) {
        Q_EMIT confirmed(pending->verb);
    }
    // The state first, so that whoever continues from here already finds it.
    setState(judge());
    if (!pending->told) {
        pending->promise.addResult(std::move(result));
        pending->promise.finish();
    }
}

void Lifecycle::fail(ErrorKind kind, Reason reason)
{
    finish(refusal(kind, m_pending->verb, reason));
}

Note Lifecycle::note() const
{
    const bool isUp = m_state == State::Running || m_state == State::Unreachable;
    return isUp && m_seen.file ? m_seen.file->note : Note::None;
}

void Lifecycle::setState(State state)
{
    const bool isNew = state != m_state;
    const Note before = std::exchange(m_note, Note::None);
    if (state == State::Failed && (isNew || !m_failure)) {
        const LauncherState file = m_seen.file.value_or(LauncherState{});
        m_failure = Failure{file.cause, m_host->logTail(), file.subject};
    } else if (state != State::Failed) {
        m_failure.reset();
    }
    m_state = state;
    m_note = note();
    if (isNew || m_note != before) {
        Q_EMIT stateChanged();
    }
}

} // namespace roadstead::embedded
