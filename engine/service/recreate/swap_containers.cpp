// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/recreate/swap_containers.h"

#include <QTimer>

#include <algorithm>
#include <utility>

namespace roadstead::service {

namespace {

constexpr auto swapOperation = "container.recreate";

/// Whether the engine may have done it all the same.
bool mayHaveHappened(const Error &error)
{
    using enum ErrorKind;
    return error.kind == OutcomeUnknown || error.kind == ConnectionLost ||
           error.kind == NotAnswering || error.kind == MalformedReply || error.kind == Cancelled;
}

} // namespace

SwapContainers::SwapContainers(SwapEngine &engine, SwapTiming timing, QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_timing(timing)
{
}

template<typename T, typename Continuation>
void SwapContainers::ask(Operation<T> operation, Continuation continuation)
{
    m_cancelWork = [operation] { operation.cancel(); };
    operation.then(this, [this, continuation = std::move(continuation)](const Result<T> &result) {
        m_cancelWork = {};
        continuation(result);
    });
}

void SwapContainers::replace(const std::string &id, const docker::CreateContainer &before,
                             const docker::CreateContainer &after)
{
    m_before = before;
    m_after = after;
    ask(m_engine.inspect(id), [this](const Result<docker::ContainerDetails> &old) {
        if (!old) {
            m_error = old.error();
            end(SwapOutcome::Refused);
        } else {
            begin(*old);
        }
    });
}

void SwapContainers::begin(const docker::ContainerDetails &old)
{
    m_old = old;
    m_asItWas = asItIs(old);
    m_waits = m_asItWas.runs;
    if (const auto possible = checkReplaceable(m_before, old); !possible) {
        m_error = possible.error();
        end(SwapOutcome::Refused);
    } else if (m_isCancelled) {
        m_error = Error{ErrorKind::Cancelled, 0, {}, swapOperation};
        end(SwapOutcome::Refused);
    } else {
        withFreeName(nameBefore(old.name), 1,
                     [this](const std::string &keptName) { create(keptName); });
    }
}

void SwapContainers::withFreeName(const std::string &name, int number,
                                  std::function<void(const std::string &)> next)
{
    const std::string tried = number == 1 ? name : name + "-" + std::to_string(number);
    ask(m_engine.inspect(tried), [this, name, number, tried, next = std::move(next)](
                                     const Result<docker::ContainerDetails> &holder) {
        if (holder && !m_isCancelled) {
            withFreeName(name, number + 1, next);
        } else if (!m_isCancelled && holder.error().kind == ErrorKind::NotFound) {
            next(tried);
        } else {
            m_error =
                m_isCancelled ? Error{ErrorKind::Cancelled, 0, {}, swapOperation} : holder.error();
            end(SwapOutcome::Refused);
        }
    });
}

void SwapContainers::create(const std::string &keptName)
{
    Q_EMIT stepStarted(SwapStep::Create);
    const auto command = provisional(withVolumesOf(m_after, m_before, m_old), m_old);
    ask(m_engine.run(command), [this, keptName](const Result<std::string> &id) {
        if (!id && mayHaveHappened(id.error())) {
            removeUnconfirmed(id.error());
            return;
        }
        if (!id) {
            m_error = id.error();
            end(SwapOutcome::Refused);
            return;
        }
        m_newId = *id;
        m_back = {docker::RemoveContainer{
            .container = {.reference = m_newId, .display = nameNext(m_old.name)}, .force = true}};
        m_plan = replacementPlan(m_old, m_newId, m_after.name.empty() ? m_old.name : m_after.name,
                                 keptName);
        nextStep();
    });
}

void SwapContainers::removeUnconfirmed(const Error &error)
{
    const std::string name = nameNext(m_old.name);
    ask(m_engine.inspect(name), [this, error](const Result<docker::ContainerDetails> &found) {
        const auto was = found ? replacedBy(found->labels) : std::nullopt;
        if (was && was->id == m_old.id) {
            m_back = {docker::RemoveContainer{
                .container = {.reference = found->id, .display = found->name}, .force = true}};
        }
        fail(error);
    });
}

void SwapContainers::withBoth(const std::string &newId, const CutOff &next)
{
    ask(m_engine.inspect(newId), [this, next](const Result<docker::ContainerDetails> &newer) {
        const auto was = newer ? replacedBy(newer->labels) : std::nullopt;
        if (!was) {
            m_error = newer ? Error{ErrorKind::InvalidArgument, 0, newer->name, swapOperation}
                            : newer.error();
            end(SwapOutcome::Refused);
            return;
        }
        ask(m_engine.inspect(was->id), [this, next, newer = *newer, was = *was](const auto &old) {
            if (!old || m_isCancelled) {
                m_error = old ? Error{ErrorKind::Cancelled, 0, {}, swapOperation} : old.error();
                end(SwapOutcome::Refused);
                return;
            }
            next(newer, *old, was);
        });
    });
}

void SwapContainers::undo(const std::string &newId)
{
    withBoth(newId, [this](const auto &newer, const auto &kept, const ContainerAsItWas &was) {
        m_asItWas = asItIs(newer);
        m_newId = kept.id;
        m_waits = was.runs;
        withFreeName(nameUndone(newer.name), 1,
                     [this, newer, kept, was](const std::string &undoneName) {
                         m_plan = undoPlan(newer, kept, was, undoneName);
                         nextStep();
                     });
    });
}

void SwapContainers::takeBack(const std::string &newId)
{
    withBoth(newId, [this](const auto &newer, const auto &, const ContainerAsItWas &was) {
        m_asItWas = was;
        m_back = cutOffBack(newer.id, was);
        m_isGoingBack = true;
        Q_EMIT backStarted();
        nextBack();
    });
}

void SwapContainers::resume(const std::string &newId)
{
    withBoth(newId, [this](const auto &newer, const auto &old, const ContainerAsItWas &was) {
        m_asItWas = was;
        m_newId = newer.id;
        m_waits = was.runs;
        m_back = cutOffBack(newer.id, was);
        withFreeName(nameBefore(was.name), 1, [this, newer, old, was](const std::string &keptName) {
            m_plan = cutOffRest(newer, old, was, keptName);
            nextStep();
        });
    });
}

void SwapContainers::nextStep()
{
    if (m_isCancelled) {
        fail({ErrorKind::Cancelled, 0, {}, swapOperation});
        return;
    }
    if (m_step == m_plan.size()) {
        if (m_waits) {
            Q_EMIT waitStarted();
            look();
        } else {
            end(SwapOutcome::Swapped);
        }
        return;
    }
    const PlannedStep &step = m_plan[m_step++];
    // Taken back also when it fails: what failed may have been the answer alone.
    m_back.insert(m_back.begin(), step.back.begin(), step.back.end());
    Q_EMIT stepStarted(step.step);
    ask(m_engine.run(step.command), [this](const Result<std::string> &done) {
        if (done) {
            nextStep();
        } else {
            fail(done.error());
        }
    });
}

void SwapContainers::look()
{
    if (m_isCancelled) {
        fail({ErrorKind::Cancelled, 0, {}, swapOperation});
        return;
    }
    ask(m_engine.inspect(m_newId),
        [this](const Result<docker::ContainerDetails> &details) { looked(details); });
}

void SwapContainers::looked(const Result<docker::ContainerDetails> &details)
{
    if (!details) {
        fail(details.error());
        return;
    }
    const bool restarted = !m_startedAt.empty() && m_startedAt != details->startedAt;
    m_startedAt = details->startedAt;
    ++m_looks;
    if (details->state != docker::ContainerState::Running || restarted) {
        fail({ErrorKind::EngineFailed, details->exitCode, details->error, "container.start"});
    } else if (details->health == docker::Health::Unhealthy) {
        fail({ErrorKind::EngineFailed, 0,
              details->healthLog.empty() ? std::string() : details->healthLog.back().output,
              "container.health"});
    } else if (details->health == docker::Health::Healthy ||
               (details->health == docker::Health::None && m_looks >= m_timing.looksRunning)) {
        end(SwapOutcome::Swapped);
    } else if (m_looks >= m_timing.looksHealthy) {
        fail({ErrorKind::NotAnswering, 0, {}, "container.health"});
    } else {
        QTimer::singleShot(m_timing.look, this, &SwapContainers::look);
    }
}

void SwapContainers::cancel()
{
    if (m_isGoingBack || m_isFinished) {
        return;
    }
    m_isCancelled = true;
    if (const auto cancelWork = m_cancelWork) {
        cancelWork();
    }
}

void SwapContainers::fail(Error error)
{
    m_error = std::move(error);
    m_isGoingBack = true;
    Q_EMIT backStarted();
    nextBack();
}

void SwapContainers::nextBack()
{
    if (m_back.empty()) {
        verify();
        return;
    }
    const docker::Command command = m_back.front();
    m_back.erase(m_back.begin());
    // What was never done cannot be taken back, and says so: only verify() counts.
    ask(m_engine.run(command), [this](const Result<std::string> &) { nextBack(); });
}

void SwapContainers::verify()
{
    ask(m_engine.inspect(m_asItWas.id), [this](const Result<docker::ContainerDetails> &details) {
        const bool isAsItWas = details && asItIs(*details) == m_asItWas;
        end(isAsItWas ? SwapOutcome::AsItWas : SwapOutcome::NotRestored);
    });
}

void SwapContainers::end(SwapOutcome outcome)
{
    m_isFinished = true;
    Q_EMIT finished({.outcome = outcome,
                     .error = m_error,
                     .id = outcome == SwapOutcome::Swapped ? m_newId : std::string()});
}

} // namespace roadstead::service
