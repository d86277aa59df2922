// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/images/image_engine.h"

#include <utility>

namespace roadstead::ui {

SessionImageEngine::SessionImageEngine(service::EngineSession *session, QObject *parent)
    : ImageEngine(parent)
    , m_session(session)
    , m_images(session)
    , m_layers(session)
{
    using service::EngineSession;
    connect(session, &EngineSession::linkChanged, this, &ImageEngine::linkChanged);
    connect(session, &EngineSession::containersChanged, this, &ImageEngine::containersChanged);
    connect(session, &EngineSession::imagesChanged, this, &ImageEngine::imagesChanged);
}

service::Link SessionImageEngine::link() const
{
    return m_session->link();
}

std::optional<Error> SessionImageEngine::lastError() const
{
    return m_session->lastError();
}

QDateTime SessionImageEngine::listedAt() const
{
    return m_session->listedAt();
}

bool SessionImageEngine::listed() const
{
    return m_session->imagesListed();
}

service::EngineSession::Images SessionImageEngine::images() const
{
    return m_session->images();
}

service::EngineSession::Containers SessionImageEngine::containers() const
{
    return m_session->containers();
}

void SessionImageEngine::refresh()
{
    m_session->refresh();
}

service::Operation<std::string> SessionImageEngine::run(const docker::Command &command,
                                                        ProgressReceiver progress)
{
    return m_session->run(command, std::move(progress));
}

service::Operation<docker::ImageDetails> SessionImageEngine::inspect(const docker::Target &image)
{
    return m_images.inspect(image);
}

service::Operation<std::vector<docker::HistoryEntry>>
SessionImageEngine::history(const docker::Target &image)
{
    return m_images.history(image);
}

service::Operation<docker::DiskUsage> SessionImageEngine::sizes()
{
    return m_images.sizes();
}

service::Operation<std::vector<docker::SearchResult>>
SessionImageEngine::search(const std::string &term, int limit)
{
    return m_images.search(term, limit);
}

service::Operation<docker::DistributionDetails>
SessionImageEngine::atRegistry(const docker::Target &reference)
{
    return m_images.atRegistry(reference);
}

service::Operation<std::uint64_t> SessionImageEngine::save(const docker::SaveImages &images,
                                                           const std::string &path,
                                                           SaveAdvances advances)
{
    return m_images.save(images, path, std::move(advances));
}

service::Operation<service::OpenedImagePointer>
SessionImageEngine::openLayers(const docker::Target &image, service::ImageLayers::Advances advances)
{
    return m_layers.open(image, std::move(advances));
}

service::Operation<std::uint64_t> SessionImageEngine::extract(const docker::Target &image,
                                                              const layers::FileInLayer &file,
                                                              const std::string &path)
{
    return m_layers.extract(image, file, path, {});
}

} // namespace roadstead::ui
