// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/surface.h"
#include "ui/wizards/run/run_form.h"

#include <QList>
#include <optional>

class QVBoxLayout;

namespace roadstead::ui {

class CommandPreview;
class RunController;

/// Beside the form: the command, line by line, and what was looked at before it runs.
class PreviewPanel : public Surface
{
    Q_OBJECT
public:
    explicit PreviewPanel(RunController *controller, QWidget *parent = nullptr);

    /// The line of the field that has the keyboard.
    void setCurrentPlace(const std::optional<RunPlace> &place);
    [[nodiscard]] QString text() const; ///< of the preview, as it stands there

Q_SIGNALS:
    void placeWanted(const roadstead::ui::RunPlace &place); ///< a check was pressed
    void copied();

private:
    void refresh();
    void refreshChecks();

    RunController *m_controller;
    CommandPreview *m_preview;
    QVBoxLayout *m_checks;
    QList<QWidget *> m_lines;
};

} // namespace roadstead::ui
