// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/vectors/cli_meaning.h"

#include "engine/reference/options.h"

#include <utility>

namespace roadstead::test {

namespace {

using docker::ApiRequest;
using docker::Filters;
using docker::Target;

Requests networkCreate(const CliLine &line)
{
    const auto pools = docker::poolsOf(line.values("subnet"), line.values("ip-range"),
                                       line.values("gateway"), pairsOf(line.values("aux-address")));
    if (!pools) {
        return std::unexpected(pools.error());
    }
    docker::CreateNetwork create{.name = line.operand(0), .pools = *pools};
    const auto text = [&line](const char *option, std::string usual) {
        return line.has(option) ? line.value(option) : std::move(usual);
    };
    create.driver = text("driver", "bridge");
    create.options = pairsOf(line.values("opt"));
    create.labels = pairsOf(line.values("label"));
    create.ipamDriver = text("ipam-driver", "default");
    create.ipamOptions = pairsOf(line.values("ipam-opt"));
    if (line.has("ipv4")) {
        create.ipv4 = line.isSet("ipv4");
    }
    if (line.has("ipv6")) {
        create.ipv6 = line.isSet("ipv6");
    }
    create.internal = line.isSet("internal");
    create.attachable = line.isSet("attachable");
    create.ingress = line.isSet("ingress");
    create.configOnly = line.isSet("config-only");
    create.configFrom = line.value("config-from");
    create.scope = line.value("scope");
    return sent(create);
}

Requests networkConnect(const CliLine &line)
{
    docker::ConnectNetwork connect{.network = first(line),
                                   .container = {line.operand(1), line.operand(1)}};
    connect.ipAddress = line.value("ip");
    connect.ipv6Address = line.value("ip6");
    connect.linkLocalAddresses = line.values("link-local-ip");
    connect.aliases = line.values("alias");
    connect.links = line.values("link");
    connect.driverOptions = pairsOf(line.values("driver-opt"));
    connect.gatewayPriority = static_cast<int>(number(line.value("gw-priority")));
    return sent(connect);
}

Requests volumeCreate(const CliLine &line)
{
    docker::CreateVolume create{.name = line.operand(0) + line.value("name")};
    create.driver = line.has("driver") ? line.value("driver") : "local";
    create.options = pairsOf(line.values("opt"));
    create.labels = pairsOf(line.values("label"));
    return sent(create);
}

/// Prune without -f asks a person first; the CLI sends the filters as they are.
Requests systemPrune(const CliLine &line)
{
    const Filters filters = filtersOf(line);
    Requests volumes = std::vector<ApiRequest>{};
    if (line.isSet("volumes")) {
        volumes = sent(docker::PruneVolumes{false, filters});
    }
    return all({sent(docker::PruneContainers{filters}), sent(docker::PruneNetworks{filters}),
                volumes, sent(docker::PruneImages{line.isSet("all"), filters}),
                sent(docker::PruneBuildCache{line.isSet("all"), 0, filters})});
}

} // namespace

const std::map<std::string, Maker> &objectMeanings()
{
    using namespace docker;
    static const std::map<std::string, Maker> table{
        {"volume inspect", look<InspectVolume>()},
        {"secret inspect", look<InspectSecret>()},
        {"config inspect", look<InspectConfig>()},
        {"plugin inspect", look<InspectPlugin>()},
        {"service rm", change<RemoveService>()},
        {"secret rm", change<RemoveSecret>()},
        {"config rm", change<RemoveConfig>()},
        {"network create", networkCreate},
        {"network connect", networkConnect},
        {"volume create", volumeCreate},
        {"system prune", systemPrune},
        {"network prune", [](const CliLine &line) { return sent(PruneNetworks{filtersOf(line)}); }},
        {"volume prune",
         [](const CliLine &line) {
             return sent(PruneVolumes{line.isSet("all"), filtersOf(line)});
         }},
        {"builder prune",
         [](const CliLine &line) {
             return sent(PruneBuildCache{
                 line.isSet("all"), reference::parseMemory(line.value("keep-storage")).value_or(0),
                 filtersOf(line)});
         }},
        {"volume ls", [](const CliLine &line) { return asked(ListVolumes{filtersOf(line)}); }},
        {"volume rm",
         [](const CliLine &line) {
             return each(line, [&](const Target &target) {
                 return sent(RemoveVolume{target, line.isSet("force")});
             });
         }},
        {"network ls", [](const CliLine &line) { return asked(ListNetworks{filtersOf(line)}); }},
        {"network inspect",
         [](const CliLine &line) {
             return each(line, [&](const Target &target) {
                 return asked(InspectNetwork{target, line.isSet("verbose"), {}});
             });
         }},
        {"network rm",
         [](const CliLine &line) {
             return each(line, [](const Target &target) {
                 return all({asked(InspectNetwork{target}), sent(RemoveNetwork{target})});
             });
         }},
        {"network disconnect",
         [](const CliLine &line) {
             return sent(DisconnectNetwork{
                 first(line), {line.operand(1), line.operand(1)}, line.isSet("force")});
         }},
        {"node ls", [](const CliLine &line) { return asked(ListNodes{filtersOf(line)}); }},
        {"service ls", [](const CliLine &line) { return asked(ListServices{filtersOf(line)}); }},
        {"secret ls", [](const CliLine &line) { return asked(ListSecrets{filtersOf(line)}); }},
        {"config ls", [](const CliLine &line) { return asked(ListConfigs{filtersOf(line)}); }},
        {"plugin ls", [](const CliLine &line) { return asked(ListPlugins{filtersOf(line)}); }},
        {"plugin enable",
         [](const CliLine &line) {
             const int timeout =
                 line.has("timeout") ? static_cast<int>(number(line.value("timeout"))) : 30;
             return sent(EnablePlugin{first(line), timeout});
         }},
        {"plugin disable",
         [](const CliLine &line) { return sent(DisablePlugin{first(line), line.isSet("force")}); }},
        {"plugin rm",
         [](const CliLine &line) { return sent(RemovePlugin{first(line), line.isSet("force")}); }},
        {"plugin set",
         [](const CliLine &line) {
             return sent(
                 ConfigurePlugin{first(line), {line.operands.begin() + 1, line.operands.end()}});
         }},
        {"swarm leave", [](const CliLine &line) { return sent(LeaveSwarm{line.isSet("force")}); }}};
    return table;
}

} // namespace roadstead::test
