// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/dialog.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <functional>

namespace roadstead::ui {

/// A container that is to be removed, as the question shows it.
struct DoomedContainer
{
    QString name; ///< display text
    bool alive = false;
    QString typed; ///< what must be typed when its volumes go too: its name as the engine has it
};

/// Asks before containers are removed whose loss cannot be undone: says what goes and what stays,
/// and offers their anonymous volumes. Those are named before they go, and want the container's
/// name, or the number of containers, typed.
class RemoveDialog : public ConfirmDialog
{
    Q_OBJECT
public:
    /// `commandFor(volumes)` makes the line that is shown.
    RemoveDialog(const QList<DoomedContainer> &containers,
                 std::function<QString(bool volumes)> commandFor, QWidget *parent);

    [[nodiscard]] bool removesVolumes() const;
    /// The answer to volumesWanted(), once: lines that say each volume and whose it is. `unknown`:
    /// of so many containers nobody knows.
    void setVolumes(const QStringList &volumes, int unknown);
    /// How many bytes each container has written, in their order; below 0 = nobody knows.
    void setSizes(const QList<qint64> &bytes);

Q_SIGNALS:
    void volumesWanted(); ///< sent once, when they are first to be deleted

private:
    void showVolumes();
    void addLosses();

    QCheckBox *m_volumes;
    Label *m_note;
    QList<DoomedContainer> m_containers;
    QList<QWidget *> m_losses; ///< of the containers
    QList<QWidget *> m_lines;  ///< of the volumes
    enum class Volumes { NotAsked, Asked, None, Known } m_known = Volumes::NotAsked;
};

} // namespace roadstead::ui
