// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/build/build_trace.h"
#include "engine/service/build/build_run.h"
#include "engine/service/build/build_work.h"

#include <QElapsedTimer>
#include <QObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include <memory>
#include <string>

namespace roadstead::service {

/// The program buildx behind a BuildRun.
class BuildProcess final : public BuildWork
{
    Q_OBJECT
public:
    BuildProcess(docker::BuildxBuild build, docker::CliEngine engine, QString program,
                 std::shared_ptr<BuildLines> lines);
    ~BuildProcess() override;

    void start() override;
    void stop() override;

private:
    void read();
    void tell();
    void end(int exitStatus);
    void failToStart();
    [[nodiscard]] QStringList arguments() const;
    [[nodiscard]] std::string metadataFile() const;
    [[nodiscard]] Error failureOf(int exitStatus) const;

    const docker::BuildxBuild m_build;
    const docker::CliEngine m_engine;
    const QString m_program;
    const std::shared_ptr<BuildLines> m_lines;
    QTemporaryDir m_folder;
    QProcess m_process;
    QTimer m_told; ///< runs while what is new waits to be told
    build::BuildTrace m_trace;
};

} // namespace roadstead::service
