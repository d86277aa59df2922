// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/dialog.h"

#include <QList>
#include <QString>

#include <functional>

namespace roadstead::ui {

/// A container that is to be removed, as the question shows it.
struct DoomedContainer
{
    QString name; ///< display text
    bool alive = false;
};

/// Asks before containers are removed whose loss cannot be undone: says what goes and what stays,
/// and offers their anonymous volumes.
class RemoveDialog : public ConfirmDialog
{
    Q_OBJECT
public:
    /// `commandFor(volumes)` makes the line that is shown.
    RemoveDialog(const QList<DoomedContainer> &containers,
                 std::function<QString(bool volumes)> commandFor, QWidget *parent);

    [[nodiscard]] bool removesVolumes() const;

private:
    void addLosses(const QList<DoomedContainer> &containers);

    QCheckBox *m_volumes;
};

} // namespace roadstead::ui
