// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/configure.h"

#include "app/launcher/address_plan.h"
#include "app/launcher/engine_command.h"
#include "app/launcher/engine_programs.h"
#include "app/launcher/failures.h"
#include "app/launcher/files.h"
#include "app/launcher/process.h"
#include "engine/base/files.h"

#include <fcntl.h>

#include <algorithm>
#include <filesystem>

namespace roadstead::launcher {

namespace {

/// The first whose dockerd can look through a configuration without running.
constexpr EngineVersion firstToValidate{23, 0};

/// Has dockerd look through what it will be given.
Result<void> letDockerdRead(const Paths &paths, const EngineOptions &options)
{
    const auto programs = findEnginePrograms();
    if (!programs) {
        return std::unexpected(programs.error());
    }
    if (programs->version < firstToValidate) {
        return {};
    }
    // Of the addresses nothing depends on which.
    const auto plan = choosePlan(static_cast<uid_t>(std::stoul(paths.uid)), {});
    if (!plan) {
        return std::unexpected(plan.error());
    }
    std::vector<std::string> arguments = dockerdCommand(paths, *plan, *programs);
    arguments.erase(arguments.begin());
    std::ranges::replace(arguments, "--config-file=" + paths.dockerdConfig,
                         std::string("--config-file=/proc/self/fd/0"));
    arguments.emplace_back("--validate");
    const auto looked = requireTool(programs->dockerd, std::move(arguments),
                                    {.input = dockerdConfig(true, options)});
    return looked
               ? Result<void>()
               : failure(ErrorKind::InvalidArgument, "launcher.configure", looked.error().detail);
}

} // namespace

Result<void> configureEngine(const Paths &paths)
{
    const auto text = readFile("/proc/self/fd/0", longestEngineOptions);
    if (!text) {
        return std::unexpected(text.error());
    }
    const auto options = parseEngineOptions(*text);
    if (!options) {
        return std::unexpected(options.error());
    }
    if (const auto present = readRootFile(paths.configured); present && *present == *text) {
        return {};
    }
    if (auto fine = letDockerdRead(paths, *options); !fine) {
        return fine;
    }
    const std::string folder = std::filesystem::path(paths.configured).parent_path();
    return roadstead::makeFolders(folder, 0755).and_then([&] {
        return replaceFile(paths.configured, *text, 0644);
    });
}

Result<MarkedOptions> readOptions(const std::string &path)
{
    auto text = readRootFile(path);
    if (!text && text.error().code == ENOENT) {
        text = std::string();
    }
    return text.and_then([](const std::string &content) {
        return parseEngineOptions(content).transform([&](EngineOptions &&options) {
            return MarkedOptions{std::move(options), engineOptionsMark(content)};
        });
    });
}

} // namespace roadstead::launcher
