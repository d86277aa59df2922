// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/recreate/recreate_controller.h"

#include "engine/docker/run_line.h"
#include "ui/text/display_text.h"
#include "ui/text/trust_text.h"

namespace roadstead::ui {

using service::SwapOutcome;

RecreateController::RecreateController(RunEngine *engine, service::SwapEngine *swaps,
                                       service::SwapTiming timing, QObject *parent)
    : QObject(parent)
    , m_swaps(swaps)
    , m_timing(timing)
    , m_form(engine)
{
    connect(&m_form, &RunController::checksChanged, this, &RecreateController::refresh);
}

void RecreateController::open(const Replaced &container, const docker::CreateContainer &before)
{
    if (isUnderWay()) {
        return;
    }
    m_container = container;
    m_name = container.name;
    m_isUndo = m_isTakeBack = false;
    m_before = before;
    m_before.name = container.name;
    service::dropSwapLabels(m_before);
    m_filled = formOf({.create = m_before, .starts = true, .isDetached = true});
    m_form.clear();
    m_form.setReplaced(container.id);
    reset();
    setStep(Step::Editing);
    Q_EMIT opened();
}

void RecreateController::reset()
{
    m_form.setForm(m_filled);
    Q_EMIT m_form.formChanged();
}

void RecreateController::edit()
{
    if (m_step == Step::Ended) {
        setStep(Step::Editing);
    }
}

void RecreateController::refresh()
{
    if (const auto after = m_form.readable()) {
        m_changes = service::createDifferences(m_before, *after);
    }
    Q_EMIT changed();
}

QString RecreateController::line() const
{
    RunForm created = m_form.form();
    const std::string name = created.name;
    created.name = service::nameNext(m_container.name);
    QStringList parts{
        QString::fromStdString(runLineOf(created))
            .replace(QStringLiteral("docker run --detach"), QStringLiteral("docker create"))};
    const auto add = [&parts](const std::vector<std::string> &words) {
        parts.append(QString::fromStdString(docker::commandLine(words)));
    };
    const std::string &old = m_container.name;
    if (m_container.isAlive) {
        add({"stop", old});
    }
    add({"update", "--restart", "no", old});
    add({"rename", old, service::nameBefore(old)});
    add({"rename", created.name, name.empty() ? old : name});
    add({"start", name.empty() ? old : name});
    return parts.join(QStringLiteral(" && "));
}

bool RecreateController::pulls() const
{
    const auto after = m_form.readable();
    return after && m_form.missingImage(*after);
}

QString RecreateController::name() const
{
    return displayText(m_name);
}

bool RecreateController::isUnderWay() const
{
    return m_step != Step::Editing && m_step != Step::Ended;
}

bool RecreateController::recreate()
{
    if (isUnderWay()) {
        return false;
    }
    auto after = m_form.wanted();
    if (!after) {
        return false;
    }
    if (after->name.empty()) {
        after->name = m_container.name;
    }
    m_isUndo = m_isTakeBack = false;
    m_name = m_container.name;
    if (!m_form.missingImage(*after) && !m_form.checksImage()) {
        swap(*after);
        return true;
    }
    setStep(Step::Pulling);
    // Who runs an image already has decided about it.
    m_pull = m_form.bringImage(*after, after->image == m_before.image);
    m_pull.then(this, [this, after = *after](const Result<std::string> &pulled) {
        if (pulled) {
            swap(after);
        } else {
            end({.outcome = SwapOutcome::Refused, .error = pulled.error()});
        }
    });
    return true;
}

service::SwapContainers *RecreateController::makeSwap()
{
    m_swap = new service::SwapContainers(*m_swaps, m_timing, this);
    connect(m_swap, &service::SwapContainers::stepStarted, this, [this](service::SwapStep step) {
        m_swapStep = step;
        setStep(Step::Swapping);
    });
    connect(m_swap, &service::SwapContainers::waitStarted, this,
            [this] { setStep(Step::Waiting); });
    connect(m_swap, &service::SwapContainers::backStarted, this,
            [this] { setStep(Step::GoingBack); });
    connect(m_swap, &service::SwapContainers::finished, this, &RecreateController::end);
    m_swapStep = service::SwapStep::Create;
    setStep(Step::Swapping);
    return m_swap;
}

void RecreateController::swap(const docker::CreateContainer &after)
{
    makeSwap()->replace(m_container.id, m_before, after);
}

void RecreateController::undo(const std::string &newId, const std::string &name)
{
    if (!isUnderWay()) {
        m_isUndo = true;
        m_isTakeBack = false;
        m_name = name;
        makeSwap()->undo(newId);
    }
}

/// For a swap that no form began.
service::SwapContainers *RecreateController::makeSwapOf(const std::string &name)
{
    m_container = {.name = name};
    m_name = name;
    return makeSwap();
}

void RecreateController::resume(const std::string &newId, const std::string &name)
{
    if (!isUnderWay()) {
        m_isUndo = m_isTakeBack = false;
        makeSwapOf(name)->resume(newId);
    }
}

void RecreateController::takeBack(const std::string &newId, const std::string &name)
{
    if (!isUnderWay()) {
        m_isUndo = false;
        m_isTakeBack = true;
        makeSwapOf(name)->takeBack(newId);
    }
}

void RecreateController::cancel()
{
    if (m_step == Step::Pulling) {
        m_pull.cancel();
    } else if (isUnderWay() && m_swap) {
        m_swap->cancel();
    }
}

void RecreateController::end(const service::SwapResult &result)
{
    m_result = result;
    if (m_swap) {
        m_swap->deleteLater();
        m_swap.clear();
    }
    setStep(Step::Ended);
}

std::optional<Explanation> RecreateController::failure() const
{
    const bool isTakenBack = m_isTakeBack && m_result.outcome == SwapOutcome::AsItWas;
    if (m_step != Step::Ended || m_result.outcome == SwapOutcome::Swapped || isTakenBack) {
        return std::nullopt;
    }
    const Error error = m_result.error.value_or(Error{});
    Explanation words =
        error.operation == service::GuardedImages::policyOperation && m_form.verdict()
            ? explainPolicy(*m_form.verdict(), false)
            : describe(error, name());
    switch (m_result.outcome) {
    case SwapOutcome::NotRestored:
        words.title = tr("%1 could not be put back as it was").arg(name());
        words.advice = tr("The old container is not lost: look for %1 and %2 in the list, rename "
                          "and start the one that you want.")
                           .arg(name(), displayText(service::nameBefore(m_name)));
        break;
    case SwapOutcome::AsItWas:
        words.title = tr("%1 is as it was").arg(name());
        break;
    case SwapOutcome::Refused:
    case SwapOutcome::Swapped:
        words.title = tr("%1 was not touched").arg(name());
        if (m_result.error && m_result.error->detail == "--rm") {
            words.reason = tr("It removes itself when it stops (--rm), so it could not come back.");
            words.advice = tr("Run a copy of it instead.");
        }
        break;
    }
    return words;
}

void RecreateController::setStep(Step step)
{
    m_step = step;
    Q_EMIT stepChanged();
}

} // namespace roadstead::ui
