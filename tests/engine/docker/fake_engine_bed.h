// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/client.h"
#include "engine/http/client.h"
#include "tests/support/await.h"
#include "tests/support/fake_engine/fake_engine.h"

#include <QTemporaryDir>

#include <memory>

namespace roadstead::test {

/// What a test of docker::Client stands on: a fake engine in a folder of its own and a client that
/// speaks to it.
class FakeEngineBed
{
protected:
    /// Another engine, at the same place, and another client. False when it cannot be started.
    [[nodiscard]] bool restart(FakeEngineOptions options)
    {
        if (!m_folder) {
            m_folder = std::make_unique<QTemporaryDir>();
            m_http = std::make_unique<http::Client>();
        }
        m_engine.reset();
        options.socketPath = m_folder->filePath(QStringLiteral("engine.sock")).toStdString();
        m_engine = std::make_unique<FakeEngine>(options);
        m_client = std::make_unique<docker::Client>(*m_http, options.socketPath);
        return m_engine->start();
    }
    /// After each test function.
    void end()
    {
        m_client.reset();
        m_http.reset();
        m_engine.reset();
        m_folder.reset();
    }
    Result<std::vector<docker::ContainerSummary>> list()
    {
        return await<std::vector<docker::ContainerSummary>>(
            [this](auto done) { m_client->listContainers({}, std::move(done)); });
    }
    Result<std::string> logTail(const std::string &id)
    {
        return await<std::string>([&](auto done) { m_client->logTail(id, 100, std::move(done)); });
    }
    Result<docker::CommandReply> run(const docker::Command &command)
    {
        return await<docker::CommandReply>(
            [&](auto done) { m_client->run(command, std::move(done)); });
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeEngine> m_engine;
    std::unique_ptr<http::Client> m_http;
    std::unique_ptr<docker::Client> m_client;
};

} // namespace roadstead::test
