// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/docker/creatable_container.h"

#include <algorithm>
#include <array>
#include <random>
#include <utility>

namespace roadstead::test {

namespace {

using reference::Mount;
using reference::NetworkAttachment;

class Maker
{
public:
    Maker(std::uint32_t seed, const Surroundings &around)
        : m_random(seed)
        , m_around(around)
    {
    }

    docker::CreateContainer make()
    {
        docker::CreateContainer create;
        create.image = m_around.image;
        create.name = "round-trip." + std::to_string(m_random() % 100);
        addProcess(create);
        addEnd(create);
        addHealth(create.health);
        addNetworks(create);
        addVolumes(create);
        addMounts(create);
        addIsolation(create);
        addSecurity(create);
        addDevices(create);
        addProcessorLimits(create.limits);
        addMemoryLimits(create.limits);
        addBlockLimits(create.limits);
        addRest(create);
        return create;
    }

private:
    bool maybe() { return m_random() % 4 == 0; }
    std::int64_t number(std::int64_t least, std::int64_t most)
    {
        return std::uniform_int_distribution<std::int64_t>(least, most)(m_random);
    }
    template<std::size_t count>
    std::string oneOf(const std::array<const char *, count> &texts)
    {
        return texts[m_random() % count];
    }
    /// What shells and the CLI's own syntax could stumble over, with a number to be the only one.
    std::string text()
    {
        return oneOf<10>({"plain", "with space", "it's", "\"quoted\"", "a=b", "-dash", "$HOME;`x`",
                          "a,b", "\u65e5\u672c", "\\back"}) +
               std::to_string(++m_count);
    }
    std::string word() { return "w" + std::to_string(++m_count); }

    template<typename Value, typename Make>
    void set(Value &member, Make make)
    {
        if (maybe()) {
            member = make();
        }
    }
    void set(std::int64_t &member, std::int64_t least, std::int64_t most)
    {
        set(member, [&] { return number(least, most); });
    }
    void set(std::chrono::nanoseconds &member)
    {
        // Engines want a millisecond at least.
        set(member, [this] { return std::chrono::nanoseconds(number(1'000'000, 1LL << 50U)); });
    }
    template<typename Value, typename Make>
    void fill(std::vector<Value> &list, Make make)
    {
        for (std::int64_t count = maybe() ? number(1, 3) : 0; count > 0; --count) {
            list.push_back(make());
        }
    }
    void fill(docker::Pairs &pairs)
    {
        fill(pairs, [this] { return std::pair(word(), maybe() ? std::string() : text()); });
    }

    void addProcess(docker::CreateContainer &create)
    {
        create.command = {"sleep"};
        fill(create.command, [this] { return text(); });
        fill(create.environment, [this] { return maybe() ? word() : word() + "=" + text(); });
        fill(create.labels);
        create.tty = maybe();
        create.interactive = maybe();
        create.attached = {.input = maybe(), .output = maybe(), .errors = maybe()};
        set(create.hostname, [this] { return word() + ".example"; });
        set(create.domainName, [this] { return word() + ".example"; });
        set(create.user,
            [this] { return oneOf<4>({"0", "1000:1000", "daemon", "nobody:nogroup"}); });
        set(create.workingFolder, [this] { return "/work/" + text(); });
        set(create.entrypoint, [this] { return maybe() ? std::string() : text(); });
        fill(create.groups,
             [this] { return maybe() ? "audio" : std::to_string(number(1, 60000)); });
    }

    void addEnd(docker::CreateContainer &create)
    {
        set(create.stopSignal, [this] { return oneOf<4>({"SIGUSR1", "INT", "9", "RTMIN+3"}); });
        set(create.stopTimeout, [this] { return number(-1, 100); });
        if (maybe()) {
            create.restart.name = oneOf<3>({"always", "unless-stopped", "on-failure"});
            create.restart.maximumRetryCount =
                create.restart.name == "on-failure" ? number(0, 9) : 0;
        } else {
            create.autoRemove = maybe();
        }
        set(create.init, [this] { return m_random() % 2 == 0; });
    }

    void addHealth(docker::HealthOptions &health)
    {
        if (maybe()) {
            health.isDisabled = true;
            return;
        }
        set(health.command, [this] { return text(); });
        set(health.interval);
        set(health.timeout);
        set(health.startPeriod);
        set(health.startInterval);
        set(health.retries, 0, 9);
    }

    docker::PortBinding port()
    {
        docker::PortBinding binding;
        binding.containerPort = std::to_string(number(1, 65535));
        binding.protocol = oneOf<3>({"tcp", "udp", "sctp"});
        binding.hostIp = oneOf<4>({"", "::1", "127.0.0.1", "0.0.0.0"});
        binding.hostPort = oneOf<3>({"", "8080", "8000-8010"});
        return binding;
    }

