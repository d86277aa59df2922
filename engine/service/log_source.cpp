// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/log_source.h"

#include "engine/service/engine_session.h"

#include <QPointer>

#include <utility>

namespace roadstead::service {

LogSource logSource(EngineSession *session, const std::string &id)
{
    return [session = QPointer(session), id](const docker::LogOptions &options,
                                             docker::LogSink sink) -> docker::Call {
        if (!session) {
            sink.end(failure(ErrorKind::Cancelled, "container.logs"));
            return {};
        }
        return session->client().logs(id, options, std::move(sink));
    };
}

} // namespace roadstead::service
