// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/files/container_files.h"
#include "ui/pages/containers/tab/container_engine.h"

namespace roadstead::ui {

/// A session as the containers page needs it. The session must outlive this.
class SessionContainerEngine final : public ContainerEngine
{
    Q_OBJECT
public:
    explicit SessionContainerEngine(service::EngineSession *session, QObject *parent = nullptr);

    [[nodiscard]] service::Link link() const override;
    [[nodiscard]] std::optional<Error> lastError() const override;
    [[nodiscard]] QDateTime listedAt() const override;
    [[nodiscard]] bool listed() const override;
    [[nodiscard]] service::EngineSession::Containers containers() const override;
    [[nodiscard]] const service::ContainerStats *stats(const std::string &id) const override;
    [[nodiscard]] int cpus() const override;
    void setStatsWanted(bool wanted) override;
    void setStatsVisible(const std::vector<std::string> &ids) override;
    void setStatsWatched(const std::vector<std::string> &ids) override;
    service::Operation<store::StatsPoints> statsHistory(const std::string &id,
                                                        store::StatsRange range) override;
    [[nodiscard]] std::optional<service::StatsHistory::Trouble> historyTrouble() const override;
    void refresh() override;
    service::Operation<std::string> run(const docker::Command &command) override;
    service::Operation<docker::ContainerDetails> inspect(const std::string &id) override;
    service::Operation<docker::CreateContainer> commandBehind(const std::string &id) override;
    service::Operation<std::vector<docker::ContainerSummary>>
    measure(const std::vector<std::string> &ids) override;
    service::Operation<docker::ProcessTable> processes(const docker::Target &container) override;
    service::Operation<int> waitForEnd(const docker::Target &container) override;
    service::LogSource logSource(const std::string &id) override;
    service::Operation<std::string> logTail(const std::string &id, int lines) override;
    [[nodiscard]] service::FileAccess *files() override { return &m_files; }
    service::Operation<std::vector<docker::Volume>> volumeSizes() override;
    [[nodiscard]] std::vector<std::string> imageDigests(const std::string &id) const override;
    std::unique_ptr<service::Conversation> exec(const docker::CreateExec &command,
                                                service::Recorded recorded) override;
    quint64 recordStarted(const QString &line, std::function<void()> cancel) override;
    void recordFinished(quint64 id, const std::optional<Error> &error) override;
    std::unique_ptr<service::Conversation> attach(const docker::AttachContainer &options,
                                                  TerminalSize size,
                                                  service::Recorded recorded) override;
    [[nodiscard]] bool hasImage(const std::string &tag) const override;
    [[nodiscard]] docker::CliEngine cliEngine() const override;

private:
    service::EngineSession *m_session;
    service::ContainerFiles m_files;
};

} // namespace roadstead::ui
