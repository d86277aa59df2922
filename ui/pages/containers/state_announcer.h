// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/container_group.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <string>
#include <vector>

class QWidget;

namespace roadstead::ui {

class ContainersModel;

/// Tells screen readers what changed in the list while it is shown: "web, exited"; several at once
/// are one sentence.
class StateAnnouncer : public QObject
{
    Q_OBJECT
public:
    /// `place` is what shows the list, and what the announcements come from.
    StateAnnouncer(const ContainersModel *containers, QWidget *place);

private:
    void takeList();
    void say();
    [[nodiscard]] QString sentence() const;

    const ContainersModel *m_containers;
    QWidget *m_place;
    ContainerRows m_known;              ///< of the list shown last, sorted by id, as the model
    bool m_primed = false;              ///< m_known is of a list that was shown
    QStringList m_gone;                 ///< names of those removed since the last sentence
    std::vector<std::string> m_changed; ///< ids, in the order in which they changed
    QTimer m_soon;                      ///< one thing that happened may arrive as several lists
};

} // namespace roadstead::ui
