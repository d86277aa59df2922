// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/registries/local_registry.h"

#include "engine/docker/create_container.h"
#include "ui/models/image_name.h"
#include "ui/text/trust_text.h"

#include <QStringList>

#include <algorithm>
#include <variant>

namespace roadstead::ui {

LocalRegistry::LocalRegistry(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_guarded(m_parts.run, m_parts.trust)
{
    refresh();
}

const docker::ContainerSummary *LocalRegistry::found() const
{
    const auto containers = m_parts.containers();
    const auto found = std::ranges::find(*containers, container, &docker::ContainerSummary::name);
    return found == containers->end() ? nullptr : &*found; // the list is the session's, and stays
}

bool LocalRegistry::isImageHere() const
{
    const auto images = m_parts.images();
    return std::ranges::any_of(*images, [](const docker::ImageSummary &each) {
        return std::ranges::contains(each.tags, image);
    });
}

void LocalRegistry::refresh()
{
    const docker::ContainerSummary *it = found();
    State state = State::Absent;
    if (it != nullptr) {
        const bool runs = it->state == docker::ContainerState::Running;
        state = runs ? State::Running : State::Stopped;
        for (const docker::Port &port : it->ports) {
            if (port.publicPort != 0) {
                m_port = port.publicPort;
            }
        }
    }
    m_state = m_isPulling ? State::Pulling : m_isBusy ? State::Working : state;
    Q_EMIT changed();
}

std::string LocalRegistry::name() const
{
    return m_state == State::Running && m_port != 0 ? "localhost:" + std::to_string(m_port)
                                                    : std::string();
}

std::vector<docker::Command> LocalRegistry::startCommands(std::uint16_t port) const
{
    const docker::Target target{container, container};
    if (found() != nullptr) {
        return {docker::StartContainer{target}};
    }
    std::vector<docker::Command> commands;
    if (!isImageHere()) {
        commands.emplace_back(docker::PullImage{.image = pullNameOf(image)});
    }
    docker::CreateContainer create;
    create.image = image;
    create.name = container;
    create.environment = {"REGISTRY_STORAGE_DELETE_ENABLED=true"};
    // For this computer alone: it has no account.
    create.ports = {
        {.hostIp = "127.0.0.1", .hostPort = std::to_string(port), .containerPort = "5000"}};
    create.volumes = {std::string(volume) + ":/var/lib/registry"};
    create.restart.name = "unless-stopped";
    commands.emplace_back(std::move(create));
    commands.emplace_back(docker::StartContainer{target});
    return commands;
}

QString LocalRegistry::startLine(std::uint16_t port) const
{
    QStringList lines;
    for (const docker::Command &command : startCommands(port)) {
        lines.append(QString::fromStdString(docker::commandLine(docker::arguments(command))));
    }
    return lines.join(QStringLiteral("; "));
}

void LocalRegistry::start(std::uint16_t port)
{
    if (!m_isBusy) {
        runNext(startCommands(port));
    }
}

void LocalRegistry::stop()
{
    if (!m_isBusy) {
        runNext({docker::StopContainer{.container = {container, container}}});
    }
}

void LocalRegistry::remove()
{
    if (!m_isBusy) {
        runNext({docker::RemoveContainer{.container = {container, container}, .force = true}});
    }
}

void LocalRegistry::runNext(std::vector<docker::Command> commands)
{
    m_isBusy = !commands.empty();
    m_isPulling = m_isBusy && std::holds_alternative<docker::PullImage>(commands.front());
    refresh();
    if (commands.empty()) {
        return;
    }
    const docker::Command first = commands.front();
    commands.erase(commands.begin());
    const auto *pull = std::get_if<docker::PullImage>(&first);
    const auto running =
        pull != nullptr ? m_guarded.pull(*pull, false, {}) : m_parts.run(first, {});
    running.then(this, [this, commands](const Result<std::string> &done) {
        if (done) {
            runNext(commands);
            return;
        }
        runNext({});
        if (done.error().kind != ErrorKind::Cancelled) {
            const bool isPolicy = done.error().operation == service::GuardedImages::policyOperation;
            Q_EMIT failed(isPolicy && m_guarded.verdict()
                              ? explainPolicy(*m_guarded.verdict(), false)
                              : describe(done.error(), QString::fromLatin1(container)));
        }
    });
}

} // namespace roadstead::ui
