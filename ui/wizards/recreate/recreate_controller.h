// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/recreate/create_difference.h"
#include "engine/service/recreate/swap_containers.h"
#include "ui/wizards/run/run_controller.h"

#include <QPointer>

namespace roadstead::ui {

/// The container that is to be replaced.
struct Replaced
{
    std::string id{};
    std::string name{};
    std::string project{}; ///< of Compose; empty = none
    bool isAlive = false;
};

/// Decides what the page "Edit and recreate" shows and does; no widgets. What it does goes on when
/// nobody looks. GUI thread only.
class RecreateController : public QObject
{
    Q_OBJECT
public:
    enum class Step {
        Editing,
        Pulling,
        Swapping, ///< swapStep() tells how far
        Waiting,  ///< for the container to be well
        GoingBack,
        Ended ///< result() is there
    };

    /// Both must outlive this.
    RecreateController(RunEngine *engine, service::SwapEngine *swaps,
                       service::SwapTiming timing = {}, QObject *parent = nullptr);

    /// Edits the container that `before` makes, unless something is under way.
    void open(const Replaced &container, const docker::CreateContainer &before);
    void reset(); ///< the form as it was filled
    void edit();  ///< back to the form, as it was left
    /// Recreates, or says that it cannot: then the checks of form() tell why.
    bool recreate();
    /// Puts back what the container `newId`, called `name`, replaced.
    void undo(const std::string &newId, const std::string &name);
    /// Of a swap that was cut off: goes on with it, or puts the old container back.
    void resume(const std::string &newId, const std::string &name);
    void takeBack(const std::string &newId, const std::string &name);
    void cancel();

    [[nodiscard]] RunController *form() { return &m_form; }
    [[nodiscard]] const Replaced &container() const { return m_container; }
    [[nodiscard]] const std::vector<service::Difference> &differences() const { return m_changes; }
    [[nodiscard]] QString line() const; ///< what will run; secrets by name
    [[nodiscard]] bool pulls() const;   ///< the image is not there
    [[nodiscard]] Step step() const { return m_step; }
    [[nodiscard]] service::SwapStep swapStep() const { return m_swapStep; }
    [[nodiscard]] bool isUndo() const { return m_isUndo; }
    [[nodiscard]] bool isTakeBack() const { return m_isTakeBack; }
    [[nodiscard]] bool isUnderWay() const;
    [[nodiscard]] const service::SwapResult &result() const { return m_result; }
    [[nodiscard]] QString name() const; ///< display text; of the container that is worked on
    [[nodiscard]] std::optional<Explanation> failure() const;

Q_SIGNALS:
    void opened();
    void changed(); ///< differences, line
    void stepChanged();

private:
    void refresh();
    void setStep(Step step);
    void swap(const docker::CreateContainer &after);
    service::SwapContainers *makeSwap();
    service::SwapContainers *makeSwapOf(const std::string &name);
    void end(const service::SwapResult &result);

    service::SwapEngine *m_swaps;
    service::SwapTiming m_timing;
    RunController m_form;
    Replaced m_container;
    docker::CreateContainer m_before;
    RunForm m_filled;
    std::vector<service::Difference> m_changes;
    Step m_step = Step::Editing;
    service::SwapStep m_swapStep = service::SwapStep::Create;
    bool m_isUndo = false;
    bool m_isTakeBack = false;
    std::string m_name;
    service::SwapResult m_result;
    service::Operation<std::string> m_pull;
    QPointer<service::SwapContainers> m_swap;
};

} // namespace roadstead::ui
