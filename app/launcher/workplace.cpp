// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/workplace.h"

#include "app/launcher/certificates.h"
#include "app/launcher/engine_socket.h"
#include "app/launcher/files.h"
#include "app/launcher/leftovers.h"
#include "app/launcher/lock.h"
#include "app/launcher/network.h"
#include "app/launcher/resolv_conf.h"

#include <filesystem>

namespace roadstead::launcher {

namespace {

/// Held while something is changed that all engines of the host share.
Result<Descriptor> sharedLock()
{
    auto folder = openRootFolder(runtimeRoot, 0755);
    if (!folder) {
        return folder;
    }
    if (auto locked = lock(*folder); !locked) {
        return std::unexpected(locked.error());
    }
    return folder;
}

Result<void> makeFolders(const Paths &paths)
{
    for (const auto &[path, mode] : {std::pair{paths.dataRoot, 0710U}, {paths.execRoot, 0711U}}) {
        if (auto folder = openRootFolder(path, mode); !folder) {
            return std::unexpected(folder.error());
        }
    }
    return {};
}

/// Name servers may lie in a range that only a default route leads to.
std::vector<Range> rangesInUse(const Routes &routes)
{
    std::vector<Range> used = routes.ranges;
    for (const std::string &server : readNameServers()) {
        if (const auto address = parseIpv4(server)) {
            used.push_back({*address, 32});
        }
    }
    return used;
}

} // namespace

Result<AddressPlan> Workplace::prepare()
{
    if (auto folders = makeFolders(m_paths); !folders) {
        return std::unexpected(folders.error());
    }
    auto plan = takeOver();
    if (!plan) {
        clear(std::chrono::seconds(10));
        plan = makeFolders(m_paths).and_then([this] { return build(); });
    }
    return plan;
}

Result<AddressPlan> Workplace::takeOver()
{
    if (!networkExists(m_paths) || findShims(m_paths).empty()) {
        return failure(ErrorKind::NotFound, "launcher.takeover", "nothing runs");
    }
    endSupervisors(m_paths);
    auto shared = sharedLock();
    if (!shared) {
        return std::unexpected(shared.error());
    }
    return keepHostNamespace()
        .and_then([this] { return readFile(m_paths.plan); })
        .and_then(
            [this](const std::string &text) { return AddressPlan::parse(text, m_account.uid); });
}

Result<AddressPlan> Workplace::build()
{
    auto shared = sharedLock();
    if (!shared) {
        return std::unexpected(shared.error());
    }
    return keepHostNamespace()
        .and_then([this] { return shareMounts(m_paths.dataRoot); })
        .and_then([this] { return shareMounts(m_paths.execRoot); })
        .and_then([] { return readRoutes(); })
        .and_then(
            [this](const Routes &routes) { return choosePlan(m_account.uid, rangesInUse(routes)); })
        .and_then([this](const AddressPlan &plan) {
            return replaceFile(m_paths.plan, plan.serialize(), 0644)
                .and_then([&] { return makeNetwork(m_paths, plan); })
                .transform([&] { return plan; });
        });
}

Result<Passage> Workplace::refresh(const AddressPlan &plan)
{
    auto shared = sharedLock();
    if (!shared) {
        return std::unexpected(shared.error());
    }
    const auto routes = readRoutes();
    auto guard = routes.and_then(
        [this](const Routes &known) { return enableForwarding(m_paths.link, known); });
    if (!guard) {
        return std::unexpected(guard.error());
    }
    if (*guard != m_guard || !tableExists(m_paths)) {
        if (auto installed = installTable(m_paths, plan, *guard); !installed) {
            return std::unexpected(installed.error());
        }
        m_guard = std::move(*guard);
    }
    return openPassage(m_paths, routes->hasIpv6Default);
}

void Workplace::clear(std::chrono::milliseconds grace)
{
    endLeftovers(m_paths, grace);
    removeMounts(m_paths);
    removeSocket(m_paths, m_account);
    const auto shared = sharedLock();
    closePassage(m_paths);
    removeTable(m_paths);
    removeNetwork(m_paths);
    for (const std::string *file :
         {&m_paths.plan, &m_paths.dockerdPid, &m_paths.dockerdConfig, &m_paths.containerdToml}) {
        unlink(file->c_str());
    }
    std::error_code ignored;
    std::filesystem::remove_all(m_paths.certificates, ignored);
    if (dropHostNamespace()) {
        restoreForwarding();
    }
}

} // namespace roadstead::launcher
