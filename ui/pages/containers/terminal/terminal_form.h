// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/terminal/terminal_choice.h"
#include "ui/widgets/surface.h"

class QBoxLayout;
class QCheckBox;
class QPlainTextEdit;

namespace roadstead::ui {

class Button;
class CommandStrip;
class Label;
class TerminalFields;

/// All that can be said of the next session, above the terminals: the fields where the bar has no
/// room for them, variables, privileges, and the line that this comes to.
class TerminalForm : public Surface
{
    Q_OBJECT
public:
    explicit TerminalForm(QWidget *parent = nullptr);

    /// Takes the fields in.
    void takeFields(TerminalFields *fields);
    void fill(TerminalChoice &choice) const;
    void setCommand(const QString &line);
    /// Lines that are no variables; empty = all are.
    [[nodiscard]] QStringList wrongLines() const;
    void reset();                        ///< no variables, no privileges
    [[nodiscard]] bool isFilled() const; ///< with what reset() takes away
    void focusFirst();
    void accept(); ///< says what is wrong, or emits accepted()

Q_SIGNALS:
    void changed();
    void accepted();
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] QStringList lines() const;

    QBoxLayout *m_column;
    QPlainTextEdit *m_variables;
    Label *m_problem;
    QCheckBox *m_privileged;
    CommandStrip *m_line;
};

} // namespace roadstead::ui
