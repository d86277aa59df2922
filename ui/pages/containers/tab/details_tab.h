// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/container_row.h"

#include <QWidget>

namespace roadstead::ui {

/// One part of a container's details, below the tab of its name. GUI thread only.
class DetailsTab : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;
    ~DetailsTab() override;

    /// Whose details are shown, and each time the list says something new of it. Another id than
    /// before means another container: what was shown of the one before has to go.
    virtual void setContainer(const ContainerRow &row) = 0;
    /// No container any more.
    virtual void clear() = 0;
    /// On screen, or not: streams run only while it is.
    virtual void setShown(bool shown) = 0;
    /// The container was removed. What was read stays readable.
    virtual void setGone() {}
    /// Where Ctrl+F goes; null where there is nothing to search.
    [[nodiscard]] virtual QWidget *searchField() const { return nullptr; }
};

} // namespace roadstead::ui
