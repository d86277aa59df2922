// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/build/build_wizard.h"

#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/label.h"
#include "ui/wizards/build/build_view.h"
#include "ui/wizards/build/context_step.h"
#include "ui/wizards/build/dockerfile_step.h"
#include "ui/wizards/build/dockerfile_view.h"
#include "ui/wizards/build/options_step.h"
#include "ui/wizards/build/result_step.h"
#include "ui/wizards/frame/stepper.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScrollArea>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

QScrollArea *scrolling(const QString &name, QWidget *content)
{
    auto *area = new QScrollArea;
    area->setObjectName(name);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content);
    return area;
}

} // namespace

BuildWizard::BuildWizard(BuildController *controller, QWidget *parent)
    : WizardFrame(u"buildWizard"_s, tr("Build image"), parent)
    , m_controller(controller)
    , m_context(new ContextStep(controller))
    , m_dockerfile(new DockerfileStep(controller))
    , m_options(new OptionsStep(controller))
    , m_view(new BuildView)
    , m_result(new ResultStep(controller))
{
    addStepPage(scrolling(u"buildContextScroll"_s, m_context));
    addStepPage(m_dockerfile);
    addStepPage(scrolling(u"buildOptionsScroll"_s, m_options));
    addStepPage(m_view);
    addStepPage(m_result);
    makeBars();
    connect(controller, &BuildController::formChanged, this, &BuildWizard::fill);
    connect(controller, &BuildController::formEdited, this, &BuildWizard::refresh);
    connect(controller, &BuildController::factsChanged, this, &BuildWizard::refresh);
    connect(controller, &BuildController::stepChanged, this, &BuildWizard::refreshStep);
    connect(controller, &BuildController::runChanged, this, [this] {
        m_view->refresh();
        refresh();
    });
    connect(m_dockerfile, &DockerfileStep::edited, this, &BuildWizard::refresh);
    connect(m_result, &ResultStep::runWanted, this, &BuildWizard::runWanted);
    connect(m_result, &ResultStep::pushWanted, this, &BuildWizard::pushWanted);
    connect(m_result, &ResultStep::mendWanted, this, &BuildWizard::mendWanted);
    connect(m_result, &ResultStep::editWanted, this, &BuildWizard::editAt);
    connect(m_result, &ResultStep::stepsWanted, this,
            [this] { showStepPage(int(Step::Building)); });
    fill();
    refreshStep();
}

BuildWizard::~BuildWizard()
{
    m_controller->disconnect(this);
}

void BuildWizard::makeBars()
{
    m_subject = new Label({}, FontRole::Mono, Color::Text2);
    m_subject->setObjectName(u"buildSubject"_s);
    m_stepper = new Stepper(u"buildSteps"_s, {tr("Context"), tr("Dockerfile"), tr("Options"),
                                              tr("Build"), tr("Result")});
    addHeadWidget(m_subject);
    addHeadWidget(m_stepper);
    m_leave = new Button(u"leaveBuild"_s, tr("Cancel"));
    m_note = new ElidedLabel({}, FontRole::Small, Color::Text2);
    m_note->setObjectName(u"buildNote"_s);
    addLeaveWidget(m_leave);
    addLeaveWidget(m_note);
    m_back = new Button(u"buildBack"_s, tr("Back"));
    m_next = new Button(u"buildNext"_s, tr("Next"), ButtonKind::Primary);
    addNextWidget(m_back);
    addNextWidget(m_next);
    connect(m_stepper, &Stepper::stepWanted, this,
            [this](int step) { m_controller->goTo(Step(step)); });
    connect(m_leave, &Button::clicked, this, [this] {
        if (m_controller->step() == Step::Building) {
            m_controller->stop();
        } else {
            Q_EMIT leaveWanted();
        }
    });
    connect(m_back, &Button::clicked, this, [this] {
        const Step step = m_controller->step();
        m_controller->goTo(step == Step::Result ? Step::Options : Step(int(step) - 1));
    });
    connect(m_next, &Button::clicked, this, &BuildWizard::goOn);
}

void BuildWizard::begin()
{
    refreshStep();
    if (m_controller->step() == Step::Context) {
        m_context->field()->setFocus(Qt::OtherFocusReason);
    }
}

