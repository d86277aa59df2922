// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/programs.h"

#include "engine/base/engine_paths.h"

#include <QProcess>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace roadstead::helper {

namespace {

rlimit inheritedMemory{RLIM_INFINITY, RLIM_INFINITY};

void prepare(QProcess &process, const QString &program, const QStringList &arguments)
{
    process.setEnvironment({environment.begin(), environment.end()});
    process.setProgram(program);
    process.setArguments(arguments);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    process.setUnixProcessParameters(QProcess::UnixProcessFlag::ResetSignalHandlers);
    // In the new process: only calls that signal-safety(7) allows, since the helper has threads.
    process.setChildProcessModifier([] {
        // Not closed at once: one of them tells us that the program has been executed.
        ::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
        ::setrlimit(RLIMIT_DATA, &inheritedMemory);
        ::umask(022); // what systemd gives it too; the launcher says the mode of each file itself
    });
}

} // namespace

void rebuildEnvironment()
{
    ::clearenv();
    for (const char *entry : environment) {
        ::putenv(const_cast<char *>(entry)); // putenv(3) keeps the pointer and never writes
    }
    ::umask(077);
    ::getrlimit(RLIMIT_DATA, &inheritedMemory);
    const rlimit small{256U << 20U, inheritedMemory.rlim_max};
    ::setrlimit(RLIMIT_DATA, &small);
    if (::chdir("/") != 0) {
        ::_exit(1);
    }
}

bool isTrustedProgram(const char *path)
{
    struct stat status{};
    return ::stat(path, &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == 0 &&
           (status.st_mode & (S_IWGRP | S_IWOTH)) == 0 && (status.st_mode & S_IXUSR) != 0;
}

bool dockerdIsHere()
{
    return std::ranges::any_of(dockerdPaths,
                               [](std::string_view path) { return isTrustedProgram(path.data()); });
}

bool startDetached(const QString &program, const QStringList &arguments)
{
    QProcess process;
    prepare(process, program, arguments);
    return process.startDetached();
}

int runToEnd(const QString &program, const QStringList &arguments, const QByteArray &input)
{
    constexpr int patience = 30'000; // milliseconds
    QProcess process;
    prepare(process, program, arguments);
    process.setStandardInputFile({});
    process.start();
    process.write(input);
    process.closeWriteChannel();
    return process.waitForFinished(patience) && process.exitStatus() == QProcess::NormalExit
               ? process.exitCode()
               : -1;
}

} // namespace roadstead::helper
