// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/support/images.h"
#include "ui/pages/images/image_engine.h"

#include <QPromise>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace roadstead::test {

/// An engine that does what a test says: commands and questions wait until the test answers them.
class FakeImageEngine : public ui::ImageEngine
{
public:
    template<typename T>
    using Promise = std::shared_ptr<QPromise<Result<T>>>;
    template<typename Asked, typename T>
    struct Open
    {
        Asked asked;
        Promise<T> promise;
    };
    struct Save
    {
        docker::SaveImages images;
        std::string path;
        SaveAdvances advances;
        Promise<std::uint64_t> promise;
        bool cancelled = false;
    };

    [[nodiscard]] service::Link link() const override { return m_link; }
    [[nodiscard]] std::optional<Error> lastError() const override { return {}; }
    [[nodiscard]] QDateTime listedAt() const override { return {}; }
    [[nodiscard]] bool listed() const override { return m_listed; }
    [[nodiscard]] service::EngineSession::Images images() const override { return m_images; }
    [[nodiscard]] service::EngineSession::Containers containers() const override
    {
        return m_containers;
    }
    void refresh() override { ++refreshes; }
    service::Operation<std::string> run(const docker::Command &command,
                                        ProgressReceiver progress) override
    {
        receivers.push_back(std::move(progress));
        return open(sent, command);
    }
    service::Operation<docker::ImageDetails> inspect(const docker::Target &target) override
    {
        return open(inspections, target);
    }
    service::Operation<std::vector<docker::HistoryEntry>>
    history(const docker::Target &target) override
    {
        return open(histories, target);
    }
    service::Operation<docker::DiskUsage> sizes() override { return open(sizeQuestions, 0); }
    service::Operation<std::vector<docker::SearchResult>> search(const std::string &term,
                                                                 int) override
    {
        return open(searches, term);
    }
    service::Operation<docker::DistributionDetails>
    atRegistry(const docker::Target &reference) override
    {
        return open(registryQuestions, reference);
    }
    service::Operation<std::uint64_t> save(const docker::SaveImages &what, const std::string &path,
                                           SaveAdvances advances) override
    {
        auto promise = start<std::uint64_t>();
        saves.push_back(
            std::make_shared<Save>(Save{what, path, std::move(advances), promise, false}));
        return {promise->future(), [save = saves.back()] {
                    save->cancelled = true;
                    answer<std::uint64_t>(save->promise, failure(ErrorKind::Cancelled, "save"));
                }};
    }

    service::Operation<service::OpenedImagePointer>
    openLayers(const docker::Target &target, service::ImageLayers::Advances advances) override
    {
        openAdvances.push_back(std::move(advances));
        auto operation = open(openings, target);
        const auto promise = openings.back().promise;
        return {operation.future(), [promise] {
                    if (!promise->future().isFinished()) {
                        answer<service::OpenedImagePointer>(
                            promise, failure(ErrorKind::Cancelled, "image.layers"));
                    }
                }};
    }
    service::Operation<std::uint64_t> extract(const docker::Target &,
                                              const layers::FileInLayer &file,
                                              const std::string &path) override
    {
        return open(extractions, std::pair(file, path));
    }

    template<typename T>
    static void answer(const Promise<T> &promise, Result<T> result)
    {
        promise->addResult(std::move(result));
        promise->finish();
    }
    void succeed(std::size_t command, std::string reply = {})
    {
        answer<std::string>(sent[command].promise, std::move(reply));
    }
    void fail(std::size_t command, Error error)
    {
        answer<std::string>(sent[command].promise, std::unexpected(std::move(error)));
    }
    /// The line of a command that was sent: "docker rmi web:1".
    [[nodiscard]] QString line(std::size_t command) const
    {
        return command < sent.size() ? QString::fromStdString(docker::commandLine(
                                           docker::arguments(sent[command].asked)))
                                     : QStringLiteral("(nothing was sent)");
    }

    void show(ImageSnapshot images, Snapshot containers = {})
    {
        m_images = std::make_shared<const ImageSnapshot>(sortedImages(std::move(images)));
        m_containers = std::make_shared<const Snapshot>(sorted(std::move(containers)));
        m_listed = true;
        m_link = service::Link::Live;
        Q_EMIT imagesChanged();
        Q_EMIT linkChanged();
    }
    void setLink(service::Link link)
    {
        m_link = link;
        Q_EMIT linkChanged();
    }

    std::vector<Open<docker::Command, std::string>> sent;
    std::vector<ProgressReceiver> receivers; ///< of the commands that were sent
    std::vector<Open<docker::Target, docker::ImageDetails>> inspections;
    std::vector<Open<docker::Target, std::vector<docker::HistoryEntry>>> histories;
    std::vector<Open<int, docker::DiskUsage>> sizeQuestions;
    std::vector<Open<std::string, std::vector<docker::SearchResult>>> searches;
    std::vector<Open<docker::Target, docker::DistributionDetails>> registryQuestions;
    std::vector<std::shared_ptr<Save>> saves;
    std::vector<Open<docker::Target, service::OpenedImagePointer>> openings;
    std::vector<service::ImageLayers::Advances> openAdvances; ///< of the openings
    std::vector<Open<std::pair<layers::FileInLayer, std::string>, std::uint64_t>> extractions;
    int refreshes = 0;

private:
    template<typename T>
    static Promise<T> start()
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        return promise;
    }
    template<typename Asked, typename T>
    service::Operation<T> open(std::vector<Open<Asked, T>> &list, const Asked &asked)
    {
        list.push_back({asked, start<T>()});
        return {list.back().promise->future(), {}};
    }

    service::Link m_link = service::Link::Connecting;
    bool m_listed = false;
    service::EngineSession::Images m_images = std::make_shared<const ImageSnapshot>();
    service::EngineSession::Containers m_containers = std::make_shared<const Snapshot>();
};

} // namespace roadstead::test
