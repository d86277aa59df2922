// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/engine_choice.h"

#include "engine/context/context.h"
#include "engine/docker/command.h"
#include "ui/shell/engine_situation.h"
#include "ui/text/display_text.h"
#include "ui/text/engine_text.h"
#include "ui/text/formats.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr qint64 secondsOfDay = 24 * 60 * 60;
constexpr qint64 daysOfWarning = 30; // before a certificate ends

struct ChoiceWords
{
    Q_DECLARE_TR_FUNCTIONS(EngineChoice)
};

QString kindName(context::EngineKind kind)
{
    using context::EngineKind;
    switch (kind) {
    case EngineKind::Embedded:
        return ChoiceWords::tr("Embedded engine");
    case EngineKind::RootlessDocker:
        return ChoiceWords::tr("Rootless Docker");
    case EngineKind::SystemDocker:
        return ChoiceWords::tr("System Docker");
    case EngineKind::DockerDesktop:
        return ChoiceWords::tr("Docker Desktop");
    case EngineKind::PodmanUser:
        return ChoiceWords::tr("Podman");
    case EngineKind::PodmanSystem:
        return ChoiceWords::tr("Podman of the system");
    case EngineKind::Colima:
        return ChoiceWords::tr("Colima");
    case EngineKind::RancherDesktop:
        return ChoiceWords::tr("Rancher Desktop");
    }
    return {};
}

StateMark markOf(service::Reach reach, bool looking)
{
    using service::Reach;
    switch (reach) {
    case Reach::Unknown:
        return looking ? StateMark::Busy : StateMark::Exited;
    case Reach::Reachable:
        return StateMark::Running;
    case Reach::Stopped:
        return StateMark::Exited;
    case Reach::NoAccess:
        return StateMark::Error;
    case Reach::NotAnswering:
        return StateMark::Warning;
    case Reach::WrongVersion:
    case Reach::Unreachable:
        return StateMark::Error;
    }
    return StateMark::Exited;
}

QString clockText(const QDateTime &since)
{
    const QDateTime local = since.toLocalTime();
    return local.date() == QDate::currentDate()
               ? QLocale().toString(local.time(), QLocale::ShortFormat)
               : QLocale().toString(local.date(), QLocale::ShortFormat);
}

/// "Running, Docker 28.3.2, 9 of 19 running".
QString runningText(const QString &word, bool podman, const QString &version, int running,
                    int total)
{
    const QString product = podman ? u"Podman"_s : u"Docker"_s;
    return ChoiceWords::tr("%1, %2 %3, %4 of %5 running", "state, product, version, counts")
        .arg(word, product, version, numberText(running), numberText(total));
}

/// The state word, and what belongs to it.
QString stateText(const service::ListedEngine &listed)
{
    using service::Reach;
    const service::EngineLook &look = listed.look;
    switch (look.reach) {
    case Reach::Unknown:
        return listed.isBeingLookedAt ? ChoiceWords::tr("Looking …")
                                      : ChoiceWords::tr("Not looked at yet");
    case Reach::Reachable: {
        const QString word = listed.known.isOnThisComputer ? ChoiceWords::tr("Running")
                                                           : ChoiceWords::tr("Connected");
        return runningText(word, look.capabilities.podman, displayText(look.version.version, 20),
                           look.info.containersRunning, look.info.containers);
    }
    case Reach::Stopped:
        return ChoiceWords::tr("Stopped");
    case Reach::NoAccess:
        return ChoiceWords::tr("No access");
    case Reach::NotAnswering:
        return ChoiceWords::tr("Not answering");
    case Reach::WrongVersion:
        return ChoiceWords::tr("Wrong version");
    case Reach::Unreachable:
        return listed.since.isValid()
                   ? ChoiceWords::tr("Not reachable since %1").arg(clockText(listed.since))
                   : ChoiceWords::tr("Not reachable");
    }
    return {};
}

