// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/commit/commit_wizard.h"

#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"
#include "ui/widgets/surface.h"
#include "ui/wizards/commit/change_rows.h"
#include "ui/wizards/commit/commit_controller.h"
#include "ui/wizards/commit/commit_result.h"
#include "ui/wizards/commit/remark_line.h"
#include "ui/wizards/run/field.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace roadstead::ui {

namespace {

constexpr std::size_t longestLine = 4096;

QVBoxLayout *columnIn(QWidget *widget)
{
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins(space::s4, space::s4, space::s4, space::s4);
    column->setSpacing(space::s4);
    return column;
}

QWidget *sideNote(const QString &iconName, Label *text)
{
    auto *line = new QWidget;
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s2);
    row->addWidget(new IconLabel(iconName, 14, Color::Text3), 0, Qt::AlignTop);
    text->setWordWrap(true);
    text->setTone(Color::Text2);
    row->addWidget(text, 1);
    return line;
}

} // namespace

CommitWizard::CommitWizard(CommitController *controller, QWidget *parent)
    : WizardFrame(QStringLiteral("commitWizard"), tr("Commit to an image"), parent)
    , m_controller(controller)
    , m_result(new CommitResult(controller))
{
    QWidget *form = makeForm();
    setBody(form, makeSide());
    setOther(m_result);
    makeBars();
    connect(controller, &CommitController::opened, this, &CommitWizard::fill);
    connect(controller, &CommitController::changed, this, &CommitWizard::refresh);
    connect(controller, &CommitController::stepChanged, this, &CommitWizard::refreshStep);
    connect(m_result, &CommitResult::runWanted, this, &CommitWizard::runWanted);
    fill();
    refreshStep();
}

CommitWizard::~CommitWizard()
{
    m_controller->disconnect(this);
}

QWidget *CommitWizard::makeForm()
{
    auto *form = new QWidget;
    QVBoxLayout *column = columnIn(form);
    addFailure(column);
    addName(column);
    addWords(column);
    m_pause = makeCheck(QStringLiteral("commitPause"),
                        tr("Pause the container while its files are read"));
    connect(m_pause, &QCheckBox::toggled, this, &CommitWizard::collect);
    column->addWidget(m_pause);
    m_changes = new ChangeRows;
    connect(m_changes, &ChangeRows::edited, this, &CommitWizard::collect);
    column->addWidget(m_changes);
    column->addStretch(1);
    return form;
}

void CommitWizard::addFailure(QBoxLayout *column)
{
    m_failureBox = new Surface(Color::DangerTint);
    m_failureBox->setRounded(radius::card, Color::DangerTint);
    m_failureBox->setObjectName(QStringLiteral("commitFailure"));
    auto *row = new QHBoxLayout(m_failureBox);
    row->setContentsMargins(space::s3, space::s2, space::s3, space::s2);
    row->setSpacing(space::s3);
    row->addWidget(new IconLabel(QStringLiteral("exclamation-circle"), 16, Color::DangerMark), 0,
                   Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    m_failure = new Label({}, FontRole::Section);
    m_failureText = new Label;
    for (Label *label : {m_failure, m_failureText}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        words->addWidget(label);
    }
    row->addLayout(words, 1);
    column->addWidget(m_failureBox);
}

void CommitWizard::addName(QBoxLayout *column)
{
    m_repository =
        makeField(QStringLiteral("commitRepository"), tr("Repository"), QStringLiteral("team/web"));
    m_repositoryRemark = new RemarkLine(QStringLiteral("commitRepositoryRemark"));
    m_tag = makeField(QStringLiteral("commitTag"), tr("Tag"), QStringLiteral("latest"));
    m_tagRemark = new RemarkLine(QStringLiteral("commitTagRemark"));
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s4);
    row->addWidget(labelled(tr("Repository"), m_repository, m_repositoryRemark), 2);
    row->addWidget(labelled(tr("Tag"), m_tag, m_tagRemark), 1);
    column->addLayout(row);
    for (QLineEdit *field : {m_repository, m_tag}) {
        connect(field, &QLineEdit::textEdited, this, &CommitWizard::collect);
    }
}

