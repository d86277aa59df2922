// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/command.h"

#include <QStringList>

namespace roadstead::service {

/// The options by which the docker CLI reaches an engine, before its command. Inside
/// engine/service/build only.
inline QStringList engineWords(const docker::CliEngine &engine)
{
    if (!engine.context.empty()) {
        return {QStringLiteral("--context"), QString::fromStdString(engine.context)};
    }
    if (!engine.host.empty()) {
        return {QStringLiteral("--host"), QString::fromStdString(engine.host)};
    }
    return {};
}

} // namespace roadstead::service
