// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/text/registry_text.h"
#include "ui/widgets/surface.h"

#include <string>

namespace roadstead::ui {

class BuildController;
class Button;
class CommandStrip;
class Label;
class MarkLabel;

/// How a build ended, and how to go on from there.
class ResultStep : public Surface
{
    Q_OBJECT
public:
    /// `controller` must outlive this.
    explicit ResultStep(BuildController *controller, QWidget *parent = nullptr);

    void refresh();
    [[nodiscard]] QWidget *firstButton() const; ///< where the keyboard goes

Q_SIGNALS:
    void runWanted(const QString &image);
    void pushWanted(const QString &image); ///< a tag
    /// What the registry that stood in the way needs.
    void mendWanted(roadstead::ui::RegistryRemedy remedy, const std::string &registry);
    void editWanted(int line); ///< of the Dockerfile; 0 = none in particular
    void stepsWanted();        ///< the steps of the build

private:
    BuildController *m_controller;
    MarkLabel *m_mark;
    Label *m_title;
    Label *m_text;
    Label *m_facts;
    CommandStrip *m_line;
    Button *m_run;
    Button *m_push;
    Button *m_edit;
    Button *m_mend;
    Button *m_steps;
};

} // namespace roadstead::ui
