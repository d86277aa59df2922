// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/build/builder_listing.h"

#include "engine/service/build/buildx_tool.h"
#include "engine/service/pending.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

namespace roadstead::service {

namespace {

constexpr std::chrono::seconds listPatience{60}; ///< it asks every builder, and waits for each

/// It ends with a fault where one of the builders cannot be had, and tells the others.
Result<Builders> buildersIn(const Result<BuildxOutput> &output)
{
    if (!output) {
        return std::unexpected(output.error());
    }
    Builders builders = build::readBuilders(output->printed);
    if (builders.empty() && output->exitStatus != 0) {
        return std::unexpected(Error{kindOfBuildxFailure(output->complaint), output->exitStatus,
                                     reasonOfBuildx(output->complaint), "builder.list"});
    }
    return builders;
}

/// Of older versions of buildx, which do not say it in the list.
void askCurrent(BuildxTool *tool, const docker::CliEngine &engine, Builders builders,
                const std::shared_ptr<Pending<Builders>> &pending)
{
    tool->ask(engine, {"buildx", "inspect"}, listPatience)
        .then(tool, [pending, builders = std::move(builders)](
                        const Result<BuildxOutput> &inspected) mutable {
            if (inspected) {
                const std::string name = build::inspectedName(inspected->printed);
                for (build::Builder &each : builders) {
                    each.isCurrent = each.name == name;
                }
            }
            pending->finish(std::move(builders));
        });
}

} // namespace

Operation<Builders> listBuilders(BuildxTool *tool, const docker::CliEngine &engine)
{
    const auto pending = std::make_shared<Pending<Builders>>();
    const auto asked = tool->ask(engine, {"buildx", "ls", "--format", "json"}, listPatience);
    asked.then(tool, [tool, engine, pending](const Result<BuildxOutput> &output) {
        Result<Builders> builders = buildersIn(output);
        const bool isTold = !builders || std::ranges::all_of(*builders, [](const auto &each) {
            return each.isCurrent.has_value();
        });
        isTold ? pending->finish(std::move(builders))
               : askCurrent(tool, engine, std::move(*builders), pending);
    });
    return {pending->future(), [asked] { asked.cancel(); }};
}

bool isEnginesOwn(const build::Builder &builder)
{
    return builder.driver == "docker";
}

bool isBuilderOf(const docker::CliEngine &engine, const build::Builder &builder,
                 const context::ContextStore &contexts)
{
    const std::string own = engine.context.empty() ? "default" : engine.context;
    if (isEnginesOwn(builder)) {
        return builder.name == own;
    }
    return builder.driver != "docker-container" ||
           std::ranges::any_of(builder.nodes, [&](const build::BuilderNode &node) {
               if (node.endpoint == own) {
                   return true;
               }
               const auto named = contexts.read(node.endpoint);
               return !engine.host.empty() && (named ? named->host : node.endpoint) == engine.host;
           });
}

} // namespace roadstead::service
