// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/pending.h"
#include "engine/service/recreate/swap_containers.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace roadstead::test {

using service::Operation;

/// Containers that do what they are told, and a fault at one of the commands.
class FakeSwapEngine : public service::SwapEngine
{
public:
    std::map<std::string, docker::ContainerDetails> containers; ///< by id
    int failsAt = -1;                                           ///< which command, from 0
    bool failsAfterwards = false;                               ///< it is done, its answer is lost
    docker::Health healthOfNew = docker::Health::None;
    bool newEnds = false;
    std::function<void()> beforeCommand;
    std::vector<std::string> commands;

    Operation<std::string> run(const docker::Command &command) override
    {
        if (beforeCommand) {
            beforeCommand();
        }
        const int at = static_cast<int>(commands.size());
        commands.emplace_back(docker::operationName(command));
        if (at != failsAt) {
            return answered(carryOut(command));
        }
        if (!failsAfterwards) {
            return answered<std::string>(failure(ErrorKind::EngineFailed));
        }
        (void)carryOut(command);
        return answered<std::string>(failure(ErrorKind::ConnectionLost));
    }
    Operation<docker::ContainerDetails> inspect(const std::string &container) override
    {
        docker::ContainerDetails *found = find(container);
        return found ? answered<docker::ContainerDetails>(*found)
                     : answered<docker::ContainerDetails>(failure(ErrorKind::NotFound));
    }
    docker::ContainerDetails *find(const std::string &container)
    {
        for (auto &[id, details] : containers) {
            if (id == container || details.name == container) {
                return &details;
            }
        }
        return nullptr;
    }

private:
    static std::unexpected<Error> failure(ErrorKind kind)
    {
        return std::unexpected(Error{kind, 0, "fault", "fake"});
    }
    template<typename T>
    static Operation<T> answered(Result<T> result)
    {
        service::Pending<T> pending;
        pending.finish(std::move(result));
        return {pending.future(), [] {}};
    }
    Result<std::string> make(const docker::CreateContainer &create)
    {
        if (find(create.name)) {
            return failure(ErrorKind::Conflict);
        }
        docker::ContainerDetails made;
        made.id = "new";
        made.name = create.name;
        made.restartPolicy = create.restart.name;
        made.state = docker::ContainerState::Created;
        made.labels.insert(create.labels.begin(), create.labels.end());
        containers[made.id] = made;
        return made.id;
    }
    template<typename Command>
    Result<std::string> change(const Command &command, docker::ContainerDetails &target)
    {
        using enum docker::ContainerState;
        if constexpr (std::is_same_v<Command, docker::StartContainer>) {
            const bool isNew = target.id == "new";
            target.state = isNew && newEnds ? Exited : Running;
            target.health = isNew ? healthOfNew : docker::Health::None;
        } else if constexpr (std::is_same_v<Command, docker::StopContainer>) {
            target.state = Exited;
        } else if constexpr (std::is_same_v<Command, docker::PauseContainer>) {
            target.state = Paused;
        } else if constexpr (std::is_same_v<Command, docker::UpdateContainer>) {
            target.restartPolicy = command.restartPolicy;
            target.restartMaximum = command.restartMaximum;
        } else if constexpr (std::is_same_v<Command, docker::RenameContainer>) {
            if (find(command.newName)) {
                return failure(ErrorKind::Conflict);
            }
            target.name = command.newName;
        } else if constexpr (std::is_same_v<Command, docker::RemoveContainer>) {
            containers.erase(std::string(target.id));
        } else {
            return failure(ErrorKind::Internal);
        }
        return std::string();
    }
    Result<std::string> carryOut(const docker::Command &command)
    {
        if (const auto *create = std::get_if<docker::CreateContainer>(&command)) {
            return make(*create);
        }
        return std::visit(
            [this](const auto &one) -> Result<std::string> {
                if constexpr (requires { one.container; }) {
                    docker::ContainerDetails *target = find(one.container.reference);
                    return target ? change(one, *target) : failure(ErrorKind::NotFound);
                } else {
                    return failure(ErrorKind::Internal);
                }
            },
            command);
    }
};

} // namespace roadstead::test
