// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/terminal/shell_probe.h"

#include <QTimer>

#include <array>
#include <chrono>
#include <utility>

namespace roadstead::ui {

namespace {

const std::array<std::vector<std::string>, 4> &knownShells()
{
    static const std::array<std::vector<std::string>, 4> shells = {
        {{"bash"}, {"ash"}, {"sh"}, {"busybox", "sh"}}};
    return shells;
}

constexpr std::chrono::milliseconds againAfter{250};

/// Whether the engine said that this program cannot be run, and not that nothing can: no such user,
/// a disk that fails. Its kinds do not tell the two apart, its runtime's words do.
bool isAboutTheProgram(const Result<int> &end)
{
    if (end) {
        return *end != 0;
    }
    const Error &error = end.error();
    return (error.kind == ErrorKind::BadRequest || error.kind == ErrorKind::EngineFailed) &&
           (error.detail.contains("executable file") || error.detail.contains("permission denied"));
}

/// A connection that broke says nothing of the program: running it again does no harm.
bool isLost(const Result<int> &end)
{
    return !end && (end.error().kind == ErrorKind::OutcomeUnknown ||
                    end.error().kind == ErrorKind::ConnectionLost);
}

} // namespace

ShellProbe::ShellProbe(ContainerEngine *engine, docker::Target container, std::string user,
                       QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_container(std::move(container))
    , m_user(std::move(user))
{
    tryNext();
}

void ShellProbe::tryNext()
{
    docker::CreateExec command;
    command.container = m_container;
    command.user = m_user;
    command.command = knownShells().at(m_next);
    // Who we are comes along; an image without "id" prints an empty line.
    command.command.insert(command.command.end(), {"-c", "echo \"$(id -u 2>/dev/null)\""});
    m_trial = m_engine->exec(command, service::Recorded::No);
    // Queued: an end may come while we are still in the constructor, and the trial goes with it.
    connect(m_trial.get(), &service::Conversation::ended, this, &ShellProbe::judge,
            Qt::QueuedConnection);
}

void ShellProbe::judge()
{
    if (!m_trial || !m_trial->end()) {
        return;
    }
    const Result<int> end = *m_trial->end();
    const std::string output = m_trial->take();
    m_trial.reset();
    if (end && *end == 0) {
        Q_EMIT found(knownShells().at(m_next), output == "0\n");
    } else if (isLost(end) && m_again > 0) {
        --m_again;
        QTimer::singleShot(againAfter, this, &ShellProbe::tryNext);
    } else if (!isAboutTheProgram(end)) {
        Q_EMIT failed(end.error());
    } else if (++m_next < knownShells().size()) {
        tryNext();
    } else {
        Q_EMIT noShell();
    }
}

} // namespace roadstead::ui
