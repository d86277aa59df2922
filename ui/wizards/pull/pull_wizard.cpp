// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/pull/pull_wizard.h"

#include "ui/text/display_text.h"
#include "ui/text/trust_text.h"
#include "ui/theme/metrics.h"
#include "ui/trust/policy_notice.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/label.h"
#include "ui/widgets/surface.h"
#include "ui/wizards/frame/layers_view.h"
#include "ui/wizards/pull/pull_controller.h"
#include "ui/wizards/pull/search_list.h"
#include "ui/wizards/run/field.h"

#include <QApplication>
#include <QCompleter>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QStringListModel>
#include <QVBoxLayout>

namespace roadstead::ui {

namespace {

using Step = PullController::Step;

constexpr int progressWidth = 560;

Label *noteLabel(const QString &name)
{
    auto *note = new Label({}, FontRole::Small, Color::Danger);
    note->setObjectName(name);
    note->setWordWrap(true);
    note->hide();
    return note;
}

void tellAt(Label *note, const QString &problem)
{
    note->setText(problem);
    note->setVisible(!problem.isEmpty());
}

} // namespace

PullWizard::PullWizard(PullController *controller, QWidget *parent)
    : WizardFrame(QStringLiteral("pullWizard"), tr("Pull image"), parent)
    , m_controller(controller)
{
    setBody(makeForm(), makeSide());
    setOther(makeProgress());
    makeBars();
    connect(controller, &PullController::typedChanged, this, &PullWizard::refresh);
    connect(controller, &PullController::stepChanged, this, &PullWizard::refreshStep);
    connect(controller, &PullController::progressChanged, this,
            [this] { m_layers->setLayers(m_controller->layers()); });
    refreshStep();
}

PullWizard::~PullWizard()
{
    m_controller->disconnect(this);
}

QWidget *PullWizard::makeForm()
{
    auto *form = new QWidget;
    auto *column = new QVBoxLayout(form);
    column->setContentsMargins(space::s4, space::s4, space::s4, space::s4);
    column->setSpacing(space::s4);
    m_failureBox = new Surface(Color::DangerTint);
    m_failureBox->setRounded(radius::card, Color::DangerBorder);
    m_failureBox->setObjectName(QStringLiteral("pullFailure"));
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
    m_mend = new Button(QStringLiteral("pullFailureMend"), remedyText(RegistryRemedy::SignIn));
    failure->addSpacing(space::s1);
    failure->addWidget(m_mend, 0, Qt::AlignLeft);
    connect(m_mend, &Button::clicked, this,
            [this] { Q_EMIT mendWanted(m_controller->remedy(), m_controller->registry()); });
    column->addWidget(m_failureBox);
    m_notice = new PolicyNotice(QStringLiteral("pullPolicy"), QStringLiteral("pullAnyway"),
                                tr("Pull anyway"));
    column->addWidget(m_notice);
    connect(m_notice, &PolicyNotice::anywayWanted, this, [this] { pull(true); });

    m_image = makeField(QStringLiteral("pullImage"), tr("Image"),
                        QStringLiteral("registry.example/team/web:1.2"));
    m_imageNote = noteLabel(QStringLiteral("pullImageNote"));
    column->addWidget(labelled(tr("Image"), m_image, m_imageNote));
    m_names = new QStringListModel(this);
    auto *completer = new QCompleter(m_names, this);
    completer->setFilterMode(Qt::MatchContains);
    m_image->setCompleter(completer);

    m_platform = makeChoice(QStringLiteral("pullPlatform"), tr("Platform"));
    m_platform->setEditable(true);
    m_platform->addItems({QString(), QStringLiteral("linux/amd64"), QStringLiteral("linux/arm64"),
                          QStringLiteral("linux/arm/v7")});
    m_platform->lineEdit()->setPlaceholderText(tr("The engine's own"));
    m_platformNote = noteLabel(QStringLiteral("pullPlatformNote"));
    column->addWidget(labelled(tr("Platform"), m_platform, m_platformNote));
    auto *results = new SearchList(m_controller);
    column->addWidget(results);
    column->addStretch(1);
    connect(m_controller, &PullController::completionsChanged, this, [this, completer] {
        m_names->setStringList(m_controller->completions());
        if (m_image->hasFocus()) {
            completer->setCompletionPrefix(m_image->text());
            completer->complete();
        }
    });
    connect(m_image, &QLineEdit::textChanged, m_controller, &PullController::setTyped);
    connect(m_image, &QLineEdit::returnPressed, this, [this] { pull(false); });
    connect(m_platform, &QComboBox::currentTextChanged, m_controller, &PullController::setPlatform);
    connect(results, &SearchList::chosen, this, [this](const QString &name) {
        m_image->setText(name);
        m_image->setFocus(Qt::OtherFocusReason);
    });
    return form;
}

QWidget *PullWizard::makeSide()
{
    auto *side = new Surface(Color::BgSunken);
    side->setLines(layoutDirection() == Qt::RightToLeft ? Qt::RightEdge : Qt::LeftEdge);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(space::s4, space::s3, space::s4, space::s4);
    column->setSpacing(space::s3);
    column->addWidget(new Label(tr("What will run"), FontRole::Section));
    auto *frame = new Surface(Color::BgSurface);
    frame->setRounded(radius::card);
    auto *inner = new QVBoxLayout(frame);
    inner->setContentsMargins(space::s3, space::s2, space::s3, space::s2);
    m_line = new Label({}, FontRole::Mono, Color::Text);
    m_line->setObjectName(QStringLiteral("pullLine"));
    m_line->setWordWrap(true);
    m_line->setTextInteractionFlags(Qt::TextSelectableByMouse);
    inner->addWidget(m_line);
    column->addWidget(frame);
    auto *note = new Label(tr("The engine pulls with the accounts that the docker command knows. A "
                              "pull goes on when you leave this page."),
                           FontRole::Small, Color::Text3);
    note->setWordWrap(true);
    column->addWidget(note);
    column->addStretch(1);
    return side;
}

QWidget *PullWizard::makeProgress()
{
    auto *page = new Surface(Color::BgSurface);
    page->setObjectName(QStringLiteral("pullProgress"));
    auto *outer = new QHBoxLayout(page);
    outer->setContentsMargins(space::s6, space::s6, space::s6, space::s6);
    auto *column = new QVBoxLayout;
    column->setSpacing(space::s4);
    outer->addLayout(column);
    outer->addStretch(1);
    m_title = new Label({}, FontRole::Title);
    m_title->setWordWrap(true);
    m_title->setMinimumWidth(scaled(progressWidth));
    column->addWidget(m_title);
    m_verified = new Label({}, FontRole::Body, Color::Text2);
    m_verified->setObjectName(QStringLiteral("pullVerdict"));
    m_verified->setWordWrap(true);
    m_verified->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_verified);
    m_layers = new LayersView;
    column->addWidget(m_layers);
    m_result = new QWidget;
    auto *buttons = new QHBoxLayout(m_result);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(space::s2);
    m_show = new Button(QStringLiteral("pullShow"), tr("Show the image"), ButtonKind::Primary);
    auto *run = new Button(QStringLiteral("pullRun"), tr("Run container…"));
    auto *again = new Button(QStringLiteral("pullAgain"), tr("Pull another"));
    buttons->addWidget(m_show);
    buttons->addWidget(run);
    buttons->addWidget(again);
    buttons->addStretch(1);
    column->addWidget(m_result);
    column->addStretch(1);
    connect(m_show, &Button::clicked, this, &PullWizard::imageWanted);
    connect(run, &Button::clicked, this, &PullWizard::runWanted);
    connect(again, &Button::clicked, this, [this] {
        m_controller->edit();
        m_image->selectAll();
        m_image->setFocus(Qt::OtherFocusReason);
    });
    return page;
}