void CommitWizard::addWords(QBoxLayout *column)
{
    const auto add = [&](QLineEdit *&field, const QString &name, const QString &label,
                         const QString &example) {
        field = makeField(name, label, example);
        auto *note = new Label;
        note->hide();
        column->addWidget(labelled(label, field, note));
        connect(field, &QLineEdit::textEdited, this, &CommitWizard::collect);
    };
    add(m_author, QStringLiteral("commitAuthor"), tr("Author"),
        QStringLiteral("Ada <ada@example.org>"));
    add(m_message, QStringLiteral("commitMessage"), tr("Message"),
        tr("what is different in this image"));
}

QWidget *CommitWizard::makeSide()
{
    auto *side = new Surface(Color::BgSunken);
    side->setObjectName(QStringLiteral("commitSide"));
    side->setLines(layoutDirection() == Qt::RightToLeft ? Qt::RightEdge : Qt::LeftEdge);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(space::s4, space::s3, space::s4, space::s4);
    column->setSpacing(space::s3);
    auto *head = new QHBoxLayout;
    head->addWidget(new Label(tr("What will run"), FontRole::Section));
    head->addStretch(1);
    auto *copy = new IconButton(QStringLiteral("copyCommitLine"), QStringLiteral("copy"),
                                tr("Copy the command"));
    connect(copy, &IconButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_controller->line()); });
    head->addWidget(copy);
    column->addLayout(head);
    auto *box = new Surface(Color::BgSurface);
    box->setRounded(radius::card);
    auto *inner = new QVBoxLayout(box);
    inner->setContentsMargins(space::s3, space::s2, space::s3, space::s2);
    m_line = new Label({}, FontRole::Mono);
    m_line->setObjectName(QStringLiteral("commitLine"));
    m_line->setAccessibleName(tr("The command that will run"));
    m_line->setWordWrap(true);
    m_line->setLayoutDirection(Qt::LeftToRight); // commands are, in every language
    m_line->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    inner->addWidget(m_line);
    column->addWidget(box);
    column->addWidget(new Label(tr("What happens"), FontRole::Section));
    m_pauseNote = new Label;
    column->addWidget(sideNote(QStringLiteral("pause"), m_pauseNote));
    column->addWidget(sideNote(
        QStringLiteral("info-circle"),
        new Label(tr("The image has the files of the container as they are then. What is in its "
                     "volumes and mounted folders is not part of it."))));
    column->addWidget(sideNote(
        QStringLiteral("info-circle"),
        new Label(tr("Its variables and command are the container's, unless an instruction says "
                     "otherwise. Secrets among them become part of the image."))));
    column->addStretch(1);
    return side;
}

void CommitWizard::makeBars()
{
    m_name = new ElidedLabel({}, FontRole::Mono, Color::Text2);
    m_name->setObjectName(QStringLiteral("commitContainer"));
    addHeadWidget(m_name);
    m_leave = new Button(QStringLiteral("leaveCommit"), tr("Cancel"));
    addLeaveWidget(m_leave);
    m_problems = new Label({}, FontRole::Small, Color::Danger);
    m_commit = new Button(QStringLiteral("commitNow"), tr("Commit"), ButtonKind::Primary);
    m_commit->setIconName(QStringLiteral("check-lg"));
    addNextWidget(m_problems);
    addNextWidget(m_commit);
    setCommandHint(m_commit, [this] { return m_controller->line(); });
    connect(m_leave, &Button::clicked, this, [this] {
        if (m_controller->step() == CommitController::Step::Committing) {
            m_controller->cancel();
        } else {
            Q_EMIT leaveWanted();
        }
    });
    connect(m_commit, &Button::clicked, this, &CommitWizard::commit);
}

void CommitWizard::begin()
{
    if (m_controller->step() == CommitController::Step::Editing) {
        m_repository->setFocus(Qt::OtherFocusReason);
    }
}

