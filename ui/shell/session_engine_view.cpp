// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/session_engine_view.h"

#include "ui/text/display_text.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

SessionEngineView::SessionEngineView(service::EngineSession *session,
                                     embedded::EmbeddedEngine *engine, const QString &name,
                                     QObject *parent)
    : EngineView(parent)
    , m_session(session)
    , m_engine(engine)
    , m_name(name)
{
    follow();
    count();
}

void SessionEngineView::setEngine(service::EngineSession *session, embedded::EmbeddedEngine *engine,
                                  const QString &name)
{
    m_session->disconnect(this);
    if (m_engine != nullptr) {
        m_engine->disconnect(this);
    }
    m_session = session;
    m_engine = engine;
    m_name = name;
    m_counts = {};
    m_usage.reset();
    m_stoppedSince = {};
    follow();
    m_session->setStatsWanted(m_usageWanted);
    count();
    Q_EMIT stateChanged();
    Q_EMIT countsChanged();
    Q_EMIT usageChanged();
    Q_EMIT historyChanged();
}

void SessionEngineView::follow()
{
    using service::EngineSession;
    connect(m_session, &EngineSession::linkChanged, this, &EngineView::stateChanged);
    connect(m_session, &EngineSession::infoChanged, this, &EngineView::stateChanged);
    connect(m_session, &EngineSession::containersChanged, this, &SessionEngineView::count);
    connect(m_session, &EngineSession::statsChanged, this, &SessionEngineView::sum);
    connect(m_session, &EngineSession::historyChanged, this, &EngineView::historyChanged);
    if (m_engine != nullptr) {
        m_lastState = m_engine->state();
        connect(m_engine, &embedded::EmbeddedEngine::stateChanged, this,
                &SessionEngineView::noteState);
        connect(m_engine, &embedded::EmbeddedEngine::stateChanged, this, &EngineView::stateChanged);
    }
}

QString SessionEngineView::name() const
{
    return m_engine != nullptr || m_name.isEmpty() ? tr("Embedded engine") : m_name;
}

bool SessionEngineView::isEmbedded() const
{
    return m_engine != nullptr;
}

embedded::State SessionEngineView::state() const
{
    return m_engine != nullptr ? m_engine->state() : embedded::State::Running;
}

std::optional<embedded::Failure> SessionEngineView::failure() const
{
    return m_engine != nullptr ? m_engine->failure() : std::nullopt;
}

service::Link SessionEngineView::link() const
{
    return m_session->link();
}

std::optional<Error> SessionEngineView::linkError() const
{
    return m_session->lastError();
}

bool SessionEngineView::listed() const
{
    return m_session->listed();
}

QDateTime SessionEngineView::listedAt() const
{
    return m_session->listedAt();
}

QString SessionEngineView::version() const
{
    const auto version = m_session->version();
    return version ? displayText(std::string_view(version->version), 40) : QString();
}

QString SessionEngineView::apiVersion() const
{
    const auto version = m_session->version();
    return version ? u"1.%1"_s.arg(version->api.minor) : QString();
}

bool SessionEngineView::isPodman() const
{
    const auto version = m_session->version();
    return version && version->podman;
}

EngineCounts SessionEngineView::counts() const
{
    return m_counts;
}

std::optional<EngineUsage> SessionEngineView::usage() const
{
    return m_usage;
}

const QList<service::CommandRecord> &SessionEngineView::history() const
{
    return m_session->history();
}

QString SessionEngineView::command(EngineVerb verb) const
{
    if (m_engine == nullptr) {
        return {};
    }
    switch (verb) {
    case EngineVerb::Start:
        return m_engine->startCommand();
    case EngineVerb::Stop:
        return m_engine->stopCommand();
    case EngineVerb::Restart:
        return m_engine->restartCommand();
    }
    return {};
}

embedded::Note SessionEngineView::note() const
{
    return m_engine != nullptr ? m_engine->note() : embedded::Note::None;
}

QDateTime SessionEngineView::stoppedSince() const
{
    return m_stoppedSince;
}

void SessionEngineView::noteState()
{
    using embedded::State;
    const State now = m_engine->state();
    const State before = std::exchange(m_lastState, now);
    if (now != State::Stopped) {
        m_stoppedSince = {};
    } else if (before == State::Stopping || before == State::Running ||
               before == State::Unreachable) {
        m_stoppedSince = QDateTime::currentDateTime();
    }
}

void SessionEngineView::setUsageWanted(bool wanted)
{
    m_usageWanted = wanted;
    m_session->setStatsWanted(wanted);
    if (!wanted && std::exchange(m_usage, std::nullopt)) {
        Q_EMIT usageChanged();
    }
}

bool SessionEngineView::isBusy() const
{
    return m_engine != nullptr && m_running.has_value();
}

bool SessionEngineView::mayRun(EngineVerb verb) const
{
    // A start that was granted shows as Starting; before that there is nothing to stop.
    return !m_running || (verb == EngineVerb::Stop && *m_running != EngineVerb::Stop &&
                          state() == embedded::State::Starting);
}

void SessionEngineView::run(EngineVerb verb)
{
    if (m_engine == nullptr || !mayRun(verb)) {
        return;
    }
    m_running = verb;
    const quint64 run = ++m_lastRun;
    const quint64 record = m_session->recordStarted(command(verb));
    const auto work = [&] {
        switch (verb) {
        case EngineVerb::Stop:
            return m_engine->stop();
        case EngineVerb::Restart:
            return m_engine->restart();
        default:
            return m_engine->start();
        }
    }();
    Q_EMIT stateChanged();
    work.then(
        this, [this, verb, record, run, engine = m_engine](const Result<service::Done> &result) {
            if (run == m_lastRun) {
                m_running.reset(); // else another verb has taken its place
            }
            const std::optional<Error> error =
                result ? std::nullopt : std::optional<Error>(result.error());
            m_session->recordFinished(record, error); // of a session that went, its heir has it
            engine->lookAgain();
            Q_EMIT stateChanged();
            Q_EMIT verbFinished(verb, error);
        });
}

void SessionEngineView::lookAgain()
{
    if (m_engine != nullptr) {
        m_engine->lookAgain();
    }
    m_session->refresh();
}

void SessionEngineView::cancelCommand(quint64 id)
{
    m_session->cancelCommand(id);
}

void SessionEngineView::count()
{
    const auto containers = m_session->containers();
    EngineCounts now;
    now.total = static_cast<int>(containers->size());
    for (const docker::ContainerSummary &container : *containers) {
        if (container.state == docker::ContainerState::Running) {
            ++now.running;
            now.unhealthy += container.health == docker::Health::Unhealthy ? 1 : 0;
        }
    }
    if (now != m_counts) {
        m_counts = now;
        Q_EMIT countsChanged();
    }
}

void SessionEngineView::sum()
{
    const service::EngineTotals &totals = m_session->totals();
    // What runs needs memory: none means that nothing has been measured yet.
    const bool measured =
        totals.cpus > 0 && (totals.containersRunning == 0 || totals.memoryBytes > 0);
    if (!m_usageWanted || !measured) {
        if (std::exchange(m_usage, std::nullopt)) {
            Q_EMIT usageChanged();
        }
        return;
    }
    EngineUsage usage;
    usage.cpuPercent = totals.cpuPercent / totals.cpus;
    usage.memory = totals.memoryBytes;
    usage.memoryAll = totals.hostMemory;
    m_usage = usage;
    Q_EMIT usageChanged();
}

} // namespace roadstead::ui
