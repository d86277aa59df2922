// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/tab/session_container_engine.h"

#include "engine/docker/client.h"
#include "engine/docker/system.h"
#include "engine/service/attach_session.h"
#include "engine/service/container_wait.h"
#include "engine/service/exec_session.h"
#include "engine/service/pending.h"

#include <algorithm>
#include <utility>

namespace roadstead::ui {

SessionContainerEngine::SessionContainerEngine(service::EngineSession *session, QObject *parent)
    : ContainerEngine(parent)
    , m_session(session)
    , m_files(session)
{
    using service::EngineSession;
    connect(session, &EngineSession::linkChanged, this, &ContainerEngine::linkChanged);
    connect(session, &EngineSession::containersChanged, this, &ContainerEngine::containersChanged);
    connect(session, &EngineSession::statsChanged, this, &ContainerEngine::statsChanged);
}

service::Link SessionContainerEngine::link() const
{
    return m_session->link();
}

std::optional<Error> SessionContainerEngine::lastError() const
{
    return m_session->lastError();
}

QDateTime SessionContainerEngine::listedAt() const
{
    return m_session->listedAt();
}

bool SessionContainerEngine::listed() const
{
    return m_session->listed();
}

service::EngineSession::Containers SessionContainerEngine::containers() const
{
    return m_session->containers();
}

const service::ContainerStats *SessionContainerEngine::stats(const std::string &id) const
{
    return m_session->stats(id);
}

int SessionContainerEngine::cpus() const
{
    return m_session->totals().cpus;
}

void SessionContainerEngine::setStatsWanted(bool wanted)
{
    m_session->setStatsWanted(wanted);
}

void SessionContainerEngine::setStatsVisible(const std::vector<std::string> &ids)
{
    m_session->setStatsVisible(ids);
}

void SessionContainerEngine::setStatsWatched(const std::vector<std::string> &ids)
{
    m_session->setStatsWatched(ids);
}

service::Operation<store::StatsPoints> SessionContainerEngine::statsHistory(const std::string &id,
                                                                            store::StatsRange range)
{
    if (auto *history = m_session->statsHistory()) {
        return history->read(id, range);
    }
    return {QtFuture::makeReadyValueFuture(Result<store::StatsPoints>()), {}};
}

std::optional<service::StatsHistory::Trouble> SessionContainerEngine::historyTrouble() const
{
    const auto *history = m_session->statsHistory();
    return history != nullptr ? history->trouble() : std::nullopt;
}

void SessionContainerEngine::refresh()
{
    m_session->refresh();
}

service::Operation<std::string> SessionContainerEngine::run(const docker::Command &command)
{
    return m_session->run(command);
}

service::Operation<docker::ContainerDetails> SessionContainerEngine::inspect(const std::string &id)
{
    return m_session->inspect(id);
}

service::Operation<docker::CreateContainer>
SessionContainerEngine::commandBehind(const std::string &id)
{
    return m_session->commandBehind(id);
}

service::Operation<std::vector<docker::ContainerSummary>>
SessionContainerEngine::measure(const std::vector<std::string> &ids)
{
    return m_session->measure(ids);
}

service::Operation<docker::ProcessTable>
SessionContainerEngine::processes(const docker::Target &container)
{
    return m_session->processes(container);
}

service::Operation<int> SessionContainerEngine::waitForEnd(const docker::Target &container)
{
    return service::waitForEnd(*m_session, container);
}

service::LogSource SessionContainerEngine::logSource(const std::string &id)
{
    return service::logSource(m_session, id);
}

service::Operation<std::string> SessionContainerEngine::logTail(const std::string &id, int lines)
{
    return m_session->logTail(id, lines);
}

service::Operation<std::vector<docker::Volume>> SessionContainerEngine::volumeSizes()
{
    const auto pending = std::make_shared<service::Pending<std::vector<docker::Volume>>>();
    docker::Client &client = m_session->client();
    // Docker tells older clients of all it has, which takes minutes; Podman is quick with it.
    if (client.api() < docker::diskUsageByType && !m_session->capabilities().podman) {
        pending->finish(
            failure(ErrorKind::InvalidArgument, std::string(docker::AskDiskUsage::operation)));
        return {pending->future(), {}};
    }
    const docker::Call call = client.ask(
        docker::AskDiskUsage{.types = {"volume"}}, [pending](Result<docker::DiskUsage> usage) {
            pending->finish(std::move(usage).transform(
                [](docker::DiskUsage &&all) { return std::move(all.volumes); }));
        });
    return {pending->future(), [call] { call.cancel(); }};
}

std::vector<std::string> SessionContainerEngine::imageDigests(const std::string &id) const
{
    const service::EngineSession::Images images = m_session->images();
    const auto found = std::ranges::find_if(*images, [&id](const docker::ImageSummary &image) {
        return image.id == id || image.id == "sha256:" + id; // Podman leaves the algorithm out
    });
    return found == images->end() ? std::vector<std::string>() : found->digests;
}

std::unique_ptr<service::Conversation>
SessionContainerEngine::exec(const docker::CreateExec &command, service::Recorded recorded)
{
    return std::make_unique<service::ExecSession>(m_session, command, recorded);
}

quint64 SessionContainerEngine::recordStarted(const QString &line, std::function<void()> cancel)
{
    return m_session->recordStarted(line, std::move(cancel));
}

void SessionContainerEngine::recordFinished(quint64 id, const std::optional<Error> &error)
{
    m_session->recordFinished(id, error);
}

std::unique_ptr<service::Conversation>
SessionContainerEngine::attach(const docker::AttachContainer &options, TerminalSize size,
                               service::Recorded recorded)
{
    return std::make_unique<service::AttachSession>(m_session, options, size.rows, size.columns,
                                                    recorded);
}

bool SessionContainerEngine::hasImage(const std::string &tag) const
{
    const service::EngineSession::Images images = m_session->images();
    // Podman gives a registry to every name: its own word for what was loaded, else Docker Hub.
    return std::ranges::any_of(*images, [&tag](const docker::ImageSummary &image) {
        return std::ranges::any_of(image.tags, [&tag](const std::string &each) {
            return each == tag || each == "localhost/" + tag || each == "docker.io/" + tag;
        });
    });
}

docker::CliEngine SessionContainerEngine::cliEngine() const
{
    return m_session->cliEngine();
}

} // namespace roadstead::ui
