// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/engine_session.h"
#include "engine/service/images/engine_images.h"
#include "engine/service/images/image_layers.h"

#include <QDateTime>
#include <QObject>

#include <optional>
#include <string>
#include <vector>

namespace roadstead::ui {

/// What the images page needs of an engine, and nothing more: a test gives it a fake one. Signals
/// and threads as in service::EngineSession.
class ImageEngine : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    using ProgressReceiver = service::EngineSession::ProgressReceiver;
    using SaveAdvances = service::EngineImages::SaveAdvances;

    [[nodiscard]] virtual service::Link link() const = 0;
    [[nodiscard]] virtual std::optional<Error> lastError() const = 0;
    [[nodiscard]] virtual QDateTime listedAt() const = 0;
    [[nodiscard]] virtual bool listed() const = 0;                           ///< of the images
    [[nodiscard]] virtual service::EngineSession::Images images() const = 0; ///< never null
    [[nodiscard]] virtual service::EngineSession::Containers containers() const = 0; ///< never null
    virtual void refresh() = 0;
    virtual service::Operation<std::string> run(const docker::Command &command,
                                                ProgressReceiver progress) = 0;
    virtual service::Operation<docker::ImageDetails> inspect(const docker::Target &image) = 0;
    virtual service::Operation<std::vector<docker::HistoryEntry>>
    history(const docker::Target &image) = 0;
    virtual service::Operation<docker::DiskUsage> sizes() = 0;
    virtual service::Operation<std::vector<docker::SearchResult>> search(const std::string &term,
                                                                         int limit) = 0;
    virtual service::Operation<docker::DistributionDetails>
    atRegistry(const docker::Target &reference) = 0;
    virtual service::Operation<std::uint64_t>
    save(const docker::SaveImages &images, const std::string &path, SaveAdvances advances) = 0;
    virtual service::Operation<service::OpenedImagePointer>
    openLayers(const docker::Target &image, service::ImageLayers::Advances advances) = 0;
    virtual service::Operation<std::uint64_t> extract(const docker::Target &image,
                                                      const layers::FileInLayer &file,
                                                      const std::string &path) = 0;

Q_SIGNALS:
    void linkChanged();
    void containersChanged();
    void imagesChanged();
};

/// A session as the page needs it. The session must outlive this.
class SessionImageEngine final : public ImageEngine
{
    Q_OBJECT
public:
    explicit SessionImageEngine(service::EngineSession *session, QObject *parent = nullptr);

    [[nodiscard]] service::Link link() const override;
    [[nodiscard]] std::optional<Error> lastError() const override;
    [[nodiscard]] QDateTime listedAt() const override;
    [[nodiscard]] bool listed() const override;
    [[nodiscard]] service::EngineSession::Images images() const override;
    [[nodiscard]] service::EngineSession::Containers containers() const override;
    void refresh() override;
    service::Operation<std::string> run(const docker::Command &command,
                                        ProgressReceiver progress) override;
    service::Operation<docker::ImageDetails> inspect(const docker::Target &image) override;
    service::Operation<std::vector<docker::HistoryEntry>>
    history(const docker::Target &image) override;
    service::Operation<docker::DiskUsage> sizes() override;
    service::Operation<std::vector<docker::SearchResult>> search(const std::string &term,
                                                                 int limit) override;
    service::Operation<docker::DistributionDetails>
    atRegistry(const docker::Target &reference) override;
    service::Operation<std::uint64_t> save(const docker::SaveImages &images,
                                           const std::string &path, SaveAdvances advances) override;
    service::Operation<service::OpenedImagePointer>
    openLayers(const docker::Target &image, service::ImageLayers::Advances advances) override;
    service::Operation<std::uint64_t> extract(const docker::Target &image,
                                              const layers::FileInLayer &file,
                                              const std::string &path) override;

private:
    service::EngineSession *m_session;
    service::EngineImages m_images;
    service::ImageLayers m_layers;
};

} // namespace roadstead::ui
