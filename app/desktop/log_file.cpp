// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/log_file.h"

#include "app/desktop/version.h"
#include "engine/base/text.h"

#include <QByteArray>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <array>
#include <csignal>
#include <cstring>
#include <execinfo.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace roadstead::desktop {

namespace {

constexpr off_t largestFile = off_t{1} << 20U;
constexpr std::size_t longestLine = 2000;

int logDescriptor = -1; // written before any other thread starts, then only read

void writeAll(int descriptor, const char *text, std::size_t size)
{
    if (descriptor >= 0) {
        [[maybe_unused]] const auto written = ::write(descriptor, text, size);
    }
}

const char *nameOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug";
    case QtInfoMsg:
        return "info";
    case QtWarningMsg:
        return "warning";
    case QtCriticalMsg:
        return "error";
    case QtFatalMsg:
        return "fatal";
    }
    return "?";
}

void handleMessage(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const std::string text =
        safeText(message.toStdString(), TextRules{.maxCharacters = longestLine});
    const QByteArray line = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1() +
                            ' ' + nameOf(type) + ' ' +
                            (context.category != nullptr ? context.category : "default") + ": " +
                            QByteArray::fromStdString(text) + '\n';
    writeAll(logDescriptor, line.constData(), static_cast<std::size_t>(line.size()));
    writeAll(STDERR_FILENO, line.constData(), static_cast<std::size_t>(line.size()));
}

/// Async-signal-safe but for backtrace(), which was called once before so that it loads nothing.
void handleCrash(int signalNumber)
{
    static const char head[] = "Roadstead crashed, signal ";
    const std::array<char, 3> number{static_cast<char>('0' + signalNumber / 10),
                                     static_cast<char>('0' + signalNumber % 10), '\n'};
    std::array<void *, 64> frames;
    const int count = ::backtrace(frames.data(), static_cast<int>(frames.size()));
    for (const int descriptor : {logDescriptor, STDERR_FILENO}) {
        if (descriptor >= 0) {
            writeAll(descriptor, head, sizeof head - 1);
            writeAll(descriptor, number.data(), number.size());
            ::backtrace_symbols_fd(frames.data(), count, descriptor);
        }
    }
    // SA_RESETHAND: the default action, a core dump where the system keeps them, comes now.
    ::raise(signalNumber);
}

void catchCrashes()
{
    std::array<void *, 1> warmUp;
    ::backtrace(warmUp.data(), 1);
    static std::array<char, 64UL * 1024> stack; // a stack overflow leaves no room on its own
    stack_t alternative = {};
    alternative.ss_sp = stack.data();
    alternative.ss_size = stack.size();
    ::sigaltstack(&alternative, nullptr);
    struct sigaction action = {};
    action.sa_handler = handleCrash;
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_ONSTACK | SA_NODEFER);
    for (const int number : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) {
        ::sigaction(number, &action, nullptr);
    }
}

} // namespace

QString defaultLogPath()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericStateLocation) +
                           QStringLiteral("/roadstead");
    QDir().mkpath(folder);
    return folder + QStringLiteral("/roadstead.log");
}

void startLogging(const QString &path)
{
    const QByteArray file = QFile::encodeName(path);
    struct stat status = {};
    if (::lstat(file.constData(), &status) == 0 && status.st_size > largestFile) {
        ::rename(file.constData(), (file + ".1").constData());
    }
    logDescriptor =
        ::open(file.constData(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
    qInstallMessageHandler(handleMessage);
    catchCrashes();
    qInfo("Roadstead %s starts", programVersion);
}

} // namespace roadstead::desktop
