// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/command.h"
#include "engine/docker/system.h"
#include "engine/service/build/classic_work.h"
#include "engine/service/engine_session.h"

#include <QString>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::ui {

/// What building an image needs of an engine, and nothing more: a test gives a fake one. GUI
/// thread.
class BuildEngine
{
public:
    virtual ~BuildEngine() = default;

    /// How the docker CLI reaches the engine.
    [[nodiscard]] virtual docker::CliEngine cliEngine() const = 0;
    /// The docker CLI, by name or path.
    [[nodiscard]] virtual QString program() const = 0;
    /// Whether it builds with BuildKit, which buildx needs; true while it is not known.
    [[nodiscard]] virtual bool hasBuildKit() const = 0;
    /// What its classic builder is reached by; nothing is asked for yet.
    [[nodiscard]] virtual service::ClassicBuild classic() const = 0;
    /// What the engine keeps of builds for the next ones.
    virtual service::Operation<docker::DiskUsage> buildCache() = 0;
    /// Sends a command; it stands in the history.
    virtual service::Operation<std::string> run(const docker::Command &command) = 0;
    /// The id of the image of that digest, else of the first of `tags` that there is, as the engine
    /// lists them; empty = it has none of them.
    [[nodiscard]] virtual std::string findImage(const std::string &digest,
                                                const std::vector<std::string> &tags) const = 0;
    /// A line of the history that begins now; `cancel` ends its work.
    virtual quint64 recordStarted(const QString &line, std::function<void()> cancel) = 0;
    virtual void recordFinished(quint64 id, const std::optional<Error> &error) = 0;
};

/// A session as a build needs it. The session must outlive this.
class SessionBuildEngine : public BuildEngine
{
public:
    explicit SessionBuildEngine(service::EngineSession *session);

    [[nodiscard]] docker::CliEngine cliEngine() const override;
    [[nodiscard]] QString program() const override { return QStringLiteral("docker"); }
    [[nodiscard]] bool hasBuildKit() const override;
    [[nodiscard]] service::ClassicBuild classic() const override;
    service::Operation<docker::DiskUsage> buildCache() override;
    service::Operation<std::string> run(const docker::Command &command) override;
    [[nodiscard]] std::string findImage(const std::string &digest,
                                        const std::vector<std::string> &tags) const override;
    quint64 recordStarted(const QString &line, std::function<void()> cancel) override;
    void recordFinished(quint64 id, const std::optional<Error> &error) override;

private:
    service::EngineSession *m_session;
};

} // namespace roadstead::ui
