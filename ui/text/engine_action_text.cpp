// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/engine_action_text.h"

#include "engine/privilege/client/reason.h"
#include "engine/privilege/contract/actions.h"
#include "ui/text/display_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace roadstead::ui {

namespace {

using privilege::Reason;

struct EngineActions
{
    Q_DECLARE_TR_FUNCTIONS(EngineActions)
};

struct ActionWords
{
    QString reason;
    QString advice;
};

QString tr(const char *text)
{
    return EngineActions::tr(text);
}

ActionWords missing(Reason reason)
{
    switch (reason) {
    case Reason::Bus:
        return {tr("The system bus cannot be reached, so no administrator could be asked."),
                tr("Start the system's D-Bus service, then try again.")};
    case Reason::Polkit:
        return {tr("polkit, which asks administrators, is not installed or cannot be started."),
                tr("Install the package polkitd or polkit, then try again.")};
    case Reason::Launcher:
        return {tr("The program that runs the engine, or its systemd unit, is missing."),
                tr("Install Roadstead again, then try again.")};
    case Reason::Dockerd:
        return {tr("Docker Engine (dockerd) is not installed."),
                tr("Install the package docker.io, moby-engine or docker-ce, then try again.")};
    default:
        return {tr("Roadstead's administrator helper is missing or cannot be started."),
                tr("Install Roadstead again, then try again.")};
    }
}

ActionWords silent(Reason reason)
{
    switch (reason) {
    case Reason::Bus:
        return {tr("The system bus does not answer, so nothing was done."),
                tr("Try again. If it stays like this, restart Roadstead or the computer.")};
    case Reason::Connection:
        return {tr("The system's D-Bus service was restarted, and this window cannot ask for an "
                   "administrator any more. Nothing was done."),
                tr("Quit Roadstead and start it again. The engine keeps running.")};
    case Reason::Polkit:
        return {tr("polkit, which asks administrators, does not answer, so nothing was done."),
                tr("Try again. If it stays like this, restart the service polkit.")};
    default:
        return {tr("Roadstead's administrator helper did not answer, so nothing was done."),
                tr("Try again. The system's log may say more.")};
    }
}

ActionWords busy(Reason reason)
{
    switch (reason) {
    case Reason::Rate:
        return {tr("You asked for more than ten administrator actions within a minute."),
                tr("Wait a minute, then try again.")};
    case Reason::Helper:
        return {tr("Another request for an administrator is open, perhaps another person's."),
                tr("Answer or close that prompt, then try again; it closes after two minutes.")};
    default:
        return {tr("The engine is being started, stopped or restarted already."),
                tr("Try again when that is over.")};
    }
}

ActionWords conflict(Reason reason)
{
    return reason == Reason::Stopping
               ? ActionWords{tr("The engine is still stopping."),
                             tr("Start it once it has stopped.")}
               : ActionWords{tr("The engine is not running, so there is nothing to restart."),
                             tr("Start it instead.")};
}

ActionWords failed(const Error &error, Reason reason)
{
    switch (reason) {
    case Reason::Masked:
        return {tr("An administrator has locked the engine's systemd unit (masked it)."),
                tr("Ask them to unmask it, then try again.")};
    case Reason::Failed:
        return {tr("The engine came up but ended again."),
                tr("The engine's page says why and shows its log.")};
    case Reason::Ended:
        return {tr("The engine was stopped meanwhile."), tr("Start it again if you need it.")};
    case Reason::Unseen:
        return {tr("An administrator agreed, but the engine did not react."),
                tr("Try again. The engine's log may say more.")};
    default:
        break;
    }
    return {error.detail.empty()
                ? tr("The system refused it.")
                : tr("The system refused it: %1.").arg(displayText(error.detail, 120)),
            tr("Read the system's log, then try again.")};
}

ActionWords unknown(Reason reason)
{
    switch (reason) {
    case Reason::Slow:
        return {tr("The engine is taking longer than three minutes."),
                tr("Its state is shown as it changes; its log may say more.")};
    case Reason::Unseen:
        return {tr("It is not known whether an administrator agreed; the engine did not react."),
                tr("Try again.")};
    default:
        return {tr("The administrator helper ended without an answer, so it is not known whether "
                   "it was done."),
                tr("The engine's present state is being read again.")};
    }
}

ActionWords denied(Reason reason, const QString &command)
{
    if (reason != Reason::NoAgent) {
        return {tr("An administrator's permission was not given."),
                tr("Try again and confirm the prompt, or ask your administrator.")};
    }
    return {
        tr("No program is running that could ask for an administrator's password."),
        command.isEmpty()
            ? tr("Start your desktop's polkit agent, then try again.")
            : tr("Start your desktop's polkit agent, or run in a terminal: sudo %1").arg(command)};
}

} // namespace

bool explainEngineAction(const Error &error, const QString &command, Explanation *explanation)
{
    const Reason reason = privilege::reasonOf(error);
    const ActionWords words = [&]() -> ActionWords {
        switch (error.kind) {
        case ErrorKind::NotInstalled:
            return missing(reason);
        case ErrorKind::NotAnswering:
            return silent(reason);
        case ErrorKind::Busy:
            return busy(reason);
        case ErrorKind::Conflict:
            return conflict(reason);
        case ErrorKind::EngineFailed:
            return failed(error, reason);
        case ErrorKind::OutcomeUnknown:
            return unknown(reason);
        case ErrorKind::Denied:
            return denied(reason, command);
        case ErrorKind::UnsupportedVersion:
        case ErrorKind::InvalidArgument:
            return {tr("Roadstead and its administrator helper are of different versions."),
                    tr("Restart Roadstead. If that does not help, install it again.")};
        default:
            return {};
        }
    }();
    const bool isAction = std::ranges::any_of(
        privilege::actions, [&](const auto &each) { return each.operation == error.operation; });
    if (!isAction || words.reason.isEmpty()) {
        return false;
    }
    explanation->reason = words.reason;
    explanation->advice = words.advice;
    return true;
}

Explanation describeEngineAction(const Error &error, const QString &command)
{
    Explanation result = describe(error);
    explainEngineAction(error, command, &result);
    return result;
}

} // namespace roadstead::ui
