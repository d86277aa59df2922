// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/build/build_trace.h"
#include "engine/docker/buildx_build.h"
#include "engine/docker/command.h"
#include "engine/service/build/build_output.h"

#include <QDateTime>
#include <QObject>
#include <QThread>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::service {

class BuildWork;
struct BuildEnding;
struct ClassicBuild;

enum class BuildState {
    Running,   ///< ends with one of the next
    Succeeded, ///< buildx said so, and the result is where it should be
    Failed,    ///< `BuildRun::error()` says why
    Stopped    ///< by stop()
};

/// What is known of a build at a moment. Immutable.
struct BuildSnapshot
{
    std::vector<build::BuildStep> steps{};
    std::vector<build::BuildWarning> warnings{};
    std::optional<build::BuildFailure> failure{};
    std::optional<std::size_t> failedStep{};
};

/// One run of a build: by `docker buildx build`, or by the engine's classic builder. Its work is
/// done in a thread of its own. GUI thread.
class BuildRun : public QObject
{
    Q_OBJECT
public:
    /// `program` is the docker CLI, by name or path.
    BuildRun(docker::BuildxBuild build, docker::CliEngine engine, QString program,
             QObject *parent = nullptr);
    /// By the classic builder; `build` is what was asked for, and is told by build().
    BuildRun(docker::BuildxBuild build, ClassicBuild classic, QObject *parent = nullptr);
    /// Ends the build if it still runs, and waits for that no longer than a kill takes.
    ~BuildRun() override;

    void start(); ///< once
    /// Asks buildx to end, so that the builder stops, too; what does not end in 5 s is killed. The
    /// classic builder stops when the connection ends.
    void stop();

    [[nodiscard]] const docker::BuildxBuild &build() const { return m_build; }
    [[nodiscard]] BuildState state() const { return m_state; }
    [[nodiscard]] const BuildSnapshot &snapshot() const { return *m_snapshot; }
    [[nodiscard]] const BuildLines &lines() const { return *m_lines; }
    [[nodiscard]] QDateTime startedAt() const { return m_startedAt; }
    [[nodiscard]] QDateTime endedAt() const { return m_endedAt; } ///< invalid while it runs
    /// Why it failed: NotInstalled (no docker CLI, or no buildx), EngineFailed with what buildx
    /// said last, Unauthorized, DiskFull, Cancelled.
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    /// Of the image that was made, "sha256:…"; empty where there is none.
    [[nodiscard]] const std::string &imageDigest() const { return m_imageDigest; }
    /// What the builder remembers it by, "builder/node/id"; empty where that is not told.
    [[nodiscard]] const std::string &ref() const { return m_ref; }

Q_SIGNALS:
    void changed();  ///< there is more to see; at most 10 times a second
    void finished(); ///< once; state(), error() and the rest are final

private:
    void takeWork(BuildWork *work);
    void end(const BuildEnding &ending);

    const docker::BuildxBuild m_build;
    std::shared_ptr<const BuildSnapshot> m_snapshot;
    std::shared_ptr<BuildLines> m_lines;
    QThread m_thread;
    BuildWork *m_work = nullptr; ///< lives in m_thread, which deletes it
    BuildState m_state = BuildState::Running;
    bool m_stopped = false;
    QDateTime m_startedAt;
    QDateTime m_endedAt;
    std::optional<Error> m_error;
    std::string m_imageDigest;
    std::string m_ref;
};

} // namespace roadstead::service
