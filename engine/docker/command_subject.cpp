// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/command.h"

#include "engine/base/visit_choice.h"

namespace roadstead::docker {

namespace {

/// Of commands that make something: its name, where it has one already.
std::string subject(const CreateContainer &create)
{
    return create.name.empty() ? create.image : create.name;
}

std::string subject(const LoadImage &load)
{
    return load.path;
}

std::string subject(const ImportImage &import)
{
    return import.name.empty() ? import.source : import.name;
}

std::string subject(const BuildImage &build)
{
    return build.tags.empty() ? build.context : build.tags.front();
}

std::string subject(const InstallPlugin &install)
{
    return install.name.empty() ? install.remote : install.name;
}

std::string subject(const CreateService &create)
{
    return create.spec.name.empty() ? create.spec.image : create.spec.name;
}

/// The order matters: a network's command may name a container, too.
template<typename Value>
std::string subject(const Value &value)
{
    if constexpr (requires { value.network.display; }) {
        return value.network.display;
    } else if constexpr (requires { value.container.display; }) {
        return value.container.display;
    } else if constexpr (requires { value.image.display; }) {
        return value.image.display;
    } else if constexpr (requires { value.volume.display; }) {
        return value.volume.display;
    } else if constexpr (requires { value.plugin.display; }) {
        return value.plugin.display;
    } else if constexpr (requires { value.node.display; }) {
        return value.node.display;
    } else if constexpr (requires { value.service.display; }) {
        return value.service.display;
    } else if constexpr (requires { value.file.display; }) {
        return value.file.display;
    } else if constexpr (requires { value.name; }) {
        return value.name;
    } else {
        return {}; // of all there is: prune, the swarm
    }
}

} // namespace

std::string subjectOf(const Command &command)
{
    return visitChoice([](const auto &value) { return subject(value); }, command);
}

} // namespace roadstead::docker
