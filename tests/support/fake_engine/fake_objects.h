// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/fake_engine/fake_connection.h"

#include <map>
#include <optional>
#include <string>

namespace roadstead::test {

struct FakeReply
{
    int status = 200;
    std::string body;
    std::string contentType = "application/json";
};

/// What the fake engine holds besides containers: networks, volumes, secrets and configs that can
/// be made and removed; fixed answers for images, plugins, the swarm and the system. Runs on the
/// engine's thread only.
class FakeObjects
{
public:
    /// None when the path is not one of these.
    std::optional<FakeReply> answer(const FakeRequest &request);

private:
    std::optional<FakeReply> images(const FakeRequest &request);
    std::optional<FakeReply> networks(const FakeRequest &request);
    std::optional<FakeReply> volumes(const FakeRequest &request);
    std::optional<FakeReply> swarm(const FakeRequest &request);
    std::optional<FakeReply> swarmFiles(const FakeRequest &request, const std::string &kind);

    std::map<std::string, std::string> m_networks; ///< by name, as JSON
    std::map<std::string, std::string> m_volumes;
    std::map<std::string, std::string> m_files; ///< by "secrets/name"
};

} // namespace roadstead::test
