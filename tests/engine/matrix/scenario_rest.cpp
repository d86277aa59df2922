// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/matrix/checks.h"
#include "tests/engine/matrix/scenario.h"

#include <algorithm>

namespace roadstead::test {

using namespace docker;

std::string Scenario::networks()
{
    const auto made = run(CreateNetwork{.name = "back",
                                        .labels = {{"a", "1"}},
                                        .pools = {{"10.99.0.0/24", "", "10.99.0.1", {}}},
                                        .internal = true});
    STEP_RESULT(made);
    const Target network{made->text, "back"};
    STEP_RESULT(run(ConnectNetwork{
        .network = network, .container = m_web, .ipAddress = "10.99.0.9", .aliases = {"db"}}));
    const auto details = ask(InspectNetwork{network});
    STEP_RESULT(details);
    STEP_VERIFY(details->name == "back");
    STEP_VERIFY(details->driver == "bridge");
    STEP_VERIFY(details->internal);
    STEP_VERIFY(details->labels.at("a") == "1");
    STEP_VERIFY(!details->pools.empty());
    STEP_VERIFY2(details->pools.front().subnet == "10.99.0.0/24", details->pools.front().subnet);
    STEP_VERIFY(details->members.size() == 1);
    STEP_VERIFY(details->members.front().name == "web");
    STEP_VERIFY2(details->members.front().ipAddress.starts_with("10.99.0.9/"),
                 details->members.front().ipAddress);
    const auto list = ask(ListNetworks{});
    STEP_RESULT(list);
    STEP_VERIFY(std::ranges::contains(*list, "back", &Network::name));
    STEP_RESULT(run(DisconnectNetwork{network, m_web}));
    STEP_VERIFY(ask(InspectNetwork{network})->members.empty());
    STEP_RESULT(run(RemoveNetwork{network}));
    const auto gone = ask(InspectNetwork{network});
    STEP_VERIFY(!gone && gone.error().kind == ErrorKind::NotFound);
    return {};
}

std::string Scenario::networkInUse()
{
    const Target network{"used", "used"};
    STEP_RESULT(run(CreateNetwork{.name = "used"}));
    STEP_RESULT(run(ConnectNetwork{.network = network, .container = m_web}));
    const auto refused = run(RemoveNetwork{network});
    STEP_VERIFY(!refused);
    STEP_RESULT(run(DisconnectNetwork{network, m_web}));
    STEP_RESULT(run(RemoveNetwork{network}));
    STEP_VERIFY2(refused.error().kind == ErrorKind::Unauthorized, words(refused.error())); // 403
    return {};
}

std::string Scenario::volumes()
{
    const auto made = run(CreateVolume{.name = "data", .labels = {{"a", "1"}}});
    STEP_RESULT(made);
    STEP_VERIFY(made->text == "data");
    const auto details = ask(InspectVolume{{"data", "data"}});
    STEP_RESULT(details);
    STEP_VERIFY(details->labels.at("a") == "1");
    STEP_VERIFY(details->driver == "local");
    STEP_RESULT(run(CreateContainer{
        .image = "shop:1", .name = "keeper", .command = {"sleep"}, .volumes = {"data:/data"}}));
    const auto used = run(RemoveVolume{{"data", "data"}});
    STEP_VERIFY(!used);
    STEP_VERIFY2(used.error().kind == ErrorKind::Conflict, words(used.error()));
    STEP_RESULT(run(RemoveContainer{{"keeper", "keeper"}}));
    STEP_RESULT(run(RemoveVolume{{"data", "data"}}));
    STEP_VERIFY(run(RemoveVolume{{"data", "data"}})->unchanged);
    return {};
}

std::string Scenario::volumePrune()
{
    STEP_RESULT(run(CreateVolume{.name = "named"}));
    const auto anonymous = run(CreateVolume{});
    STEP_RESULT(anonymous);
    const auto list = ask(ListVolumes{});
    STEP_RESULT(list);
    STEP_VERIFY(list->volumes.size() == 2);
    const auto pruned = run(PruneVolumes{});
    STEP_RESULT(pruned);
    STEP_VERIFY(std::ranges::contains(pruned->removed, anonymous->text));
    // Named ones stay since 1.42 unless all are asked for; older engines always take both.
    const bool stays = m_client.api() >= ApiVersion{42};
    STEP_VERIFY(std::ranges::contains(pruned->removed, "named") != stays);
    STEP_RESULT(run(PruneVolumes{true}));
    STEP_VERIFY(ask(ListVolumes{})->volumes.empty());
    return {};
}

std::string Scenario::diskUsage()
{
    const auto usage = ask(AskDiskUsage{});
    STEP_RESULT(usage);
    STEP_VERIFY(!usage->images.empty());
    STEP_VERIFY(usage->containers.size() == 1);
    return {};
}

std::string Scenario::containerPrune()
{
    const auto made = createIdle("idle");
    STEP_RESULT(made);
    const auto pruned = run(PruneContainers{});
    STEP_RESULT(pruned);
    STEP_VERIFY(pruned->removed == std::vector<std::string>{made->text});
    STEP_VERIFY(!inspect("idle"));
    return {};
}

std::string Scenario::networkPrune()
{
    STEP_RESULT(run(CreateNetwork{.name = "idle"}));
    const auto pruned = run(PruneNetworks{});
    STEP_RESULT(pruned);
    STEP_VERIFY2(pruned->removed == std::vector<std::string>{"idle"},
                 std::to_string(pruned->removed.size()));
    return {};
}

} // namespace roadstead::test
