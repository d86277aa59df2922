// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/dialogs/output_dialog.h"

#include "ui/text/terminal_text.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/label.h"

#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace roadstead::ui {

namespace {
constexpr int outputHeight = 240;
constexpr int dialogWidth = 720;
} // namespace

OutputDialog::OutputDialog(const QString &name, const QString &title, QWidget *parent)
    : Dialog(name, title, parent)
    , m_status(new Label({}, FontRole::Body, Color::Text2, this))
    , m_output(new QPlainTextEdit(this))
{
    setMinimumWidth(scaled(dialogWidth));
    m_status->setObjectName(name + QStringLiteral("Status"));
    m_status->setWordWrap(true);
    m_output->setObjectName(name + QStringLiteral("Output"));
    m_output->setAccessibleName(tr("Output"));
    m_output->setReadOnly(true);
    m_output->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_output->setFont(ui::font(FontRole::Mono));
    m_output->setLayoutDirection(Qt::LeftToRight);
    m_output->setMinimumHeight(scaled(outputHeight));
    body()->addWidget(m_status);
    body()->addWidget(m_output, 1);
    cancelButton()->hide();
    setVerb(tr("Close"));
}

void OutputDialog::setCommandOfOutput(const QString &command)
{
    setCommand(command);
    setCommandHint(verbButton(), QString());
}

void OutputDialog::setProgress(const QString &text)
{
    m_status->setTone(Color::Text2);
    m_status->setText(text);
    m_output->clear();
}

void OutputDialog::setOutput(const std::string &output, const QString &summary, bool good)
{
    m_status->setTone(good ? Color::Text2 : Color::Danger);
    m_status->setText(summary);
    m_output->setPlainText(terminalText(output));
}

void OutputDialog::setFailure(const QString &title, const QString &body, const QString &detail)
{
    m_status->setTone(Color::Danger);
    m_status->setText(title + QStringLiteral(". ") + body);
    m_output->setPlainText(detail);
}

QString OutputDialog::outputText() const
{
    return m_output->toPlainText();
}

} // namespace roadstead::ui
