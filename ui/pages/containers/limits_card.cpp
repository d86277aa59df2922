// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/limits_card.h"

#include "engine/docker/command.h"
#include "ui/pages/containers/details_text.h"
#include "ui/pages/containers/tab/container_engine.h"
#include "ui/text/error_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/label.h"
#include "ui/widgets/progress.h"

#include <QAction>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QVBoxLayout>

namespace roadstead::ui {

namespace {

constexpr int fieldWidth = 84;
constexpr int barThickness = 4;

Button *headButton(const char *name, const QString &spoken)
{
    auto *button = new Button(QLatin1StringView(name), LimitsCard::tr("Edit"), ButtonKind::Quiet);
    button->setLook(ButtonKind::Quiet, ButtonSize::Small);
    button->setIconName(QStringLiteral("pencil"));
    button->setAccessibleName(spoken);
    button->hide();
    return button;
}

Label *problemLabel(const char *name)
{
    auto *label = new Label({}, FontRole::Small, Color::Danger);
    label->setObjectName(QLatin1StringView(name));
    label->setWordWrap(true);
    label->hide();
    return label;
}

QString lineOf(const docker::UpdateContainer &command)
{
    return QString::fromStdString(docker::commandLine(docker::arguments(command)));
}

void showText(Label *label, const QString &text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

} // namespace

LimitsCard::LimitsCard(ContainerEngine *engine, QWidget *parent)
    : Card(tr("Limits"), parent)
    , m_engine(engine)
    , m_badge(new Badge(tr("Editing"), Tone::Accent))
    , m_edit(headButton("limitsEdit", tr("Edit the limits")))
{
    setObjectName(QStringLiteral("limitsCard"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_badge->hide();
    addTitleWidget(m_badge);
    addHeadWidget(m_edit);
    body()->addWidget(new Separator);
    body()->addWidget(buildValues());
    body()->addWidget(buildEditor());
    connect(m_edit, &QAbstractButton::clicked, this, [this] { setEditing(true); });
    setEditing(false);
}

QWidget *LimitsCard::buildValues()
{
    auto *values = new QWidget;
    values->setObjectName(QStringLiteral("limitsValues"));
    auto *grid = new QGridLayout(values);
    grid->setContentsMargins(space::s3, space::s2, space::s3, space::s2);
    grid->setVerticalSpacing(space::s1);
    grid->setColumnMinimumWidth(0, scaled(88));
    grid->setColumnStretch(1, 1);
    const std::array captions{tr("CPUs"), tr("Memory"), tr("Processes")};
    for (int field = 0; field < LimitsForm::fields; ++field) {
        auto *value = m_values[std::size_t(field)] = new Label({}, FontRole::Small, Color::Text);
        grid->addWidget(new Label(captions[std::size_t(field)], FontRole::Small, Color::Text3),
                        field, 0);
        grid->addWidget(value, field, 1);
    }
    m_usage = new Label({}, FontRole::Small, Color::Text3);
    m_usage->setObjectName(QStringLiteral("usageNow"));
    m_usage->hide();
    grid->addWidget(m_usage, LimitsForm::fields, 0, 1, 2);
    return values;
}

QWidget *LimitsCard::buildEditor()
{
    auto *editor = new QWidget;
    editor->setObjectName(QStringLiteral("limitsEditor"));
    auto *layout = new QVBoxLayout(editor);
    layout->setContentsMargins(space::s3, space::s2, space::s3, space::s3);
    layout->setSpacing(space::s2);
    auto *meters = new QHBoxLayout;
    meters->setSpacing(space::s6);
    meters->addLayout(buildMeter(LimitsForm::Cpus, tr("CPUs")), 1);
    meters->addLayout(buildMeter(LimitsForm::Memory, tr("Memory")), 1);
    layout->addLayout(meters);
    m_problem = problemLabel("limitsProblem");
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s2);
    m_cancel = new Button(QStringLiteral("limitsCancel"), tr("Cancel"));
    m_apply = new Button(QStringLiteral("limitsApply"), tr("Apply"));
    m_apply->setIconName(QStringLiteral("check-lg"));
    QWidget *processes = buildField(LimitsForm::Processes, tr("Processes"));
    processes->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    buttons->addWidget(processes);
    buttons->addWidget(m_notes[LimitsForm::Processes]);
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_apply);
    layout->addLayout(buttons);
    layout->addWidget(m_problem);
    setCommandHint(m_apply, [this] {
        const auto command = m_form.command();
        return command ? lineOf(*command) : QString();
    });
    connect(m_cancel, &QAbstractButton::clicked, this, [this] { setEditing(false); });
    connect(m_apply, &QAbstractButton::clicked, this, &LimitsCard::apply);
    return editor;
}

/// A caption and its field; what is beside or below it is told by the note.
QWidget *LimitsCard::buildField(LimitsForm::Field field, const QString &caption)
{
    const std::array names{"limitCpus", "limitMemory", "limitProcesses"};
    auto *both = new QWidget;
    auto *layout = new QHBoxLayout(both);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::s2);
    auto *edit = m_fields[field] = new QLineEdit;
    edit->setObjectName(QLatin1StringView(names[field]));
    edit->setAccessibleName(caption);
    edit->setPlaceholderText(tr("No limit"));
    edit->setFixedWidth(scaled(fieldWidth));
    auto *label = new Label(caption, FontRole::Small, Color::Text);
    label->setBuddy(edit);
    m_notes[field] = new Label({}, FontRole::Small, Color::Text3);
    layout->addWidget(label, 1);
    layout->addWidget(edit);
    connect(edit, &QLineEdit::textEdited, this, [this, field](const QString &text) {
        m_form.setText(field, text);
        showProblems();
    });
    connect(edit, &QLineEdit::returnPressed, this, &LimitsCard::apply);
    return both;
}

/// A field with a bar of what is used below it.
QLayout *LimitsCard::buildMeter(LimitsForm::Field field, const QString &caption)
{
    auto *column = new QVBoxLayout;
    column->setSpacing(space::s1);
    column->addWidget(buildField(field, caption));
    auto *bar = m_bars[field] = new ProgressBar(barThickness);
    bar->setAccessibleName(tr("%1 used", "CPUs or Memory").arg(caption));
    column->addWidget(bar);
    m_notes[field]->setWordWrap(true);
    column->addWidget(m_notes[field]);
    return column;
}

void LimitsCard::setDetails(const docker::ContainerDetails &details)
{
    const bool another = details.id != m_details.id;
    m_details = details;
    if (another) {
        setEditing(false);
    }
    m_edit->setVisible(!m_badge->isVisibleTo(this));
    fill();
}

void LimitsCard::setUsage(const std::optional<LimitsUsage> &usage)
{
    m_used = usage;
    showText(m_usage,
             usage ? tr("%1 of one CPU and %2 used now")
                         .arg(percentText(usage->cpuPercent), memorySizeText(usage->memoryBytes))
                   : QString());
    showUsage();
}

/// Beside the fields: shares of what may be used at present.
void LimitsCard::showUsage()
{
    const double cpus =
        m_details.nanoCpus > 0 ? double(m_details.nanoCpus) / 1e9 : double(m_engine->cpus());
    const LimitsUsage used = m_used.value_or(LimitsUsage());
    const std::array shares{
        cpus > 0 ? used.cpuPercent / 100 / cpus : 0,
        used.memoryLimit > 0 ? double(used.memoryBytes) / double(used.memoryLimit) : 0};
    const std::array texts{tr("%1 used now").arg(percentText(used.cpuPercent)),
                           tr("%1 used").arg(memorySizeText(used.memoryBytes)), QString()};
    for (const auto field : {LimitsForm::Cpus, LimitsForm::Memory, LimitsForm::Processes}) {
        QString words = m_used ? texts[field] : QString();
        if (m_form.problem(field).isEmpty() && m_form.isChanged(field)) {
            words = words.isEmpty() ? tr("was %1").arg(m_form.before(field))
                                    : tr("%1, was %2", "412 MiB used, was 512 MiB")
                                          .arg(words, m_form.before(field));
        }
        m_notes[field]->setText(words);
        if (field < int(m_bars.size())) {
            m_bars[field]->setShare(shares[field]);
        }
    }
}

void LimitsCard::clear()
{
    m_details = {};
    setEditing(false);
    m_edit->hide();
    for (Label *value : m_values) {
        value->setText({});
    }
    setUsage({});
}

bool LimitsCard::isFilled() const
{
    return m_badge->isVisibleTo(this) && m_form.isChanged();
}

void LimitsCard::fill()
{
    m_values[LimitsForm::Cpus]->setText(cpuLimitText(m_details));
    m_values[LimitsForm::Memory]->setText(memoryLimitText(m_details));
    m_values[LimitsForm::Processes]->setText(pidsLimitText(m_details));
}

void LimitsCard::setEditing(bool editing)
{
    const bool hadFocus = isAncestorOf(window()->focusWidget());
    ++m_generation;
    m_tried = false;
    m_form = LimitsForm(m_details);
    for (const auto field : {LimitsForm::Cpus, LimitsForm::Memory, LimitsForm::Processes}) {
        m_fields[field]->setText(m_form.text(field));
    }
    setBusy(false);
    showProblems();
    m_badge->setVisible(editing);
    m_edit->setVisible(!editing);
    setNote(editing ? tr("No restart needed") : QString());
    findChild<QWidget *>(QStringLiteral("limitsValues"))->setVisible(!editing);
    findChild<QWidget *>(QStringLiteral("limitsEditor"))->setVisible(editing);
    if (editing) {
        m_fields[LimitsForm::Cpus]->setFocus(Qt::OtherFocusReason);
        m_fields[LimitsForm::Cpus]->selectAll();
    } else if (hadFocus) {
        m_edit->setFocus(Qt::OtherFocusReason);
    }
}

void LimitsCard::setBusy(bool busy)
{
    for (QLineEdit *field : m_fields) {
        field->setReadOnly(busy);
    }
    m_apply->setEnabled(!busy);
    m_apply->setText(busy ? tr("Applying") : tr("Apply"));
}

void LimitsCard::showProblems()
{
    QString first;
    for (const auto field : {LimitsForm::Cpus, LimitsForm::Memory, LimitsForm::Processes}) {
        const QString problem = m_form.problem(field);
        if (first.isEmpty()) {
            first = problem;
        }
    }
    showUsage();
    showText(m_problem, m_tried ? first : QString());
}

void LimitsCard::apply()
{
    if (!m_apply->isEnabled()) {
        return;
    }
    m_tried = true;
    showProblems();
    for (const auto field : {LimitsForm::Cpus, LimitsForm::Memory, LimitsForm::Processes}) {
        if (!m_form.problem(field).isEmpty()) {
            m_fields[field]->setFocus(Qt::OtherFocusReason);
            return;
        }
    }
    const auto command = m_form.command();
    if (!command) {
        setEditing(false); // nothing has changed
        return;
    }
    if (m_apply->hasFocus()) {
        m_fields[LimitsForm::Cpus]->setFocus(Qt::OtherFocusReason); // a disabled button has none
    }
    setBusy(true);
    m_engine->run(*command).then(
        this, [this, generation = ++m_generation](const Result<std::string> &result) {
            if (generation == m_generation) {
                finish(result);
            }
        });
}

void LimitsCard::finish(const Result<std::string> &result)
{
    if (!result) {
        setBusy(false);
        const QString words =
            describe(result.error(), QString::fromStdString(m_details.name)).body();
        showText(m_problem, words);
        announce(this, words);
        return;
    }
    announce(this, tr("The limits are changed"));
    setEditing(false);
    Q_EMIT applied();
}

void LimitsCard::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_badge->isVisibleTo(this)) {
        setEditing(false);
        return;
    }
    Card::keyPressEvent(event);
}

