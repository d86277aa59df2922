// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/dialogs/rename_dialog.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace roadstead::ui {

namespace {
constexpr int longestName = 255;
}

RenameDialog::RenameDialog(const QString &shownName, const QString &name, Rules rules,
                           QWidget *parent)
    : Dialog(QStringLiteral("renameContainer"), tr("Rename %1").arg(shownName), parent)
    , m_oldName(name)
    , m_rules(std::move(rules))
    , m_field(new QLineEdit(this))
{
    m_field->setObjectName(QStringLiteral("newName"));
    m_field->setAccessibleName(tr("New name"));
    m_field->setMaxLength(longestName);
    m_field->setText(name);
    m_field->selectAll();
    body()->addWidget(m_field);
    setVerb(tr("Rename"));
    connect(m_field, &QLineEdit::textChanged, this, &RenameDialog::refresh);
    m_field->setFocus(Qt::OtherFocusReason);
    refresh();
}

QString RenameDialog::newName() const
{
    return m_field->text();
}

void RenameDialog::refresh()
{
    const QString problem = m_rules.problem(newName());
    setProblem(m_tried ? problem : QString());
    setCommand(problem.isEmpty() ? m_rules.command(newName()) : QString());
}

void RenameDialog::accept()
{
    m_tried = true;
    refresh();
    if (!m_rules.problem(newName()).isEmpty()) {
        m_field->setFocus(Qt::OtherFocusReason);
        return;
    }
    if (newName() == m_oldName) {
        reject();
        return;
    }
    Dialog::accept();
}

} // namespace roadstead::ui
