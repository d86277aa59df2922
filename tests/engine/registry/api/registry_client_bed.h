// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/sha256.h"
#include "engine/registry/api/registry_client.h"
#include "tests/support/await.h"
#include "tests/support/fake_registry/fake_registry.h"

#include <memory>
#include <string>
#include <utility>

namespace roadstead::test {

inline std::string digestOf(const std::string &body)
{
    return "sha256:" + sha256Hex(body);
}

/// What a test of the client of registries stands on: questions that are waited for.
class RegistryClientBed
{
protected:
    http::Client m_transport;

    template<typename T, typename Ask>
    Result<T> answerOf(Ask ask)
    {
        return await<T>([&](auto done) { ask(std::move(done)); });
    }
    Result<registry::Greeting> greet(registry::RegistryClient &client)
    {
        return answerOf<registry::Greeting>([&](auto done) { client.greet(std::move(done)); });
    }
    Result<registry::NamePage> tags(registry::RegistryClient &client, const std::string &page = {})
    {
        return answerOf<registry::NamePage>(
            [&](auto done) { client.tags("a/b", page, std::move(done)); });
    }
    Result<registry::Manifest> manifest(registry::RegistryClient &client,
                                        const std::string &reference = "1")
    {
        return answerOf<registry::Manifest>(
            [&](auto done) { client.manifest("a/b", reference, std::move(done)); });
    }
    Result<registry::Done> checkPush(registry::RegistryClient &client)
    {
        return answerOf<registry::Done>(
            [&](auto done) { client.checkPush("a/b", std::move(done)); });
    }
    std::unique_ptr<registry::RegistryClient> clientOf(const FakeRegistry &server,
                                                       registry::Credentials credentials = {},
                                                       const Clock &clock = systemClock())
    {
        return std::make_unique<registry::RegistryClient>(
            &m_transport, registry::placeOf(server.name()).value(), std::move(credentials), clock);
    }
};

} // namespace roadstead::test
