// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/embedded/docker_context.h"

#include "engine/context/current_context.h"
#include "engine/context/selection.h"

#include <QDir>

#include <cstdlib>

namespace roadstead::embedded {

DockerContext::DockerContext(const QString &configFolder, const QString &socketPath)
    : m_configFolder(configFolder.toStdString())
    , m_host("unix://" + socketPath.toStdString())
    , m_store(m_configFolder)
{
}

QString DockerContext::defaultConfigFolder()
{
    const auto variable = [](const char *of) -> std::optional<std::string> {
        const char *value = std::getenv(of);
        return value == nullptr ? std::nullopt : std::optional<std::string>(value);
    };
    return QString::fromStdString(context::configFolder(variable, QDir::homePath().toStdString()));
}

DockerContext::Owner DockerContext::owner() const
{
    if (!m_store.exists(name)) {
        return Owner::Nobody;
    }
    const auto present = m_store.read(name);
    return present && present->host == m_host ? Owner::Us : Owner::Other;
}

Result<void> DockerContext::write()
{
    switch (owner()) {
    case Owner::Us:
        return {};
    case Owner::Other:
        return failure(ErrorKind::Conflict, "context.write", m_store.metaFile(name));
    case Owner::Nobody:
        break;
    }
    return m_store.create({name, "Roadstead's own engine", m_host, false});
}

Result<void> DockerContext::remove()
{
    if (owner() != Owner::Us) {
        return {};
    }
    // First the choice, then what was chosen: `docker` must at no moment point at
    // a context that is not there. A configuration that cannot be read chooses nothing.
    if (context::currentContext(m_configFolder).value_or(std::string()) == name) {
        if (auto reset = context::setCurrentContext(m_configFolder, context::defaultName); !reset) {
            return reset;
        }
    }
    return m_store.remove(name);
}

} // namespace roadstead::embedded
