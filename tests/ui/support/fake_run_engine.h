// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/support/containers.h"
#include "ui/wizards/run/run_engine.h"

#include <QPromise>

#include <memory>
#include <vector>

namespace roadstead::test {

/// An engine to run containers in that does what a test says: commands wait until the test answers
/// them.
class FakeRunEngine : public ui::RunEngine
{
public:
    template<typename T>
    using Promise = std::shared_ptr<QPromise<Result<T>>>;

    struct Sent
    {
        docker::Command command;
        Promise<std::string> promise;
        ProgressReceiver progress;
        std::shared_ptr<bool> cancelled;
    };

    [[nodiscard]] service::EngineSession::Containers containers() const override
    {
        return m_containers;
    }
    [[nodiscard]] service::EngineSession::Images images() const override { return m_images; }
    [[nodiscard]] bool listed() const override { return true; }
    [[nodiscard]] std::optional<docker::EngineInfo> info() const override { return engineInfo; }
    [[nodiscard]] bool isOnThisMachine() const override { return true; }
    [[nodiscard]] std::string apiSocket() const override { return "/run/docker.sock"; }
    [[nodiscard]] QStringList earlierLines() const override { return lines; }
    service::Operation<std::vector<docker::Network>> networks() override
    {
        return finished(knownNetworks);
    }
    service::Operation<std::vector<docker::Volume>> volumes() override
    {
        return finished(knownVolumes);
    }
    service::Operation<std::vector<service::ListeningPort>> listeningPorts() override
    {
        return finished(listening);
    }
    service::Operation<std::string> run(const docker::Command &command,
                                        ProgressReceiver progress) override
    {
        const auto promise = std::make_shared<QPromise<Result<std::string>>>();
        promise->start();
        const auto cancelled = std::make_shared<bool>(false);
        sent.push_back({command, promise, std::move(progress), cancelled});
        return {promise->future(), [promise, cancelled] {
                    *cancelled = true;
                    promise->addResult(failure(ErrorKind::Cancelled, "test"));
                    promise->finish();
                }};
    }

    void succeed(std::size_t command, std::string reply = {})
    {
        sent[command].promise->addResult(Result<std::string>(std::move(reply)));
        sent[command].promise->finish();
    }
    void fail(std::size_t command, ErrorKind kind, std::string detail,
              std::string operation = "container.start")
    {
        sent[command].promise->addResult(failure(kind, std::move(operation), std::move(detail)));
        sent[command].promise->finish();
    }
    [[nodiscard]] QString line(std::size_t command) const
    {
        return command < sent.size() ? QString::fromStdString(docker::commandLine(
                                           docker::arguments(sent[command].command)))
                                     : QStringLiteral("(nothing was sent)");
    }

    void show(Snapshot containers)
    {
        m_containers = std::make_shared<const Snapshot>(sorted(std::move(containers)));
        Q_EMIT containersChanged();
    }
    void showImages(const std::vector<std::string> &tags)
    {
        std::vector<docker::ImageSummary> images;
        for (const std::string &tag : tags) {
            docker::ImageSummary image;
            image.id = "sha256:" + std::string(64, 'a');
            image.tags = {tag};
            images.push_back(std::move(image));
        }
        setImages(std::move(images));
    }
    void setImages(std::vector<docker::ImageSummary> images)
    {
        m_images = std::make_shared<const std::vector<docker::ImageSummary>>(std::move(images));
        Q_EMIT imagesChanged();
    }

    std::vector<Sent> sent;
    std::optional<docker::EngineInfo> engineInfo;
    std::vector<docker::Network> knownNetworks;
    std::vector<docker::Volume> knownVolumes;
    std::vector<service::ListeningPort> listening;
    QStringList lines;

private:
    template<typename T>
    static service::Operation<T> finished(const T &value)
    {
        QPromise<Result<T>> promise;
        promise.start();
        promise.addResult(Result<T>(value));
        promise.finish();
        return {promise.future(), {}};
    }

    service::EngineSession::Containers m_containers = std::make_shared<const Snapshot>();
    service::EngineSession::Images m_images =
        std::make_shared<const std::vector<docker::ImageSummary>>();
};

} // namespace roadstead::test
