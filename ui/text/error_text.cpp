// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/error_text.h"

#include "ui/text/display_text.h"
#include "ui/text/engine_action_text.h"
#include "ui/text/port_conflict.h"

#include <QCoreApplication>

#include <array>
#include <cstring>
#include <span>
#include <string_view>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

struct Errors
{
    Q_DECLARE_TR_FUNCTIONS(Errors)
};

struct OperationWords
{
    std::string_view id;
    const char *withSubject; ///< %1 is the object
    const char *alone;
};

/// Titles of changes whose answer was lost: it may have happened.
constexpr std::array unknownOutcomes{
    OperationWords{"container.create", QT_TRANSLATE_NOOP("Errors", "Creating %1: result unknown"),
                   QT_TRANSLATE_NOOP("Errors", "Creating the container: result unknown")},
    OperationWords{"container.start", QT_TRANSLATE_NOOP("Errors", "Starting %1: result unknown"),
                   QT_TRANSLATE_NOOP("Errors", "Starting the container: result unknown")},
    OperationWords{"container.stop", QT_TRANSLATE_NOOP("Errors", "Stopping %1: result unknown"),
                   QT_TRANSLATE_NOOP("Errors", "Stopping the container: result unknown")},
    OperationWords{"container.restart",
                   QT_TRANSLATE_NOOP("Errors", "Restarting %1: result unknown"),
                   QT_TRANSLATE_NOOP("Errors", "Restarting the container: result unknown")},
    OperationWords{"container.pause", QT_TRANSLATE_NOOP("Errors", "Pausing %1: result unknown"),
                   QT_TRANSLATE_NOOP("Errors", "Pausing the container: result unknown")},
    OperationWords{"container.unpause", QT_TRANSLATE_NOOP("Errors", "Resuming %1: result unknown"),
                   QT_TRANSLATE_NOOP("Errors", "Resuming the container: result unknown")},
    OperationWords{"container.kill", QT_TRANSLATE_NOOP("Errors", "Killing %1: result unknown"),
                   QT_TRANSLATE_NOOP("Errors", "Killing the container: result unknown")},
    OperationWords{"container.rename", QT_TRANSLATE_NOOP("Errors", "Renaming %1: result unknown"),
                   QT_TRANSLATE_NOOP("Errors", "Renaming the container: result unknown")},
    OperationWords{"container.remove", QT_TRANSLATE_NOOP("Errors", "Removing %1: result unknown"),
                   QT_TRANSLATE_NOOP("Errors", "Removing the container: result unknown")},
    OperationWords{"container.commit", QT_TRANSLATE_NOOP("Errors", "Committing %1: result unknown"),
                   QT_TRANSLATE_NOOP("Errors", "Committing the container: result unknown")},
    OperationWords{"network.connect", QT_TRANSLATE_NOOP("Errors", "Connecting %1: result unknown"),
                   QT_TRANSLATE_NOOP("Errors", "Connecting the container: result unknown")},
    OperationWords{"network.disconnect",
                   QT_TRANSLATE_NOOP("Errors", "Disconnecting %1: result unknown"),
                   QT_TRANSLATE_NOOP("Errors", "Disconnecting the container: result unknown")},
    OperationWords{"image.load", QT_TRANSLATE_NOOP("Errors", "Loading %1: result unknown"),
                   QT_TRANSLATE_NOOP("Errors", "Loading the image: result unknown")},
    OperationWords{"image.remove", QT_TRANSLATE_NOOP("Errors", "Removing %1: result unknown"),
                   QT_TRANSLATE_NOOP("Errors", "Removing the image: result unknown")},
    OperationWords{"image.pull", QT_TRANSLATE_NOOP("Errors", "Pulling %1: result unknown"),
                   QT_TRANSLATE_NOOP("Errors", "Pulling the image: result unknown")},
    OperationWords{"image.push", QT_TRANSLATE_NOOP("Errors", "Pushing %1: result unknown"),
                   QT_TRANSLATE_NOOP("Errors", "Pushing the image: result unknown")},
    OperationWords{"image.build", QT_TRANSLATE_NOOP("Errors", "Building %1: result unknown"),
                   QT_TRANSLATE_NOOP("Errors", "Building the image: result unknown")},
    OperationWords{"image.tag", QT_TRANSLATE_NOOP("Errors", "Tagging %1: result unknown"),
                   QT_TRANSLATE_NOOP("Errors", "Tagging the image: result unknown")},
    OperationWords{"image.import", QT_TRANSLATE_NOOP("Errors", "Importing %1: result unknown"),
                   QT_TRANSLATE_NOOP("Errors", "Importing the image: result unknown")},
    OperationWords{"build.prune", QT_TRANSLATE_NOOP("Errors", "Pruning %1: result unknown"),
                   QT_TRANSLATE_NOOP("Errors", "Pruning the build cache: result unknown")},
    OperationWords{"engine.start", QT_TRANSLATE_NOOP("Errors", "Starting %1: result unknown"),
                   QT_TRANSLATE_NOOP("Errors", "Starting the engine: result unknown")},
    OperationWords{"engine.stop", QT_TRANSLATE_NOOP("Errors", "Stopping %1: result unknown"),
                   QT_TRANSLATE_NOOP("Errors", "Stopping the engine: result unknown")},
    OperationWords{"engine.restart", QT_TRANSLATE_NOOP("Errors", "Restarting %1: result unknown"),
                   QT_TRANSLATE_NOOP("Errors", "Restarting the engine: result unknown")},
    OperationWords{"engine.configure",
                   QT_TRANSLATE_NOOP("Errors", "Setting options of %1: result unknown"),
                   QT_TRANSLATE_NOOP("Errors", "Setting the engine's options: result unknown")},
};