void CommitWizard::fill()
{
    const CommitForm &form = m_controller->form();
    m_name->setFullText(m_controller->containerName());
    setText(m_repository, form.repository);
    setText(m_tag, form.tag);
    setText(m_author, form.author);
    setText(m_message, form.message);
    const QSignalBlocker quiet(m_pause);
    m_pause->setChecked(form.pauses);
    m_pause->setVisible(m_controller->isRunning());
    if (m_changes->changes() != form.changes) {
        m_changes->setChanges(form.changes);
    }
    refresh();
}

void CommitWizard::collect()
{
    m_controller->setForm({textOf(m_repository), textOf(m_tag), textOf(m_author), textOf(m_message),
                           m_pause->isChecked(), m_changes->changes()});
}

void CommitWizard::refresh()
{
    const auto &remarks = m_controller->remarks();
    const auto mark = [&remarks](CommitField place, QLineEdit *field, RemarkLine *line) {
        const auto found = std::ranges::find(remarks, place, &CommitRemark::field);
        const bool isThere = found != remarks.end();
        line->say(isThere ? found->text : QString(), isThere && found->isWrong);
        setFaulty(field, isThere && found->isWrong);
        field->setAccessibleDescription(isThere ? found->text : QString());
    };
    mark(CommitField::Repository, m_repository, m_repositoryRemark);
    mark(CommitField::Tag, m_tag, m_tagRemark);
    m_changes->mark(remarks);
    m_line->setText(displayText(m_controller->line(), longestLine));
    m_pauseNote->setText(!m_controller->isRunning()
                             ? tr("The container does not run, so its files do not change.")
                         : m_controller->form().pauses
                             ? tr("The container stands still until its files are read.")
                             : tr("The container goes on. Files that are written meanwhile may be "
                                  "half old and half new."));
    const int problems = m_controller->problemCount();
    const bool isEditing = m_controller->step() == CommitController::Step::Editing;
    m_problems->setText(tr("%n things to fix", nullptr, problems));
    m_problems->setVisible(isEditing && problems > 0);
}

void CommitWizard::refreshStep()
{
    using Step = CommitController::Step;
    const Step step = m_controller->step();
    const bool isEditing = step == Step::Editing;
    isEditing ? showBody() : showOther();
    m_commit->setVisible(isEditing);
    m_leave->setText(isEditing            ? tr("Cancel")
                     : step == Step::Done ? tr("Back to the list")
                                          : tr("Stop"));
    m_leave->setAccessibleName(m_leave->text());
    const auto failure = m_controller->failure();
    m_failureBox->setVisible(failure.has_value());
    if (failure) {
        m_failure->setText(failure->title);
        m_failureText->setText(failure->body());
        m_failureText->setToolTip(plainTip(failure->rawDetail));
        if (isVisible()) {
            reveal(m_failureBox);
            announce(this, failure->title + u' ' + failure->body());
        }
    }
    if (step == Step::Done && isVisible()) {
        m_result->firstButton()->setFocus(Qt::OtherFocusReason);
    }
    refresh();
}

/// Where something is to be mended, pressing the button leads there.
void CommitWizard::commit()
{
    if (m_controller->commit()) {
        return;
    }
    const auto &remarks = m_controller->remarks();
    const auto wrong = std::ranges::find(remarks, true, &CommitRemark::isWrong);
    if (wrong != remarks.end()) {
        goTo(*wrong);
    }
}

void CommitWizard::goTo(const CommitRemark &problem)
{
    announce(this, problem.text);
    QWidget *field = problem.field == CommitField::Repository ? m_repository
                     : problem.field == CommitField::Tag      ? m_tag
                                                              : m_changes->field(problem.row);
    if (field != nullptr) {
        field->setFocus(Qt::OtherFocusReason);
        reveal(field);
    }
}

void CommitWizard::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT leaveWanted();
    } else {
        WizardFrame::keyPressEvent(event);
    }
}

} // namespace roadstead::ui
