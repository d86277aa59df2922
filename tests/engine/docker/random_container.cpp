// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/docker/random_container.h"

#include <array>
#include <random>

namespace roadstead::test {

namespace {

class Maker
{
public:
    explicit Maker(std::uint32_t seed)
        : m_random(seed)
    {
    }

    docker::CreateContainer make()
    {
        docker::CreateContainer create;
        create.image = m_random() % 8 == 0 ? "reg.example:5000/a/b:1" : "nginx";
        addProcess(create);
        addNetwork(create);
        addStorage(create);
        addIsolation(create);
        addLimits(create.limits);
        addRest(create);
        return create;
    }

private:
    bool maybe() { return m_random() % 3 == 0; }
    std::int64_t number(std::int64_t least, std::int64_t most)
    {
        return std::uniform_int_distribution<std::int64_t>(least, most)(m_random);
    }

    /// What shells and the CLI's own syntax could stumble over, with a number to be the only one.
    std::string text()
    {
        constexpr std::array<const char *, 10> texts{
            "plain", "with space", "it's", "\"quoted\"",     "a=b",
            "-dash", "$HOME;`x`",  "a,b",  "\u65e5\u672c\n", "\\back"};
        return texts[m_random() % texts.size()] + std::to_string(++m_count);
    }
    std::string word() { return "w" + std::to_string(++m_count); }
    std::string path() { return "/p/" + text(); }

    void set(std::string &member)
    {
        if (maybe()) {
            member = text();
        }
    }
    void set(bool &member) { member = maybe(); }
    void set(std::int64_t &member, std::int64_t least, std::int64_t most)
    {
        if (maybe()) {
            member = number(least, most);
        }
    }
    void set(std::chrono::nanoseconds &member)
    {
        if (maybe()) {
            member = std::chrono::nanoseconds(number(1, 1LL << 50U));
        }
    }
    template<typename Value, typename Make>
    void fill(std::vector<Value> &list, Make make)
    {
        for (std::int64_t count = maybe() ? number(1, 3) : 0; count > 0; --count) {
            list.push_back(make());
        }
    }
    void fill(std::vector<std::string> &list)
    {
        fill(list, [this] { return text(); });
    }
    void fill(docker::Pairs &pairs)
    {
        fill(pairs, [this] { return std::pair(word(), maybe() ? std::string() : text()); });
    }

    void addProcess(docker::CreateContainer &create)
    {
        set(create.name);
        fill(create.command);
        fill(create.environment, [this] { return maybe() ? word() : word() + "=" + text(); });
        fill(create.labels);
        set(create.tty);
        set(create.interactive);
        set(create.attached.input);
        set(create.attached.output);
        set(create.attached.errors);
        set(create.hostname);
        set(create.domainName);
        set(create.user);
        set(create.workingFolder);
        if (maybe()) {
            create.entrypoint = maybe() ? std::string() : text();
        }
        set(create.stopSignal);
        if (maybe()) {
            create.stopTimeout = number(-1, 100);
        }
        addHealth(create.health);
        if (maybe()) {
            create.restart = {"on-failure", number(0, 9)};
        } else {
            set(create.autoRemove);
        }
        if (maybe()) {
            create.init = maybe();
        }
    }

    void addHealth(docker::HealthOptions &health)
    {
        if (maybe()) {
            health.isDisabled = true;
            return;
        }
        set(health.command);
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
        binding.protocol = maybe() ? "udp" : "tcp";
        binding.hostIp = maybe() ? "::1" : maybe() ? "127.0.0.1" : "";
        binding.hostPort = maybe() ? "8000-8010" : maybe() ? "80" : "";
        return binding;
    }

    void addNetwork(docker::CreateContainer &create)
    {
        fill(create.ports, [this] { return port(); });
        fill(create.exposedPorts, [this] { return std::to_string(number(1, 65535)) + "/sctp"; });
        set(create.publishesAll);
        fill(create.networks, [this] { return network(); });
        fill(create.dnsServers, [] { return std::string("8.8.8.8"); });
        fill(create.dnsOptions);
        fill(create.dnsSearch, [] { return std::string("example.com"); });
        fill(create.extraHosts, [this] { return word() + ":::1"; });
        fill(create.links, [this] { return word() + ":" + word(); });
    }

    reference::NetworkAttachment network()
    {
        reference::NetworkAttachment network;
        network.target = word();
        fill(network.aliases, [this] { return word(); });
        network.ipv4Address = maybe() ? "10.0.0.5" : "";
        network.ipv6Address = maybe() ? "fd00::5" : "";
        fill(network.linkLocalAddresses, [] { return std::string("169.254.1.1"); });
        network.macAddress = maybe() ? "92:d0:c6:0a:29:33" : "";
        fill(network.driverOptions, [this] { return std::pair(word(), word() + ",\"x=y"); });
        set(network.gatewayPriority, -9, 9);
        return network;
    }