void PullWizard::makeBars()
{
    m_leave = new Button(QStringLiteral("leavePull"), tr("Cancel"));
    addLeaveWidget(m_leave);
    m_pull = new Button(QStringLiteral("pullVerb"), tr("Pull"), ButtonKind::Primary);
    m_pull->setIconName(QStringLiteral("download"));
    addNextWidget(m_pull);
    setCommandHint(m_pull, [this] { return m_controller->line(); });
    setCommandHint(m_image, [this] { return m_controller->line(); });
    connect(m_pull, &Button::clicked, this, [this] { pull(false); });
    connect(m_leave, &Button::clicked, this, [this] {
        if (m_controller->step() == Step::Pulling) {
            m_controller->cancel();
        } else {
            Q_EMIT leaveWanted();
        }
    });
}

void PullWizard::begin()
{
    m_controller->edit();
    m_names->setStringList(m_controller->completions());
    refreshStep();
    if (m_controller->step() == Step::Editing) {
        m_image->setFocus(Qt::OtherFocusReason);
    }
}

void PullWizard::resume()
{
    m_pull->setFocus(Qt::OtherFocusReason);
}

void PullWizard::refresh()
{
    const bool says = m_tried || !m_controller->typed().isEmpty();
    const QString problem = m_controller->problem();
    tellAt(m_imageNote, says && !problem.isEmpty() && (m_tried || m_controller->typed().size() > 1)
                            ? problem
                            : QString());
    tellAt(m_platformNote, m_controller->platformProblem());
    const QString line = m_controller->line();
    m_line->setText(line.isEmpty() ? tr("Enter an image.") : displayText(line));
    m_line->setTone(line.isEmpty() ? Color::Text3 : Color::Text);
    if (m_image->text().trimmed() != m_controller->typed()) {
        m_image->setText(m_controller->typed());
    }
    const auto &failure = m_controller->failure();
    m_failureBox->setVisible(failure.has_value());
    if (failure) {
        m_failureTitle->setText(failure->title);
        m_failureText->setText(failure->body());
        m_failureText->setToolTip(plainTip(failure->rawDetail));
    }
    const QString mend = remedyText(m_controller->remedy());
    m_mend->setVisible(!mend.isEmpty());
    if (!mend.isEmpty()) {
        m_mend->setText(mend);
        m_mend->setAccessibleName(mend);
    }
    m_pull->setText(failure ? tr("Try again") : tr("Pull"));
    m_pull->setAccessibleName(m_pull->text());
    m_notice->show(m_controller->held(), m_controller->mayDecide());
}

