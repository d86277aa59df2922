// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/push/push_wizard.h"

#include "ui/dialogs/sign_in_dialog.h"
#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/label.h"
#include "ui/widgets/surface.h"
#include "ui/wizards/frame/stepper.h"
#include "ui/wizards/push/push_controller.h"
#include "ui/wizards/push/push_fields.h"
#include "ui/wizards/push/push_preview.h"
#include "ui/wizards/push/push_progress.h"
#include "ui/wizards/push/push_result.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

using Step = PushController::Step;

constexpr int formWidth = 372;
enum PageOfPush { FormPage, ResultPage };
enum SideOfPush { PreviewSide, ProgressSide };

QScrollArea *scrollingPart(const QString &name, QWidget *content)
{
    auto *area = new QScrollArea;
    area->setObjectName(name);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(content);
    return area;
}

/// With the room that cards have around them.
QWidget *padded(QWidget *content)
{
    auto *surface = new Surface(Color::BgSurface);
    auto *column = new QVBoxLayout(surface);
    column->setContentsMargins(space::s4, space::s4, space::s4, space::s4);
    column->addWidget(content);
    return surface;
}

} // namespace

PushWizard::PushWizard(PushController *controller, QWidget *parent)
    : WizardFrame(u"pushWizard"_s, tr("Push image"), parent)
    , m_controller(controller)
    , m_fields(new PushFields(controller))
    , m_preview(new PushPreview(controller))
    , m_progress(new PushProgress(controller))
    , m_result(new PushResult(controller))
{
    addStepPage(makeForm());
    addStepPage(m_result);
    makeBars();
    connect(controller, &PushController::formChanged, this, &PushWizard::refresh);
    connect(controller, &PushController::stepChanged, this, &PushWizard::refreshStep);
    connect(m_fields, &PushFields::signInWanted, this, &PushWizard::askAccount);
    connect(m_preview, &PushPreview::mendWanted, this, &PushWizard::mend);
    connect(m_result, &PushResult::browseWanted, this, &PushWizard::browseWanted);
    refreshStep();
}

PushWizard::~PushWizard()
{
    m_controller->disconnect(this);
}

QWidget *PushWizard::makeForm()
{
    auto *page = new Surface(Color::BgSurface);
    auto *row = new QHBoxLayout(page);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    QScrollArea *form = scrollingPart(u"pushFormScroll"_s, m_fields);
    form->setFixedWidth(scaled(formWidth));
    m_fields->setLines(layoutDirection() == Qt::RightToLeft ? Qt::LeftEdge : Qt::RightEdge);
    m_side = new QStackedWidget;
    m_side->addWidget(scrollingPart(u"pushPreviewScroll"_s, padded(m_preview)));
    m_side->addWidget(scrollingPart(u"pushProgressScroll"_s, padded(m_progress)));
    row->addWidget(form);
    row->addWidget(m_side, 1);
    return page;
}

void PushWizard::makeBars()
{
    m_subject = new Label({}, FontRole::Mono, Color::Text2);
    m_subject->setObjectName(u"pushSubject"_s);
    m_stepper =
        new Stepper(u"pushSteps"_s, {tr("Image"), tr("Registry"), tr("Push"), tr("Result")});
    m_stepper->setGoingBack(false);
    addHeadWidget(m_subject);
    addHeadWidget(m_stepper);
    m_leave = new Button(u"leavePush"_s, tr("Cancel"));
    m_note = new Label({}, FontRole::Small, Color::Text2);
    addLeaveWidget(m_leave);
    addLeaveWidget(m_note);
    m_copy = new Button(u"copyPullCommand"_s, tr("Copy pull command"));
    m_copy->setIconName(u"copy"_s);
    m_next = new Button(u"pushVerb"_s, tr("Push"), ButtonKind::Primary);
    addNextWidget(m_copy);
    addNextWidget(m_next);
    setCommandHint(m_next, [this] {
        return m_controller->step() == Step::Editing ? m_controller->line() : QString();
    });
    setCommandHint(m_fields, [this] { return m_controller->line(); });
    connect(m_next, &Button::clicked, this, &PushWizard::push);
    connect(m_copy, &Button::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_result->pullLine());
        announce(this, tr("Copied"));
    });
    connect(m_leave, &Button::clicked, this, [this] {
        switch (m_controller->step()) {
        case Step::Checking:
        case Step::Pushing:
            m_controller->cancel();
            break;
        case Step::Done:
            m_controller->edit();
            m_fields->focusFirst();
            break;
        case Step::Editing:
            Q_EMIT leaveWanted();
        }
    });
}