constexpr std::array operations{
    OperationWords{"container.create", QT_TRANSLATE_NOOP("Errors", "Could not create %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not create the container")},
    OperationWords{"container.start", QT_TRANSLATE_NOOP("Errors", "Could not start %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not start the container")},
    OperationWords{"container.stop", QT_TRANSLATE_NOOP("Errors", "Could not stop %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not stop the container")},
    OperationWords{"container.restart", QT_TRANSLATE_NOOP("Errors", "Could not restart %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not restart the container")},
    OperationWords{"container.pause", QT_TRANSLATE_NOOP("Errors", "Could not pause %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not pause the container")},
    OperationWords{"container.unpause", QT_TRANSLATE_NOOP("Errors", "Could not resume %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not resume the container")},
    OperationWords{"container.kill", QT_TRANSLATE_NOOP("Errors", "Could not kill %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not kill the container")},
    OperationWords{"container.rename", QT_TRANSLATE_NOOP("Errors", "Could not rename %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not rename the container")},
    OperationWords{"container.remove", QT_TRANSLATE_NOOP("Errors", "Could not remove %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not remove the container")},
    OperationWords{"container.commit", QT_TRANSLATE_NOOP("Errors", "Could not commit %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not commit the container")},
    OperationWords{"container.export", QT_TRANSLATE_NOOP("Errors", "Could not export %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not export the container")},
    OperationWords{"network.connect", QT_TRANSLATE_NOOP("Errors", "Could not connect %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not connect the container")},
    OperationWords{"network.disconnect", QT_TRANSLATE_NOOP("Errors", "Could not disconnect %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not disconnect the container")},
    OperationWords{"container.inspect", QT_TRANSLATE_NOOP("Errors", "Could not read %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not read the container")},
    OperationWords{"container.logs", QT_TRANSLATE_NOOP("Errors", "Could not read the log of %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not read the log")},
    OperationWords{"image.load", QT_TRANSLATE_NOOP("Errors", "Could not load %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not load the image")},
    OperationWords{"image.remove", QT_TRANSLATE_NOOP("Errors", "Could not remove %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not remove the image")},
    OperationWords{"image.pull", QT_TRANSLATE_NOOP("Errors", "Could not pull %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not pull the image")},
    OperationWords{"image.tag", QT_TRANSLATE_NOOP("Errors", "Could not tag %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not tag the image")},
    OperationWords{"image.import", QT_TRANSLATE_NOOP("Errors", "Could not import %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not import the image")},
    OperationWords{"image.save", QT_TRANSLATE_NOOP("Errors", "Could not save %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not save the image")},
    OperationWords{"image.layers",
                   QT_TRANSLATE_NOOP("Errors", "Could not look into the layers of %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not look into the layers of an image")},
    OperationWords{"image.inspect", QT_TRANSLATE_NOOP("Errors", "Could not read %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not read the image")},
    OperationWords{"image.search", QT_TRANSLATE_NOOP("Errors", "Could not search for %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not search for images")},
    OperationWords{"builder.create", QT_TRANSLATE_NOOP("Errors", "Could not create %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not create the builder")},
    OperationWords{"builder.use", QT_TRANSLATE_NOOP("Errors", "Could not use %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not use the builder")},
    OperationWords{"builder.stop", QT_TRANSLATE_NOOP("Errors", "Could not stop %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not stop the builder")},
    OperationWords{"builder.remove", QT_TRANSLATE_NOOP("Errors", "Could not remove %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not remove the builder")},
    OperationWords{"builder.inspect", QT_TRANSLATE_NOOP("Errors", "Could not read %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not read the builder")},
    OperationWords{"builder.list", QT_TRANSLATE_NOOP("Errors", "Could not read %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not read the builders")},
    OperationWords{"builder.ask", QT_TRANSLATE_NOOP("Errors", "Could not read %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not read the builders")},
    OperationWords{"builder.history", QT_TRANSLATE_NOOP("Errors", "Could not read %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not read the builder's history")},
    OperationWords{"builder.log", QT_TRANSLATE_NOOP("Errors", "Could not read %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not read the log of the build")},
    OperationWords{"builder.forget", QT_TRANSLATE_NOOP("Errors", "Could not remove %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not remove the build")},
    OperationWords{"build.prune", QT_TRANSLATE_NOOP("Errors", "Could not prune %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not prune the build cache")},
    OperationWords{"engine.diskusage", QT_TRANSLATE_NOOP("Errors", "Could not read %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not read what takes the disk")},
    OperationWords{"engine.start", QT_TRANSLATE_NOOP("Errors", "Could not start %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not start the engine")},
    OperationWords{"engine.stop", QT_TRANSLATE_NOOP("Errors", "Could not stop %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not stop the engine")},
    OperationWords{"engine.restart", QT_TRANSLATE_NOOP("Errors", "Could not restart %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not restart the engine")},
    OperationWords{"engine.configure", QT_TRANSLATE_NOOP("Errors", "Could not set options of %1"),
                   QT_TRANSLATE_NOOP("Errors", "Could not set the engine's options")},
};

