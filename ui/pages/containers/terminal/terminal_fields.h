// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/types.h"
#include "ui/pages/containers/terminal/terminal_choice.h"

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace roadstead::ui {

/// Shell, user and folder of the next session. What is left empty is the container's own, which
/// stands there as a placeholder once it is known.
class TerminalFields : public QWidget
{
    Q_OBJECT
public:
    explicit TerminalFields(QWidget *parent = nullptr);

    void fill(TerminalChoice &choice) const;
    void showOwn(const docker::ContainerDetails &details);
    void forgetOwn();

Q_SIGNALS:
    void changed();
    void entered(); ///< Return was pressed

private:
    QComboBox *m_shell;
    QLineEdit *m_user;
    QLineEdit *m_folder;
};

} // namespace roadstead::ui
