// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/text/registry_text.h"

#include <QWidget>

namespace roadstead::ui {

class Button;
class Card;
class Label;
class PushController;
class Surface;

/// Beside the form: why the last push failed and what to do, how the name is built, what will run.
class PushPreview : public QWidget
{
    Q_OBJECT
public:
    /// `controller` must outlive this.
    explicit PushPreview(PushController *controller, QWidget *parent = nullptr);
    ~PushPreview() override;

    void refresh();
    [[nodiscard]] QWidget *mendingButton() const; ///< null = there is none

Q_SIGNALS:
    void mendWanted(roadstead::ui::RegistryRemedy remedy);

private:
    QWidget *makeFailure();
    QWidget *makeName();
    void refreshFailure();

    PushController *m_controller;
    Surface *m_failure = nullptr;
    Label *m_failureTitle = nullptr;
    Label *m_failureText = nullptr;
    Label *m_failureDetail = nullptr;
    Button *m_mend = nullptr;
    Button *m_details = nullptr;
    Label *m_registry = nullptr;
    Label *m_repository = nullptr;
    Label *m_tag = nullptr;
    Label *m_lines = nullptr;
};

} // namespace roadstead::ui
