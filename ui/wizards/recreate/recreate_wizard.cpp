// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/recreate/recreate_wizard.h"

#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"
#include "ui/widgets/surface.h"
#include "ui/wizards/recreate/changes_panel.h"
#include "ui/wizards/recreate/recreate_controller.h"
#include "ui/wizards/recreate/recreate_progress.h"
#include "ui/wizards/run/basic_form.h"
#include "ui/wizards/run/field_place.h"
#include "ui/wizards/run/run_fields.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace roadstead::ui {

RecreateWizard::RecreateWizard(RecreateController *controller, QWidget *parent)
    : WizardFrame(QStringLiteral("recreateWizard"), tr("Edit and recreate"), parent)
    , m_controller(controller)
    , m_fields(new RunFields(controller->form()))
    , m_progress(new RecreateProgress(controller))
{
    auto *panel = new ChangesPanel(controller);
    setBody(makeForm(), panel);
    setOther(m_progress);
    makeBars();
    connect(controller, &RecreateController::opened, this, &RecreateWizard::fill);
    connect(controller, &RecreateController::changed, this, &RecreateWizard::refresh);
    connect(controller, &RecreateController::stepChanged, this, &RecreateWizard::refreshStep);
    connect(controller->form(), &RunController::formChanged, this, &RecreateWizard::fill);
    connect(m_progress, &RecreateProgress::detailsWanted, this, &RecreateWizard::detailsWanted);
    connect(m_fields, &RunFields::edited, this, &RecreateWizard::refresh);
    connect(m_fields, &RunFields::placeWanted, this, [this](const RunPlace &place) {
        if (QWidget *field = m_fields->goTo(place)) {
            reveal(field);
        }
    });
    connect(m_fields->basic(), &BasicForm::linePasted, this, &RecreateWizard::fill);
    fill();
    refreshStep();
}

RecreateWizard::~RecreateWizard()
{
    m_controller->disconnect(this);
    m_controller->form()->disconnect(this);
}

QWidget *RecreateWizard::makeForm()
{
    auto *form = new QWidget;
    auto *column = new QVBoxLayout(form);
    column->setContentsMargins(space::s4, space::s4, space::s4, space::s4);
    column->setSpacing(space::s4);
    m_projectBox = new Surface(Color::WarnTint);
    m_projectBox->setRounded(radius::card, Color::WarnTint);
    m_projectBox->setObjectName(QStringLiteral("projectWarning"));
    auto *row = new QHBoxLayout(m_projectBox);
    row->setContentsMargins(space::s3, space::s2, space::s3, space::s2);
    row->setSpacing(space::s3);
    row->addWidget(new IconLabel(QStringLiteral("exclamation-triangle"), 16, Color::WarnMark), 0,
                   Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    m_project = new Label({}, FontRole::Section);
    m_project->setWordWrap(true);
    auto *text = new Label(tr("The next Up brings back what the file of the project says. Make the "
                              "change there, too, to keep it."));
    text->setWordWrap(true);
    words->addWidget(m_project);
    words->addWidget(text);
    row->addLayout(words, 1);
    column->addWidget(m_projectBox);
    column->addWidget(m_fields);
    column->addStretch(1);
    return form;
}

void RecreateWizard::makeBars()
{
    m_name = new Label({}, FontRole::Mono, Color::Text2);
    m_name->setObjectName(QStringLiteral("recreateName"));
    addHeadWidget(m_name);
    m_leave = new Button(QStringLiteral("leaveRecreate"), tr("Cancel"));
    addLeaveWidget(m_leave);
    m_problems = new Label({}, FontRole::Small, Color::Danger);
    m_reset = new Button(QStringLiteral("resetChanges"), tr("Reset changes"), ButtonKind::Quiet);
    m_recreate = new Button(QStringLiteral("recreate"), tr("Recreate"), ButtonKind::Primary);
    m_recreate->setIconName(QStringLiteral("arrow-clockwise"));
    addNextWidget(m_problems);
    addNextWidget(m_reset);
    addNextWidget(m_recreate);
    setCommandHint(m_recreate, [this] { return m_controller->line(); });
    connect(m_leave, &Button::clicked, this, [this] {
        if (m_controller->isUnderWay()) {
            m_controller->cancel();
        } else {
            Q_EMIT leaveWanted();
        }
    });
    connect(m_reset, &Button::clicked, m_controller, &RecreateController::reset);
    connect(m_recreate, &Button::clicked, this, &RecreateWizard::recreate);
}

void RecreateWizard::begin()
{
    m_controller->edit();
    if (m_controller->step() == RecreateController::Step::Editing) {
        m_fields->basic()->imageField()->setFocus(Qt::OtherFocusReason);
    }
}

void RecreateWizard::beginWithPort()
{
    begin();
    if (m_controller->step() == RecreateController::Step::Editing) {
        m_fields->basic()->addPort();
        if (QWidget *field = focusWidget()) {
            reveal(field);
        }
    }
}

void RecreateWizard::fill()
{
    m_fields->fill();
    const Replaced &container = m_controller->container();
    m_name->setText(displayText(container.name));
    m_projectBox->setVisible(!container.project.empty());
    m_project->setText(
        tr("This container belongs to project %1").arg(displayText(container.project)));
    refresh();
}

void RecreateWizard::refresh()
{
    markPlaces(this, *m_controller->form());
    const int problems = m_controller->form()->problemCount();
    const bool isEditing = m_controller->step() == RecreateController::Step::Editing;
    m_problems->setText(tr("%n things to fix", nullptr, problems));
    m_problems->setVisible(isEditing && problems > 0);
    const bool changes = !m_controller->differences().empty();
    m_reset->setEnabled(changes);
    m_recreate->setEnabled(changes);
    // Given anew, so that the command bar asks again while a person types.
    setCommandHint(m_fields, [this] { return m_controller->line(); });
}

void RecreateWizard::refreshStep()
{
    using Step = RecreateController::Step;
    const Step step = m_controller->step();
    const bool isEditing = step == Step::Editing;
    isEditing ? showBody() : showOther();
    m_reset->setVisible(isEditing);
    m_recreate->setVisible(isEditing);
    m_leave->setText(isEditing             ? tr("Cancel")
                     : step == Step::Ended ? tr("Back to the list")
                                           : tr("Stop and put back"));
    m_leave->setAccessibleName(m_leave->text());
    m_leave->setEnabled(step != Step::GoingBack);
    refresh();
}

/// Where something is to be mended, pressing the button leads there.
void RecreateWizard::recreate()
{
    if (m_controller->recreate()) {
        return;
    }
    const auto &checks = m_controller->form()->checks();
    const auto wrong = std::ranges::find(checks, RunCheck::Verdict::Wrong, &RunCheck::verdict);
    if (wrong != checks.end()) {
        announce(this, wrong->text);
        if (QWidget *field = m_fields->goTo(wrong->place)) {
            reveal(field);
        }
    }
}

void RecreateWizard::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT leaveWanted();
    } else {
        WizardFrame::keyPressEvent(event);
    }
}

} // namespace roadstead::ui
