// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/container_wait.h"

#include "engine/docker/client.h"
#include "engine/docker/command.h"
#include "engine/service/engine_session.h"
#include "engine/service/pending.h"

#include <memory>

namespace roadstead::service {

Operation<int> waitForEnd(EngineSession &session, const docker::Target &container)
{
    const docker::WaitContainer question{.container = container};
    const auto pending = std::make_shared<Pending<int>>();
    const auto call = std::make_shared<docker::Call>();
    const std::function<void()> cancel = [call] { call->cancel(); };
    const quint64 record = session.recordStarted(
        QString::fromStdString(docker::commandLine(question.arguments())), cancel);
    *call = session.client().waitContainer(
        container.reference, question.condition,
        [pending](Result<int> status) { pending->finish(std::move(status)); });
    // Nobody asks any more once the session has gone, and the engine would hold the connection.
    auto *guard = new QObject(&session);
    QObject::connect(guard, &QObject::destroyed, guard, [cancel] { cancel(); });
    const Operation<int> wait{pending->future(), cancel};
    wait.then(guard, [guard, record, &session](const Result<int> &status) {
        session.recordFinished(record,
                               status ? std::nullopt : std::optional<Error>(status.error()));
        guard->deleteLater();
    });
    return wait;
}

} // namespace roadstead::service
