// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/run/run_wizard.h"

#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/trust/policy_notice.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/label.h"
#include "ui/widgets/surface.h"
#include "ui/wizards/run/basic_form.h"
#include "ui/wizards/run/field_place.h"
#include "ui/wizards/run/paste_box.h"
#include "ui/wizards/run/preview_panel.h"
#include "ui/wizards/run/progress_view.h"
#include "ui/wizards/run/run_fields.h"
#include "ui/wizards/run/run_presets.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace roadstead::ui {

namespace {

using Step = RunController::Step;

} // namespace

RunWizard::RunWizard(RunController *controller, RunPresets *presets, QWidget *parent)
    : WizardFrame(QStringLiteral("runWizard"), tr("Run container"), parent)
    , m_controller(controller)
    , m_presets(presets)
    , m_preview(new PreviewPanel(controller))
    , m_progress(new ProgressView(controller))
{
    setBody(makeForm(), m_preview);
    setOther(m_progress);
    makeBars();
    connect(controller, &RunController::formChanged, this, &RunWizard::fill);
    connect(controller, &RunController::checksChanged, this, &RunWizard::refresh);
    connect(controller, &RunController::stepChanged, this, &RunWizard::refreshStep);
    connect(m_preview, &PreviewPanel::placeWanted, this, &RunWizard::goTo);
    connect(m_progress, &ProgressView::detailsWanted, this, &RunWizard::detailsWanted);
    connect(m_progress, &ProgressView::portWanted, this, &RunWizard::portWanted);
    connect(m_progress, &ProgressView::againWanted, this, [this] {
        m_controller->clear();
        m_basic->imageField()->setFocus(Qt::OtherFocusReason);
    });
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) {
        const bool isHere = now != nullptr && isAncestorOf(now);
        m_preview->setCurrentPlace(isHere ? placeOf(now) : std::nullopt);
        if (isHere && placeOf(now)) { // a row that was just added has its place only after this
            QTimer::singleShot(0, now, [this, now] { reveal(now); });
        }
    });
    // Whatever has the keyboard here, the command bar says what pressing Run does.
    for (QWidget *widget : {static_cast<QWidget *>(m_run), static_cast<QWidget *>(m_basic)}) {
        setCommandHint(widget, [this] { return m_controller->line(); });
    }
    fill();
    refreshStep();
}

RunWizard::~RunWizard()
{
    // The keyboard moves on while the parts go: they are not to be asked for any more.
    qApp->disconnect(this);
    m_controller->disconnect(this);
}

QWidget *RunWizard::makeForm()
{
    auto *form = new QWidget;
    auto *column = new QVBoxLayout(form);
    column->setContentsMargins(space::s4, space::s4, space::s4, space::s4);
    column->setSpacing(space::s4);
    m_failureBox = new Surface(Color::DangerTint);
    m_failureBox->setRounded(radius::card, Color::DangerBorder);
    m_failureBox->setObjectName(QStringLiteral("runFailure"));
    auto *failure = new QVBoxLayout(m_failureBox);
    failure->setContentsMargins(space::s3, space::s2, space::s3, space::s2);
    failure->setSpacing(2);
    m_failureTitle = new Label({}, FontRole::Section, Color::Danger);
    m_failureText = new Label;
    for (Label *label : {m_failureTitle, m_failureText}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        failure->addWidget(label);
    }
    m_mend = new Button(QStringLiteral("runFailureMend"), remedyText(RegistryRemedy::SignIn));
    failure->addSpacing(space::s1);
    failure->addWidget(m_mend, 0, Qt::AlignLeft);
    connect(m_mend, &Button::clicked, this,
            [this] { Q_EMIT mendWanted(m_controller->remedy(), m_controller->registry()); });
    column->addWidget(m_failureBox);
    m_failureBox->setVisible(false);
    m_notice = new PolicyNotice(QStringLiteral("runPolicy"), QStringLiteral("runAnyway"),
                                tr("Run anyway"));
    column->addWidget(m_notice);
    connect(m_notice, &PolicyNotice::anywayWanted, this,
            [this] { run(m_controller->deed(), true); });

    m_paste = new PasteBox(m_controller);
    m_paste->setVisible(false);
    column->addWidget(m_paste);
    m_fields = new RunFields(m_controller);
    m_basic = m_fields->basic();
    column->addWidget(m_fields);
    connect(m_fields, &RunFields::edited, this, &RunWizard::refresh);
    connect(m_fields, &RunFields::placeWanted, this, &RunWizard::goTo);
    column->addStretch(1);
    connect(m_paste, &PasteBox::taken, this, [this] {
        m_paste->setVisible(false);
        m_basic->imageField()->setFocus(Qt::OtherFocusReason);
    });
    connect(m_paste, &PasteBox::left, this, [this] {
        m_paste->setVisible(false);
        m_basic->imageField()->setFocus(Qt::OtherFocusReason);
    });
    connect(m_basic, &BasicForm::linePasted, this, [this](const QString &line) {
        m_basic->fill(m_controller->form()); // as it was before the paste
        m_paste->take(line);
    });
    return form;
}