/// "6 days", when a certificate ends soon; "ended" when it has.
QString certificateText(const QDateTime &end)
{
    if (!end.isValid()) {
        return {};
    }
    const qint64 left = QDateTime::currentDateTimeUtc().secsTo(end);
    if (left <= 0) {
        return ChoiceWords::tr("Certificate ended");
    }
    const qint64 days = left / secondsOfDay;
    return days < daysOfWarning ? ChoiceWords::tr("Certificate ends in %1").arg(durationText(left))
                                : QString();
}

EngineGroup groupOf(const service::KnownEngine &engine)
{
    if (!engine.isOnThisComputer) {
        return EngineGroup::Elsewhere;
    }
    return engine.origin == service::EngineOrigin::Context ? EngineGroup::Contexts
                                                           : EngineGroup::ThisComputer;
}

QString contextOf(const service::KnownEngine &engine)
{
    if (engine.origin == service::EngineOrigin::Context) {
        return QString::fromStdString(engine.name);
    }
    const bool isDefault = engine.kind == context::EngineKind::SystemDocker &&
                           engine.origin == service::EngineOrigin::Socket;
    return isDefault ? QString::fromUtf8(context::defaultName) : QString();
}

} // namespace

QString groupTitle(EngineGroup group)
{
    switch (group) {
    case EngineGroup::ThisComputer:
        return ChoiceWords::tr("On this computer");
    case EngineGroup::Elsewhere:
        return ChoiceWords::tr("Elsewhere");
    case EngineGroup::Contexts:
        return ChoiceWords::tr("Docker contexts");
    }
    return {};
}

QString engineName(const service::KnownEngine &engine)
{
    if (engine.origin == service::EngineOrigin::Context) {
        return displayText(engine.name, 60);
    }
    if (engine.origin == service::EngineOrigin::Environment) {
        return u"DOCKER_HOST"_s;
    }
    if (!engine.kind) {
        return displayText(engine.host, 60);
    }
    const QString kind = kindName(*engine.kind);
    return engine.name.empty() ? kind
                               : ChoiceWords::tr("%1 (%2)", "kind, profile")
                                     .arg(kind, displayText(engine.name, 40));
}

void describeCurrent(EngineRowText &row, const EngineView &view)
{
    const SituationText text = describeSituation(view, QDateTime::currentDateTime());
    row.isCurrent = true;
    row.name = view.name();
    row.isLocked = situationOf(view) == Situation::NoAccess;
    row.mark = text.mark;
    row.state = text.word;
    row.error = view.linkError();
    if (keepsContent(view) && !view.version().isEmpty()) {
        const EngineCounts counts = view.counts();
        row.state =
            runningText(text.word, view.isPodman(), view.version(), counts.running, counts.total);
        row.address.clear();
    }
}

