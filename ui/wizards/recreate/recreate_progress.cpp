// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/recreate/recreate_progress.h"

#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"
#include "ui/wizards/recreate/recreate_controller.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace roadstead::ui {

namespace {

constexpr int progressWidth = 560;

enum SwapLine { PullLine, CreateLine, StopLine, RenameLine, StartLine, WellLine };

} // namespace

RecreateProgress::RecreateProgress(RecreateController *controller, QWidget *parent)
    : Surface(Color::BgSurface, parent)
    , m_controller(controller)
    , m_title(new Label({}, FontRole::Title))
    , m_text(new Label)
    , m_undo(new Button(QStringLiteral("undoRecreate"), tr("Undo")))
    , m_details(new Button(QStringLiteral("recreatedDetails"), tr("Show the container"),
                           ButtonKind::Primary))
    , m_edit(new Button(QStringLiteral("recreateAgain"), tr("Back to the form")))
{
    setObjectName(QStringLiteral("recreateProgress"));
    auto *outer = new QHBoxLayout(this);
    outer->setContentsMargins(space::s6, space::s6, space::s6, space::s6);
    auto *column = new QVBoxLayout;
    column->setSpacing(space::s3);
    outer->addLayout(column);
    outer->addStretch(1);
    m_title->setObjectName(QStringLiteral("recreateTitle"));
    m_title->setWordWrap(true);
    m_title->setMinimumWidth(scaled(progressWidth));
    column->addWidget(m_title);
    addStep(column, tr("Pull the image"));
    addStep(column, tr("Create the new one"));
    addStep(column, tr("Stop the one that runs"));
    addStep(column, tr("Swap the names"));
    addStep(column, tr("Start"));
    addStep(column, tr("Wait until it is well"));
    m_text->setObjectName(QStringLiteral("recreateText"));
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_text);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s2);
    buttons->addWidget(m_details);
    m_undo->setIconName(QStringLiteral("arrow-counterclockwise"));
    buttons->addWidget(m_undo);
    buttons->addWidget(m_edit);
    buttons->addStretch(1);
    column->addLayout(buttons);
    column->addStretch(1);
    connect(m_details, &Button::clicked, this,
            [this] { Q_EMIT detailsWanted(m_controller->result().id); });
    connect(m_edit, &Button::clicked, controller, &RecreateController::edit);
    connect(m_undo, &Button::clicked, this, [this] {
        m_controller->undo(m_controller->result().id, m_controller->container().name);
    });
    connect(controller, &RecreateController::stepChanged, this, &RecreateProgress::refresh);
    refresh();
}

void RecreateProgress::addStep(QBoxLayout *column, const QString &text)
{
    const Line step{new QWidget, new MarkLabel(StateMark::Waiting)};
    auto *row = new QHBoxLayout(step.line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s2);
    row->addWidget(step.mark);
    row->addWidget(new Label(text), 1);
    column->addWidget(step.line);
    m_steps.append(step);
}

int RecreateProgress::stepNow() const
{
    using Step = RecreateController::Step;
    if (m_controller->step() == Step::Pulling) {
        return PullLine;
    }
    if (m_controller->step() == Step::Waiting) {
        return WellLine;
    }
    if (m_controller->step() != Step::Swapping) {
        return m_last;
    }
    switch (m_controller->swapStep()) {
    case service::SwapStep::Create:
        return CreateLine;
    case service::SwapStep::Stop:
    case service::SwapStep::KeepStopped:
        return StopLine;
    case service::SwapStep::Rename:
    case service::SwapStep::TakeName:
        return RenameLine;
    case service::SwapStep::Start:
        break;
    }
    return StartLine;
}

void RecreateProgress::refresh()
{
    using Step = RecreateController::Step;
    const Step step = m_controller->step();
    if (step == Step::Editing) {
        return; // the form is shown
    }
    const bool isEnded = step == Step::Ended;
    const bool isWell = isEnded && m_controller->result().outcome == service::SwapOutcome::Swapped;
    m_last = stepNow();
    if (!isEnded && step != Step::GoingBack) {
        m_steps[PullLine].line->setVisible(step == Step::Pulling ||
                                           m_steps[PullLine].mark->mark() == StateMark::Busy);
        m_steps[CreateLine].line->setVisible(!m_controller->isUndo());
    }
    for (int at = 0; at < m_steps.size(); ++at) {
        const bool isHere = at == m_last;
        const bool failed = step == Step::GoingBack || (isEnded && !isWell);
        m_steps[at].mark->setMark(isWell || at < m_last ? StateMark::Done
                                  : !isHere             ? StateMark::Waiting
                                  : failed              ? StateMark::Failed
                                                        : StateMark::Busy);
    }
    const QString name = m_controller->name();
    m_title->setText(step == Step::GoingBack  ? tr("Putting %1 back as it was").arg(name)
                     : m_controller->isUndo() ? tr("Putting the old %1 back").arg(name)
                                              : tr("Recreating %1").arg(name));
    m_text->setVisible(isEnded);
    m_details->setVisible(isWell);
    m_undo->setVisible(isWell && !m_controller->isUndo());
    m_edit->setVisible(isEnded && !isWell && !m_controller->isUndo());
    if (isEnded) {
        refreshEnd();
    }
}

void RecreateProgress::refreshEnd()
{
    const QString name = m_controller->name();
    if (const auto failure = m_controller->failure()) {
        m_title->setText(failure->title);
        m_text->setText(failure->body());
        m_text->setToolTip(plainTip(failure->rawDetail));
    } else if (m_controller->isUndo()) {
        m_title->setText(tr("The old %1 is back").arg(name));
        m_text->setText(tr("The newer one is kept, stopped."));
    } else {
        m_title->setText(tr("%1 is recreated").arg(name));
        m_text->setText(tr("The old one is kept, stopped, until you remove it."));
    }
    if (isVisible()) {
        announce(this, m_title->text());
    }
}

} // namespace roadstead::ui
