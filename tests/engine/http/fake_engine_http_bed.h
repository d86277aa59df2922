// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/client.h"
#include "engine/http/unix_socket.h"
#include "tests/support/await.h"
#include "tests/support/fake_engine/fake_engine.h"

#include <QTemporaryDir>

#include <memory>

namespace roadstead::test {

/// What a test of http::Client stands on: a fake engine in a folder of its own, and a client.
class FakeEngineHttpBed
{
protected:
    /// Another engine, at the same place. False when it cannot be started.
    [[nodiscard]] bool restart(FakeEngineOptions options)
    {
        if (!m_folder) {
            m_folder = std::make_unique<QTemporaryDir>();
            m_client = std::make_unique<http::Client>();
        }
        m_engine.reset();
        options.socketPath = path("engine.sock");
        m_engine = std::make_unique<FakeEngine>(options);
        return m_engine->start();
    }
    /// After each test function.
    void end()
    {
        m_client.reset();
        m_engine.reset();
        m_folder.reset();
    }
    [[nodiscard]] http::Request get(const std::string &target) const
    {
        http::Request request;
        request.endpoint = http::UnixSocket{m_engine->socketPath()};
        request.target = target;
        request.operation = "test";
        return request;
    }
    [[nodiscard]] http::Request post(const std::string &target) const
    {
        http::Request request = get(target);
        request.method = "POST";
        return request;
    }
    Result<http::Response> send(http::Request request)
    {
        return await<http::Response>(
            [&](auto done) { m_client->send(std::move(request), std::move(done)); });
    }
    [[nodiscard]] std::string path(const char *name) const
    {
        return m_folder->filePath(QString::fromUtf8(name)).toStdString();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeEngine> m_engine;
    std::unique_ptr<http::Client> m_client;
};

} // namespace roadstead::test
