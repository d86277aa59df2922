// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/dialog.h"

#include <QList>
#include <QString>

#include <functional>
#include <string>
#include <vector>

class QTreeWidget;
class QTreeWidgetItem;

namespace roadstead::ui {

/// An image that could go, as the list shows it. All of it display text but the id.
struct FreeableImage
{
    std::string id;
    QString name;
    QString reason;         ///< "untagged, made 13 d ago"
    std::int64_t size = -1; ///< bytes that would be free; -1 = not known
    bool isUntagged = false;
};

/// What can be freed, image by image with its size: exactly the checked ones go. Untagged ones are
/// checked at first.
class FreeImagesDialog : public Dialog
{
    Q_OBJECT
public:
    /// `commandFor(ids)` makes the line that is shown.
    FreeImagesDialog(const QList<FreeableImage> &images,
                     std::function<QString(const std::vector<std::string> &ids)> commandFor,
                     QWidget *parent);

    [[nodiscard]] std::vector<std::string> chosen() const;

private:
    QTreeWidgetItem *addGroup(const QString &title, bool untagged);
    void refresh();

    QList<FreeableImage> m_images;
    std::function<QString(const std::vector<std::string> &)> m_commandFor;
    QTreeWidget *m_list;
};

} // namespace roadstead::ui
