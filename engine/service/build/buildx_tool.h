// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/command.h"
#include "engine/service/operation.h"

#include <QObject>
#include <QString>

#include <chrono>
#include <string>
#include <string_view>

namespace roadstead::service {

/// What a run of the docker CLI printed. Hostile.
struct BuildxOutput
{
    std::string printed{};
    std::string complaint{}; ///< on standard error
    int exitStatus = 0;
};

/// What kind of failure buildx tells of.
[[nodiscard]] ErrorKind kindOfBuildxFailure(std::string_view complaint);
/// The reason in what buildx complains about: its last line, without "ERROR: ".
[[nodiscard]] std::string reasonOfBuildx(std::string_view complaint);

/// Runs `docker buildx …` for short answers: builders, history. GUI thread; nothing waits.
class BuildxTool : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype printedCap = qsizetype(16) << 20; ///< bytes of each stream

    /// `program` is the docker CLI, by name or path.
    explicit BuildxTool(const QString &program, QObject *parent = nullptr);
    ~BuildxTool() override; ///< ends what runs: its operations fail with Cancelled

    /// What it printed, whatever its status. Fails with NotInstalled (no docker CLI, or no buildx),
    /// NotAnswering after `patience`, MalformedReply where it prints too much, Cancelled.
    Operation<BuildxOutput> ask(const docker::CliEngine &engine, const docker::Arguments &arguments,
                                std::chrono::milliseconds patience = std::chrono::seconds(60));
    /// The same, and a status other than 0 is a failure of `operation`.
    Operation<BuildxOutput> run(const docker::CliEngine &engine, const docker::Arguments &arguments,
                                std::string operation,
                                std::chrono::milliseconds patience = std::chrono::minutes(5));

private:
    const QString m_program;
};

} // namespace roadstead::service
