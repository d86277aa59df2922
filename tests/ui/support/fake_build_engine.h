// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wizards/build/build_engine.h"

#include <QFile>
#include <QStringList>
#include <QTemporaryDir>

namespace roadstead::test {

/// An engine whose docker command is a shell script of the test's own.
class FakeBuildEngine : public ui::BuildEngine
{
public:
    /// What the command does; it has the arguments of `docker`.
    void setScript(const QByteArray &script)
    {
        QFile file(m_folder.filePath(QStringLiteral("docker")));
        if (file.open(QIODevice::WriteOnly | QIODevice::Truncate)) {
            file.write("#!/bin/sh\n" + script);
        }
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    [[nodiscard]] docker::CliEngine cliEngine() const override { return {}; }
    [[nodiscard]] QString program() const override
    {
        return m_folder.filePath(QStringLiteral("docker"));
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

    QStringList lines;
    std::function<void()> cancel;
    int ended = 0;
    std::optional<Error> lastError;

private:
    QTemporaryDir m_folder;
};

} // namespace roadstead::test
