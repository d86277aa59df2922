// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/forwarding.h"

#include "app/launcher/files.h"
#include "app/launcher/paths.h"

#include <net/if.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <sstream>

namespace roadstead::launcher {

namespace {

const std::string record = std::string(runtimeRoot) + "/forwarding";
const std::string ipv4 = "/proc/sys/net/ipv4/conf/";
const std::string ipv6 = "/proc/sys/net/ipv6/conf/";

bool isOn(const std::string &folder, const std::string &interface)
{
    const auto content = readFile(folder + interface + "/forwarding");
    return content && !content->starts_with('0');
}

Result<void> set(const std::string &folder, const std::string &interface, bool on)
{
    return writeKernelFile(folder + interface + "/forwarding", on ? "1" : "0");
}

/// One line for each switch that was off: "4 eth0" for that interface, "6 all" for the one of IPv6,
/// "6 default" for new interfaces and "6 eth0" for each interface that was there then.
std::vector<std::string> readRecord()
{
    std::vector<std::string> lines;
    std::istringstream stream(readFile(record).value_or(std::string()));
    for (std::string line; std::getline(stream, line);) {
        lines.push_back(line);
    }
    return lines;
}

Result<void> writeRecord(const std::vector<std::string> &lines)
{
    std::string content;
    for (const std::string &line : lines) {
        content += line + "\n";
    }
    return replaceFile(record, content, 0644);
}

void note(std::vector<std::string> &lines, const std::string &line)
{
    if (!std::ranges::contains(lines, line)) {
        lines.push_back(line);
    }
}

std::vector<std::string> names(const std::vector<unsigned> &interfaces)
{
    std::vector<std::string> result;
    for (const unsigned index : interfaces) {
        std::array<char, IF_NAMESIZE> name{};
        if (if_indextoname(index, name.data()) != nullptr) {
            result.emplace_back(name.data());
        }
    }
    return result;
}

ForwardingGuard guardOf(const std::vector<std::string> &lines)
{
    ForwardingGuard guard;
    for (const std::string &line : lines) {
        if (line.starts_with("4 ")) {
            guard.ipv4.push_back(line.substr(2));
        } else if (line != "6 all" && line != "6 default") {
            guard.ipv6.push_back(line.substr(2));
        }
    }
    return guard;
}

/// The single switches of IPv6, "default" among them, without our own links.
std::map<std::string, bool> ipv6Flags()
{
    std::map<std::string, bool> flags;
    std::error_code error;
    for (const auto &entry : std::filesystem::directory_iterator(ipv6, error)) {
        const std::string name = entry.path().filename();
        if (name != "all" && !name.starts_with(linkPrefix)) {
            flags[name] = isOn(ipv6, name);
        }
    }
    return flags;
}

/// Keeps routes that came with router advertisements. The kernel drops all of them when any switch
/// is set to 1, whatever it was, but for those of interfaces that would accept advertisements as
/// routers too (accept_ra 2; ip-sysctl).
class KeptRoutes
{
public:
    explicit KeptRoutes(const std::map<std::string, bool> &flags)
    {
        for (const auto &[name, isOn] : flags) {
            const std::string setting = ipv6 + name + "/accept_ra";
            if (!isOn && name != "default" && readFile(setting).value_or("") == "1\n" &&
                writeKernelFile(setting, "2")) {
                m_settings.push_back(setting);
            }
        }
    }
    KeptRoutes(const KeptRoutes &) = delete;
    KeptRoutes &operator=(const KeptRoutes &) = delete;
    ~KeptRoutes()
    {
        for (const std::string &setting : m_settings) {
            (void)writeKernelFile(setting, "1");
        }
    }

private:
    std::vector<std::string> m_settings;
};

/// Sets the one switch for all, which sets the single ones too, and puts those back.
Result<void> switchIpv6(bool on)
{
    const std::map<std::string, bool> before = ipv6Flags();
    const KeptRoutes kept(before);
    if (auto done = set(ipv6, "all", on); !done) {
        return done;
    }
    for (const auto &[name, wasOn] : before) {
        if (wasOn != on) {
            (void)set(ipv6, name, wasOn);
        }
    }
    return {};
}

/// Whether somebody switched IPv6 on after us: the switch for all sets the single ones, which we
/// put back, and Docker sets "default" when it finds the one for all on.
bool isIpv6Shared(const std::vector<std::string> &lines)
{
    return std::ranges::any_of(lines, [](const std::string &line) {
        return line.starts_with("6 ") && line != "6 all" && isOn(ipv6, line.substr(2));
    });
}

} // namespace

Result<ForwardingGuard> enableForwarding(const std::string &link, const Routes &routes)
{
    const std::vector<std::string> recorded = readRecord();
    std::vector<std::string> lines = recorded;
    const bool needsIpv6 = routes.hasIpv6Default && !isOn(ipv6, "all");
    std::vector<std::string> toSwitch;
    if (isOn(ipv4, "all")) {
        // Somebody wants a router: then there is nothing to guard and nothing to undo.
        std::erase_if(lines, [](const std::string &line) { return line.starts_with("4 "); });
    }
    if (isOn(ipv6, "all") && isIpv6Shared(lines)) {
        std::erase_if(lines, [](const std::string &line) { return line.starts_with("6 "); });
    }
    for (const std::string &name : names(routes.interfaces)) {
        if (!isOn(ipv4, name)) {
            toSwitch.push_back(name);
            note(lines, "4 " + name);
        }
    }
    if (needsIpv6) {
        note(lines, "6 all");
        for (const auto &[name, wasOn] : ipv6Flags()) {
            if (!wasOn && name != "lo") {
                note(lines, "6 " + name);
            }
        }
    }
    // The record first: what is not on record is never undone.
    if (lines != recorded) {
        if (auto written = writeRecord(lines); !written) {
            return std::unexpected(written.error());
        }
    }
    toSwitch.push_back(link);
    for (const std::string &name : toSwitch) {
        if (auto done = set(ipv4, name, true); !done) {
            return std::unexpected(done.error());
        }
    }
    if (needsIpv6) {
        if (auto done = switchIpv6(true); !done) {
            return std::unexpected(done.error());
        }
    }
    return guardOf(lines);
}

void restoreForwarding()
{
    const std::vector<std::string> lines = readRecord();
    for (const std::string &line : lines) {
        if (line.starts_with("4 ") && !isOn(ipv4, "all")) {
            (void)set(ipv4, line.substr(2), false);
        }
    }
    if (std::ranges::contains(lines, "6 all") && !isIpv6Shared(lines)) {
        (void)switchIpv6(false);
    }
    std::error_code error;
    std::filesystem::remove(record, error);
}

} // namespace roadstead::launcher
