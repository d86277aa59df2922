// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/recreate/kept_containers.h"
#include "ui/models/container_tree_model.h"
#include "ui/models/containers_model.h"
#include "ui/pages/containers/container_action.h"
#include "ui/pages/containers/tab/container_engine.h"
#include "ui/pages/containers/volume_sizes.h"
#include "ui/pages/list_state.h"

#include <QObject>
#include <QTimer>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::ui {

/// One action on several containers, and what came of each.
struct ActionBatch
{
    struct Failure
    {
        ContainerRowPointer row; ///< as it was when the action was chosen
        Error error;
    };
    ContainerAction action = ContainerAction::Stop;
    ActionOptions options{};
    ContainerRows done{};
    std::vector<Failure> failed{};
    std::size_t open = 0; ///< those that are not known yet
};

/// The containers page without its widgets: feeds the models from the engine, sends commands, holds
/// back removals that can be undone. GUI thread only.
class ContainersController : public QObject
{
    Q_OBJECT
public:
    using MillisecondClock = std::function<qint64()>; ///< monotonic

    static constexpr qint64 undoMilliseconds = 8000;

    /// `engine` must outlive this. `wallClock` yields seconds since the epoch.
    ContainersController(ContainerEngine *engine, ContainersModel::Clock wallClock,
                         MillisecondClock steadyClock, QObject *parent = nullptr);
    /// Removals still held back are given up: nothing is deleted that somebody could no longer
    /// undo, so what was waiting when the program ends is still there at its next start.
    ~ContainersController() override;

    [[nodiscard]] ContainerEngine *engine() const { return m_engine; }
    [[nodiscard]] VolumeSizes *volumeSizes() { return &m_volumeSizes; }
    [[nodiscard]] ContainersModel *containers() { return &m_containers; }
    [[nodiscard]] const ContainersModel *containers() const { return &m_containers; }
    [[nodiscard]] ContainerTreeModel *tree() { return &m_tree; }
    [[nodiscard]] const ContainerTreeModel *tree() const { return &m_tree; }
    [[nodiscard]] ListState state() const;
    /// What is shown may be out of date: the engine is not there, or does not answer.
    [[nodiscard]] bool isStale() const;

    /// What recreations have left behind, sorted by id.
    [[nodiscard]] const std::vector<service::KeptContainer> &kept() const { return m_kept; }
    [[nodiscard]] ContainerRows rowsOf(const std::vector<std::string> &ids) const;

    /// Sends the command to those of `ids` that it makes sense for, a few at a time. Rows are
    /// marked until the engine has confirmed. Remove does it at once.
    void perform(ContainerAction action, const std::vector<std::string> &ids,
                 const ActionOptions &options = {});
    /// The same with the commands that `rows` stood for when a person was shown them: what has
    /// started since is not killed by a removal that did not say so.
    void performAsShown(ContainerAction action, const ContainerRows &rows,
                        const ActionOptions &options = {});
    /// One container without processes: waits so that it can be undone. Others: asks for a
    /// confirmation.
    void requestRemoval(const std::vector<std::string> &ids);
    void undoRemoval(const std::string &id);
    /// Stops what is alive, else starts what is not: Ctrl+Shift+S.
    void toggle(const std::vector<std::string> &ids);
    [[nodiscard]] ContainerAction toggleAction(const ContainerRows &rows) const;

    [[nodiscard]] bool isNameTaken(const std::string &name, const std::string &exceptId) const;

public Q_SLOTS:
    void sendDueRemovals(); ///< called by a timer; by tests after moving the clock

Q_SIGNALS:
    void stateChanged();
    /// A command failed; `name` is the container's as the engine has it. Not for one of several at
    /// once: batchFailed() tells of those together.
    void failed(roadstead::ui::ContainerAction action, const std::string &id,
                const std::string &name, const roadstead::Error &error);
    /// Of an action on several containers all is known, and some have failed.
    void batchFailed(const roadstead::ui::ActionBatch &batch);
    void succeeded(roadstead::ui::ContainerAction action, const std::string &id);
    void confirmationWanted(const std::vector<std::string> &ids);
    void removalWaits(const std::string &id);
    void removalEnded(const std::string &id); ///< sent, undone or overtaken

private:
    struct Job
    {
        ContainerAction action;
        std::string id;
        std::string name;
        docker::Command command;
        ContainerRowPointer row;
        std::shared_ptr<ActionBatch> batch; ///< null for a single one
    };
    struct WaitingRemoval
    {
        std::string id;
        qint64 due;
    };

    void takeContainers();
    void noteKept(const std::vector<docker::ContainerSummary> &list);
    void takeStats();
    void sendNext();
    void finish(const Job &job, const Result<std::string> &result);
    void finishOne(const Job &job, const std::optional<Error> &error);

    ContainerEngine *m_engine;
    MillisecondClock m_steadyClock;
    VolumeSizes m_volumeSizes;
    ContainersModel m_containers;
    ContainerTreeModel m_tree;
    std::vector<service::KeptContainer> m_kept;
    std::deque<Job> m_queue;
    int m_inFlight = 0;
    std::vector<WaitingRemoval> m_waiting;
    QTimer m_undoTimer;
};

} // namespace roadstead::ui
