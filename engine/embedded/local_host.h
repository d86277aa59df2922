// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/embedded/host.h"
#include "engine/privilege/client/client.h"

#include <QFileSystemWatcher>
#include <QLocalSocket>
#include <QTimer>

namespace roadstead::embedded {

/// Where everything of one user's engine is; see the README for who writes it.
struct Places
{
    explicit Places(uint uid);

    QString runtimeFolder; ///< /run/roadstead-engine/<uid>, the launcher's
    QString socket;        ///< /run/roadstead/<uid>/engine.sock
    QString log;           ///< /var/log/roadstead/<uid>/engine.log
    QString options;       ///< root's file of what the person has set, see engine_options.h
};

/// This machine, for the user of this process.
class LocalHost : public Host
{
    Q_OBJECT
public:
    explicit LocalHost(QObject *parent = nullptr);
    ~LocalHost() override;

    [[nodiscard]] Observation observe() override;
    void probe() override;
    service::Operation<privilege::Reply>
    request(privilege::Verb verb, const std::optional<EngineOptions> &options) override;
    [[nodiscard]] QString optionsMark() override;
    [[nodiscard]] QByteArray optionsText() const;
    [[nodiscard]] QStringList logTail() override;

    [[nodiscard]] privilege::Client &client() { return m_client; }
    [[nodiscard]] const Places &places() const { return m_places; }

private:
    void watch();
    void endProbe(bool answered);
    void readAnswer();

    Places m_places;
    privilege::Client m_client;
    QFileSystemWatcher m_watcher;
    QLocalSocket m_socket;
    QByteArray m_answer;
    QTimer m_probeTimer;
    bool m_probing = false;
};

} // namespace roadstead::embedded
