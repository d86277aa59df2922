// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/surface.h"

class QPlainTextEdit;

namespace roadstead::ui {

class Label;
class RunController;

/// Where a `docker run` line is pasted. What is wrong in it is marked, and said.
class PasteBox : public Surface
{
    Q_OBJECT
public:
    explicit PasteBox(RunController *controller, QWidget *parent = nullptr);

    /// Takes the line as if it had been typed here.
    void take(const QString &line);
    void open();

Q_SIGNALS:
    void taken(); ///< the form is filled
    void left();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void read();

    RunController *m_controller;
    QPlainTextEdit *m_text;
    Label *m_problem;
};

} // namespace roadstead::ui
