// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/engine_situation.h"

#include "ui/text/engine_text.h"
#include "ui/text/error_text.h"
#include "ui/text/formats.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

struct SituationWords
{
    Q_DECLARE_TR_FUNCTIONS(EngineSituation)
};

Situation fromLink(service::Link link)
{
    switch (link) {
    case service::Link::Live:
        return Situation::Ready;
    case service::Link::NotAnswering:
        return Situation::NotAnswering;
    case service::Link::NoAccess:
        return Situation::NoAccess;
    case service::Link::Unreachable:
        return Situation::Unreachable;
    default:
        return Situation::Connecting;
    }
}

void addRemedy(SituationText &text, const EngineView &engine, EngineVerb verb, const QString &label,
               const QString &iconName)
{
    if (engine.isEmbedded()) {
        text.remedy = verb;
        text.remedyText = label;
        text.remedyIcon = iconName;
    } else {
        text.remedyText = SituationWords::tr("Try again");
        text.remedyIcon = u"arrow-clockwise"_s;
    }
}

QString reasonOf(const std::optional<Error> &error)
{
    return error ? describe(*error).body() : QString();
}

/// Why an engine that runs cannot be asked, where the general words would have it not running;
/// else empty.
QString runningButWords(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::NoSuchSocket:
        return SituationWords::tr(
            "It runs, but its socket has been removed. Restart it to have it made "
            "anew: containers keep running.");
    case ErrorKind::Refused:
        return SituationWords::tr(
            "It runs, but does not listen on its socket. Restart it to have it made "
            "anew: containers keep running.");
    case ErrorKind::NotASocket:
    case ErrorKind::ForeignSocket:
        return SituationWords::tr(
            "It runs, but something else stands where its socket was. Remove that, "
            "then restart it: containers keep running.");
    default:
        return {};
    }
}

/// "14:02", with the day if that was not today.
QString momentText(const QDateTime &moment, const QDateTime &now)
{
    const QString time = QLocale().toString(moment.time(), QLocale::ShortFormat);
    return moment.date() == now.date()
               ? time
               : SituationWords::tr("%1, %2", "day, time")
                     .arg(QLocale().toString(moment.date(), QLocale::ShortFormat), time);
}

SituationText stoppedText(const EngineView &engine, const QDateTime &now)
{
    SituationText text;
    text.mark = StateMark::Exited;
    text.iconName = u"power"_s;
    text.what = SituationWords::tr("The engine is stopped");
    if (engine.stoppedSince().isValid()) {
        text.why =
            SituationWords::tr("Since %1.").arg(momentText(engine.stoppedSince(), now)) + u' ';
    }
    const int kept = engine.counts().total;
    text.why += kept > 0
                    ? SituationWords::tr("Your %n containers are kept.", nullptr, kept) + u' ' +
                          SituationWords::tr("Starting it asks for an administrator's permission.")
                    : SituationWords::tr("Nothing runs without it. Starting it asks for an "
                                         "administrator's permission.");
    addRemedy(text, engine, EngineVerb::Start, SituationWords::tr("Start engine"), u"play"_s);
    return text;
}

SituationText failedText(const EngineView &engine)
{
    SituationText text;
    const Explanation why = describe(engine.failure().value_or(embedded::Failure{}));
    text.mark = StateMark::Error;
    text.tone = Tone::Danger;
    text.iconName = u"exclamation-triangle"_s;
    text.what = why.title;
    text.why = why.body();
    text.details = why.rawDetail;
    addRemedy(text, engine, EngineVerb::Start, SituationWords::tr("Try again"),
              u"arrow-clockwise"_s);
    return text;
}

SituationText busyText(const QString &what, const QString &why)
{
    SituationText text;
    text.mark = StateMark::Busy;
    text.what = what;
    text.why = why;
    return text;
}

SituationText notInstalledText(const EngineView &engine)
{
    SituationText text;
    text.mark = StateMark::Exited;
    text.iconName = u"puzzle"_s;
    text.what = SituationWords::tr("The engine is not installed");
    const auto failure = engine.failure();
    text.why =
        failure ? describe(*failure).body()
                : SituationWords::tr("Docker Engine (dockerd) or Roadstead's helper is missing. "
                                     "Install the package docker.io, moby-engine or docker-ce, and "
                                     "roadstead.");
    text.remedyText = SituationWords::tr("Look again");
    text.remedyIcon = u"arrow-clockwise"_s;
    return text;
}

SituationText noAccessText(const EngineView &engine)
{
    SituationText text;
    text.mark = StateMark::Error;
    text.tone = Tone::Danger;
    text.iconName = u"lock"_s;
    const ErrorKind kind = engine.linkError() ? engine.linkError()->kind : ErrorKind::Internal;
    if (kind == ErrorKind::PermissionDenied || kind == ErrorKind::ForeignSocket ||
        engine.isEmbedded()) {
        text.what = SituationWords::tr("Can't open the engine's socket");
        text.why = reasonOf(engine.linkError());
    } else {
        text.what = SituationWords::tr("No access to the engine");
        text.why = SituationWords::tr(
            "The other computer refused, or its question was not answered. Trying "
            "again asks once more.");
    }
    text.details = engine.linkError() ? describe(*engine.linkError()).rawDetail : QString();
    addRemedy(text, engine, EngineVerb::Restart, SituationWords::tr("Restart engine"),
              u"arrow-clockwise"_s);
    return text;
}

