// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

#include "engine/base/text.h"
#include "engine/docker/command.h"
#include "engine/docker/question.h"

#include <string>
#include <tuple>

using namespace roadstead;
using namespace roadstead::docker;

namespace {

template<typename Asked>
auto decoded(const std::string &body)
{
    auto answer = Asked::decode(body);
    require(answer || answer.error().kind == ErrorKind::MalformedReply ||
            answer.error().kind == ErrorKind::EngineFailed);
    return answer;
}

template<typename... Asked>
void decodeAll(const std::string &body)
{
    (static_cast<void>(decoded<Asked>(body)), ...);
}

/// A spec goes back within an update: whatever it was, the body is JSON.
void sendBack(const std::string &spec)
{
    require(isValidUtf8(UpdateService{.spec = spec, .replicas = 1}.request({45}).body));
    require(isValidUtf8(UpdateNode{.spec = spec, .addLabels = {{"a", "b"}}}.request({45}).body));
    require(isValidUtf8(UpdateSwarm{.spec = spec}.request({45}).body));
    require(isValidUtf8(UpdateVolume{.spec = spec}.request({45}).body));
    require(isValidUtf8(UpdateSecret{.spec = spec}.request({45}).body));
}

} // namespace

void fuzz(std::string_view input)
{
    const std::string body(input);
    decodeAll<TopContainer, ListChanges, WaitContainer, InspectExec, InspectImage, ImageHistory,
              SearchImages, InspectDistribution, ListNetworks, ListVolumes, AskDiskUsage,
              CheckCredentials, ListPlugins, InspectPlugin, AskPluginPrivileges, AskUnlockKey,
              ListTasks, InspectTask, ListSecrets, ListConfigs>(body);
    decodeAll<CreateExec, UpdateContainer, CommitContainer, PruneContainers, PruneImages,
              RemoveImage, PruneBuildCache, CreateNetwork, PruneNetworks, CreateVolume,
              PruneVolumes, InitSwarm, CreateService, CreateSecret>(body);
    if (const auto network = decoded<InspectNetwork>(body)) {
        require(!network->id.empty());
    }
    if (const auto volume = decoded<InspectVolume>(body)) {
        sendBack(volume->cluster.spec);
    }
    for (const auto &specs :
         {decoded<ListServices>(body).transform(
              [](const auto &list) { return list.empty() ? std::string() : list.front().spec; }),
          decoded<InspectNode>(body).transform([](const Node &node) { return node.spec; }),
          decoded<InspectSwarm>(body).transform([](const Swarm &swarm) { return swarm.spec; }),
          decoded<InspectConfig>(body).transform(
              [](const SwarmFile &file) { return file.spec; })}) {
        sendBack(specs.value_or(std::string()));
    }
    sendBack(body);
    static_cast<void>(decodePathStat(input));
    static_cast<void>(poolsOf({body}, {body}, {body}, {}));
    static_cast<void>(poolsOf({body, "10.0.0.0/8"}, {}, {"10.0.0.1"}, {{"a", body}}));
}
