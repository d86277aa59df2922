// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/vectors/cli_meaning.h"

#include "engine/reference/image_reference.h"
#include "engine/reference/numbers.h"
#include "engine/reference/options.h"

#include <optional>

namespace roadstead::test {

namespace {

using docker::ApiRequest;
using docker::Target;

std::optional<std::int64_t> memoryOf(const CliLine &line, const char *option)
{
    return line.has(option) ? std::optional(reference::parseSwap(line.value(option)).value_or(0))
                            : std::nullopt;
}

std::optional<std::int64_t> numberOf(const CliLine &line, const char *option)
{
    return line.has(option) ? std::optional(number(line.value(option))) : std::nullopt;
}

/// A name with "latest" where it has no tag, as commit and tag want it.
Result<docker::ImageName> nameOf(const std::string &text)
{
    const auto parsed = reference::parseNormalized(text);
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    if (!parsed->digest.empty()) {
        return failure(ErrorKind::InvalidArgument, {}, "a digest is no tag");
    }
    const auto tagged = reference::withDefaultTag(*parsed);
    return docker::ImageName{tagged.name(), tagged.tag, text};
}

Requests ps(const CliLine &line)
{
    docker::ListContainers list;
    list.all = line.isSet("all");
    list.limit = static_cast<int>(number(line.value("last")));
    if (line.isSet("latest")) {
        list.limit = 1;
    }
    list.size = line.isSet("size");
    list.filters = filtersOf(line);
    return asked(list);
}

Requests images(const CliLine &line)
{
    docker::ListImages list;
    list.all = line.isSet("all");
    list.filters = filtersOf(line);
    if (!line.operands.empty()) {
        list.filters.emplace_back("reference", line.operand(0));
    }
    return asked(list);
}

template<typename Value>
Requests ending(const CliLine &line)
{
    const std::string time = line.value("time") + line.value("timeout");
    return each(line, [&](const Target &target) {
        Value value{target};
        if (!time.empty()) {
            value.timeoutSeconds = static_cast<int>(number(time));
        }
        value.signal = line.value("signal");
        return sent(value);
    });
}

Requests logs(const CliLine &line)
{
    docker::ReadLogs read;
    // The reference's container.
    read.container = {std::string(64, 'a'), line.operand(0)};
    const std::string tail = line.value("tail");
    read.options.tail = tail.empty() || tail == "all" ? -1 : static_cast<int>(number(tail));
    read.options.follow = line.isSet("follow");
    read.options.timestamps = line.isSet("timestamps");
    read.options.details = line.isSet("details");
    read.options.since = line.value("since");
    read.options.until = line.value("until");
    return all({asked(docker::InspectContainer{first(line)}), asked(read)});
}

Requests events(const CliLine &line)
{
    return asked(docker::EventOptions{line.value("since"), line.value("until"), filtersOf(line)});
}

Requests update(const CliLine &line)
{
    docker::UpdateContainer update;
    update.memory = memoryOf(line, "memory");
    update.memoryReservation = memoryOf(line, "memory-reservation");
    update.memorySwap = memoryOf(line, "memory-swap");
    if (line.has("cpus")) {
        const auto cpus = reference::parseProcessors(line.value("cpus"));
        if (!cpus) {
            return std::unexpected(cpus.error());
        }
        update.nanoCpus = *cpus;
    }
    update.cpuShares = numberOf(line, "cpu-shares");
    update.cpuPeriod = numberOf(line, "cpu-period");
    update.cpuQuota = numberOf(line, "cpu-quota");
    update.realtimePeriod = numberOf(line, "cpu-rt-period");
    update.realtimeRuntime = numberOf(line, "cpu-rt-runtime");
    update.cpus = line.value("cpuset-cpus");
    update.memoryNodes = line.value("cpuset-mems");
    update.pidsLimit = numberOf(line, "pids-limit");
    if (const auto weight = numberOf(line, "blkio-weight")) {
        update.blockWeight = static_cast<int>(*weight);
    }
    if (line.has("restart")) {
        const auto policy = reference::parseRestartPolicy(line.value("restart"));
        if (!policy) {
            return std::unexpected(policy.error());
        }
        update.restartPolicy = policy->name;
        update.restartMaximum = static_cast<int>(policy->maximumRetryCount);
    }
    return each(line, [&](const Target &target) {
        update.container = target;
        return sent(update);
    });
}

Requests commit(const CliLine &line)
{
    docker::CommitContainer commit{.container = first(line)};
    if (line.operands.size() > 1) {
        const auto name = nameOf(line.operand(1));
        if (!name) {
            return std::unexpected(name.error());
        }
        commit.image = *name;
    }
    commit.author = line.value("author");
    commit.comment = line.value("message");
    commit.changes = line.values("change");
    commit.pause = !line.has("pause") || line.isSet("pause");
    return sent(commit);
}

Requests pull(const CliLine &line)
{
    const auto parsed = reference::parseNormalized(line.operand(0));
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    const bool everything = line.isSet("all-tags");
    if (everything && !parsed->isNameOnly()) {
        return failure(ErrorKind::InvalidArgument, {}, "tag can't be used with --all-tags/-a");
    }
    const auto full = reference::withDefaultTag(*parsed);
    return sent(docker::PullImage{
        {full.name(), full.digest.empty() ? full.tag : full.digest, line.operand(0)},
        everything,
        line.value("platform")});
}

Requests push(const CliLine &line)
{
    const auto parsed = reference::parseNormalized(line.operand(0));
    const bool everything = line.isSet("all-tags");
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    if (!parsed->digest.empty() || (everything && !parsed->isNameOnly())) {
        return failure(ErrorKind::InvalidArgument, {}, "cannot push a digest reference");
    }
    docker::PushImage push{.image = {parsed->name(), parsed->tag, line.operand(0)},
                           .allTags = everything};
    if (line.has("platform")) {
        const auto platform = reference::parsePlatform(line.value("platform"));
        if (!platform) {
            return std::unexpected(platform.error());
        }
        push.platform = {platform->system, platform->architecture, platform->variant};
    }
    return sent(push);
}

Requests tag(const CliLine &line)
{
    const auto source = reference::parseAnyReference(line.operand(0));
    const auto name = nameOf(line.operand(1));
    if (!source || !name) {
        return std::unexpected(source ? name.error() : source.error());
    }
    return sent(docker::TagImage{first(line), *name});
}

Requests import(const CliLine &line)
{
    if (!line.operand(1).empty()) {
        if (const auto name = reference::parseNormalized(line.operand(1)); !name) {
            return std::unexpected(name.error());
        }
    }
    return sent(docker::ImportImage{line.operand(0), line.operand(1), line.value("message"),
                                    line.values("change"), line.value("platform")});
}

Requests save(const CliLine &line)
{
    docker::SaveImages save;
    for (const std::string &image : line.operands) {
        save.images.push_back({image, image});
    }
    return asked(save);
}

Requests exec(const CliLine &line)
{
    docker::CreateExec exec{.container = first(line)};
    exec.command.assign(line.operands.begin() + 1, line.operands.end());
    exec.environment = line.values("env");
    exec.user = line.value("user");
    exec.workingDirectory = line.value("workdir");
    exec.detachKeys = line.value("detach-keys");
    exec.detached = line.isSet("detach");
    exec.input = line.isSet("interactive");
    exec.tty = line.isSet("tty");
    exec.privileged = line.isSet("privileged");
    // The reference's id.
    const docker::StartExec start{std::string(64, 'd'), exec.detached, exec.tty, 0, 0};
    return all({asked(docker::InspectContainer{first(line)}), sent(exec),
                std::vector<ApiRequest>{start.request(spoken)}});
}

} // namespace

const std::map<std::string, Maker> &containerMeanings()
{
    using namespace docker;
    static const std::map<std::string, Maker> table{
        {"ps", ps},
        {"container ls", ps},
        {"images", images},
        {"image ls", images},
        {"inspect", look<InspectContainer>()},
        {"container inspect", look<InspectContainer>()},
        {"port", look<InspectContainer>()},
        {"start", change<StartContainer>()},
        {"stop", ending<StopContainer>},
        {"restart", ending<RestartContainer>},
        {"pause", change<PauseContainer>()},
        {"unpause", change<UnpauseContainer>()},
        {"wait", look<WaitContainer>()},
        {"diff", look<ListChanges>()},
        {"export", look<ExportContainer>()},
        {"history", look<ImageHistory>()},
        {"image inspect", look<InspectImage>()},
        {"logs", logs},
        {"events", events},
        {"system events", events},
        {"update", update},
        {"commit", commit},
        {"pull", pull},
        {"push", push},
        {"tag", tag},
        {"import", import},
        {"save", save},
        {"exec", exec},
        {"kill",
         [](const CliLine &line) {
             return each(line, [&](const Target &target) {
                 return sent(KillContainer{target, line.value("signal")});
             });
         }},
        {"rename",
         [](const CliLine &line) { return sent(RenameContainer{first(line), line.operand(1)}); }},
        {"rm",
         [](const CliLine &line) {
             return each(line, [&](const Target &target) {
                 return sent(RemoveContainer{target, line.isSet("force"), line.isSet("volumes")});
             });
         }},
        {"rmi",
         [](const CliLine &line) {
             return each(line, [&](const Target &target) {
                 return sent(RemoveImage{target, line.isSet("force"), line.isSet("no-prune")});
             });
         }},
        {"top",
         [](const CliLine &line) {
             return asked(
                 TopContainer{first(line), {line.operands.begin() + 1, line.operands.end()}});
         }},
        {"search",
         [](const CliLine &line) {
             return asked(SearchImages{
                 line.operand(0), static_cast<int>(number(line.value("limit"))), filtersOf(line)});
         }},
        {"load", [](const CliLine &line) { return sent(LoadImage{line.value("input")}); }},
        {"info", [](const CliLine &) { return asked(AskInfo{}); }},
        {"version", [](const CliLine &) { return asked(AskVersion{}); }},
        {"system info", [](const CliLine &) { return asked(AskInfo{}); }},
        {"system df", [](const CliLine &) { return asked(AskDiskUsage{}); }},
        {"image prune",
         [](const CliLine &line) { return sent(PruneImages{line.isSet("all"), filtersOf(line)}); }},
        {"container prune",
         [](const CliLine &line) { return sent(PruneContainers{filtersOf(line)}); }}};
    return table;
}

} // namespace roadstead::test