void RunWizard::makeBars()
{
    m_pasteButton =
        new Button(QStringLiteral("pasteCommand"), tr("Paste a command…"), ButtonKind::Quiet);
    m_pasteButton->setIconName(QStringLiteral("clipboard"));
    m_startFrom = new Button(QStringLiteral("startFrom"), tr("Start from"));
    m_startFrom->setIconName(QStringLiteral("clock-history"));
    addHeadWidget(m_pasteButton);
    addHeadWidget(m_startFrom);
    m_leave = new Button(QStringLiteral("leaveWizard"), tr("Cancel"));
    m_save = new Button(QStringLiteral("savePreset"), tr("Save as preset…"), ButtonKind::Quiet);
    m_save->setIconName(QStringLiteral("save"));
    addLeaveWidget(m_leave);
    addLeaveWidget(m_save);
    m_problems = new Label({}, FontRole::Small, Color::Danger);
    m_problems->setObjectName(QStringLiteral("problemCount"));
    m_createOnly = new Button(QStringLiteral("createOnly"), tr("Create only"));
    m_run = new Button(QStringLiteral("runContainer"), tr("Run"), ButtonKind::Primary);
    m_run->setIconName(QStringLiteral("play"));
    addNextWidget(m_problems);
    addNextWidget(m_createOnly);
    addNextWidget(m_run);
    setCommandHint(m_createOnly, [this] {
        return QString(m_controller->line())
            .replace(QStringLiteral("docker run --detach"), QStringLiteral("docker create"))
            .replace(QStringLiteral("docker run"), QStringLiteral("docker create"));
    });
    connect(m_pasteButton, &Button::clicked, m_paste, &PasteBox::open);
    connect(m_startFrom, &Button::clicked, this, &RunWizard::showStartMenu);
    connect(m_leave, &Button::clicked, this, [this] {
        if (m_controller->isUnderWay()) {
            m_controller->cancel();
        } else {
            Q_EMIT leaveWanted();
        }
    });
    connect(m_save, &Button::clicked, this, &RunWizard::savePreset);
    connect(m_createOnly, &Button::clicked, this, [this] { run(RunController::Deed::CreateOnly); });
    connect(m_run, &Button::clicked, this, [this] { run(RunController::Deed::Run); });
}

void RunWizard::begin()
{
    m_controller->edit();
    m_controller->readFacts();
    refreshStep();
    if (m_controller->step() == Step::Editing) {
        m_basic->imageField()->setFocus(Qt::OtherFocusReason);
    }
}

void RunWizard::resume()
{
    m_run->setFocus(Qt::OtherFocusReason);
}

void RunWizard::fill()
{
    m_fields->fill();
    refresh();
}

void RunWizard::refresh()
{
    markPlaces(this, *m_controller);
    const int problems = m_controller->problemCount();
    m_problems->setText(tr("%n things to fix", nullptr, problems));
    const bool isEditing = m_controller->step() == Step::Editing;
    m_problems->setVisible(isEditing && problems > 0);
    const auto &failure = m_controller->failure();
    m_failureBox->setVisible(failure.has_value() && !m_controller->held() &&
                             !m_controller->wasCancelled());
    m_notice->show(m_controller->held(), m_controller->mayDecide());
    if (failure) {
        m_failureTitle->setText(failure->title);
        m_failureText->setText(failure->body());
        m_failureText->setToolTip(plainTip(failure->rawDetail));
        const QString mend = remedyText(m_controller->remedy());
        m_mend->setVisible(!mend.isEmpty());
        if (!mend.isEmpty()) {
            m_mend->setText(mend);
            m_mend->setAccessibleName(mend);
        }
    }
    setCommandHint(m_basic, [this] { return m_controller->line(); });
}

void RunWizard::refreshStep()
{
    const Step step = m_controller->step();
    const bool isEditing = step == Step::Editing;
    const bool hadFocus = isAncestorOf(QApplication::focusWidget());
    isEditing ? showBody() : showOther();
    for (QWidget *widget : {m_pasteButton, m_startFrom, m_save, m_createOnly, m_run}) {
        widget->setVisible(isEditing);
    }
    m_leave->setText(isEditing            ? tr("Cancel")
                     : step == Step::Done ? tr("Back to the list")
                                          : tr("Stop"));
    m_leave->setAccessibleName(m_leave->text());
    m_leave->setEnabled(step != Step::Undoing);
    refresh();
    if (step == Step::Done) {
        announce(this, tr("%1 is there").arg(m_controller->containerName()));
        if (hadFocus) {
            m_progress->firstButton()->setFocus(Qt::OtherFocusReason);
        }
    } else if (isEditing && m_controller->failure() && !m_controller->wasCancelled()) {
        announce(this, m_controller->failure()->title);
        const auto &checks = m_controller->checks();
        if (hadFocus && m_controller->held() && m_controller->mayDecide()) {
            m_notice->button()->setFocus(Qt::OtherFocusReason);
        } else if (hadFocus && m_controller->remedy() != RegistryRemedy::None) {
            m_mend->setFocus(Qt::OtherFocusReason);
        } else if (hadFocus && !checks.empty() &&
                   checks.front().verdict == RunCheck::Verdict::Wrong) {
            goTo(checks.front().place);
        }
    } else if (!isEditing && hadFocus) {
        m_leave->setFocus(Qt::OtherFocusReason);
    }
}

/// The button stays enabled: pressing it leads to what is to be mended.
void RunWizard::run(RunController::Deed deed, bool isDecided)
{
    if (m_controller->run(deed, isDecided)) {
        return;
    }
    const auto &checks = m_controller->checks();
    const auto wrong = std::ranges::find(checks, RunCheck::Verdict::Wrong, &RunCheck::verdict);
    if (wrong != checks.end()) {
        announce(this, wrong->text);
        goTo(wrong->place);
    }
}

void RunWizard::goTo(const RunPlace &place)
{
    if (QWidget *field = m_fields->goTo(place)) {
        reveal(field);
    }
}

/// Esc leaves, as everywhere; what was typed is there when one comes back.
void RunWizard::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT leaveWanted();
    } else if (isEnter && event->modifiers() == Qt::ControlModifier &&
               m_controller->step() == Step::Editing) {
        run(RunController::Deed::Run);
    } else {
        WizardFrame::keyPressEvent(event);
    }
}

} // namespace roadstead::ui
