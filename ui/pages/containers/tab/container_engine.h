// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/conversation.h"
#include "engine/service/engine_session.h"
#include "engine/service/files/file_access.h"
#include "engine/service/log_source.h"
#include "engine/service/stats_history.h"

#include <QDateTime>
#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::ui {

/// What the containers page needs of an engine, and nothing more: a test gives it a fake one.
/// Signals and threads as in service::EngineSession.
class ContainerEngine : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] virtual service::Link link() const = 0;
    [[nodiscard]] virtual std::optional<Error> lastError() const = 0;
    [[nodiscard]] virtual QDateTime listedAt() const = 0;
    [[nodiscard]] virtual bool listed() const = 0;
    [[nodiscard]] virtual service::EngineSession::Containers containers() const = 0; ///< never null
    [[nodiscard]] virtual const service::ContainerStats *stats(const std::string &id) const = 0;
    [[nodiscard]] virtual int cpus() const = 0; ///< of the engine's machine; 0 = not known yet
    virtual void setStatsWanted(bool wanted) = 0;
    virtual void setStatsVisible(const std::vector<std::string> &ids) = 0;
    /// The few that are looked at closely, see EngineSession::setStatsWatched().
    virtual void setStatsWatched(const std::vector<std::string> &ids) = 0;
    virtual service::Operation<store::StatsPoints> statsHistory(const std::string &id,
                                                                store::StatsRange range) = 0;
    /// What is wrong with the history's file.
    [[nodiscard]] virtual std::optional<service::StatsHistory::Trouble> historyTrouble() const = 0;
    virtual void refresh() = 0;
    virtual service::Operation<std::string> run(const docker::Command &command) = 0;
    virtual service::Operation<docker::ContainerDetails> inspect(const std::string &id) = 0;
    virtual service::Operation<docker::CreateContainer> commandBehind(const std::string &id) = 0;
    virtual service::Operation<std::vector<docker::ContainerSummary>>
    measure(const std::vector<std::string> &ids) = 0;
    virtual service::Operation<docker::ProcessTable> processes(const docker::Target &container) = 0;
    /// Ends when the container does, with its exit status; see service::waitForEnd().
    virtual service::Operation<int> waitForEnd(const docker::Target &container) = 0;
    virtual service::LogSource logSource(const std::string &id) = 0;
    virtual service::Operation<std::string> logTail(const std::string &id, int lines) = 0;
    /// Never null, and there as long as this is.
    [[nodiscard]] virtual service::FileAccess *files() = 0;
    /// The engine's volumes with their sizes. Dear: it adds up their files. Fails with
    /// ErrorKind::InvalidArgument where it cannot tell of volumes alone.
    virtual service::Operation<std::vector<docker::Volume>> volumeSizes() = 0;
    /// "repository@sha256:…" as the registries know it, from the list of images.
    [[nodiscard]] virtual std::vector<std::string> imageDigests(const std::string &id) const = 0;
    /// Never null; begins at once.
    virtual std::unique_ptr<service::Conversation> exec(const docker::CreateExec &command,
                                                        service::Recorded recorded) = 0;
    /// The size of a container's terminal; none where it has no terminal, or does not run yet.
    struct TerminalSize
    {
        int rows = 0;
        int columns = 0;
    };
    /// The same with a container's own process, see service::AttachSession.
    virtual std::unique_ptr<service::Conversation> attach(const docker::AttachContainer &options,
                                                          TerminalSize size,
                                                          service::Recorded recorded) = 0;
    /// Whether its list of images has that tag.
    [[nodiscard]] virtual bool hasImage(const std::string &tag) const = 0;
    /// How the docker CLI is told which engine this is.
    [[nodiscard]] virtual docker::CliEngine cliEngine() const = 0;

    /// Work of the page's own that a command line stands for, see EngineSession::recordStarted().
    virtual quint64 recordStarted(const QString &line, std::function<void()> cancel) = 0;
    virtual void recordFinished(quint64 id, const std::optional<Error> &error) = 0;

Q_SIGNALS:
    void linkChanged();
    void containersChanged();
    void statsChanged();
};

} // namespace roadstead::ui
