// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/build/kept_build.h"

#include <QWidget>

class QPlainTextEdit;
class QTreeWidget;

namespace roadstead::ui {

class ElidedLabel;
class IconButton;
class Label;
class MarkLabel;

/// A read-only text in the code font on a sunken ground, for what steps print.
[[nodiscard]] QPlainTextEdit *makeOutputText(const QString &name, const QString &label);

/// The Steps tab of a build: its steps, and what the chosen one printed.
class BuildSteps : public QWidget
{
    Q_OBJECT
public:
    explicit BuildSteps(QWidget *parent = nullptr);

    /// The step that failed is chosen, else the first.
    void setKept(const service::KeptBuild &kept);
    void clear();

private:
    void showOutput();
    [[nodiscard]] const service::KeptStep *current() const;

    service::KeptBuild m_kept;
    QTreeWidget *m_steps;
    MarkLabel *m_mark;
    ElidedLabel *m_name;
    IconButton *m_copy;
    Label *m_clipped;
    QPlainTextEdit *m_output;
};

} // namespace roadstead::ui
