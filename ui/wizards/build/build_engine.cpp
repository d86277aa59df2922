// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/build/build_engine.h"

#include "engine/docker/client.h"

#include <utility>

namespace roadstead::ui {

SessionBuildEngine::SessionBuildEngine(service::EngineSession *session)
    : m_session(session)
{
}

docker::CliEngine SessionBuildEngine::cliEngine() const
{
    return m_session->cliEngine();
}

bool SessionBuildEngine::hasBuildKit() const
{
    return !m_session->version() || !m_session->info() || m_session->capabilities().buildKit;
}

service::ClassicBuild SessionBuildEngine::classic() const
{
    service::ClassicBuild build;
    docker::Client *client = &m_session->client();
    build.run = [client](const docker::Command &command, docker::RunOptions options,
                         docker::Callback<docker::CommandReply> callback) {
        return client->run(command, std::move(options), std::move(callback));
    };
    build.inspect = [client](const docker::InspectImage &question,
                             docker::Callback<docker::ImageDetails> callback) {
        return client->ask(question, std::move(callback));
    };
    return build;
}

quint64 SessionBuildEngine::recordStarted(const QString &line, std::function<void()> cancel)
{
    return m_session->recordStarted(line, std::move(cancel));
}

void SessionBuildEngine::recordFinished(quint64 id, const std::optional<Error> &error)
{
    m_session->recordFinished(id, error);
}

} // namespace roadstead::ui
