// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/client.h"
#include "tests/support/await.h"

#include <QTemporaryDir>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::test {

/// What every engine has to be able to do, in steps that build on each other. A step yields what
/// went wrong; empty = nothing.
class Scenario
{
public:
    struct Step
    {
        std::string_view name;
        std::string (Scenario::*run)();
    };

    explicit Scenario(docker::Client &client)
        : m_client(client)
    {
    }

    /// In their order.
    static const std::vector<Step> &steps();

private:
    std::string load();
    std::string create();
    std::string nameTaken();
    std::string start();
    std::string logs();
    std::string exec();
    std::string execInput();
    std::string putArchive();
    std::string getArchive();
    std::string changes();
    std::string top();
    std::string stats();
    std::string update();
    std::string pause();
    std::string restart();
    std::string rename();
    std::string events();
    std::string destroyEvent();
    std::string commit();
    std::string commitId();
    std::string commitMessage();
    std::string tag();
    std::string history();
    std::string save();
    std::string push();
    std::string pushProgress();
    std::string distribution();
    std::string pull();
    std::string pullNothing();
    std::string networks();
    std::string networkInUse();
    std::string volumes();
    std::string volumePrune();
    std::string diskUsage();
    std::string stop();
    std::string remove();
    std::string containerPrune();
    std::string networkPrune();
    std::string removeImage();
    std::string imagePrune();

    Result<docker::CommandReply> run(const docker::Command &command)
    {
        return await<docker::CommandReply>(
            [&](auto done) { m_client.run(command, std::move(done)); }, patience);
    }
    template<typename Asked>
    Result<typename Asked::Answer> ask(const Asked &question)
    {
        return await<typename Asked::Answer>(
            [&](auto done) { m_client.ask(question, std::move(done)); }, patience);
    }
    /// Downloads what the question yields.
    template<typename Asked>
    Result<std::string> download(const Asked &question)
    {
        auto bytes = std::make_shared<std::string>();
        const auto end = await<void>(
            [&](auto done) {
                docker::ByteSink sink;
                sink.data = [bytes](std::string_view piece) {
                    bytes->append(piece);
                    return docker::Flow::Continue;
                };
                sink.end = std::move(done);
                m_client.download(question, std::move(sink));
            },
            patience);
        return end ? Result<std::string>(*bytes) : std::unexpected(end.error());
    }
    Result<docker::ContainerDetails> inspect(const std::string &name)
    {
        return await<docker::ContainerDetails>(
            [&](auto done) { m_client.inspectContainer(name, std::move(done)); }, patience);
    }
    /// A container that is there but does not run.
    Result<docker::CommandReply> createIdle(const std::string &name);

    static constexpr std::chrono::seconds patience{60};

    docker::Client &m_client;
    QTemporaryDir m_folder;
    docker::Target m_web{"web", "web"};
    std::string m_events;    ///< what happened, as words
    std::string m_committed; ///< id of the image
    int m_pushLines = 0;     ///< of progress
};

} // namespace roadstead::test
