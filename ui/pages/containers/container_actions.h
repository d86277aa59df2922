// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/container_action.h"

#include <QAction>
#include <QObject>

#include <map>
#include <string>
#include <vector>

namespace roadstead::ui {

class ContainersController;

/// One QAction for each thing that can be done with containers, for some targets: a selection, a
/// row, the container of a details page. Labels, enabled state and the command each one stands for
/// follow the targets. GUI thread.
class ContainerActions : public QObject
{
    Q_OBJECT
public:
    /// `prefix` begins the actions' object names: "bulk" gives "bulkStop".
    ContainerActions(ContainersController *controller, const QString &prefix,
                     QObject *parent = nullptr);

    void setTargets(std::vector<std::string> ids);
    /// Texts say whom they are for, "Stop web", "Stop 3 containers": for the palette, where nothing
    /// else shows it.
    void setNamesTargets(bool names);
    [[nodiscard]] const std::vector<std::string> &targets() const { return m_ids; }
    [[nodiscard]] QAction *action(ContainerAction action) const;
    /// Stop what is alive, else start what is not.
    [[nodiscard]] QAction *toggleAction() const { return m_toggle; }
    /// Again, after containers changed.
    void update();

Q_SIGNALS:
    void triggered(roadstead::ui::ContainerAction action, const std::vector<std::string> &ids);

private:
    void updateOne(QAction *qAction, ContainerAction action, const ContainerRows &rows);
    [[nodiscard]] QString hint(ContainerAction action) const;
    [[nodiscard]] QString textFor(ContainerAction action, const ContainerRows &rows) const;

    ContainersController *m_controller;
    std::vector<std::string> m_ids;
    std::map<ContainerAction, QAction *> m_actions;
    mutable std::map<ContainerAction, QString> m_hints; ///< those asked for since the last change
    QAction *m_toggle;
    ContainerAction m_toggles = ContainerAction::Stop;
    bool m_namesTargets = false;
};

/// What hovering an action shows in the command bar: "docker stop web" for the usual options.
[[nodiscard]] QString hintFor(ContainerAction action, const ContainerRows &rows);

} // namespace roadstead::ui
