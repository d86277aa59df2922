// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// roadstead-engine-control start|stop|restart|configure|status: the embedded engine without a
// window, for tests; the options to configure are on standard input, as a file has them. Prints one
// JSON object: verb, outcome ("done" or the kind of error), detail, state, cause, subject, log,
// socket, command. Ends with 0 when done, 2 for a failure, 64 for wrong arguments.
#include "engine/embedded/embedded_engine.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QThreadPool>
#include <QTimer>

#include <array>
#include <cstdio>
#include <utility>

using namespace Qt::StringLiterals;
using namespace roadstead;
using embedded::EmbeddedEngine;

namespace {

constexpr std::array stateNames{"notinstalled", "stopped", "starting",   "running",
                                "stopping",     "failed",  "unreachable"};
constexpr std::array causeNames{"unknown",    "dockerd-missing",    "dockerd-too-old",
                                "port-taken", "bridge-clash",       "address-pool-clash",
                                "no-cgroups", "no-iptables",        "disk-full",
                                "crash-loop", "data-root-unusable", "start-timeout"};

/// Names of the kinds that starting, stopping and restarting end with.
QString kindName(ErrorKind kind)
{
    constexpr std::array names{std::pair{ErrorKind::Cancelled, "cancelled"},
                               std::pair{ErrorKind::InvalidArgument, "invalid-argument"},
                               std::pair{ErrorKind::Denied, "denied"},
                               std::pair{ErrorKind::Busy, "busy"},
                               std::pair{ErrorKind::NotInstalled, "not-installed"},
                               std::pair{ErrorKind::NotAnswering, "not-answering"},
                               std::pair{ErrorKind::UnsupportedVersion, "unsupported-version"},
                               std::pair{ErrorKind::Conflict, "conflict"},
                               std::pair{ErrorKind::EngineFailed, "engine-failed"},
                               std::pair{ErrorKind::OutcomeUnknown, "outcome-unknown"}};
    for (const auto &[candidate, name] : names) {
        if (candidate == kind) {
            return QString::fromLatin1(name);
        }
    }
    return u"kind-%1"_s.arg(int(kind));
}

void report(const EmbeddedEngine &engine, const QString &verb, const std::optional<Error> &error)
{
    QJsonObject line{{u"verb"_s, verb},
                     {u"outcome"_s, error ? kindName(error->kind) : u"done"_s},
                     {u"detail"_s, error ? QString::fromStdString(error->detail) : QString()},
                     {u"state"_s, QString::fromLatin1(stateNames.at(std::size_t(engine.state())))},
                     {u"socket"_s, engine.socketPath()},
                     {u"command"_s, verb == "stop"_L1      ? engine.stopCommand()
                                    : verb == "restart"_L1 ? engine.restartCommand()
                                                           : engine.startCommand()}};
    if (const auto failure = engine.failure()) {
        line[u"cause"_s] = QString::fromLatin1(causeNames.at(std::size_t(failure->cause)));
        line[u"subject"_s] = failure->subject;
        line[u"log"_s] = QJsonArray::fromStringList(failure->logLines);
    }
    static bool reported = false;
    if (std::exchange(reported, true)) {
        return;
    }
    std::puts(QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
    // What is still being written for the engine, such as its Docker context, belongs to it.
    QThreadPool::globalInstance()->waitForDone();
    // Queued, since what needs nobody's consent is over before the event loop begins.
    QMetaObject::invokeMethod(
        qApp, [status = error ? 2 : 0] { QCoreApplication::exit(status); }, Qt::QueuedConnection);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setQuitLockEnabled(false);
    const QString verb = application.arguments().value(1);
    EmbeddedEngine engine;
    const auto follow = [&](const service::Operation<service::Done> &operation) {
        operation.then(&engine, [&](const Result<service::Done> &result) {
            report(engine, verb, result ? std::nullopt : std::optional(result.error()));
        });
    };
    if (verb == "start"_L1) {
        follow(engine.start());
    } else if (verb == "stop"_L1) {
        follow(engine.stop());
    } else if (verb == "restart"_L1) {
        follow(engine.restart());
    } else if (verb == "configure"_L1) {
        QFile input;
        const bool isOpen = input.open(stdin, QIODevice::ReadOnly);
        const auto options = parseEngineOptions(isOpen ? input.readAll().toStdString() : "x");
        if (!options) {
            return 64;
        }
        follow(engine.configure(*options));
    } else if (verb == "status"_L1) {
        // A running engine counts as starting until it has answered, which may take three seconds.
        const auto wait =
            std::chrono::milliseconds(engine.state() == embedded::State::Starting ? 3500 : 0);
        QTimer::singleShot(wait, &engine, [&] { report(engine, verb, std::nullopt); });
        QObject::connect(&engine, &EmbeddedEngine::stateChanged, &engine,
                         [&] { report(engine, verb, std::nullopt); });
    } else {
        std::fputs("roadstead-engine-control start|stop|restart|configure|status\n", stderr);
        return 64;
    }
    return QCoreApplication::exec();
}
