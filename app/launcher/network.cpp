// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/network.h"

#include "app/launcher/failures.h"
#include "app/launcher/files.h"
#include "app/launcher/process.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <net/if.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <sys/wait.h>

#include <filesystem>
#include <format>

namespace roadstead::launcher {

namespace {

constexpr auto ownNamespace = "/proc/self/ns/net";

bool isHandle(const char *path)
{
    struct statfs info{};
    return statfs(path, &info) == 0 && info.f_type == NSFS_MAGIC;
}

void removeHandle(const char *path)
{
    while (isHandle(path) && umount2(path, MNT_DETACH | UMOUNT_NOFOLLOW) == 0) {
    }
    unlink(path);
}

Result<void> makeHandleFile(const char *path)
{
    removeHandle(path);
    const Descriptor file(open(path, O_RDONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0444));
    return file.isOpen() ? Result<void>{} : ioFailure("launcher.namespace", path);
}

/// In a process of its own, so that the launcher itself never leaves the host's namespace.
Result<void> makeNamespace(const char *path)
{
    auto child = startChild([path] {
        if (unshare(CLONE_NEWNET) != 0 ||
            mount(ownNamespace, path, nullptr, MS_BIND, nullptr) != 0) {
            return errno;
        }
        return 0;
    });
    int status = 0;
    if (!child || waitpid(*child, &status, 0) != *child || !WIFEXITED(status)) {
        return failure(ErrorKind::Internal, "launcher.namespace", path);
    }
    if (WEXITSTATUS(status) != 0) {
        errno = WEXITSTATUS(status);
        return ioFailure("launcher.namespace", path);
    }
    return {};
}

Result<void> configureHostEnd(const Paths &paths, const AddressPlan &plan, bool withIpv6)
{
    std::string batch = std::format("link add {0} type veth peer name {1} netns {2}\n"
                                    "address add {3}/30 dev {0}\n",
                                    paths.link, uplinkName, paths.netns, plan.hostAddress());
    if (withIpv6) {
        batch += std::format("address add {}/126 dev {} nodad\n", plan.hostAddress6(), paths.link);
    }
    batch += std::format("link set {} up\n", paths.link);
    auto done = requireTool("ip", {"-batch", "-"}, {.input = batch});
    return done ? Result<void>{} : std::unexpected(done.error());
}

Result<void> configureEngineEnd(const Paths &paths, const AddressPlan &plan, bool withIpv6)
{
    std::string batch = std::format("link set lo up\n"
                                    "address add {1}/30 dev {0}\n"
                                    "link set {0} up\n"
                                    "route add default via {2}\n",
                                    uplinkName, plan.engineAddress(), plan.hostAddress());
    if (withIpv6) {
        batch += std::format("address add {1}/126 dev {0} nodad\n"
                             "route add ::/0 via {2} dev {0}\n",
                             uplinkName, plan.engineAddress6(), plan.hostAddress6());
    }
    auto done =
        requireTool("ip", {"-batch", "-"}, {.input = batch, .namespaceHandle = paths.netns});
    return done ? Result<void>{} : std::unexpected(done.error());
}

/// Addresses of the host can be bound inside: dockerd 28 binds what it publishes in its own
/// namespace before it hands the port to the forwarder. In a process of its own, as above.
Result<void> allowForeignAddresses(const Paths &paths)
{
    auto child = startChild([&paths] {
        if (!enterNetwork(paths.netns)) {
            return 1;
        }
        const auto done = writeKernelFile("/proc/sys/net/ipv4/ip_nonlocal_bind", "1");
        (void)writeKernelFile("/proc/sys/net/ipv6/ip_nonlocal_bind", "1");
        return done ? 0 : 1;
    });
    int status = 0;
    if (!child || waitpid(*child, &status, 0) != *child || status != 0) {
        return failure(ErrorKind::Io, "launcher.namespace", "ip_nonlocal_bind");
    }
    return {};
}

/// Whatever leaves the engine carries the engine's own address, also from containers that dockerd
/// does not masquerade (IPv6 before version 27).
Result<void> masqueradeInside(const Paths &paths)
{
    const std::string rules =
        std::format("table inet roadstead {{\n"
                    "  chain leaving {{\n"
                    "    type nat hook postrouting priority srcnat + 10; policy accept;\n"
                    "    oifname \"{}\" masquerade\n"
                    "  }}\n"
                    "}}\n",
                    uplinkName);
    auto done = requireTool("nft", {"-f", "-"}, {.input = rules, .namespaceHandle = paths.netns});
    return done ? Result<void>{} : std::unexpected(done.error());
}

} // namespace

Result<void> keepHostNamespace()
{
    struct stat handle{};
    struct stat own{};
    if (stat(ownNamespace, &own) != 0) {
        return ioFailure("launcher.namespace", ownNamespace);
    }
    if (stat(hostNetns, &handle) == 0 && handle.st_dev == own.st_dev &&
        handle.st_ino == own.st_ino) {
        return {};
    }
    if (auto made = makeHandleFile(hostNetns); !made) {
        return made;
    }
    if (mount(ownNamespace, hostNetns, nullptr, MS_BIND, nullptr) != 0) {
        return ioFailure("launcher.namespace", hostNetns);
    }
    return {};
}

bool networkExists(const Paths &paths)
{
    return isHandle(paths.netns.c_str()) && if_nametoindex(paths.link.c_str()) != 0;
}

Result<void> makeNetwork(const Paths &paths, const AddressPlan &plan)
{
    const bool withIpv6 = std::filesystem::exists("/proc/sys/net/ipv6");
    return makeHandleFile(paths.netns.c_str())
        .and_then([&] { return makeNamespace(paths.netns.c_str()); })
        .and_then([&] { return configureHostEnd(paths, plan, withIpv6); })
        .and_then([&] { return configureEngineEnd(paths, plan, withIpv6); })
        .and_then([&] { return allowForeignAddresses(paths); })
        .and_then([&] { return masqueradeInside(paths); });
}

void removeNetwork(const Paths &paths)
{
    if (if_nametoindex(paths.link.c_str()) != 0) {
        (void)runTool("ip", {"link", "delete", paths.link});
    }
    removeHandle(paths.netns.c_str());
}

bool dropHostNamespace()
{
    std::error_code error;
    for (const auto &entry : std::filesystem::directory_iterator(runtimeRoot, error)) {
        if (isHandle((entry.path() / "netns").c_str())) {
            return false;
        }
    }
    removeHandle(hostNetns);
    return true;
}

} // namespace roadstead::launcher