void PushWizard::begin()
{
    m_controller->begin();
    m_fields->fill();
    refreshStep();
    if (m_controller->step() == Step::Editing) {
        m_fields->focusFirst();
    }
}

void PushWizard::resume()
{
    m_controller->begin();
    m_next->setFocus(Qt::OtherFocusReason);
}

int PushWizard::stepNumber() const
{
    switch (m_controller->step()) {
    case Step::Editing:
        return m_controller->form().image.empty() ? 0 : 1;
    case Step::Checking:
    case Step::Pushing:
        return 2;
    case Step::Done:
        break;
    }
    return 3;
}

void PushWizard::refresh()
{
    m_subject->setText(displayText(m_controller->form().image, 60));
    m_stepper->setCurrent(stepNumber());
}

void PushWizard::refreshStep()
{
    const Step step = m_controller->step();
    const bool hadFocus = isAncestorOf(QApplication::focusWidget());
    const bool isBusy = step == Step::Checking || step == Step::Pushing;
    const bool isDone = step == Step::Done;
    m_side->setCurrentIndex(isBusy ? ProgressSide : PreviewSide);
    if (isDone) {
        m_result->refresh();
    }
    showStepPage(isDone ? ResultPage : FormPage);
    m_fields->refresh();
    m_preview->refresh();
    m_progress->refresh();
    m_leave->setText(isBusy ? tr("Stop push") : isDone ? tr("Push another image") : tr("Cancel"));
    m_leave->setAccessibleName(m_leave->text());
    m_note->setText(isBusy ? tr("Layers already sent stay on the registry, so a later push starts "
                                "from there.")
                           : QString());
    m_copy->setVisible(isDone);
    m_next->setVisible(!isBusy);
    m_next->setText(isDone ? tr("Done") : m_controller->failure() ? tr("Try again") : tr("Push"));
    m_next->setAccessibleName(m_next->text());
    m_next->setIconName(isDone ? u"check-lg"_s : u"upload"_s);
    refresh();
    if (isDone) {
        announce(this, m_result->title());
    } else if (step == Step::Editing && m_controller->failure()) {
        announce(this, m_controller->failure()->title);
    }
    if (hadFocus) {
        QWidget *mending = m_preview->mendingButton();
        QWidget *next = isBusy                                        ? m_leave
                        : step == Step::Editing && mending != nullptr ? mending
                                                                      : m_next;
        next->setFocus(Qt::OtherFocusReason);
    }
}

/// The button stays enabled: pressing it leads to what is to be mended.
void PushWizard::push()
{
    if (m_controller->step() == Step::Done) {
        Q_EMIT leaveWanted();
        return;
    }
    if (m_controller->push()) {
        m_fields->showProblems(false);
        return;
    }
    m_fields->showProblems(true);
    const auto problems = m_controller->problems();
    if (!problems.empty()) {
        announce(this, problems.front().text);
        m_fields->focusProblem();
    }
}

void PushWizard::askAccount()
{
    if (m_dialog) {
        return;
    }
    const registry::KeptAccount *account = m_controller->account();
    m_dialog = new SignInDialog(m_controller->desk(), m_controller->form().registry,
                                account == nullptr ? std::string() : account->username, this);
    connect(m_dialog, &SignInDialog::mendWanted, this, &PushWizard::mendWanted);
    // Once it is closed, which gives the keyboard back to where it was.
    connect(
        m_dialog, &SignInDialog::signedIn, this, [this] { m_next->setFocus(Qt::OtherFocusReason); },
        Qt::QueuedConnection);
    m_dialog->open();
}

void PushWizard::mend(RegistryRemedy remedy)
{
    remedy == RegistryRemedy::SignIn ? askAccount()
                                     : mendWanted(remedy, m_controller->form().registry);
}

/// Esc leaves, as everywhere; what was filled in is there when one comes back.
void PushWizard::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT leaveWanted();
    } else if (isEnter && event->modifiers() == Qt::ControlModifier &&
               m_controller->step() == Step::Editing) {
        push();
    } else {
        WizardFrame::keyPressEvent(event);
    }
}

} // namespace roadstead::ui
