// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/dialogs/kill_dialog.h"

#include "ui/widgets/label.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace roadstead::ui {

KillDialog::KillDialog(const QStringList &names, const QStringList &signalNames,
                       std::function<QString(const QString &)> commandFor, QWidget *parent)
    : Dialog(QStringLiteral("killContainers"),
             names.size() == 1 ? tr("Kill %1?").arg(names.front())
                               : tr("Kill %n containers?", nullptr, int(names.size())),
             parent)
    , m_signal(new QComboBox(this))
{
    setText(tr("The signal goes to the main process at once. With SIGKILL it ends without a chance "
               "to save anything."));
    m_signal->setObjectName(QStringLiteral("killSignal"));
    m_signal->setAccessibleName(tr("Signal"));
    m_signal->addItems(signalNames);
    auto *label = new Label(tr("Signal"), FontRole::Body, Color::Text2, this);
    label->setBuddy(m_signal);
    auto *row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_signal);
    row->addStretch();
    body()->addLayout(row);
    setVerb(names.size() == 1 ? tr("Kill") : tr("Kill %n containers", nullptr, int(names.size())),
            ButtonKind::DangerSolid);
    const auto refresh = [this, commandFor] { setCommand(commandFor(signalName())); };
    connect(m_signal, &QComboBox::currentTextChanged, this, refresh);
    refresh();
}

QString KillDialog::signalName() const
{
    return m_signal->currentText();
}

} // namespace roadstead::ui