EngineChoice::EngineChoice(Parts parts, std::string current, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_current(std::move(current))
{
    connect(m_parts.directory, &service::EngineDirectory::changed, this, &EngineChoice::changed);
    connect(m_parts.view, &EngineView::stateChanged, this, &EngineChoice::changed);
    connect(m_parts.view, &EngineView::countsChanged, this, &EngineChoice::changed);
    if (m_parts.embedded != nullptr) {
        connect(m_parts.embedded, &embedded::EmbeddedEngine::stateChanged, this,
                &EngineChoice::changed);
    }
}

EngineRowText EngineChoice::embeddedRow() const
{
    EngineRowText row;
    row.id = embeddedId;
    row.name = kindName(context::EngineKind::Embedded);
    row.contextName = u"roadstead"_s;
    row.isTerminals =
        std::ranges::none_of(m_parts.directory->engines(), [](const service::ListedEngine &each) {
            return each.known.isCurrent;
        });
    const embedded::State state = m_parts.embedded->state();
    row.state = engineStateText(state);
    switch (state) {
    case embedded::State::Running:
        row.mark = StateMark::Running;
        break;
    case embedded::State::Starting:
    case embedded::State::Stopping:
        row.mark = StateMark::Busy;
        break;
    case embedded::State::Failed:
        row.mark = StateMark::Error;
        break;
    case embedded::State::Unreachable:
        row.mark = StateMark::Warning;
        break;
    case embedded::State::NotInstalled:
    case embedded::State::Stopped:
        row.mark = StateMark::Exited;
        break;
    }
    return row;
}

EngineRowText EngineChoice::rowOf(const service::ListedEngine &listed) const
{
    const service::KnownEngine &known = listed.known;
    EngineRowText row;
    row.id = known.id;
    row.group = groupOf(known);
    row.mark = markOf(listed.look.reach, listed.isBeingLookedAt);
    row.name = engineName(known);
    row.state = stateText(listed);
    row.contextName = contextOf(known);
    row.isLocked = listed.look.reach == service::Reach::NoAccess;
    row.isContext = known.origin == service::EngineOrigin::Context;
    row.isTerminals = known.isCurrent;
    row.error = listed.look.error;
    if (listed.look.reach == service::Reach::Reachable) {
        row.trip = ChoiceWords::tr("%1 ms").arg(std::max<qint64>(1, listed.look.roundTrip.count()));
    } else {
        row.address = displayText(known.host, 120);
    }
    row.badge = certificateText(listed.certificateEnd);
    return row;
}

QList<EngineRowText> EngineChoice::rows() const
{
    QList<EngineRowText> rows;
    if (m_parts.embedded != nullptr) {
        rows.append(embeddedRow());
    }
    for (const service::ListedEngine &listed : m_parts.directory->engines()) {
        if (listed.known.kind != context::EngineKind::Embedded) { // ours stands there already
            rows.append(rowOf(listed));
        }
    }
    // One that was named when the program was started may be none of those that are found.
    if (std::ranges::none_of(rows, [this](const auto &row) { return row.id == m_current; })) {
        EngineRowText row;
        row.id = m_current;
        row.name = m_parts.view->name();
        rows.prepend(row);
    }
    for (EngineRowText &row : rows) {
        if (row.id == m_current) {
            describeCurrent(row, *m_parts.view);
        }
    }
    std::ranges::stable_sort(rows, {}, &EngineRowText::group);
    return rows;
}

QString EngineChoice::command(const EngineRowText &row)
{
    return row.contextName.isEmpty() ? QString()
                                     : QString::fromStdString(docker::commandLine(
                                           {"context", "use", row.contextName.toStdString()}));
}

bool EngineChoice::isOurs(const std::string &id) const
{
    return id == embeddedId && m_parts.embedded != nullptr;
}

void EngineChoice::choose(const std::string &id, bool terminalToo)
{
    if (id == m_current || !m_parts.leave) {
        open(id, terminalToo);
    } else {
        m_parts.leave([this, id, terminalToo] { open(id, terminalToo); });
    }
}

void EngineChoice::open(const std::string &id, bool terminalToo)
{
    const service::ListedEngine *listed = m_parts.directory->find(id);
    if (!isOurs(id) && (listed == nullptr || !listed->known.endpoint)) {
        return;
    }
    if (id != m_current) {
        m_current = id;
        m_parts.open(isOurs(id) ? nullptr : &listed->known);
        Q_EMIT currentChanged();
        Q_EMIT changed();
    }
    if (terminalToo) {
        useInTerminal(id);
    }
}

void EngineChoice::useInTerminal(const std::string &id)
{
    const service::ListedEngine *listed = m_parts.directory->find(id);
    const QString context = isOurs(id)          ? u"roadstead"_s
                            : listed != nullptr ? contextOf(listed->known)
                                                : QString();
    if (!context.isEmpty()) {
        m_parts.useContext(context);
    }
}

} // namespace roadstead::ui