QString titleFor(const Error &error, const QString &subject)
{
    const std::span<const OperationWords> titles =
        error.kind == ErrorKind::OutcomeUnknown ? std::span<const OperationWords>(unknownOutcomes)
                                                : std::span<const OperationWords>(operations);
    for (const OperationWords &words : titles) {
        if (words.id == error.operation) {
            return subject.isEmpty() ? Errors::tr(words.alone)
                                     : Errors::tr(words.withSubject).arg(displayText(subject, 80));
        }
    }
    return subject.isEmpty()
               ? Errors::tr("That did not work")
               : Errors::tr("Something went wrong with %1").arg(displayText(subject, 80));
}

struct Words
{
    QString reason;
    QString advice;
};

/// The engine's own message as one sentence, or `fallback` when it sent none.
QString engineSaid(const Error &error, const QString &fallback)
{
    if (error.detail.empty()) {
        return fallback;
    }
    QString said = displayText(error.detail, 240);
    said[0] = said.at(0).toUpper();
    return said.endsWith(u'.') || said.endsWith(u'…') ? said : said + u'.';
}

Words socketWords(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::NoSuchSocket:
        return {Errors::tr("The engine's socket does not exist: the engine is not running."),
                Errors::tr("Start the engine.")};
    case ErrorKind::NotASocket:
        return {Errors::tr("Something else stands where the engine's socket should be."),
                Errors::tr("Remove it, then start the engine.")};
    case ErrorKind::PermissionDenied:
        return {Errors::tr("Your account may not open the engine's socket."),
                Errors::tr("Restart the engine, so that the socket is made for your account.")};
    case ErrorKind::ForeignSocket:
        return {Errors::tr("The engine's socket belongs to another account, so it was not opened."),
                Errors::tr("Remove the socket, or ask who owns it, then start the engine.")};
    case ErrorKind::Refused:
        // The detail of a socket of this computer begins with its path.
        if (!error.detail.empty() && !error.detail.starts_with('/')) {
            return {Errors::tr("Nothing listens at the engine's address."),
                    Errors::tr("Check the address, and that the engine there is started.")};
        }
        return {Errors::tr("Nothing answers on the engine's socket: the engine has ended."),
                Errors::tr("Start the engine.")};
    case ErrorKind::NotAnswering:
        return {Errors::tr("The engine is running but did not answer in time."),
                Errors::tr("Wait a moment. If it stays like this, restart the engine.")};
    default:
        return {Errors::tr("The connection to the engine ended before the answer was complete."),
                Errors::tr("Try again once the engine is back.")};
    }
}

Words portWords(const PortConflict &conflict)
{
    if (conflict.otherContainer) {
        return {Errors::tr("Port %1 is published by another container.").arg(conflict.port),
                Errors::tr("Stop that one, or use another port.")};
    }
    if (conflict.holder.isEmpty()) {
        return {Errors::tr("Port %1 is used by another program.").arg(conflict.port),
                Errors::tr("Stop that program, or use another port.")};
    }
    return {Errors::tr("Port %1 is used by %2 (pid %3).")
                .arg(conflict.port, conflict.holder, conflict.pid),
            Errors::tr("Stop it, or use another port.")};
}