void PullWizard::refreshStep()
{
    const Step step = m_controller->step();
    const bool hadFocus = isAncestorOf(QApplication::focusWidget());
    step == Step::Editing ? showBody() : showOther();
    const QString name = displayText(m_controller->image().display, 120);
    m_title->setText(step == Step::Done           ? tr("%1 is here").arg(name)
                     : m_controller->isChecking() ? tr("Checking who signed %1").arg(name)
                                                  : tr("Pulling %1").arg(name));
    const auto &verdict = m_controller->verdict();
    m_verified->setVisible(verdict.has_value());
    m_verified->setText(
        !verdict ? QString()
        : verdict->digest.empty()
            ? verdictText(&*verdict)
            : tr("%1: %2").arg(verdictText(&*verdict), displayText(verdict->digest, 80)));
    m_layers->setLayers(m_controller->layers());
    m_layers->setVisible(step == Step::Pulling && !m_controller->isChecking());
    m_result->setVisible(step == Step::Done);
    m_pull->setVisible(step == Step::Editing);
    m_leave->setText(step == Step::Editing ? tr("Cancel")
                     : step == Step::Done  ? tr("Back to the list")
                                           : tr("Stop"));
    m_leave->setAccessibleName(m_leave->text());
    refresh();
    if (step == Step::Done) {
        announce(this, m_title->text());
        if (hadFocus) {
            m_show->setFocus(Qt::OtherFocusReason);
        }
    } else if (step == Step::Editing && m_controller->failure()) {
        announce(this, m_controller->failure()->title);
        if (hadFocus) {
            QWidget *next = m_controller->remedy() == RegistryRemedy::None
                                ? static_cast<QWidget *>(m_image)
                                : m_mend;
            next->setFocus(Qt::OtherFocusReason);
        }
    } else if (step == Step::Editing && m_controller->held()) {
        announce(this, m_notice->title());
        if (hadFocus) {
            QWidget *next = m_controller->mayDecide() ? m_notice->button() : m_image;
            next->setFocus(Qt::OtherFocusReason);
        }
    } else if (step == Step::Pulling && hadFocus) {
        m_leave->setFocus(Qt::OtherFocusReason);
    }
}

/// The button stays enabled: pressing it leads to what is to be mended.
void PullWizard::pull(bool isDecided)
{
    m_tried = true;
    if (m_controller->pull(isDecided)) {
        m_tried = false;
        return;
    }
    refresh();
    QWidget *wrong = m_controller->problem().isEmpty() ? static_cast<QWidget *>(m_platform)
                                                       : static_cast<QWidget *>(m_image);
    announce(this, m_controller->problem().isEmpty() ? m_controller->platformProblem()
                                                     : m_controller->problem());
    wrong->setFocus(Qt::OtherFocusReason);
}

/// Esc leaves, as everywhere; what was typed is there when one comes back.
void PullWizard::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT leaveWanted();
        return;
    }
    WizardFrame::keyPressEvent(event);
}

} // namespace roadstead::ui
