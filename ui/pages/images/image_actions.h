// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/images/image_action.h"

#include <QAction>
#include <QObject>

#include <map>
#include <string>
#include <vector>

namespace roadstead::ui {

class ImagesController;

/// One QAction for each thing that can be done with images, for some targets: a selection, a row,
/// the image of a details page. Enabled state and the command each one stands for follow the
/// targets. GUI thread.
class ImageActions : public QObject
{
    Q_OBJECT
public:
    /// `prefix` begins the actions' object names: "bulk" gives "bulkRemove".
    ImageActions(ImagesController *controller, const QString &prefix, QObject *parent = nullptr);

    void setTargets(std::vector<std::string> ids);
    /// Texts say whom they are for, "Remove nginx:1.27…": for the palette.
    void setNamesTargets(bool names);
    [[nodiscard]] const std::vector<std::string> &targets() const { return m_ids; }
    [[nodiscard]] QAction *action(ImageAction action) const;
    /// Again, after images changed.
    void update();

Q_SIGNALS:
    void triggered(roadstead::ui::ImageAction action, const std::vector<std::string> &ids);

private:
    [[nodiscard]] QString textFor(ImageAction action, const ImageRows &rows) const;

    ImagesController *m_controller;
    std::vector<std::string> m_ids;
    std::map<ImageAction, QAction *> m_actions;
    bool m_namesTargets = false;
};

} // namespace roadstead::ui
