// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/run/run_option.h"

#include <QtGlobal>

#include <algorithm>
#include <array>
#include <utility>

namespace roadstead::ui {

namespace {

using enum RunOptionKind;
using Section = RunSection;

#define LABEL(text) QT_TRANSLATE_NOOP("roadstead::ui::RunOption", text)

constexpr RunOption optionTable[]{
    {"rm", Flag, Section::Basic, LABEL("Remove when it stops")},
    {"tty", Flag, Section::Basic, LABEL("With a terminal")},
    {"cpus", Text, Section::Basic, LABEL("CPUs"), "1.5"},
    {"memory", Text, Section::Basic, LABEL("Memory"), "512m"},
    {"restart", Text, Section::Basic, LABEL("Restart")},
    {"network", List, Section::Basic, LABEL("Network")},
    {"network-alias", List, Section::Basic, LABEL("Alias")},

    {"entrypoint", Text, Section::Process, LABEL("Entrypoint"), "/docker-entrypoint.sh"},
    {"workdir", Text, Section::Process, LABEL("Working folder"), "/app"},
    {"user", Text, Section::Process, LABEL("User"), "1000:1000"},
    {"group-add", List, Section::Process, LABEL("More groups"), "audio"},
    {"hostname", Text, Section::Process, LABEL("Host name"), "web"},
    {"domainname", Text, Section::Process, LABEL("Domain name"), "example.org"},
    {"interactive", Flag, Section::Process, LABEL("Keep standard input open")},
    {"init", Flag, Section::Process, LABEL("An init process that reaps children")},
    {"attach", List, Section::Process, LABEL("Attached streams"), "stdout"},
    {"stop-signal", Choice, Section::Process, LABEL("Stop signal"), "SIGTERM",
     "SIGTERM SIGINT SIGQUIT SIGHUP SIGUSR1"},
    {"stop-timeout", Text, Section::Process, LABEL("Seconds until it is killed"), "10"},
    {"label", List, Section::Process, LABEL("Labels"), "team=shop"},
    {"annotation", List, Section::Process, LABEL("Annotations"), "key=value"},

    {"publish-all", Flag, Section::Network, LABEL("Publish every port the image exposes")},
    {"expose", List, Section::Network, LABEL("Exposed ports"), "9229/tcp"},
    {"ip", Text, Section::Network, LABEL("IPv4 address"), "172.20.0.10"},
    {"ip6", Text, Section::Network, LABEL("IPv6 address"), "fd00::10"},
    {"mac-address", Text, Section::Network, LABEL("MAC address"), "02:42:ac:14:00:0a"},
    {"link-local-ip", List, Section::Network, LABEL("Link-local addresses"), "169.254.34.68"},
    {"dns", List, Section::Network, LABEL("DNS servers"), "9.9.9.9"},
    {"dns-search", List, Section::Network, LABEL("Search domains"), "example.org"},
    {"dns-option", List, Section::Network, LABEL("DNS options"), "ndots:2"},
    {"add-host", List, Section::Network, LABEL("Extra hosts"), "db:10.0.0.5"},
    {"link", List, Section::Network, LABEL("Links"), "db:database"},

    {"read-only", Flag, Section::Storage, LABEL("Read-only root file system")},
    {"volumes-from", List, Section::Storage, LABEL("Volumes of other containers"), "data:ro"},
    {"volume-driver", Text, Section::Storage, LABEL("Volume driver"), "local"},
    {"storage-opt", List, Section::Storage, LABEL("Storage options"), "size=10G"},
    {"shm-size", Text, Section::Storage, LABEL("Size of /dev/shm"), "64m"},

    {"pids-limit", Text, Section::Limits, LABEL("Processes"), "200"},
    {"memory-reservation", Text, Section::Limits, LABEL("Memory reservation"), "256m"},
    {"memory-swap", Text, Section::Limits, LABEL("Memory and swap"), "1g"},
    {"memory-swappiness", Text, Section::Limits, LABEL("Swappiness"), "60"},
    {"cpu-shares", Text, Section::Limits, LABEL("CPU shares"), "1024"},
    {"cpu-period", Text, Section::Limits, LABEL("CPU period, µs"), "100000"},
    {"cpu-quota", Text, Section::Limits, LABEL("CPU quota, µs"), "50000"},
    {"cpuset-cpus", Text, Section::Limits, LABEL("These CPUs only"), "0-3"},
    {"cpuset-mems", Text, Section::Limits, LABEL("These memory nodes only"), "0"},
    {"oom-kill-disable", Flag, Section::Limits, LABEL("Never kill it for lack of memory")},
    {"oom-score-adj", Text, Section::Limits, LABEL("Out-of-memory score"), "-500"},
    {"ulimit", List, Section::Limits, LABEL("Ulimits"), "nofile=1024:2048"},
    {"sysctl", List, Section::Limits, LABEL("Sysctls"), "net.core.somaxconn=1024"},

    {"no-healthcheck", Flag, Section::Health, LABEL("No health check")},
    {"health-cmd", Text, Section::Health, LABEL("Command"), "curl -f http://localhost/"},
    {"health-interval", Text, Section::Health, LABEL("Interval"), "30s"},
    {"health-timeout", Text, Section::Health, LABEL("Timeout"), "3s"},
    {"health-retries", Text, Section::Health, LABEL("Failures until unhealthy"), "3"},
    {"health-start-period", Text, Section::Health, LABEL("Start period"), "10s"},
    {"health-start-interval", Text, Section::Health, LABEL("Interval while it starts"), "5s"},

    {"privileged", Flag, Section::Security, LABEL("Privileged: may do all that root may")},
    {"cap-add", List, Section::Security, LABEL("Added capabilities"), "NET_ADMIN"},
    {"cap-drop", List, Section::Security, LABEL("Dropped capabilities"), "ALL"},
    {"security-opt", List, Section::Security, LABEL("Security options"), "no-new-privileges"},
    {"userns", Choice, Section::Security, LABEL("User namespace"), "", "host"},
    {"pid", Choice, Section::Security, LABEL("Process namespace"), "", "host"},
    {"ipc", Choice, Section::Security, LABEL("IPC namespace"), "", "private shareable host none"},
    {"uts", Choice, Section::Security, LABEL("UTS namespace"), "", "host"},
    {"cgroupns", Choice, Section::Security, LABEL("Cgroup namespace"), "", "private host"},
    {"cgroup-parent", Text, Section::Security, LABEL("Parent cgroup"), "/shop"},

    {"device", List, Section::Devices, LABEL("Devices"), "/dev/ttyUSB0:/dev/ttyUSB0:rw"},
    {"gpus", List, Section::Devices, LABEL("GPUs"), "all"},
    {"device-cgroup-rule", List, Section::Devices, LABEL("Device rules"), "c 42:* rmw"},

    {"log-driver", Choice, Section::Logging, LABEL("Log driver"), "",
     "json-file local journald syslog none"},
    {"log-opt", List, Section::Logging, LABEL("Log options"), "max-size=10m"},

    {"platform", Choice, Section::Engine, LABEL("Platform"), "linux/arm64",
     "linux/amd64 linux/arm64 linux/arm/v7"},
    {"pull", Choice, Section::Engine, LABEL("Pull the image"), "missing", "missing always never"},
    {"runtime", Text, Section::Engine, LABEL("Runtime"), "runc"},
    {"cidfile", Text, Section::Engine, LABEL("Write the id to a file"), "/tmp/web.cid"},
};

#undef LABEL

/// Flags without a field.
constexpr std::array otherFlags{"detach",    "disable-content-trust", "help", "quiet",
                                "sig-proxy", "use-api-socket"};

constexpr std::array<std::pair<char, std::string_view>, 15> letters{{{'a', "attach"},
                                                                     {'c', "cpu-shares"},
                                                                     {'d', "detach"},
                                                                     {'e', "env"},
                                                                     {'h', "hostname"},
                                                                     {'i', "interactive"},
                                                                     {'l', "label"},
                                                                     {'m', "memory"},
                                                                     {'P', "publish-all"},
                                                                     {'p', "publish"},
                                                                     {'q', "quiet"},
                                                                     {'t', "tty"},
                                                                     {'u', "user"},
                                                                     {'v', "volume"},
                                                                     {'w', "workdir"}}};

} // namespace

std::span<const RunOption> runOptions()
{
    return optionTable;
}

const RunOption *findRunOption(std::string_view name)
{
    const auto *found = std::ranges::find(optionTable, name, &RunOption::name);
    return found == std::end(optionTable) ? nullptr : found;
}

std::string_view runOptionOfLetter(char letter)
{
    const auto found =
        std::ranges::find(letters, letter, &std::pair<char, std::string_view>::first);
    return found == letters.end() ? std::string_view() : found->second;
}

bool isRunFlag(std::string_view name)
{
    const RunOption *option = findRunOption(name);
    return (option != nullptr && option->kind == RunOptionKind::Flag) ||
           std::ranges::contains(otherFlags, name);
}

} // namespace roadstead::ui
