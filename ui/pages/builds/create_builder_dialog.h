// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/buildx_builder.h"
#include "ui/widgets/dialog.h"

#include <QStringList>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace roadstead::ui {

class Label;

/// Asks how a builder is to be made. What is wrong is said once the verb was pressed.
class CreateBuilderDialog : public Dialog
{
    Q_OBJECT
public:
    /// `taken`: names that there are.
    explicit CreateBuilderDialog(QStringList taken, QWidget *parent);

    [[nodiscard]] docker::CreateBuilder command() const;
    void accept() override;

private:
    [[nodiscard]] QString problem() const;
    void refresh();

    QStringList m_taken;
    QLineEdit *m_name;
    QComboBox *m_driver;
    Label *m_about;
    QLineEdit *m_endpoint;
    QLineEdit *m_platforms;
    QPlainTextEdit *m_options;
    QCheckBox *m_use;
    bool m_tried = false;
};

} // namespace roadstead::ui