SituationText silentText(const EngineView &engine, const QDateTime &now)
{
    SituationText text;
    text.mark = StateMark::Warning;
    text.tone = Tone::Warn;
    text.iconName = u"hourglass-split"_s;
    text.what = SituationWords::tr("The engine is not answering");
    text.why =
        engine.listed()
            ? SituationWords::tr("What is shown is %1 old. Wait a moment, or restart the engine: "
                                 "containers keep running.")
                  .arg(durationText(engine.listedAt().secsTo(now)))
            : SituationWords::tr(
                  "It is running but has not answered yet. Wait a moment, or restart "
                  "it: containers keep running.");
    addRemedy(text, engine, EngineVerb::Restart, SituationWords::tr("Restart engine"),
              u"arrow-clockwise"_s);
    return text;
}

SituationText unreachableText(const EngineView &engine, const QDateTime &now)
{
    SituationText text;
    text.mark = StateMark::Error;
    text.tone = Tone::Danger;
    text.iconName = u"wifi-off"_s;
    text.what = SituationWords::tr("The engine cannot be reached");
    // That of ours is known to run, whatever its socket makes of it.
    const bool runs = engine.isEmbedded();
    text.why = runs && engine.linkError() ? runningButWords(engine.linkError()->kind)
                                          : reasonOf(engine.linkError());
    if (text.why.isEmpty()) {
        text.why = runs && engine.linkError()
                       ? reasonOf(engine.linkError())
                       : SituationWords::tr("Nothing answers on its socket.");
    }
    if (engine.listed()) {
        text.why +=
            u' ' + SituationWords::tr("What is shown is %1 old; it is tried again by itself.")
                       .arg(durationText(engine.listedAt().secsTo(now)));
    }
    text.details = engine.linkError() ? describe(*engine.linkError()).rawDetail : QString();
    if (engine.isEmbedded()) {
        // It runs, but not where it can be asked: a restart makes its socket anew.
        addRemedy(text, engine, EngineVerb::Restart, SituationWords::tr("Restart engine"),
                  u"arrow-clockwise"_s);
        return text;
    }
    text.remedyText = SituationWords::tr("Try again");
    text.remedyIcon = u"arrow-clockwise"_s;
    return text;
}

SituationText bodyFor(Situation situation, const EngineView &engine, const QDateTime &now)
{
    switch (situation) {
    case Situation::NotInstalled:
        return notInstalledText(engine);
    case Situation::Stopped:
        return stoppedText(engine, now);
    case Situation::Failed:
        return failedText(engine);
    case Situation::NoAccess:
        return noAccessText(engine);
    case Situation::NotAnswering:
        return silentText(engine, now);
    case Situation::Unreachable:
        return unreachableText(engine, now);
    case Situation::Starting:
        return busyText(SituationWords::tr("Starting the engine"),
                        SituationWords::tr("It answers within a few seconds as a rule."));
    case Situation::Stopping:
        return busyText(SituationWords::tr("Stopping the engine"),
                        SituationWords::tr("Running containers are given time to end."));
    case Situation::Connecting:
        return busyText(SituationWords::tr("Connecting to the engine"), {});
    case Situation::Ready:
        break;
    }
    SituationText ready;
    ready.why = noteText(engine.note());
    return ready;
}

QString wordFor(Situation situation)
{
    switch (situation) {
    case Situation::Ready:
        return SituationWords::tr("Running");
    case Situation::Connecting:
        return SituationWords::tr("Connecting");
    case Situation::NotInstalled:
        return SituationWords::tr("Not installed");
    case Situation::Stopped:
        return SituationWords::tr("Stopped");
    case Situation::Starting:
        return SituationWords::tr("Starting");
    case Situation::Stopping:
        return SituationWords::tr("Stopping");
    case Situation::Failed:
        return SituationWords::tr("Failed");
    case Situation::NoAccess:
        return SituationWords::tr("No access");
    case Situation::NotAnswering:
        return SituationWords::tr("Not answering");
    case Situation::Unreachable:
        return SituationWords::tr("Not reachable");
    }
    return {};
}

} // namespace

Situation situationOf(const EngineView &engine)
{
    if (!engine.isEmbedded()) {
        return fromLink(engine.link());
    }
    switch (engine.state()) {
    case embedded::State::NotInstalled:
        return Situation::NotInstalled;
    case embedded::State::Stopped:
        return Situation::Stopped;
    case embedded::State::Starting:
        // The list may be there a moment before the life's own look at the socket.
        return engine.link() == service::Link::Live ? Situation::Ready : Situation::Starting;
    case embedded::State::Stopping:
        return Situation::Stopping;
    case embedded::State::Failed:
        return Situation::Failed;
    case embedded::State::Unreachable: {
        // The link may know more of why: a socket that is gone or closed, not only silence.
        const Situation link = fromLink(engine.link());
        return link == Situation::Connecting ? Situation::NotAnswering : link;
    }
    case embedded::State::Running:
        return fromLink(engine.link());
    }
    return Situation::Unreachable;
}

SituationText describeSituation(const EngineView &engine, const QDateTime &now)
{
    const Situation situation = situationOf(engine);
    SituationText text = bodyFor(situation, engine, now);
    text.word = wordFor(situation);
    return text;
}

bool keepsContent(const EngineView &engine)
{
    switch (situationOf(engine)) {
    case Situation::Ready:
    case Situation::Connecting: // the page waits 300 ms, then says that it loads
        return true;
    case Situation::NotAnswering:
    case Situation::Unreachable:
        return engine.listed();
    default:
        return false;
    }
}

} // namespace roadstead::ui