    NetworkAttachment userNetwork(const std::string &target, const char *prefix)
    {
        NetworkAttachment network{.target = target};
        fill(network.aliases, [this] { return word(); });
        set(network.ipv4Address, [&] { return prefix + std::to_string(number(2, 250)); });
        fill(network.linkLocalAddresses,
             [this] { return "169.254.1." + std::to_string(number(2, 250)); });
        set(network.macAddress,
            [this] { return "92:d0:c6:0a:29:" + std::to_string(number(10, 99)); });
        fill(network.driverOptions, [this] { return std::pair(word(), word() + ",\"x=y"); });
        if (m_around.knows28) {
            set(network.gatewayPriority, -9, 9);
        }
        return network;
    }

    void addNetworks(docker::CreateContainer &create)
    {
        switch (m_random() % 5) {
        case 0: // the modes of the CLI
            create.networks = {{.target = oneOf<4>({"bridge", "host", "none", "default"})}};
            break;
        case 1:
            create.networks = {userNetwork(m_around.network, "10.77.3.")};
            set(create.networks.front().ipv6Address,
                [this] { return "fd77::" + std::to_string(number(2, 99)); });
            if (maybe()) {
                create.networks.push_back(userNetwork(m_around.otherNetwork, "10.78.3."));
            }
            break;
        case 2: // shares another one's network, and has no say in it then
            create.networks = {{.target = "container:" + m_around.container}};
            create.hostname.clear();
            create.domainName.clear();
            return;
        default:
            break;
        }
        fill(create.ports, [this] { return port(); });
        fill(create.exposedPorts, [this] { return std::to_string(number(1, 65535)) + "/sctp"; });
        create.publishesAll = maybe();
        fill(create.dnsServers, [this] { return oneOf<2>({"8.8.8.8", "fd00::53"}); });
        fill(create.dnsOptions, [this] { return word() + ":1"; });
        fill(create.dnsSearch, [] { return std::string("example.com"); });
        fill(create.extraHosts, [this] { return word() + oneOf<2>({":::1", ":host-gateway"}); });
        const std::string mode = create.networks.empty() ? "" : create.networks.front().target;
        // Older CLIs take links with "bridge" only where it is not named.
        if (mode != "host" && mode != "none" && (mode != "bridge" || m_around.knows28)) {
            fill(create.links, [this] { return m_around.container + ":" + word(); });
        }
    }

    void addVolumes(docker::CreateContainer &create)
    {
        fill(create.volumes,
             [this] { return oneOf<3>({"/usr:/v/", "named:/v/", "/v/"}) + word(); });
        for (std::string &volume : create.volumes) {
            if (!volume.starts_with("/v/") && maybe()) {
                volume += oneOf<4>({":ro", ":rw", ":z", ":ro,z"});
            }
        }
        set(create.volumeDriver, [] { return std::string("local"); });
        if (maybe()) {
            create.volumesFrom = {m_around.container + oneOf<3>({"", ":ro", ":rw"})};
        }
        fill(create.tmpfs, [this] {
            return std::pair("/t/" + word(), oneOf<3>({"", "rw,size=64m", "noexec,mode=1770"}));
        });
        create.isReadOnly = maybe();
    }

    Mount mount()
    {
        Mount mount{.target = "/m/" + text()};
        mount.isReadOnly = maybe();
        switch (m_random() % (m_around.knows28 ? 4 : 3)) {
        case 0:
            mount.type = "bind";
            mount.source = oneOf<2>({"/usr", "/etc"});
            if (maybe()) {
                mount.bind = reference::BindOptions{.propagation = oneOf<2>({"rslave", "private"}),
                                                    .isNotRecursive = maybe()};
            }
            break;
        case 1:
            if (maybe()) {
                mount.isReadOnly = false; // one without a name may not be
            } else {
                mount.source = word();
            }
            mount.volume = reference::VolumeOptions{.withoutCopy = maybe()};
            fill(mount.volume->labels);
            set(mount.volume->driver, [] { return std::string("local"); });
            if (!mount.volume->driver.empty() && maybe()) {
                mount.volume->driverOptions = {
                    {"type", "tmpfs"}, {"device", "tmpfs"}, {"o", "size=1m,uid=7"}};
            }
            break;
        case 2:
            mount.type = "tmpfs";
            mount.tmpfs = reference::TmpfsOptions{number(0, 1LL << 30U),
                                                  static_cast<std::uint32_t>(number(0, 01777))};
            break;
        default:
            mount.type = "image";
            mount.source = m_around.image;
            mount.isReadOnly = false;
            mount.image = reference::ImageMountOptions{maybe() ? "bin" : ""};
        }
        return mount;
    }

    void addMounts(docker::CreateContainer &create)
    {
        fill(create.mounts, [this] { return mount(); });
        // Engines mount an image once.
        bool seen = false;
        std::erase_if(create.mounts, [&seen](const Mount &mount) {
            return mount.type == "image" && std::exchange(seen, true);
        });
    }

    void addIsolation(docker::CreateContainer &create)
    {
        const std::string shared = "container:" + m_around.container;
        auto &isolation = create.isolation;
        set(isolation.processes, [&] { return m_random() % 2 == 0 ? "host" : shared; });
        set(isolation.users, [] { return std::string("host"); });
        set(isolation.controlGroup, [this] { return oneOf<2>({"private", "host"}); });
        set(isolation.communication,
            [&] { return maybe() ? shared : oneOf<4>({"private", "shareable", "host", "none"}); });
        if (create.hostname.empty()) {
            set(isolation.names, [] { return std::string("host"); });
        }
    }