    reference::Mount mount()
    {
        reference::Mount mount{.source = path(), .target = path()};
        mount.isReadOnly = maybe();
        switch (m_random() % 4) {
        case 0:
            mount.type = "bind";
            mount.bind = reference::BindOptions{.propagation = maybe() ? "rslave" : "",
                                                .isNotRecursive = maybe(),
                                                .createsSource = maybe()};
            break;
        case 1:
            mount.volume = reference::VolumeOptions{.withoutCopy = maybe()};
            fill(mount.volume->labels);
            fill(mount.volume->driverOptions);
            set(mount.volume->driver);
            set(mount.volume->subpath);
            break;
        case 2:
            mount.type = "tmpfs";
            mount.source.clear();
            mount.tmpfs = reference::TmpfsOptions{number(0, 1LL << 40U),
                                                  static_cast<std::uint32_t>(number(0, 01777))};
            break;
        default:
            mount.type = "image";
            mount.image = reference::ImageMountOptions{maybe() ? text() : std::string()};
        }
        return mount;
    }

    void addStorage(docker::CreateContainer &create)
    {
        fill(create.volumes, [this] { return maybe() ? path() : word() + ":" + path() + ":ro"; });
        set(create.volumeDriver);
        fill(create.volumesFrom);
        fill(create.mounts, [this] { return mount(); });
        fill(create.tmpfs, [this] { return std::pair("/t/" + word(), maybe() ? "" : text()); });
        set(create.isReadOnly);
        fill(create.storageOptions);
    }

    void addIsolation(docker::CreateContainer &create)
    {
        set(create.isPrivileged);
        fill(create.addedCapabilities);
        fill(create.droppedCapabilities);
        fill(create.securityOptions,
             [this] { return docker::SecurityOption{"label=" + text(), {}}; });
        fill(create.groups);
        create.isolation.processes = maybe() ? "host" : maybe() ? "container:" + text() : "";
        create.isolation.names = maybe() ? "host" : "";
        create.isolation.users = maybe() ? "host" : "";
        create.isolation.controlGroup = maybe() ? "private" : "";
        set(create.isolation.communication);
        set(create.isolation.technology);
        fill(create.devices, [this] {
            return reference::DeviceMapping{"/dev/" + word(), "/dev/" + word(),
                                            maybe() ? "r" : "rwm"};
        });
        fill(create.cdiDevices, [this] { return "vendor.com/class=" + word(); });
        fill(create.deviceRules, [] { return std::string("c 1:* rw"); });
        fill(create.gpus, [this] {
            reference::DeviceRequest gpu{.count = number(-1, 4)};
            set(gpu.driver);
            fill(gpu.ids, [this] { return word(); });
            fill(gpu.capabilities, [this] { return word(); });
            fill(gpu.options);
            return gpu;
        });
        set(create.cgroupParent);
        set(create.runtime);
    }

    void addLimits(docker::ResourceLimits &limits)
    {
        constexpr std::int64_t large = 1LL << 50U;
        set(limits.memory, 0, large);
        set(limits.memoryReservation, 0, large);
        set(limits.memorySwap, -1, large);
        set(limits.memorySwappiness, 0, 100);
        set(limits.kernelMemory, 0, large);
        set(limits.withoutOutOfMemoryKiller);
        set(limits.outOfMemoryScore, -1000, 1000);
        set(limits.sharedMemory, 0, large);
        set(limits.processors, 1, large);
        for (auto *member : {&limits.cpuShares, &limits.cpuPeriod, &limits.cpuQuota,
                             &limits.cpuRealtimePeriod, &limits.cpuRealtimeRuntime,
                             &limits.cpuCount, &limits.cpuPercent, &limits.processes}) {
            set(*member, -large, large);
        }
        set(limits.cpus);
        set(limits.memoryNodes);
        set(limits.ioBandwidth, 0, large);
        limits.ioOperations = maybe() ? m_random() : 0;
        limits.blockWeight = maybe() ? static_cast<std::uint16_t>(number(10, 1000)) : 0;
        fill(limits.blockWeights, [this] {
            return reference::DeviceWeight{"/dev/" + word(),
                                           static_cast<std::uint16_t>(number(10, 1000))};
        });
        const auto rate = [this] {
            return reference::DeviceRate{"/dev/" + word(),
                                         static_cast<std::uint64_t>(number(0, 1LL << 40U))};
        };
        fill(limits.readBytes, rate);
        fill(limits.writeBytes, rate);
        fill(limits.readOperations, rate);
        fill(limits.writeOperations, rate);
        if (maybe()) {
            limits.ulimits = {{"nofile", number(0, 9), number(9, 99)}, {"core", -1, -1}};
        }
    }

    void addRest(docker::CreateContainer &create)
    {
        set(create.logDriver);
        fill(create.logOptions);
        fill(create.sysctls, [this] { return std::pair("net." + word(), text()); });
        fill(create.annotations);
        create.platform = maybe() ? "linux/arm64" : "";
        create.pull = maybe() ? docker::PullPolicy::Always : docker::PullPolicy::Missing;
        set(create.pullsQuietly);
        set(create.idFile);
    }

    std::mt19937 m_random;
    int m_count = 0;
};

} // namespace

docker::CreateContainer randomContainer(std::uint32_t seed)
{
    return Maker(seed).make();
}

} // namespace roadstead::test
