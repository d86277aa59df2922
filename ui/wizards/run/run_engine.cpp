// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/run/run_engine.h"

#include <QPromise>

namespace roadstead::ui {

SessionRunEngine::SessionRunEngine(service::EngineSession *session, service::TrustDesk *trust,
                                   QObject *parent)
    : RunEngine(parent)
    , m_session(session)
    , m_trust(trust)
{
    using service::EngineSession;
    connect(session, &EngineSession::containersChanged, this, &RunEngine::containersChanged);
    connect(session, &EngineSession::imagesChanged, this, &RunEngine::imagesChanged);
    connect(session, &EngineSession::infoChanged, this, &RunEngine::infoChanged);
}

service::EngineSession::Containers SessionRunEngine::containers() const
{
    return m_session->containers();
}

service::EngineSession::Images SessionRunEngine::images() const
{
    return m_session->images();
}

bool SessionRunEngine::listed() const
{
    return m_session->listed();
}

std::optional<docker::EngineInfo> SessionRunEngine::info() const
{
    return m_session->info();
}

bool SessionRunEngine::isOnThisMachine() const
{
    return !m_session->socketPath().empty();
}

std::string SessionRunEngine::apiSocket() const
{
    return m_session->socketPath();
}

QStringList SessionRunEngine::earlierLines() const
{
    QStringList lines;
    const QList<service::CommandRecord> &records = m_session->history();
    for (auto record = records.crbegin(); record != records.crend(); ++record) {
        if (record->operation == QLatin1StringView("container.create") &&
            !lines.contains(record->line)) {
            lines.append(record->line);
        }
    }
    return lines;
}

service::Operation<std::vector<docker::Network>> SessionRunEngine::networks()
{
    return m_session->networks();
}

service::Operation<std::vector<docker::Volume>> SessionRunEngine::volumes()
{
    return m_session->volumes();
}

service::Operation<std::vector<service::ListeningPort>> SessionRunEngine::listeningPorts()
{
    if (isOnThisMachine()) {
        return service::listeningPorts();
    }
    QPromise<Result<std::vector<service::ListeningPort>>> none;
    none.start();
    none.addResult(std::vector<service::ListeningPort>());
    none.finish();
    return {none.future(), {}};
}

service::Operation<std::string> SessionRunEngine::run(const docker::Command &command,
                                                      ProgressReceiver progress)
{
    return m_session->run(command, std::move(progress));
}

} // namespace roadstead::ui
