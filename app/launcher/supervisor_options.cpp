// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/certificates.h"
#include "app/launcher/configure.h"
#include "app/launcher/engine_command.h"
#include "app/launcher/files.h"
#include "app/launcher/supervisor.h"

#include <sys/inotify.h>
#include <sys/stat.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <format>

// What the person has set of the engine, and how it reaches dockerd.

namespace roadstead::launcher {

namespace {

bool isInOurMounts(pid_t process)
{
    struct stat own{};
    struct stat other{};
    return stat("/proc/self/ns/mnt", &own) == 0 &&
           stat(std::format("/proc/{}/ns/mnt", process).c_str(), &other) == 0 &&
           own.st_ino == other.st_ino;
}

} // namespace

/// Tells when another file of options takes the place of the present one.
Descriptor Supervisor::watchOptions() const
{
    const std::string folder = std::filesystem::path(m_paths.configured).parent_path();
    Descriptor watch(inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
    if (!openRootFolder(folder, 0755) ||
        inotify_add_watch(watch.get(), folder.c_str(), IN_MOVED_TO | IN_CLOSE_WRITE | IN_DELETE) <
            0) {
        watch.reset();
    }
    return watch;
}

/// Before dockerd is started.
Result<void> Supervisor::takeOptions()
{
    m_hasNewOptions = false;
    if (auto read = readOptions(m_paths.configured)) {
        m_options = std::move(read->options);
        m_state.options = std::move(read->mark);
    } else {
        m_log.say("error", "the options of this engine are not used: " + read.error().detail);
    }
    keepCertificates();
    return replaceFile(m_paths.dockerdConfig, dockerdConfig(true, m_options), 0644);
}

void Supervisor::onOptionsWritten()
{
    std::array<char, 4096> events{};
    while (read(m_optionsWatch.get(), events.data(), events.size()) > 0) {
    }
    const auto written = readOptions(m_paths.configured);
    if (!written) {
        m_log.say("error", "options that were written are not used: " + written.error().detail);
        return;
    }
    if (written->mark == m_state.options) {
        return; // of a file beside it, or of what is given already
    }
    m_hasNewOptions = true;
    if (m_step == Step::Serving) {
        applyOptions();
    }
}

/// dockerd itself would take registries at SIGHUP and certificates at each connection. But its
/// builder looks for both at its start alone: an image could be pulled and not built upon, and what
/// was taken away would hold on there.
void Supervisor::applyOptions()
{
    m_log.say("info", "other options were set");
    requestReplacement();
}

/// The folder that dockerd sees, or none while it needs none.
void Supervisor::keepCertificates()
{
    if (m_options.certificates.empty() && !m_showsCertificates) {
        std::error_code ignored;
        std::filesystem::remove_all(m_paths.certificates, ignored);
        return;
    }
    if (auto arranged = arrangeCertificates(m_paths.certificates, m_options); !arranged) {
        m_log.say("error", arranged.error().detail);
    }
}

/// The folder that dockerd is to be shown when it starts; empty = none.
std::string Supervisor::certificatesToShow() const
{
    // What an earlier launcher has left running may stand in folders that are not shared.
    const bool canBeShown = sharesMounts(m_paths.dataRoot) && sharesMounts(m_paths.execRoot);
    return m_options.certificates.empty() || !canBeShown ? std::string() : m_paths.certificates;
}

/// Once dockerd runs: whether it sees them.
void Supervisor::checkCertificates()
{
    m_showsCertificates = !isInOurMounts(m_dockerd);
    keepCertificates();
    if (!m_options.certificates.empty() && !m_showsCertificates) {
        m_log.say("warning", "dockerd does not see the certificates that were set for it");
    }
}

/// What cannot be done, the worst alone.
std::string Supervisor::note() const
{
    const bool isHidden = m_hasServed && !m_options.certificates.empty() && !m_showsCertificates;
    return m_networkNote.empty() && isHidden ? "certificates-hidden" : m_networkNote;
}

} // namespace roadstead::launcher
