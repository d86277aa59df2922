// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/engine_programs.h"

#include "app/launcher/process.h"
#include "engine/base/engine_paths.h"

#include <charconv>
#include <filesystem>
#include <format>

namespace roadstead::launcher {

namespace {

/// A program of ours, in the folder that the launcher itself is in.
std::optional<std::string> ownProgram(const char *name)
{
    std::error_code error;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
    auto program = checkProgram(self.parent_path() / name);
    return program ? std::optional(*program) : std::nullopt;
}

} // namespace

std::string EngineVersion::text() const
{
    return std::format("{}.{:02}", major, minor); // 20.10, 26.01: as Docker counts
}

std::optional<EngineVersion> parseVersion(std::string_view output)
{
    constexpr std::string_view prefix = "version ";
    const std::size_t start = output.find(prefix);
    if (start == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view rest = output.substr(start + prefix.size());
    EngineVersion version;
    const char *end = rest.data() + rest.size();
    const auto major = std::from_chars(rest.data(), end, version.major);
    if (major.ec != std::errc() || major.ptr == end || *major.ptr != '.') {
        return std::nullopt;
    }
    const auto minor = std::from_chars(major.ptr + 1, end, version.minor);
    if (minor.ec != std::errc() || version.major < 0 || version.minor < 0) {
        return std::nullopt;
    }
    return version;
}

Result<EnginePrograms> findEnginePrograms()
{
    auto dockerd = findProgramAt(dockerdPaths);
    auto containerd = findProgramAt(containerdPaths);
    for (const auto *program : {&dockerd, &containerd}) {
        if (!*program) {
            return std::unexpected(program->error());
        }
    }
    const auto output = requireTool(*dockerd, {"--version"});
    if (!output) {
        return std::unexpected(output.error());
    }
    const auto version = parseVersion(*output);
    if (!version || *version < oldestEngine) {
        return failure(ErrorKind::UnsupportedVersion, "launcher.programs",
                       version ? version->text() : "unknown");
    }
    return EnginePrograms{*dockerd, *containerd, ownProgram("roadstead-port"),
                          ownProgram("roadstead-runtime"), *version};
}

} // namespace roadstead::launcher
