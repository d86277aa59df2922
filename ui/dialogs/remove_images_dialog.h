// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/dialog.h"

#include <QList>
#include <QString>

#include <functional>
#include <set>
#include <string>

namespace roadstead::ui {

/// An image that is to be removed, as the question shows it. All of it display text but the id.
struct DoomedImage
{
    enum class Way {
        Free,   ///< nothing is in the way
        Forced, ///< stopped containers are made from it: only if one insists
        Blocked ///< running containers are: nothing removes it
    };
    std::string id;
    QString name;           ///< "nginx:1.27 and 2 more tags"
    QString users;          ///< names of the containers in the way
    std::int64_t size = -1; ///< bytes that go with it; -1 = not known
    Way way = Way::Free;
};

/// Asks before images are removed: what goes, what stands in the way of the others, and how to go
/// on.
class RemoveImagesDialog : public ConfirmDialog
{
    Q_OBJECT
public:
    /// `commandFor(forced)` makes the line that is shown, for those that go.
    RemoveImagesDialog(const QList<DoomedImage> &images,
                       std::function<QString(bool forced)> commandFor, QWidget *parent);

    /// Ids of those that go, and of those among them that stopped containers lose.
    [[nodiscard]] std::set<std::string> going() const;
    [[nodiscard]] std::set<std::string> forced() const;

private:
    [[nodiscard]] bool insists() const;
    [[nodiscard]] QString explanation() const;
    void addLosses();
    void refresh();

    QList<DoomedImage> m_images;
    std::function<QString(bool)> m_commandFor;
    QCheckBox *m_force = nullptr;
    QList<QWidget *> m_forcedLines;
};

} // namespace roadstead::ui
