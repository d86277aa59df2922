// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/surface.h"

namespace roadstead::ui {

class Button;
class CommitController;
class ElidedLabel;
class Label;
class MarkLabel;

/// That a commit is under way, and the image that came of it.
class CommitResult : public Surface
{
    Q_OBJECT
public:
    explicit CommitResult(CommitController *controller, QWidget *parent = nullptr);

    [[nodiscard]] QWidget *firstButton() const; ///< where the keyboard goes at the end

Q_SIGNALS:
    void runWanted(const QString &image); ///< its name, or its id

private:
    QWidget *addFact(class QGridLayout *facts, const QString &caption, ElidedLabel *value);
    void refresh();
    void refreshSize();

    CommitController *m_controller;
    MarkLabel *m_mark;
    Label *m_title;
    Label *m_text;
    QWidget *m_facts;
    ElidedLabel *m_name;
    ElidedLabel *m_id;
    ElidedLabel *m_size;
    Button *m_run;
    Button *m_copy;
    Button *m_again;
};

} // namespace roadstead::ui
