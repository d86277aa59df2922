// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The OCI runtime of the embedded engine: runc, told that `--network host` means the host. See
// README.md. Runs as root.
#include "app/caller/caller.h"
#include "app/runtime/command_line.h"
#include "app/runtime/spec_file.h"
#include "engine/base/engine_paths.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <unistd.h>
#include <vector>

namespace {

using namespace roadstead;

constexpr const char *hostNamespacePath = "/run/roadstead-engine/host.netns";

/// dockerd asks for the version and builds with it; containerd's shim runs containers.
Result<pid_t> checkParent()
{
    std::vector<std::string_view> programs(dockerdPaths.begin(), dockerdPaths.end());
    programs.insert(programs.end(), containerdPaths.begin(), containerdPaths.end());
    programs.insert(programs.end(), containerdShimPaths.begin(), containerdShimPaths.end());
    return checkCaller(programs);
}

int fail(const char *what, const std::string &why)
{
    std::fprintf(stderr, "roadstead-runtime: %s: %s\n", what, why.c_str());
    return EXIT_FAILURE;
}

} // namespace

int main(int argc, char **argv)
{
    if (const Result<pid_t> parent = checkParent(); !parent) {
        return fail("run by the engine only", parent.error().detail);
    }
    const std::vector<std::string_view> arguments(argv + std::min(argc, 1), argv + argc);
    if (const auto bundle = runtime::bundleOf(arguments)) {
        const Result<void> edited = runtime::editSpec(std::string(*bundle), hostNamespacePath);
        if (!edited) {
            return fail("the container's configuration cannot be used", edited.error().detail);
        }
    }
    const auto *const runc = std::ranges::find_if(
        runcPaths, [](std::string_view path) { return isRootsOwnFile(std::string(path)); });
    if (runc == runcPaths.end()) {
        return fail("runc", "not found in the folders of the system");
    }
    // The arguments as they came, and the environment too: runc passes parts of it on by design.
    std::string name(*runc);
    argv[0] = name.data();
    execv(name.c_str(), argv);
    return fail(name.c_str(), std::strerror(errno));
}
