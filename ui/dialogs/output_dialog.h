// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/dialog.h"

#include <string>

class QPlainTextEdit;

namespace roadstead::ui {

class Label;

/// What a program printed, once it has ended; before that, how far it has got.
class OutputDialog : public Dialog
{
    Q_OBJECT
public:
    OutputDialog(const QString &name, const QString &title, QWidget *parent);

    /// The command whose output this is. Closing runs nothing, so unlike with setCommand() the
    /// button does not stand for it.
    void setCommandOfOutput(const QString &command);
    void setProgress(const QString &text);
    /// `output` as it came; `summary` is display text ("It ended with exit code 0.").
    /// `good`: it went as it should.
    void setOutput(const std::string &output, const QString &summary, bool good = true);
    /// `title`, `body` and `detail` are display texts.
    void setFailure(const QString &title, const QString &body, const QString &detail);
    [[nodiscard]] QString outputText() const;

private:
    Label *m_status;
    QPlainTextEdit *m_output;
};

} // namespace roadstead::ui