    void addSecurity(docker::CreateContainer &create)
    {
        create.isPrivileged = maybe();
        constexpr std::array<const char *, 6> capabilities{"NET_ADMIN", "sys_ptrace", "CAP_CHOWN",
                                                           "ALL",       "kill",       "Net_Admin"};
        fill(create.addedCapabilities, [&] { return oneOf(capabilities); });
        fill(create.droppedCapabilities, [&] { return oneOf(capabilities); });
        fill(create.securityOptions, [this] {
            if (maybe()) {
                return docker::SecurityOption{"seccomp=" + m_around.profile, m_around.profileText};
            }
            return docker::SecurityOption{
                oneOf<6>({"no-new-privileges", "no-new-privileges=false", "seccomp=unconfined",
                          "apparmor=unconfined", "label=type:svirt_t", "systempaths=unconfined"}),
                {}};
        });
    }

    void addDevices(docker::CreateContainer &create)
    {
        fill(create.devices, [this] {
            return reference::DeviceMapping{"/dev/null", "/dev/" + word(),
                                            oneOf<3>({"r", "rw", "rwm"})};
        });
        fill(create.cdiDevices, [this] { return "vendor.com/class=" + word(); });
        fill(create.deviceRules, [this] { return oneOf<2>({"c 1:* rw", "b 8:16 r"}); });
        if (maybe()) {
            reference::DeviceRequest gpu;
            fill(gpu.ids, [this] { return word(); });
            gpu.count = gpu.ids.empty() ? number(-1, 4) : 0;
            set(gpu.driver, [this] { return word(); });
            fill(gpu.capabilities, [this] { return word(); });
            fill(gpu.options);
            create.gpus = {gpu};
        }
    }

    void addProcessorLimits(docker::ResourceLimits &limits)
    {
        if (maybe()) {
            limits.processors = number(10'000'000, 1'000'000'000);
        } else {
            set(limits.cpuPeriod, 1000, 1'000'000);
            set(limits.cpuQuota, 1000, 1'000'000);
        }
        set(limits.cpuShares, 2, 262'144);
        set(limits.cpus, [] { return std::string("0"); });
        set(limits.memoryNodes, [] { return std::string("0"); });
        set(limits.processes, -1, 5000);
    }

    void addMemoryLimits(docker::ResourceLimits &limits)
    {
        constexpr std::int64_t least = 6LL << 20U;
        set(limits.memory, 2 * least, 1LL << 40U);
        set(limits.memoryReservation, least, 2 * least);
        if (limits.memory != 0) {
            set(limits.memorySwap, [&] { return maybe() ? -1 : limits.memory * 2; });
        }
        set(limits.memorySwappiness, 0, 100);
        limits.withoutOutOfMemoryKiller = maybe();
        set(limits.outOfMemoryScore, -1000, 1000);
        set(limits.sharedMemory, 1, 1LL << 40U);
        if (maybe()) {
            limits.ulimits = {{"nofile", number(0, 9), number(9, 99)}, {"core", -1, -1}};
        }
    }

    void addBlockLimits(docker::ResourceLimits &limits)
    {
        const auto rate = [this] {
            return reference::DeviceRate{"/dev/" + word(),
                                         static_cast<std::uint64_t>(number(1, 1LL << 40U))};
        };
        set(limits.blockWeight, [this] { return static_cast<std::uint16_t>(number(10, 1000)); });
        fill(limits.blockWeights, [this] {
            return reference::DeviceWeight{"/dev/" + word(),
                                           static_cast<std::uint16_t>(number(10, 1000))};
        });
        fill(limits.readBytes, rate);
        fill(limits.writeBytes, rate);
        fill(limits.readOperations, rate);
        fill(limits.writeOperations, rate);
    }

    void addRest(docker::CreateContainer &create)
    {
        set(create.logDriver,
            [this] { return oneOf<4>({"json-file", "local", "none", "syslog"}); });
        if (create.logDriver == "json-file" || create.logDriver == "local") {
            create.logOptions = {{"max-size", "10m"}, {"max-file", "3"}};
        }
        if (create.logDriver == "json-file") {
            create.logOptions.emplace_back("tag", text());
        }
        fill(create.sysctls, [this] { return std::pair("net." + word(), text()); });
        fill(create.annotations);
        set(create.cgroupParent, [this] { return "/" + word(); });
        set(create.runtime, [this] { return oneOf<2>({"runc", "io.containerd.runc.v2"}); });
        set(create.platform, [this] { return m_around.platform; });
        set(create.pull, [] { return docker::PullPolicy::Never; });
        create.pullsQuietly = maybe();
        set(create.idFile, [this] { return m_around.idFile; });
    }

    std::mt19937 m_random;
    const Surroundings &m_around;
    int m_count = 0;
};

} // namespace

docker::CreateContainer creatableContainer(std::uint32_t seed, const Surroundings &around)
{
    return Maker(seed, around).make();
}

} // namespace roadstead::test
