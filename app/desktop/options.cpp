// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/options.h"

#include "app/desktop/version.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>

#include <fcntl.h>

namespace roadstead::desktop {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Options", text);
}

/// Written by hand: QCommandLineParser's own needs a QCoreApplication.
QString helpText()
{
    return tr("Usage: roadstead [options]\n"
              "A native desktop for containers.\n"
              "\n"
              "Options:\n"
              "  -h, --help       Show this and end.\n"
              "  -v, --version    Show the version and end.\n"
              "  --socket PATH    Show the engine that answers on this unix socket instead of\n"
              "                   the embedded engine.\n"
              "  --minimized      Start in the tray, without a window where there is a tray.\n");
}

Options refused(const QString &why)
{
    Options options;
    options.action = Options::Action::Refuse;
    options.message = why + u'\n' + tr("Try roadstead --help.");
    return options;
}

} // namespace

Options parseOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    const QCommandLineOption help(QStringList{QStringLiteral("h"), QStringLiteral("help")});
    const QCommandLineOption version(QStringList{QStringLiteral("v"), QStringLiteral("version")});
    const QCommandLineOption socket(QStringLiteral("socket"), {}, QStringLiteral("path"));
    const QCommandLineOption minimized(QStringLiteral("minimized"));
    const QCommandLineOption benchMarks(QStringLiteral("bench-marks"), {},
                                        QStringLiteral("descriptor"));
    const QCommandLineOption watchStalls(QStringLiteral("watch-stalls"));
    parser.addOptions({help, version, socket, minimized, benchMarks, watchStalls});
    if (!parser.parse(arguments)) {
        return refused(parser.errorText());
    }
    Options options;
    if (parser.isSet(help)) {
        options.action = Options::Action::ShowHelp;
        options.message = helpText();
        return options;
    }
    if (parser.isSet(version)) {
        options.action = Options::Action::ShowVersion;
        options.message = QStringLiteral("roadstead ") + QLatin1StringView(programVersion);
        return options;
    }
    if (!parser.positionalArguments().isEmpty()) {
        return refused(tr("Roadstead takes no argument \"%1\".")
                           .arg(parser.positionalArguments().constFirst()));
    }
    if (parser.isSet(socket)) {
        const QString path = parser.value(socket);
        if (path.isEmpty()) {
            return refused(tr("--socket needs the path of a socket."));
        }
        options.socketPath = QDir::cleanPath(QDir::current().absoluteFilePath(path));
    }
    options.minimized = parser.isSet(minimized);
    options.watchStalls = parser.isSet(watchStalls);
    if (parser.isSet(benchMarks)) {
        bool isNumber = false;
        options.benchMarks = parser.value(benchMarks).toInt(&isNumber);
        if (!isNumber || options.benchMarks < 0 || ::fcntl(options.benchMarks, F_GETFD) < 0) {
            return refused(tr("--bench-marks needs the number of an open file descriptor."));
        }
    }
    if (options.watchStalls && options.benchMarks < 0) {
        return refused(tr("--watch-stalls needs --bench-marks, which is told of them."));
    }
    return options;
}

} // namespace roadstead::desktop
