// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/operation.h"
#include "engine/service/recreate/recreate_plan.h"

#include <QObject>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::service {

/// What a swap needs of an engine.
class SwapEngine
{
public:
    SwapEngine() = default;
    SwapEngine(const SwapEngine &) = delete;
    SwapEngine &operator=(const SwapEngine &) = delete;
    virtual ~SwapEngine() = default;
    virtual Operation<std::string> run(const docker::Command &command) = 0;
    /// By id or name.
    virtual Operation<docker::ContainerDetails> inspect(const std::string &container) = 0;
};

/// How long a container is watched before it counts as well.
struct SwapTiming
{
    std::chrono::milliseconds look{500}; ///< between two looks
    int looksRunning = 6;                ///< without a health check: so often, in a row
    int looksHealthy = 600;              ///< with one: at most so often
};

enum class SwapOutcome : std::uint8_t {
    Swapped,
    Refused,    ///< nothing was touched
    AsItWas,    ///< it failed or was cancelled, and has been taken back
    NotRestored ///< and could not be taken back: the containers have to be looked at
};

struct SwapResult
{
    SwapOutcome outcome = SwapOutcome::Swapped;
    std::optional<Error> error{}; ///< why it did not come to be Swapped
    std::string id{};             ///< of the container that has the place now, when Swapped
};

/// Replaces a container by a changed one, or swaps the two back; takes itself back when a step
/// fails. Does one thing in its life. Lives in the GUI thread; `engine` must outlive it.
class SwapContainers : public QObject
{
    Q_OBJECT
public:
    explicit SwapContainers(SwapEngine &engine, SwapTiming timing = {}, QObject *parent = nullptr);

    /// `before`: the command behind the container `id`; `after`: what is to take its place. The
    /// image has to be there.
    void replace(const std::string &id, const docker::CreateContainer &before,
                 const docker::CreateContainer &after);
    /// Puts the container that `newId` replaced back in its place.
    void undo(const std::string &newId);
    /// Of a swap that was cut off (isHalfDone()): removes the new one and puts the old one back as
    /// it was, which ends with SwapOutcome::AsItWas and no error.
    void takeBack(const std::string &newId);
    /// Or goes on with it; when that fails, it is taken back.
    void resume(const std::string &newId);
    /// Takes back what was done so far. Too late once it is finished or being taken back.
    void cancel();

Q_SIGNALS:
    void stepStarted(roadstead::service::SwapStep step);
    void waitStarted(); ///< for the container to be well
    void backStarted(); ///< the steps are being taken back
    void finished(const roadstead::service::SwapResult &result);

private:
    template<typename T, typename Continuation>
    void ask(Operation<T> operation, Continuation continuation);
    using CutOff =
        std::function<void(const docker::ContainerDetails &newer,
                           const docker::ContainerDetails &old, const ContainerAsItWas &was)>;
    /// Reads both containers of a swap and goes on with them, or ends.
    void withBoth(const std::string &newId, const CutOff &next);
    void begin(const docker::ContainerDetails &old);
    void create(const std::string &keptName);
    /// Goes on with `name`, or with the first of "name-2", "name-3" … that no container has.
    void withFreeName(const std::string &name, int number,
                      std::function<void(const std::string &)> next);
    void removeUnconfirmed(const Error &error);
    void nextStep();
    void look();
    void looked(const Result<docker::ContainerDetails> &details);
    void fail(Error error);
    void nextBack();
    void verify();
    void end(SwapOutcome outcome);

    SwapEngine &m_engine;
    SwapTiming m_timing;
    docker::CreateContainer m_before;
    docker::CreateContainer m_after;
    docker::ContainerDetails m_old;
    ContainerAsItWas m_asItWas; ///< the one that has the place, for the way back
    std::string m_newId;
    bool m_waits = false; ///< for the one that takes the place to be well
    std::vector<PlannedStep> m_plan;
    std::size_t m_step = 0;
    std::vector<docker::Command> m_back;
    std::optional<Error> m_error;
    std::string m_startedAt;
    int m_looks = 0;
    bool m_isCancelled = false;
    bool m_isGoingBack = false;
    bool m_isFinished = false;
    std::function<void()> m_cancelWork;
};

} // namespace roadstead::service
