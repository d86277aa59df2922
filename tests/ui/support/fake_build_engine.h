// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/pending.h"
#include "tests/support/shell_script.h"
#include "ui/wizards/build/build_engine.h"

#include <QStringList>
#include <QTemporaryDir>

#include <algorithm>
#include <memory>
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
        const QByteArray list = listing.isEmpty() ? QByteArray()
                                                  : "if [ \"$2\" = ls ]; then cat <<'END'\n" +
                                                        listing + "\nEND\nexit; fi\n";
        writeShellScript(program(), "if [ \"$2\" = version ]; then " + versionScript +
                                        "; exit; fi\n" + list + script);
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
    service::Operation<docker::DiskUsage> buildCache() override
    {
        const auto pending = std::make_shared<service::Pending<docker::DiskUsage>>();
        ++cacheQuestions;
        pending->finish(cache);
        return {pending->future(), {}};
    }
    /// Pruning by id takes the record out of `cache`.
    service::Operation<std::string> run(const docker::Command &command) override
    {
        const auto pending = std::make_shared<service::Pending<std::string>>();
        lines.append(QString::fromStdString(docker::commandLine(docker::arguments(command))));
        const auto *prune = std::get_if<docker::PruneBuildCache>(&command);
        if (prune != nullptr && cache) {
            std::erase_if(cache->buildCache, [prune](const docker::BuildCacheRecord &record) {
                return prune->filters.empty() ||
                       std::ranges::contains(prune->filters,
                                             std::pair<std::string, std::string>("id", record.id));
            });
        }
        pending->finish(runError ? Result<std::string>(std::unexpected(*runError))
                                 : Result<std::string>(std::string()));
        return {pending->future(), {}};
    }
    [[nodiscard]] std::string findImage(const std::string &digest,
                                        const std::vector<std::string> &) const override
    {
        return std::ranges::contains(images, digest) ? digest : std::string();
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
    /// What `docker buildx ls --format json` prints; empty = the script answers.
    QByteArray listing;
    bool buildKit = true;
    // What the classic builder was asked for, from the thread of the build.
    mutable std::mutex mutex;
    mutable std::vector<docker::Command> commands;
    mutable std::move_only_function<void(const docker::Progress &)> progress;
    mutable docker::Source body;
    mutable docker::Callback<docker::CommandReply> answer;

    Result<docker::DiskUsage> cache = docker::DiskUsage();
    int cacheQuestions = 0;
    std::optional<Error> runError;
    std::vector<std::string> images; ///< digests of those that there are
    QStringList lines;
    std::function<void()> cancel;
    int ended = 0;
    std::optional<Error> lastError;

private:
    QTemporaryDir m_folder;
};

} // namespace roadstead::test
