// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/dialog.h"

#include <QStringList>

#include <functional>

class QComboBox;

namespace roadstead::ui {

/// Asks which signal to send to containers.
class KillDialog : public Dialog
{
    Q_OBJECT
public:
    /// `names`: display texts; `signalNames`: the usual one first; `commandFor(signal)` makes the
    /// line that is shown.
    KillDialog(const QStringList &names, const QStringList &signalNames,
               std::function<QString(const QString &signal)> commandFor, QWidget *parent);

    [[nodiscard]] QString signalName() const;

private:
    QComboBox *m_signal;
};

} // namespace roadstead::ui
