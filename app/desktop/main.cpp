// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/bench_marks.h"
#include "app/desktop/log_file.h"
#include "app/desktop/options.h"
#include "app/desktop/program.h"
#include "app/desktop/single_instance.h"
#include "app/desktop/stall_watch.h"
#include "app/desktop/translations.h"
#include "app/desktop/version.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QIcon>
#include <QLocale>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <sys/resource.h>

using namespace roadstead;
using namespace roadstead::desktop;
using namespace Qt::StringLiterals;

namespace {

/// Cgroup files of a thousand containers stay open. Roadstead uses no select(2), which is what the
/// low default protects.
void raiseDescriptorLimit()
{
    rlimit limit = {};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 16'384);
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/// What a person types into a password's field is in our memory for a moment, and in that of the
/// commands that take it: a crash then must not write it to a disk.
void leaveNoCore()
{
    rlimit limit = {};
    if (::getrlimit(RLIMIT_CORE, &limit) == 0) {
        limit.rlim_cur = 0;
        ::setrlimit(RLIMIT_CORE, &limit);
    }
}

/// ssh's questions get a window of ours, where the desktop has no program of its own for them.
void offerAskPass()
{
    if (!qEnvironmentVariableIsEmpty("SSH_ASKPASS")) {
        return;
    }
    const QString folder = QCoreApplication::applicationDirPath();
    for (const QString &path : {folder + u"/../libexec/roadstead/roadstead-askpass"_s,
                                u"/usr/libexec/roadstead/roadstead-askpass"_s}) {
        if (QFileInfo(path).isExecutable()) {
            qputenv("SSH_ASKPASS", QFile::encodeName(QFileInfo(path).canonicalFilePath()));
            return;
        }
    }
}

/// One instance per user, and one per engine that was named.
QString instanceKey(const Options &options)
{
    if (options.socketPath.isEmpty()) {
        return {};
    }
    const QByteArray digest =
        QCryptographicHash::hash(options.socketPath.toUtf8(), QCryptographicHash::Sha256);
    return u'-' + QString::fromLatin1(digest.toHex().first(12));
}

QString activationToken()
{
    const QByteArray wayland = qgetenv("XDG_ACTIVATION_TOKEN");
    return QString::fromUtf8(wayland.isEmpty() ? qgetenv("DESKTOP_STARTUP_ID") : wayland);
}

int run(int &argc, char **argv, const Options &options, SingleInstance &instance)
{
    BenchMarks marks(options.benchMarks);
    marks.mark("main");
    QApplication application(argc, argv);
    offerAskPass();
    installTranslations(application, QLocale());
    QApplication::setDesktopFileName(u"org.roadstead.Roadstead"_s);
    QApplication::setWindowIcon(QIcon::fromTheme(u"roadstead"_s));
    // The window may hide into the tray, and a finished job of KAuth is no reason to end.
    QApplication::setQuitOnLastWindowClosed(false);
    QCoreApplication::setQuitLockEnabled(false);
    ui::Theme::instance().install(application);
    Program program(options, options.benchMarks < 0 ? nullptr : &marks);
    program.start();
    QObject::connect(&instance, &SingleInstance::activationRequested, &program, &Program::present);
    std::unique_ptr<StallWatch> stallWatch;
    if (options.watchStalls) {
        stallWatch = std::make_unique<StallWatch>([&marks](const Stall &stall) {
            marks.mark("stall busy=" + QByteArray::number(stall.busyMilliseconds) +
                       " queued=" + QByteArray::number(stall.queuedMilliseconds));
        });
    }
    instance.serve();
    return QApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication::setApplicationName(u"roadstead"_s);
    QCoreApplication::setOrganizationName(u"roadstead"_s);
    QCoreApplication::setApplicationVersion(QLatin1StringView(programVersion));
    QGuiApplication::setApplicationDisplayName(u"Roadstead"_s);

    QStringList arguments;
    for (int i = 0; i < argc; ++i) {
        arguments.append(QString::fromLocal8Bit(argv[i]));
    }
    const Options options = parseOptions(arguments);
    if (options.action != Options::Action::Run) {
        const bool refused = options.action == Options::Action::Refuse;
        std::fputs(qPrintable(options.message + u'\n'), refused ? stderr : stdout);
        return refused ? 2 : 0;
    }
    const auto folder = SingleInstance::userFolder();
    if (!folder) {
        std::fputs("There is no folder that is yours alone. Set XDG_RUNTIME_DIR to one with mode "
                   "0700, and start Roadstead again.\n",
                   stderr);
        return 1;
    }
    SingleInstance instance(*folder, instanceKey(options));
    const auto role = instance.claim(activationToken());
    if (!role) {
        std::fputs("Roadstead is already running, but does not answer. End it, or wait, and start "
                   "it again.\n",
                   stderr);
        return 1;
    }
    if (*role == SingleInstance::Role::Later) {
        return 0;
    }
    startLogging(defaultLogPath());
    raiseDescriptorLimit();
    leaveNoCore();
    return run(argc, argv, options, instance);
}
