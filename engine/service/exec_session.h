// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/exec.h"
#include "engine/service/conversation.h"

namespace roadstead::service {

/// A command run in a container by exec. Begins at once. Going away ends the connection; what
/// becomes of the process then is the engine's affair.
class ExecSession final : public EngineConversation
{
    Q_OBJECT
public:
    ExecSession(EngineSession *engine, const docker::CreateExec &command, Recorded recorded);

private:
    void sendSize(const std::string &id, int rows, int columns,
                  std::move_only_function<void()> done) override;
};

} // namespace roadstead::service
