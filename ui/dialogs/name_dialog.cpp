// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/dialogs/name_dialog.h"

#include "ui/text/display_text.h"

#include <QLineEdit>
#include <QVBoxLayout>

#include <utility>

namespace roadstead::ui {

namespace {
constexpr int longestName = 255;
}

NameDialog::NameDialog(const Words &words, const QString &before, Rules rules, QWidget *parent)
    : Dialog(words.name, words.question, parent)
    , m_rules(std::move(rules))
    , m_field(new QLineEdit(this))
{
    m_field->setObjectName(QStringLiteral("newName"));
    m_field->setAccessibleName(words.label);
    m_field->setMaxLength(longestName);
    m_field->setText(displayText(before) == before ? before : QString()); // signs: no name to keep
    m_field->selectAll();
    body()->addWidget(m_field);
    setVerb(words.verb);
    connect(m_field, &QLineEdit::textChanged, this, &NameDialog::refresh);
    m_field->setFocus(Qt::OtherFocusReason);
    refresh();
}

QString NameDialog::newName() const
{
    return m_field->text();
}

void NameDialog::refresh()
{
    const QString problem = m_rules.problem(newName());
    setProblem(m_tried ? problem : QString());
    setCommand(problem.isEmpty() ? m_rules.command(newName()) : QString());
}

void NameDialog::accept()
{
    m_tried = true;
    refresh();
    if (!m_rules.problem(newName()).isEmpty()) {
        m_field->setFocus(Qt::OtherFocusReason);
        return;
    }
    Dialog::accept();
}

} // namespace roadstead::ui
