// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/shell_script.h"
#include "ui/wizards/build/build_engine.h"

#include <QStringList>
#include <QTemporaryDir>

#include <mutex>
#include <utility>
#include <vector>

namespace roadstead::test {

/// An engine whose docker command is a shell script of the test's own.
class FakeBuildEngine : public ui::BuildEngine
{
public:
    /// What the command does; it has the arguments of `docker`.
    void setScript(const QByteArray &script)
    {
        writeShellScript(program(), "if [ \"$2\" = version ]; then " + versionScript +
                                        "; exit; fi\n" + script);
    }
    [[nodiscard]] docker::CliEngine cliEngine() const override { return {}; }
    [[nodiscard]] QString program() const override
    {
        return m_folder.filePath(QStringLiteral("docker"));
    }
    [[nodiscard]] bool hasBuildKit() const override { return buildKit; }
    [[nodiscard]] service::ClassicBuild classic() const override
    {
        service::ClassicBuild build;
        build.run = [this](const docker::Command &command, docker::RunOptions options,
                           docker::Callback<docker::CommandReply> callback) {
            const std::scoped_lock lock(mutex);
            commands.push_back(command);
            progress = std::move(options.progress);
            body = std::move(options.body);
            answer = std::move(callback);
            return docker::Call();
        };
        build.inspect = [](const docker::InspectImage &question,
                           docker::Callback<docker::ImageDetails> callback) {
            docker::ImageDetails details;
            details.id = "sha256:" + question.image.reference;
            callback(details);
            return docker::Call();
        };
        return build;
    }
    quint64 recordStarted(const QString &line, std::function<void()> stop) override
    {
        lines.append(line);
        cancel = std::move(stop);
        return quint64(lines.size());
    }
    void recordFinished(quint64, const std::optional<Error> &error) override
    {
        ++ended;
        lastError = error;
    }

    /// What `docker buildx version` does.
    QByteArray versionScript = "echo github.com/docker/buildx v0.13.1 abc";
    bool buildKit = true;
    // What the classic builder was asked for, from the thread of the build.
    mutable std::mutex mutex;
    mutable std::vector<docker::Command> commands;
    mutable std::move_only_function<void(const docker::Progress &)> progress;
    mutable docker::Source body;
    mutable docker::Callback<docker::CommandReply> answer;

    QStringList lines;
    std::function<void()> cancel;
    int ended = 0;
    std::optional<Error> lastError;

private:
    QTemporaryDir m_folder;
};

} // namespace roadstead::test
