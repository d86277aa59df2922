// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/sessions.h"

#include "engine/embedded/embedded_engine.h"
#include "engine/service/engine_directory.h"
#include "engine/service/engine_session.h"

#include <string>
#include <utility>
#include <vector>

namespace roadstead::desktop {

std::unique_ptr<service::EngineSession> sessionAt(const QString &socketPath)
{
    auto session = std::make_unique<service::EngineSession>(socketPath);
    session->setCliEngine({.host = "unix://" + socketPath.toStdString()});
    return session;
}

std::unique_ptr<service::EngineSession> sessionWith(const service::KnownEngine &engine)
{
    auto session = std::make_unique<service::EngineSession>(*engine.endpoint);
    session->setCliEngine(engine.origin == service::EngineOrigin::Context
                              ? docker::CliEngine{.context = engine.name}
                              : docker::CliEngine{.host = engine.host});
    return session;
}

std::unique_ptr<service::EngineSession> sessionOf(const embedded::EmbeddedEngine &engine)
{
    auto session = sessionAt(engine.socketPath());
    std::vector<std::string> folders = session->certificateFolders();
    folders.insert(folders.begin(), engine.certificatesFolder().toStdString());
    session->setCertificateFolders(std::move(folders));
    return session;
}

} // namespace roadstead::desktop
