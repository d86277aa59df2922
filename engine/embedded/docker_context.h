// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <QString>

namespace roadstead::embedded {

/// The docker CLI's context "roadstead", as a file of its context store:
/// <folder>/contexts/meta/<sha256 of the name>/meta.json. Only ever our own is written, replaced or
/// removed: a context of that name that leads elsewhere belongs to the person and stays.
/// Files 0600, folders made 0700, old or new but never partial. Blocking; any thread.
class DockerContext
{
public:
    static constexpr const char *name = "roadstead";

    /// `configFolder`: what $DOCKER_CONFIG names, or ~/.docker.
    DockerContext(QString configFolder, const QString &socketPath);
    /// $DOCKER_CONFIG, or ~/.docker.
    [[nodiscard]] static QString defaultConfigFolder();

    /// Conflict when a context of that name leads elsewhere; Io, DiskFull.
    Result<void> write();
    /// Nothing happens when it is not there, or not ours. Where it is the one that the CLI has been
    /// told to use (currentContext in config.json), the CLI goes back to its default.
    Result<void> remove();

private:
    Result<void> resetChoice();
    [[nodiscard]] QString metaFolder() const;
    [[nodiscard]] QString metaFile() const;
    enum class Owner { Nobody, Us, Other };
    [[nodiscard]] Owner owner() const;

    QString m_configFolder;
    QString m_host;
};

} // namespace roadstead::embedded
