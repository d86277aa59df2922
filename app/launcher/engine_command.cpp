// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/engine_command.h"

#include <filesystem>
#include <format>

namespace roadstead::launcher {

namespace {

std::filesystem::path folderOf(const std::string &program)
{
    return std::filesystem::path(program).parent_path();
}

} // namespace

std::vector<std::string> dockerdCommand(const Paths &paths, const AddressPlan &plan,
                                        const EnginePrograms &programs)
{
    std::vector<std::string> command = {
        programs.dockerd,
        "--host=fd://",
        "--config-file=" + paths.dockerdConfig,
        "--data-root=" + paths.dataRoot,
        "--exec-root=" + paths.execRoot,
        "--pidfile=" + paths.dockerdPid,
        "--containerd=" + paths.containerdSocket,
        "--bip=" + plan.bridge(),
        "--dns=" + plan.engineAddress(),
        "--host-gateway-ip=" + plan.hostAddress(),
    };
    for (const std::string &pool : plan.pools()) {
        command.push_back("--default-address-pool=" + pool);
    }
    if (programs.portForwarder) {
        command.push_back("--userland-proxy-path=" + *programs.portForwarder);
    }
    if (programs.runtime) {
        command.push_back("--add-runtime=roadstead=" + *programs.runtime);
        command.emplace_back("--default-runtime=roadstead");
    }
    return command;
}

std::vector<std::string> engineEnvironment(const EnginePrograms &programs)
{
    // Where firewalld runs, dockerd would send its rules to it over the system bus, and firewalld
    // would put them into the host's namespace. A bus that is not there keeps them here. runc talks
    // to systemd over systemd's own socket when it finds no bus.
    std::vector<std::string> environment = {
        "DBUS_SYSTEM_BUS_ADDRESS=unix:path=/run/roadstead-engine/no-bus"};
    std::string path = "PATH=";
    if (programs.runtime) {
        // dockerd's own builder knows no default runtime: it runs what PATH calls runc.
        path += (folderOf(*programs.runtime) / "path").string() + ":";
    }
    path += "/usr/sbin:/usr/bin:/sbin:/bin";
    // An archive of Docker's has what dockerd and containerd start in the folder of these.
    for (const std::string &program : {programs.dockerd, programs.containerd}) {
        if (const std::string folder = folderOf(program);
            !path.contains(folder + ":") && !path.ends_with(":" + folder)) {
            path += ":" + folder;
        }
    }
    environment.push_back(std::move(path));
    return environment;
}

std::string dockerdConfig(bool liveRestore, const EngineOptions &options)
{
    // Addresses of registries have no character that would need to be escaped.
    std::string insecure;
    for (const std::string &registry : options.insecureRegistries) {
        insecure += std::format("{}\"{}\"", insecure.empty() ? "" : ", ", registry);
    }
    return std::format("{{\n  \"live-restore\": {},\n  \"insecure-registries\": [{}]\n}}\n",
                       liveRestore, insecure);
}

std::vector<std::string> containerdCommand(const Paths &paths, const EnginePrograms &programs)
{
    return {programs.containerd, "--config", paths.containerdToml, "--log-level", "warn"};
}

std::string containerdConfig(const Paths &paths)
{
    return std::format("version = 2\n"
                       "root = \"{}/containerd/daemon\"\n"
                       "state = \"{}/containerd/daemon\"\n"
                       "disabled_plugins = [\"io.containerd.grpc.v1.cri\"]\n"
                       "\n"
                       "[grpc]\n"
                       "  address = \"{}\"\n",
                       paths.dataRoot, paths.execRoot, paths.containerdSocket);
}

} // namespace roadstead::launcher
