// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/attach_session.h"

#include "engine/docker/command.h"
#include "engine/service/conversation_ends.h"
#include "engine/service/engine_session.h"

#include <utility>

namespace roadstead::service {

AttachSession::AttachSession(EngineSession *engine, const docker::AttachContainer &options,
                             int rows, int columns, Recorded recorded)
    : EngineConversation(engine,
                         recorded == Recorded::Yes
                             ? QString::fromStdString(docker::commandLine(options.arguments()))
                             : QString(),
                         rows, columns)
{
    ConversationEnds ends = makeEnds(options.input);
    begin(engine->client().attach(options, std::move(ends.source), std::move(ends.sink)));
}

void AttachSession::sendSize(const std::string &id, int rows, int columns,
                             std::move_only_function<void()> done)
{
    engine()->client().run(
        docker::ResizeContainer{{id, id}, rows, columns},
        [done = std::move(done)](const Result<docker::CommandReply> &) mutable { done(); });
}

} // namespace roadstead::service