Words replyWords(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::MalformedReply:
        return {Errors::tr("The engine sent an answer that cannot be read."),
                Errors::tr("Try again. If it happens again, restart the engine.")};
    case ErrorKind::UnsupportedVersion:
        return {Errors::tr("The engine speaks no version of the API that Roadstead knows."),
                Errors::tr("Update Docker Engine to 1.13 or newer, or update Roadstead.")};
    case ErrorKind::BadRequest:
        return {engineSaid(error, Errors::tr("The engine refused the request as invalid.")),
                Errors::tr("Check the values and try again.")};
    case ErrorKind::Unauthorized:
        return {engineSaid(error, Errors::tr("The engine did not allow it.")),
                Errors::tr("Check that your account may do this on this engine.")};
    case ErrorKind::NotFound:
        return {
            engineSaid(error, Errors::tr("It no longer exists.")),
            Errors::tr("It may have been removed elsewhere; the list shows what is there now.")};
    case ErrorKind::Conflict:
        return {engineSaid(error, Errors::tr("It is in a state that does not allow this.")),
                Errors::tr("Look at its present state, then try again.")};
    default:
        if (const auto conflict = portConflict(error.detail)) {
            return portWords(*conflict);
        }
        return {engineSaid(error, Errors::tr("The engine failed while doing it.")),
                Errors::tr("Read the details; the engine's log may say more.")};
    }
}

Words ownWords(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Cancelled:
        return {Errors::tr("You stopped it."), {}};
    case ErrorKind::InvalidArgument:
        return {Errors::tr("A value is not valid, so nothing was sent."),
                Errors::tr("Correct it and try again.")};
    case ErrorKind::Denied:
        return {Errors::tr("An administrator's permission was not given."),
                Errors::tr("Try again and confirm the prompt, or ask your administrator.")};
    case ErrorKind::Busy:
        return {Errors::tr("Another request of the same kind is still under way."),
                Errors::tr("Try again when it has finished.")};
    case ErrorKind::NotInstalled:
        return {Errors::tr("A program that is needed is not installed on this computer."),
                Errors::tr("Install Docker Engine and Roadstead's helper, then try again.")};
    case ErrorKind::DiskFull:
        return {Errors::tr("The disk is full."),
                Errors::tr("Remove containers or images you do not need, then try again.")};
    case ErrorKind::OutcomeUnknown:
        return {Errors::tr("The answer was lost, so it may have been done or not."),
                Errors::tr("Roadstead is checking; the list shows what is true.")};
    case ErrorKind::NameNotFound:
        return {Errors::tr("The host name could not be found."),
                Errors::tr("Check the name and your network.")};
    case ErrorKind::TlsFailed:
        return {Errors::tr("The other side's certificate could not be verified."),
                Errors::tr("Check its date, host name and authority.")};
    case ErrorKind::Io:
        return {error.code != 0 ? Errors::tr("The system reported: %1.")
                                      .arg(QString::fromLocal8Bit(std::strerror(error.code)))
                                : Errors::tr("The system refused it."),
                Errors::tr("Read the details, then try again.")};
    default:
        return {Errors::tr("This is a fault in Roadstead."),
                Errors::tr("Copy the details and report it.")};
    }
}

Words wordsFor(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::NoSuchSocket:
    case ErrorKind::NotASocket:
    case ErrorKind::PermissionDenied:
    case ErrorKind::ForeignSocket:
    case ErrorKind::Refused:
    case ErrorKind::NotAnswering:
    case ErrorKind::ConnectionLost:
        return socketWords(error);
    case ErrorKind::MalformedReply:
    case ErrorKind::UnsupportedVersion:
    case ErrorKind::BadRequest:
    case ErrorKind::Unauthorized:
    case ErrorKind::NotFound:
    case ErrorKind::Conflict:
    case ErrorKind::EngineFailed:
        return replyWords(error);
    case ErrorKind::Cancelled:
    case ErrorKind::InvalidArgument:
    case ErrorKind::Denied:
    case ErrorKind::Busy:
    case ErrorKind::NotInstalled:
    case ErrorKind::NameNotFound:
    case ErrorKind::TlsFailed:
    case ErrorKind::DiskFull:
    case ErrorKind::OutcomeUnknown:
    case ErrorKind::Io:
    case ErrorKind::Internal:
        break; // no default: the compiler asks for words when a kind is added
    }
    return ownWords(error);
}

} // namespace

QString Explanation::body() const
{
    return advice.isEmpty() ? reason : reason + u' ' + advice;
}

Explanation describe(const Error &error, const QString &subject)
{
    const Words words = wordsFor(error);
    Explanation result{titleFor(error, subject), words.reason, words.advice,
                       displayBlock(error.detail)};
    explainEngineAction(error, {}, &result);
    return result;
}

} // namespace roadstead::ui
