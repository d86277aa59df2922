// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <memory>

namespace roadstead::embedded {
class EmbeddedEngine;
}
namespace roadstead::service {
class EngineSession;
struct KnownEngine;
} // namespace roadstead::service

namespace roadstead::desktop {

/// A session with the engine behind a socket. Commands name it by its address: a context of our
/// name may be another one of the person's.
[[nodiscard]] std::unique_ptr<service::EngineSession> sessionAt(const QString &socketPath);
/// A session with an engine of the list, which has to have an endpoint.
[[nodiscard]] std::unique_ptr<service::EngineSession>
sessionWith(const service::KnownEngine &engine);
/// A session with the embedded engine, which has certificates of its own.
[[nodiscard]] std::unique_ptr<service::EngineSession>
sessionOf(const embedded::EmbeddedEngine &engine);

} // namespace roadstead::desktop
