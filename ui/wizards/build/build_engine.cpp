// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/build/build_engine.h"

#include <utility>

namespace roadstead::ui {

SessionBuildEngine::SessionBuildEngine(service::EngineSession *session)
    : m_session(session)
{
}

docker::CliEngine SessionBuildEngine::cliEngine() const
{
    return m_session->cliEngine();
}

quint64 SessionBuildEngine::recordStarted(const QString &line, std::function<void()> cancel)
{
    return m_session->recordStarted(line, std::move(cancel));
}

void SessionBuildEngine::recordFinished(quint64 id, const std::optional<Error> &error)
{
    m_session->recordFinished(id, error);
}

} // namespace roadstead::ui
