// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/containers/logs/log_save_dialog.h"

#include "ui/text/display_text.h"

#include <QCheckBox>
#include <QRadioButton>
#include <QVBoxLayout>

#include <utility>

namespace roadstead::ui {

LogSaveDialog::LogSaveDialog(const QList<Offer> &offers, Line line, QWidget *parent)
    : Dialog(QStringLiteral("logsSaveDialog"), tr("Save which lines?"), parent)
    , m_line(std::move(line))
    , m_timestamps(new QCheckBox(tr("With the time of each line"), this))
{
    for (const Offer &offer : offers) {
        auto *choice = new QRadioButton(plainLabel(offer.text), this);
        choice->setObjectName(offer.name);
        choice->setAccessibleName(offer.text);
        body()->addWidget(choice);
        m_choices.append(choice);
        m_whats.append(offer.what);
        connect(choice, &QRadioButton::toggled, this, &LogSaveDialog::showCommand);
    }
    m_choices.constLast()->setChecked(true); // what is on screen
    m_timestamps->setObjectName(QStringLiteral("logsSaveTimestamps"));
    m_timestamps->setAccessibleName(m_timestamps->text());
    body()->addWidget(m_timestamps);
    connect(m_timestamps, &QCheckBox::toggled, this, &LogSaveDialog::showCommand);
    setVerb(tr("Choose a file…"));
    showCommand();
}

LogSaveChoice LogSaveDialog::choice() const
{
    LogSaveChoice chosen;
    chosen.timestamps = m_timestamps->isChecked();
    for (qsizetype i = 0; i < m_choices.size(); ++i) {
        if (m_choices[i]->isChecked()) {
            chosen.what = m_whats[i];
        }
    }
    return chosen;
}

void LogSaveDialog::showCommand()
{
    setCommand(m_line(choice()));
}

} // namespace roadstead::ui
