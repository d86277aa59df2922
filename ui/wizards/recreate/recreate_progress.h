// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/surface.h"

#include <QList>

namespace roadstead::ui {

class Button;
class Label;
class MarkLabel;
class RecreateController;

/// How far a recreation or its undo is, and what came of it.
class RecreateProgress : public Surface
{
    Q_OBJECT
public:
    explicit RecreateProgress(RecreateController *controller, QWidget *parent = nullptr);

Q_SIGNALS:
    void detailsWanted(const std::string &id);

private:
    struct Line
    {
        QWidget *line;
        MarkLabel *mark;
    };
    void addStep(class QBoxLayout *column, const QString &text);
    void refresh();
    void refreshEnd();
    [[nodiscard]] int stepNow() const;

    RecreateController *m_controller;
    Label *m_title;
    QList<Line> m_steps;
    Label *m_text;
    Button *m_undo;
    Button *m_details;
    Button *m_edit;
    int m_last = 0; ///< the step that it came to
};

} // namespace roadstead::ui
