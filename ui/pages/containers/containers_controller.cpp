// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/containers_controller.h"

#include "ui/text/display_text.h"

#include <algorithm>
#include <chrono>

namespace roadstead::ui {

namespace {

/// Commands on their way at once. The engine works on them in parallel; more would only fill its
/// connection backlog.
constexpr int mostInFlight = 16;
constexpr std::chrono::milliseconds undoCheckInterval{100};

} // namespace

ContainersController::ContainersController(ContainerEngine *engine,
                                           ContainersModel::Clock wallClock,
                                           MillisecondClock steadyClock, QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_steadyClock(std::move(steadyClock))
    , m_volumeSizes(engine, m_steadyClock)
    , m_containers(std::move(wallClock))
    , m_tree(&m_containers)
{
    m_undoTimer.setInterval(undoCheckInterval);
    connect(&m_undoTimer, &QTimer::timeout, this, &ContainersController::sendDueRemovals);
    connect(engine, &ContainerEngine::containersChanged, this,
            &ContainersController::takeContainers);
    connect(engine, &ContainerEngine::statsChanged, this, &ContainersController::takeStats);
    connect(engine, &ContainerEngine::linkChanged, this, &ContainersController::stateChanged);
    connect(&m_tree, &ContainerTreeModel::arrangementChanged, this,
            &ContainersController::stateChanged);
    takeContainers();
    takeStats();
}

ContainersController::~ContainersController() = default;

ListState ContainersController::state() const
{
    const bool firstPage = !m_engine->listed() && m_containers.size() > 0 &&
                           m_engine->link() == service::Link::Connecting;
    if (!m_engine->listed() && !firstPage) {
        const service::Link link = m_engine->link();
        const bool away = link == service::Link::NoAccess || link == service::Link::Unreachable ||
                          link == service::Link::Idle;
        return away ? ListState::Away : ListState::Loading;
    }
    if (m_containers.size() == 0) {
        return isStale() ? ListState::Away : ListState::Empty;
    }
    return m_tree.rowCount() == 0 ? ListState::NoResult : ListState::Rows;
}

bool ContainersController::isStale() const
{
    return m_engine->link() != service::Link::Live;
}

ContainerRows ContainersController::rowsOf(const std::vector<std::string> &ids) const
{
    ContainerRows rows;
    for (const std::string &id : ids) {
        if (ContainerRowPointer row = m_containers.find(id)) {
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

void ContainersController::takeContainers()
{
    const service::EngineSession::Containers list = m_engine->containers();
    const QDateTime listedAt = m_engine->listedAt();
    m_containers.applySnapshot(*list, listedAt.isValid() ? listedAt.toSecsSinceEpoch()
                                                         : m_containers.now());
    noteKept(*list);
    std::vector<std::string> overtaken;
    std::erase_if(m_waiting, [this, &overtaken](const WaitingRemoval &removal) {
        const ContainerRowPointer row = m_containers.find(removal.id);
        if (row && !row->isAlive()) {
            return false;
        }
        overtaken.push_back(removal.id);
        return true;
    });
    m_containers.setPending(overtaken, PendingWork::None);
    for (const std::string &id : overtaken) {
        Q_EMIT removalEnded(id);
    }
    Q_EMIT stateChanged();
}

void ContainersController::noteKept(const std::vector<docker::ContainerSummary> &list)
{
    std::vector<service::KeptContainer> kept = service::keptContainers(list);
    if (kept.empty() && m_kept.empty()) {
        return;
    }
    m_kept = std::move(kept); // rows that are new have no note yet
    std::map<std::string, QString> notes;
    for (const service::KeptContainer &each : m_kept) {
        notes[each.id] = each.because == service::KeptBecause::Undone
                             ? tr("Undone")
                             : tr("Replaced by %1").arg(displayText(each.holderName, 80));
    }
    m_containers.setNotes(notes);
}

void ContainersController::takeStats()
{
    m_containers.applyStats([this](const std::string &id) { return m_engine->stats(id); });
}

void ContainersController::perform(ContainerAction action, const std::vector<std::string> &ids,
                                   const ActionOptions &options)
{
    performAsShown(action, rowsOf(ids), options);
}

void ContainersController::performAsShown(ContainerAction action, const ContainerRows &rows,
                                          const ActionOptions &options)
{
    std::vector<std::string> marked;
    const auto batch = rows.size() > 1 ? std::make_shared<ActionBatch>() : nullptr;
    for (const ContainerRowPointer &row : rows) {
        const ContainerRowPointer now = m_containers.find(row->id);
        if (now && isApplicable(action, *now)) {
            m_queue.push_back(
                {action, row->id, row->rawName, commandFor(action, *row, options), row, batch});
            marked.push_back(row->id);
        }
    }
    if (batch) {
        *batch = {.action = action, .options = options, .open = marked.size()};
    }
    m_containers.setPending(marked, pendingWorkOf(action));
    sendNext();
}

void ContainersController::sendNext()
{
    while (m_inFlight < mostInFlight && !m_queue.empty()) {
        const Job job = std::move(m_queue.front());
        m_queue.pop_front();
        ++m_inFlight;
        m_engine->run(job.command).then(this, [this, job](const Result<std::string> &result) {
            --m_inFlight;
            finish(job, result);
            sendNext();
        });
    }
}

void ContainersController::finish(const Job &job, const Result<std::string> &result)
{
    m_containers.setPending(job.id, PendingWork::None);
    // What is gone already needs no removing.
    const bool isDone = result || (job.action == ContainerAction::Remove &&
                                   result.error().kind == ErrorKind::NotFound);
    finishOne(job, isDone ? std::nullopt : std::optional(result.error()));
}

void ContainersController::finishOne(const Job &job, const std::optional<Error> &error)
{
    if (!error) {
        Q_EMIT succeeded(job.action, job.id);
    } else if (!job.batch && error->kind != ErrorKind::Cancelled) {
        Q_EMIT failed(job.action, job.id, job.name, *error);
    }
    if (!job.batch) {
        return;
    }
    ActionBatch &batch = *job.batch;
    if (error) {
        batch.failed.push_back({job.row, *error});
    } else {
        batch.done.push_back(job.row);
    }
    if (--batch.open == 0 && !batch.failed.empty()) {
        Q_EMIT batchFailed(batch);
    }
}

void ContainersController::requestRemoval(const std::vector<std::string> &ids)
{
    const ContainerRows rows = applicable(ContainerAction::Remove, rowsOf(ids));
    if (rows.empty()) {
        return;
    }
    if (rows.size() > 1 || rows.front()->isAlive()) {
        std::vector<std::string> fitting;
        for (const ContainerRowPointer &row : rows) {
            fitting.push_back(row->id);
        }
        Q_EMIT confirmationWanted(fitting);
        return;
    }
    const std::string id = rows.front()->id;
    m_waiting.push_back({id, m_steadyClock() + undoMilliseconds});
    m_containers.setPending(id, PendingWork::RemovalWaits);
    m_undoTimer.start();
    Q_EMIT removalWaits(id);
}

void ContainersController::undoRemoval(const std::string &id)
{
    const auto removed =
        std::erase_if(m_waiting, [&id](const WaitingRemoval &removal) { return removal.id == id; });
    if (removed > 0) {
        m_containers.setPending(id, PendingWork::None);
        Q_EMIT removalEnded(id);
    }
}

void ContainersController::sendDueRemovals()
{
    const qint64 now = m_steadyClock();
    std::vector<std::string> due;
    std::erase_if(m_waiting, [now, &due](const WaitingRemoval &removal) {
        if (removal.due > now) {
            return false;
        }
        due.push_back(removal.id);
        return true;
    });
    if (m_waiting.empty()) {
        m_undoTimer.stop();
    }
    for (const std::string &id : due) {
        m_containers.setPending(id, PendingWork::None);
        Q_EMIT removalEnded(id);
        perform(ContainerAction::Remove, {id});
    }
}

ContainerAction ContainersController::toggleAction(const ContainerRows &rows) const
{
    return applicable(ContainerAction::Stop, rows).empty() ? ContainerAction::Start
                                                           : ContainerAction::Stop;
}

void ContainersController::toggle(const std::vector<std::string> &ids)
{
    perform(toggleAction(rowsOf(ids)), ids);
}

bool ContainersController::isNameTaken(const std::string &name, const std::string &exceptId) const
{
    for (std::size_t i = 0; i < m_containers.size(); ++i) {
        const ContainerRowPointer row = m_containers.rowAt(i);
        if (row->rawName == name && row->id != exceptId) {
            return true;
        }
    }
    return false;
}

} // namespace roadstead::ui
