// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/engine_text.h"

#include "ui/text/display_text.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

struct EngineText
{
    Q_DECLARE_TR_FUNCTIONS(EngineText)
};

using embedded::FailureCause;

/// `with` holds %1 for the subject; `without` is for when the cause names none.
QString named(const QString &subject, const QString &with, const QString &without)
{
    return subject.isEmpty() ? without : with.arg(displayText(subject, 120));
}

QString reasonFor(const embedded::Failure &failure)
{
    const QString &subject = failure.subject;
    switch (failure.cause) {
    case FailureCause::DockerdMissing:
        return EngineText::tr("Docker Engine (dockerd) is not installed.");
    case FailureCause::DockerdTooOld:
        return named(subject, EngineText::tr("The installed Docker Engine, %1, is too old."),
                     EngineText::tr("The installed Docker Engine is too old."));
    case FailureCause::PortTaken:
        return named(subject, EngineText::tr("Port %1 is already in use by another program."),
                     EngineText::tr("A port it needs is already in use by another program."));
    case FailureCause::BridgeClash:
        return named(subject, EngineText::tr("Its network bridge clashes with %1."),
                     EngineText::tr("Its network bridge clashes with one that exists already."));
    case FailureCause::AddressPoolClash:
        return named(subject,
                     EngineText::tr("The addresses %1 for its networks are already used here."),
                     EngineText::tr("The addresses for its networks are already used here."));
    case FailureCause::NoCgroups:
        return EngineText::tr("This system gives it no control groups (cgroups).");
    case FailureCause::NoIptables:
        return EngineText::tr("It cannot set up its firewall rules: iptables is missing or does "
                              "not work.");
    case FailureCause::DiskFull:
        return EngineText::tr("The disk that holds its data is full.");
    case FailureCause::CrashLoop:
        return EngineText::tr("It ended several times shortly after starting.");
    case FailureCause::DataRootUnusable:
        return named(subject, EngineText::tr("Its data folder %1 cannot be used."),
                     EngineText::tr("Its data folder cannot be used."));
    case FailureCause::StartTimeout:
        return EngineText::tr("It did not answer in time after starting.");
    case FailureCause::Unknown:
        break;
    }
    return EngineText::tr("It ended by itself. The last lines of its log may say why.");
}

QString adviceFor(FailureCause cause)
{
    switch (cause) {
    case FailureCause::DockerdMissing:
        return EngineText::tr("Install the package docker.io, moby-engine or docker-ce, then try "
                              "again.");
    case FailureCause::DockerdTooOld:
        return EngineText::tr("Update it, then try again.");
    case FailureCause::PortTaken:
        return EngineText::tr("Stop that program, then try again.");
    case FailureCause::BridgeClash:
    case FailureCause::AddressPoolClash:
        return EngineText::tr("Disconnect the other network (a VPN, for example), then try again.");
    case FailureCause::NoCgroups:
        return EngineText::tr("Mount /sys/fs/cgroup, or start the system with control groups.");
    case FailureCause::NoIptables:
        return EngineText::tr("Install the package iptables, then try again.");
    case FailureCause::DiskFull:
        return EngineText::tr("Free some space, then try again.");
    case FailureCause::CrashLoop:
    case FailureCause::StartTimeout:
    case FailureCause::Unknown:
        return EngineText::tr("Read the details, then try again.");
    case FailureCause::DataRootUnusable:
        return EngineText::tr("Check the folder and its file system, then try again.");
    }
    return {};
}

} // namespace

QString engineStateText(embedded::State state)
{
    switch (state) {
    case embedded::State::NotInstalled:
        return EngineText::tr("Not installed");
    case embedded::State::Stopped:
        return EngineText::tr("Stopped");
    case embedded::State::Starting:
        return EngineText::tr("Starting");
    case embedded::State::Running:
        return EngineText::tr("Running");
    case embedded::State::Stopping:
        return EngineText::tr("Stopping");
    case embedded::State::Failed:
        return EngineText::tr("Failed");
    case embedded::State::Unreachable:
        return EngineText::tr("Not answering");
    }
    return {};
}

QString noteText(embedded::Note note)
{
    switch (note) {
    case embedded::Note::ForwardBlocked:
        return EngineText::tr(
            "This computer's firewall keeps containers from other machines. Allow "
            "forwarding in it, or ask who looks after it.");
    case embedded::Note::NetworkIncomplete:
        return EngineText::tr("Part of the engine's network could not be set up. Its log says what "
                              "is missing; restart the engine once that is mended.");
    case embedded::Note::CertificatesHidden:
        return EngineText::tr("The engine does not see the certificates that were set for "
                              "registries. Stop it and start it again; its log may say more.");
    case embedded::Note::None:
        break;
    }
    return {};
}

Explanation describe(const embedded::Failure &failure)
{
    const std::string lines = failure.logLines.join(u'\n').toStdString();
    return {EngineText::tr("The engine failed"), reasonFor(failure), adviceFor(failure.cause),
            displayBlock(lines)};
}

} // namespace roadstead::ui
