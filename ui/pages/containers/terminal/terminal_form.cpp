// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/terminal/terminal_form.h"

#include "ui/pages/containers/terminal/terminal_fields.h"
#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace roadstead::ui {

namespace {
constexpr int shownVariables = 3;
}

TerminalForm::TerminalForm(QWidget *parent)
    : Surface(Color::BgSurface, parent)
    , m_column(new QVBoxLayout(this))
    , m_variables(new QPlainTextEdit(this))
    , m_problem(new Label({}, FontRole::Small, Color::Danger, this))
    , m_privileged(new QCheckBox(tr("All privileges (--privileged)"), this))
    , m_line(new CommandStrip(this))
{
    setObjectName(QStringLiteral("terminalForm"));
    setRounded(radius::card);
    m_column->setContentsMargins(space::s3, space::s3, space::s3, space::s3);
    m_column->setSpacing(space::s2);
    auto *label = new Label(tr("Environment, one NAME=value in each line"), FontRole::Small,
                            Color::Text2, this);
    label->setBuddy(m_variables);
    m_variables->setObjectName(QStringLiteral("terminalVariables"));
    m_variables->setAccessibleName(tr("Environment, one NAME=value in each line"));
    m_variables->setTabChangesFocus(true);
    m_variables->setFont(ui::font(FontRole::Mono));
    m_variables->setFixedHeight(shownVariables * lineHeight(FontRole::Mono) + 2 * space::s2);
    m_privileged->setObjectName(QStringLiteral("terminalPrivileged"));
    m_problem->setObjectName(QStringLiteral("terminalVariablesProblem"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto *open = new Button(QStringLiteral("terminalFormOpen"), tr("Open terminal"),
                            ButtonKind::Primary, this);
    auto *cancel =
        new Button(QStringLiteral("terminalFormCancel"), tr("Cancel"), ButtonKind::Normal, this);
    setCommandHint(open, [this] { return m_line->command(); });
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s2);
    row->addStretch(1);
    row->addWidget(cancel);
    row->addWidget(open);
    m_column->addWidget(label);
    m_column->addWidget(m_variables);
    m_column->addWidget(m_problem);
    m_column->addWidget(m_privileged);
    m_column->addWidget(m_line);
    m_column->addLayout(row);
    connect(m_variables, &QPlainTextEdit::textChanged, this, &TerminalForm::changed);
    connect(m_privileged, &QCheckBox::toggled, this, &TerminalForm::changed);
    connect(open, &QAbstractButton::clicked, this, &TerminalForm::accept);
    connect(cancel, &QAbstractButton::clicked, this, &TerminalForm::closed);
}

void TerminalForm::takeFields(TerminalFields *fields)
{
    fields->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    fields->setMinimumWidth(0);
    m_column->insertWidget(0, fields);
    fields->show();
}

QStringList TerminalForm::lines() const
{
    QStringList lines = m_variables->toPlainText().split(u'\n');
    lines.removeIf([](const QString &line) { return line.trimmed().isEmpty(); });
    return lines;
}

QStringList TerminalForm::wrongLines() const
{
    QStringList wrong = lines();
    wrong.removeIf([](const QString &line) { return line.indexOf(u'=') > 0; });
    return wrong;
}

void TerminalForm::fill(TerminalChoice &choice) const
{
    for (const QString &line : lines()) {
        choice.environment.push_back(line.toStdString());
    }
    choice.privileged = m_privileged->isChecked();
}

void TerminalForm::setCommand(const QString &line)
{
    m_line->setCommand(line);
}

void TerminalForm::reset()
{
    m_variables->clear();
    m_privileged->setChecked(false);
    m_problem->hide();
}

bool TerminalForm::isFilled() const
{
    return !lines().isEmpty() || m_privileged->isChecked();
}

void TerminalForm::focusFirst()
{
    m_variables->setFocus(Qt::OtherFocusReason);
}

/// A wrong line is said and gone to; the button stays.
void TerminalForm::accept()
{
    const QStringList wrong = wrongLines();
    m_problem->setVisible(!wrong.isEmpty());
    if (wrong.isEmpty()) {
        Q_EMIT accepted();
        return;
    }
    m_problem->setText(tr("“%1” is no variable. Write it as NAME=value.")
                           .arg(displayText(wrong.constFirst(), 60)));
    announce(this, m_problem->text());
    m_variables->setFocus(Qt::OtherFocusReason);
}

void TerminalForm::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT closed();
        return;
    }
    Surface::keyPressEvent(event);
}

} // namespace roadstead::ui
