// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/matrix/scenario.h"

namespace roadstead::test {

const std::vector<Scenario::Step> &Scenario::steps()
{
    static const std::vector<Step> all{
        {"load", &Scenario::load},
        {"create", &Scenario::create},
        {"name that is taken", &Scenario::nameTaken},
        {"start", &Scenario::start},
        {"logs", &Scenario::logs},
        {"exec", &Scenario::exec},
        {"exec with input", &Scenario::execInput},
        {"archive in", &Scenario::putArchive},
        {"archive out", &Scenario::getArchive},
        {"changes", &Scenario::changes},
        {"top", &Scenario::top},
        {"stats", &Scenario::stats},
        {"update", &Scenario::update},
        {"pause", &Scenario::pause},
        {"restart", &Scenario::restart},
        {"rename", &Scenario::rename},
        {"events", &Scenario::events},
        {"event of a removal", &Scenario::destroyEvent},
        {"commit", &Scenario::commit},
        {"id of a commit", &Scenario::commitId},
        {"commit message", &Scenario::commitMessage},
        {"tag", &Scenario::tag},
        {"history", &Scenario::history},
        {"save", &Scenario::save},
        {"push", &Scenario::push},
        {"push progress", &Scenario::pushProgress},
        {"distribution", &Scenario::distribution},
        {"pull", &Scenario::pull},
        {"pull nothing", &Scenario::pullNothing},
        {"networks", &Scenario::networks},
        {"network in use", &Scenario::networkInUse},
        {"volumes", &Scenario::volumes},
        {"volume prune", &Scenario::volumePrune},
        {"disk usage", &Scenario::diskUsage},
        {"stop", &Scenario::stop},
        {"remove", &Scenario::remove},
        {"container prune", &Scenario::containerPrune},
        {"network prune", &Scenario::networkPrune},
        {"image removal", &Scenario::removeImage},
        {"image prune", &Scenario::imagePrune},
    };
    return all;
}

Result<docker::CommandReply> Scenario::createIdle(const std::string &name)
{
    return run(docker::CreateContainer{.image = "shop:1", .name = name, .command = {"sleep", "9"}});
}

} // namespace roadstead::test
