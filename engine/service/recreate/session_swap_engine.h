// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/engine_session.h"
#include "engine/service/recreate/swap_containers.h"

namespace roadstead::service {

/// The engine of a session, which must outlive it; its history has each command.
class SessionSwapEngine : public SwapEngine
{
public:
    explicit SessionSwapEngine(EngineSession &session)
        : m_session(session)
    {
    }
    Operation<std::string> run(const docker::Command &command) override
    {
        return m_session.run(command);
    }
    Operation<docker::ContainerDetails> inspect(const std::string &container) override
    {
        return m_session.inspect(container);
    }

private:
    EngineSession &m_session;
};

} // namespace roadstead::service
