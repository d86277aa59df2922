// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/engine_session.h"
#include "engine/service/listening_ports.h"

#include <QObject>
#include <QStringList>

#include <optional>
#include <string>
#include <vector>

namespace roadstead::service {
class TrustDesk;
}

namespace roadstead::ui {

/// What running a container needs of an engine and its machine, and nothing more: a test gives a
/// fake one. Signals and threads as in service::EngineSession.
class RunEngine : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    using ProgressReceiver = service::EngineSession::ProgressReceiver;

    [[nodiscard]] virtual service::EngineSession::Containers containers() const = 0; ///< never null
    [[nodiscard]] virtual service::EngineSession::Images images() const = 0;         ///< never null
    [[nodiscard]] virtual bool listed() const = 0;
    [[nodiscard]] virtual std::optional<docker::EngineInfo> info() const = 0;
    /// Folders and ports of this machine are the engine's.
    [[nodiscard]] virtual bool isOnThisMachine() const = 0;
    /// The engine's socket on its machine, for --use-api-socket; empty = none.
    [[nodiscard]] virtual std::string apiSocket() const = 0;
    /// Lines of the history that made a container, newest first, each once.
    [[nodiscard]] virtual QStringList earlierLines() const = 0;

    virtual service::Operation<std::vector<docker::Network>> networks() = 0;
    virtual service::Operation<std::vector<docker::Volume>> volumes() = 0;
    /// The ports of this machine that are taken; nothing where the engine is elsewhere.
    virtual service::Operation<std::vector<service::ListeningPort>> listeningPorts() = 0;
    virtual service::Operation<std::string> run(const docker::Command &command,
                                                ProgressReceiver progress = {}) = 0;
    /// Whose policy says what may be run; null = there is none.
    [[nodiscard]] virtual service::TrustDesk *trust() const { return nullptr; }

Q_SIGNALS:
    void containersChanged();
    void imagesChanged();
    void infoChanged();
};

/// A session as the wizard needs it. Session and desk must outlive this.
class SessionRunEngine final : public RunEngine
{
    Q_OBJECT
public:
    /// `trust` may be null.
    SessionRunEngine(service::EngineSession *session, service::TrustDesk *trust,
                     QObject *parent = nullptr);

    [[nodiscard]] service::EngineSession::Containers containers() const override;
    [[nodiscard]] service::EngineSession::Images images() const override;
    [[nodiscard]] bool listed() const override;
    [[nodiscard]] std::optional<docker::EngineInfo> info() const override;
    [[nodiscard]] bool isOnThisMachine() const override;
    [[nodiscard]] std::string apiSocket() const override;
    [[nodiscard]] QStringList earlierLines() const override;
    service::Operation<std::vector<docker::Network>> networks() override;
    service::Operation<std::vector<docker::Volume>> volumes() override;
    service::Operation<std::vector<service::ListeningPort>> listeningPorts() override;
    service::Operation<std::string> run(const docker::Command &command,
                                        ProgressReceiver progress) override;
    [[nodiscard]] service::TrustDesk *trust() const override { return m_trust; }

private:
    service::EngineSession *m_session;
    service::TrustDesk *m_trust;
};

} // namespace roadstead::ui
