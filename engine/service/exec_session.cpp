// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/exec_session.h"

#include "engine/service/command_history.h"
#include "engine/service/conversation_ends.h"
#include "engine/service/engine_session.h"

#include <utility>

namespace roadstead::service {

ExecSession::ExecSession(EngineSession *engine, const docker::CreateExec &command,
                         Recorded recorded)
    : EngineConversation(
          engine, recorded == Recorded::Yes ? recordOf(docker::Command(command)).line : QString(),
          command.rows, command.columns)
{
    ConversationEnds ends = makeEnds(command.input);
    begin(engine->client().exec(command, std::move(ends.source), std::move(ends.sink)));
}

void ExecSession::sendSize(const std::string &id, int rows, int columns,
                           std::move_only_function<void()> done)
{
    engine()->client().run(
        docker::ResizeExec{id, rows, columns},
        [done = std::move(done)](const Result<docker::CommandReply> &) mutable { done(); });
}

} // namespace roadstead::service
