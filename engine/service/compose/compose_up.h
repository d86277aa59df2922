// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/error.h"
#include "engine/docker/command.h"

#include <QObject>
#include <QProcess>
#include <QTimer>

#include <optional>
#include <string>

namespace roadstead::service {

/// `docker compose -f FILE up -d`: makes and starts what a file describes. The CLI's own plugin
/// does it, for it alone knows the whole of that format. GUI thread; nothing here waits.
class ComposeUp : public QObject
{
    Q_OBJECT
public:
    static constexpr std::string_view operation = "compose.up";

    /// `program` is the docker CLI, by name or path.
    ComposeUp(QString file, docker::CliEngine engine, QString program, QObject *parent = nullptr);
    /// Kills the program if it still runs; what it has made stays.
    ~ComposeUp() override;

    /// As a person would type it, without the engine.
    [[nodiscard]] static std::string lineFor(const QString &file);

    void start(); ///< once
    /// Asks the program to end; what does not end in 5 s is killed.
    void stop();

Q_SIGNALS:
    void said(const QString &line); ///< what it does now: "Container shop-web-1 Creating"; hostile
    /// Once. NotInstalled (no docker CLI, or no plugin), EngineFailed with what was said last,
    /// Cancelled.
    void finished(const std::optional<roadstead::Error> &error);

private:
    void read();
    void end(bool succeeded, int exitCode);
    void finish(std::optional<Error> error);
    [[nodiscard]] QStringList arguments() const;

    const QString m_file;
    const docker::CliEngine m_engine;
    const QString m_program;
    QProcess m_process;
    QTimer m_patience;  ///< with a program that was asked to end
    QByteArray m_words; ///< the end of what was said
    bool m_stopped = false;
    bool m_finished = false;
};

} // namespace roadstead::service
