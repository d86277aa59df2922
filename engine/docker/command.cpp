// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/command.h"

namespace roadstead::docker {

Command::Command() = default;

template<typename Request>
    requires isChoice<Request, CommandChoice>
Command::Command(Request request)
    : CommandChoice(std::in_place_type<Request>, std::move(request))
{
}

Command::Command(const Command &other) = default;
Command::Command(Command &&other) noexcept = default;
Command &Command::operator=(const Command &other) = default;
Command &Command::operator=(Command &&other) noexcept = default;
Command::~Command() = default;

bool operator==(const Command &left, const Command &right)
{
    return static_cast<const CommandChoice &>(left) == static_cast<const CommandChoice &>(right);
}

template Command::Command(CreateContainer);
template Command::Command(StartContainer);
template Command::Command(StopContainer);
template Command::Command(RestartContainer);
template Command::Command(PauseContainer);
template Command::Command(UnpauseContainer);
template Command::Command(KillContainer);
template Command::Command(RenameContainer);
template Command::Command(RemoveContainer);
template Command::Command(UpdateContainer);
template Command::Command(CommitContainer);
template Command::Command(PutArchive);
template Command::Command(PruneContainers);
template Command::Command(CreateExec);
template Command::Command(LoadImage);
template Command::Command(RemoveImage);
template Command::Command(PullImage);
template Command::Command(PushImage);
template Command::Command(TagImage);
template Command::Command(ImportImage);
template Command::Command(PruneImages);
template Command::Command(BuildImage);
template Command::Command(PruneBuildCache);
template Command::Command(CreateNetwork);
template Command::Command(RemoveNetwork);
template Command::Command(ConnectNetwork);
template Command::Command(DisconnectNetwork);
template Command::Command(PruneNetworks);
template Command::Command(CreateVolume);
template Command::Command(UpdateVolume);
template Command::Command(RemoveVolume);
template Command::Command(PruneVolumes);
template Command::Command(InstallPlugin);
template Command::Command(UpgradePlugin);
template Command::Command(PushPlugin);
template Command::Command(EnablePlugin);
template Command::Command(DisablePlugin);
template Command::Command(ConfigurePlugin);
template Command::Command(RemovePlugin);
template Command::Command(CreatePlugin);
template Command::Command(InitSwarm);
template Command::Command(JoinSwarm);
template Command::Command(LeaveSwarm);
template Command::Command(UpdateSwarm);
template Command::Command(UnlockSwarm);
template Command::Command(UpdateNode);
template Command::Command(RemoveNode);
template Command::Command(CreateService);
template Command::Command(UpdateService);
template Command::Command(RemoveService);
template Command::Command(CreateSecret);
template Command::Command(RemoveSecret);
template Command::Command(CreateConfig);
template Command::Command(RemoveConfig);

} // namespace roadstead::docker