void BuildWizard::fill()
{
    m_context->fill();
    m_dockerfile->fill();
    m_options->fill();
    refresh();
}

void BuildWizard::resume()
{
    m_next->setFocus(Qt::OtherFocusReason);
}

void BuildWizard::refresh()
{
    const BuildForm &form = m_controller->form();
    m_subject->setText(form.tags.empty() ? QString() : displayText(form.tags.front(), 60));
    const Step step = m_controller->step();
    m_note->setFullText(step == Step::Building ? tr("You can leave this page. The build goes on.")
                        : step == Step::Result ? QString()
                                               : m_controller->builderNote());
    const bool isRemote = isRemoteContext(form.context);
    const bool isReady = isRemote || (!m_controller->isLooking() && !m_controller->facts().problem);
    m_next->setEnabled(step != Step::Context || (isReady && !form.context.empty()));
    // Given anew, so that the command bar asks again.
    for (QWidget *widget : {static_cast<QWidget *>(m_next), static_cast<QWidget *>(m_context),
                            static_cast<QWidget *>(m_options)}) {
        setCommandHint(widget, [this] { return m_controller->line(); });
    }
}

void BuildWizard::refreshStep()
{
    const Step step = m_controller->step();
    const bool hadFocus = isAncestorOf(QApplication::focusWidget());
    if (step == Step::Options) {
        m_options->fill();
    }
    if (step == Step::Building) {
        m_view->setRun(m_controller->run(), m_controller->text());
    } else if (step == Step::Result) {
        m_view->refresh();
        m_result->refresh();
    }
    showStepPage(int(step));
    m_stepper->setCurrent(int(step));
    m_stepper->setGoingBack(step != Step::Building);
    m_leave->setText(step == Step::Building ? tr("Stop build")
                     : step == Step::Result ? tr("Back to the list")
                                            : tr("Cancel"));
    m_leave->setAccessibleName(m_leave->text());
    m_back->setVisible(step != Step::Context && step != Step::Building);
    m_next->setVisible(step != Step::Building);
    m_next->setText(step == Step::Options  ? tr("Build")
                    : step == Step::Result ? tr("Build again")
                                           : tr("Next"));
    m_next->setAccessibleName(m_next->text());
    refresh();
    if (step == Step::Result) {
        announce(this, m_result->findChild<Label *>(u"buildResultTitle"_s)->text());
        if (hadFocus) {
            m_result->firstButton()->setFocus(Qt::OtherFocusReason);
        }
    } else if (hadFocus && step == Step::Dockerfile) {
        m_dockerfile->view()->setFocus(Qt::OtherFocusReason);
    } else if (hadFocus && step == Step::Building) {
        m_leave->setFocus(Qt::OtherFocusReason);
    }
}

void BuildWizard::goOn()
{
    switch (m_controller->step()) {
    case Step::Context:
        m_controller->goTo(Step::Dockerfile);
        return;
    case Step::Dockerfile:
        m_controller->goTo(Step::Options);
        return;
    case Step::Options:
    case Step::Result:
        build();
        return;
    case Step::Building:
        return;
    }
}

/// The button stays enabled: pressing it leads to what is to be mended.
void BuildWizard::build()
{
    if (m_controller->build()) {
        return;
    }
    const QList<BuildProblem> problems = m_controller->problems();
    if (problems.isEmpty()) { // the Dockerfile could not be saved
        m_controller->goTo(Step::Dockerfile);
        return;
    }
    announce(this, problems.first().text);
    const BuildField field = problems.first().field;
    m_controller->goTo(field == BuildField::Context      ? Step::Context
                       : field == BuildField::Dockerfile ? Step::Dockerfile
                                                         : Step::Options);
    m_options->showProblems(problems, true);
}

void BuildWizard::editAt(int line)
{
    m_controller->goTo(Step::Dockerfile);
    if (line > 0) {
        m_dockerfile->goToLine(line);
    }
}

void BuildWizard::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT leaveWanted();
    } else if (isEnter && event->modifiers() == Qt::ControlModifier) {
        goOn();
    } else {
        WizardFrame::keyPressEvent(event);
    }
}

} // namespace roadstead::ui
