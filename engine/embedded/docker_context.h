// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/context/context_store.h"

#include <QString>

#include <string>

namespace roadstead::embedded {

/// The docker CLI's context "roadstead" in its store. Only ever our own is written or removed: a
/// context of that name that leads elsewhere belongs to the person and stays. Blocking; any thread.
class DockerContext
{
public:
    static constexpr const char *name = "roadstead";

    /// `configFolder`: what $DOCKER_CONFIG names, or ~/.docker.
    DockerContext(const QString &configFolder, const QString &socketPath);
    /// $DOCKER_CONFIG, or ~/.docker.
    [[nodiscard]] static QString defaultConfigFolder();

    /// Conflict when a context of that name leads elsewhere, or cannot be read; Io, DiskFull.
    Result<void> write();
    /// Nothing happens when it is not there, or not ours. Where it is the one that the CLI has been
    /// told to use (currentContext in config.json), the CLI goes back to its default.
    Result<void> remove();

private:
    enum class Owner { Nobody, Us, Other };
    [[nodiscard]] Owner owner() const;

    std::string m_configFolder;
    std::string m_host;
    context::ContextStore m_store;
};

} // namespace roadstead::embedded
