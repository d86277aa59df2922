// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/build/build_engine.h"

#include "engine/docker/client.h"
#include "engine/reference/image_reference.h"
#include "engine/service/pending.h"

#include <algorithm>
#include <memory>
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

service::Operation<docker::DiskUsage> SessionBuildEngine::buildCache()
{
    const auto pending = std::make_shared<service::Pending<docker::DiskUsage>>();
    const docker::Call call = m_session->client().ask(
        docker::AskDiskUsage{.types = {"build-cache"}},
        [pending](Result<docker::DiskUsage> usage) { pending->finish(std::move(usage)); });
    return {pending->future(), [call] { call.cancel(); }};
}

service::Operation<std::string> SessionBuildEngine::run(const docker::Command &command)
{
    return m_session->run(command);
}

std::string SessionBuildEngine::findImage(const std::string &digest,
                                          const std::vector<std::string> &tags) const
{
    const auto images = m_session->images();
    const auto holds = [&images](auto &&fits) {
        const auto found = std::ranges::find_if(*images, fits);
        return found == images->end() ? std::string() : found->id;
    };
    if (!digest.empty()) {
        if (std::string id = holds([&](const auto &image) { return image.id == digest; });
            !id.empty()) {
            return id;
        }
    }
    for (const std::string &tag : tags) {
        const auto wanted = reference::parseNormalized(tag);
        if (!wanted) {
            continue;
        }
        const std::string whole = reference::withDefaultTag(*wanted).text();
        if (std::string id = holds([&](const auto &image) {
                return std::ranges::any_of(image.tags, [&](const std::string &other) {
                    const auto there = reference::parseNormalized(other);
                    return there && there->text() == whole;
                });
            });
            !id.empty()) {
            return id;
        }
    }
    return {};
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
