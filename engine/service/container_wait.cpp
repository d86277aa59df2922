// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/container_wait.h"

#include "engine/docker/client.h"
#include "engine/docker/command.h"
#include "engine/service/engine_session.h"
#include "engine/service/mailbox.h"
#include "engine/service/pending.h"

#include <memory>
#include <optional>

namespace roadstead::service {

Operation<int> waitForEnd(EngineSession &session, const docker::Target &container)
{
    const docker::WaitContainer question{.container = container};
    const auto pending = std::make_shared<Pending<int>>();
    const auto call = std::make_shared<docker::Call>();
    const std::function<void()> cancel = [call] { call->cancel(); };
    const quint64 record = session.recordStarted(
        QString::fromStdString(docker::commandLine(question.arguments())), cancel);
    // Nobody asks any more once the session has gone, and the engine would hold the connection.
    auto *guard = new QObject(&session);
    const auto mailbox = std::make_shared<Mailbox>(guard);
    QObject::connect(guard, &QObject::destroyed, guard, [cancel, mailbox] {
        mailbox->close();
        cancel();
    });
    // Recorded here and not behind the future, which has one continuation: the caller's.
    *call = session.client().waitContainer(
        container.reference, question.condition,
        [pending, mailbox, guard, record, &session](Result<int> status) {
            mailbox->post([guard, record, &session,
                           error = status ? std::nullopt : std::optional<Error>(status.error())] {
                session.recordFinished(record, error);
                guard->deleteLater();
            });
            pending->finish(std::move(status));
        });
    return {pending->future(), cancel};
}

} // namespace roadstead::service
