// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/registry_parts.h"

#include "engine/docker/command.h"
#include "engine/embedded/embedded_engine.h"
#include "engine/service/engine_session.h"
#include "engine/service/pending.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace roadstead::desktop {

ui::ExceptionsController::Parts exceptionParts(service::EngineSession *session,
                                               embedded::EmbeddedEngine *engine)
{
    ui::ExceptionsController::Parts parts;
    parts.insecure = [session] {
        const auto info = session->info();
        return info ? info->insecureRegistries : std::vector<std::string>();
    };
    if (engine != nullptr) {
        parts.file = engine->optionsFile();
        parts.current = [engine] { return engine->options(); };
        parts.set = [session, engine](const EngineOptions &wanted, const QString &line) {
            const quint64 record = session->recordStarted(line);
            const auto operation = engine->configure(wanted);
            const auto told = std::make_shared<service::Pending<service::Done>>();
            operation.then(session, [session, record, told](const Result<service::Done> &done) {
                session->recordFinished(record,
                                        done ? std::nullopt : std::optional<Error>(done.error()));
                told->finish(done);
            });
            return service::Operation<service::Done>(told->future(),
                                                     [operation] { operation.cancel(); });
        };
    }
    return parts;
}

ui::RegistriesPage::Parts registryParts(service::EngineSession *session,
                                        service::RegistryDesk *desk, service::TrustDesk *trust,
                                        ui::ToastHost *toasts)
{
    ui::RegistriesPage::Parts parts;
    parts.desk = desk;
    parts.toasts = toasts;
    parts.engine.run = [session](const docker::Command &command,
                                 service::EngineSession::ProgressReceiver progress) {
        return session->run(command, std::move(progress));
    };
    parts.engine.images = [session] { return session->images(); };
    parts.engine.containers = [session] { return session->containers(); };
    parts.engine.trust = trust;
    parts.trust = trust;
    parts.mirrors = [session] {
        const auto info = session->info();
        return info ? info->mirrors : std::vector<std::string>();
    };
    parts.follow = [session](QObject *owner, const std::function<void()> &changed) {
        QObject::connect(session, &service::EngineSession::containersChanged, owner, changed);
        QObject::connect(session, &service::EngineSession::imagesChanged, owner, changed);
        QObject::connect(session, &service::EngineSession::infoChanged, owner, changed);
    };
    return parts;
}

} // namespace roadstead::desktop