RestartCard::RestartCard(ContainerEngine *engine, QWidget *parent)
    : Card(tr("Restart policy"), parent)
    , m_engine(engine)
    , m_policy(new Label({}, FontRole::Small, Color::Text2))
    , m_edit(headButton("policyEdit", tr("Choose another restart policy")))
    , m_problem(problemLabel("policyProblem"))
{
    setObjectName(QStringLiteral("policyCard"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_policy->setObjectName(QStringLiteral("restartPolicy"));
    addHeadWidget(m_policy);
    addHeadWidget(m_edit);
    m_problem->setContentsMargins(space::s3, 0, space::s3, space::s2);
    body()->addWidget(m_problem);
    connect(m_edit, &QAbstractButton::clicked, this, &RestartCard::choose);
}

void RestartCard::setDetails(const docker::ContainerDetails &details)
{
    if (details.id != m_details.id) {
        ++m_generation;
        m_problem->hide();
    }
    m_details = details;
    m_policy->setText(restartPolicyText(details));
    m_edit->show();
}

void RestartCard::clear()
{
    ++m_generation;
    m_details = {};
    m_policy->setText({});
    m_edit->hide();
    m_problem->hide();
}

void RestartCard::choose()
{
    struct Choice
    {
        const char *policy;
        int most;
    };
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("policyMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Choice &choice : {Choice{"no", 0}, Choice{"unless-stopped", 0}, Choice{"always", 0},
                                 Choice{"on-failure", 0}, Choice{"on-failure", 5}}) {
        const docker::UpdateContainer command =
            restartCommand(m_details, choice.policy, choice.most);
        docker::ContainerDetails chosen = m_details;
        chosen.restartPolicy = choice.policy;
        chosen.restartMaximum = choice.most;
        QAction *action = menu->addAction(restartPolicyText(chosen));
        action->setObjectName(
            QStringLiteral("policy-%1-%2").arg(QLatin1StringView(choice.policy)).arg(choice.most));
        action->setCheckable(true);
        action->setChecked(m_details.restartPolicy == choice.policy &&
                           m_details.restartMaximum == choice.most);
        setCommandHint(action, lineOf(command));
        connect(action, &QAction::triggered, this, [this, command] { apply(command); });
    }
    menu->popup(m_edit->mapToGlobal(QPoint(0, m_edit->height())));
}

void RestartCard::apply(const docker::UpdateContainer &command)
{
    m_problem->hide();
    m_engine->run(command).then(
        this, [this, generation = ++m_generation](const Result<std::string> &result) {
            if (generation != m_generation) {
                return;
            }
            if (!result) {
                showText(m_problem,
                         describe(result.error(), QString::fromStdString(m_details.name)).body());
                return;
            }
            Q_EMIT applied();
        });
}

} // namespace roadstead::ui
