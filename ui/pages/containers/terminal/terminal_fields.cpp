// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/terminal/terminal_fields.h"

#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/label.h"

#include <QComboBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace roadstead::ui {

TerminalFields::TerminalFields(QWidget *parent)
    : QWidget(parent)
    , m_shell(new QComboBox(this))
    , m_user(new QLineEdit(this))
    , m_folder(new QLineEdit(this))
{
    auto *flow = new FlowLayout(this);
    flow->setContentsMargins(0, 0, 0, 0);
    flow->setSpacing(space::s2);
    const auto add = [&](const QString &text, QWidget *field, const char *name, int width) {
        auto *box = new QWidget(this);
        auto *row = new QHBoxLayout(box);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(space::s2);
        auto *label = new Label(text, FontRole::Small, Color::Text2, box);
        label->setBuddy(field);
        field->setParent(box);
        field->setObjectName(QLatin1StringView(name));
        field->setAccessibleName(text);
        field->setFixedWidth(scaled(width));
        field->setToolTip(tr("For sessions that are opened from now on"));
        row->addWidget(label);
        row->addWidget(field);
        flow->addWidget(box);
    };
    m_shell->setEditable(true);
    m_shell->setInsertPolicy(QComboBox::NoInsert);
    m_shell->addItems({{},
                       QStringLiteral("bash"),
                       QStringLiteral("ash"),
                       QStringLiteral("sh"),
                       QStringLiteral("busybox sh")});
    m_shell->lineEdit()->setPlaceholderText(tr("automatic"));
    add(tr("Shell"), m_shell, "terminalShell", 124);
    add(tr("User"), m_user, "terminalUser", 92);
    add(tr("Folder"), m_folder, "terminalFolder", 92);
    forgetOwn();
    for (QLineEdit *edit : {m_shell->lineEdit(), m_user, m_folder}) {
        connect(edit, &QLineEdit::returnPressed, this, &TerminalFields::entered);
        connect(edit, &QLineEdit::textChanged, this, &TerminalFields::changed);
    }
}

void TerminalFields::fill(TerminalChoice &choice) const
{
    const std::string shell = m_shell->currentText().trimmed().toStdString();
    if (shell == "busybox sh") {
        choice.shell = {"busybox", "sh"};
    } else if (!shell.empty()) {
        choice.shell = {shell};
    }
    choice.user = m_user->text().trimmed().toStdString();
    choice.folder = m_folder->text().trimmed().toStdString();
}

void TerminalFields::showOwn(const docker::ContainerDetails &details)
{
    m_user->setPlaceholderText(details.user.empty() ? QStringLiteral("root")
                                                    : displayText(details.user, 32));
    m_folder->setPlaceholderText(details.workingDir.empty() ? QStringLiteral("/")
                                                            : displayText(details.workingDir, 64));
}

void TerminalFields::forgetOwn()
{
    m_user->setPlaceholderText(tr("the image's"));
    m_folder->setPlaceholderText(tr("the image's"));
}

} // namespace roadstead::ui
