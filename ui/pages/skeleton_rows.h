// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace roadstead::ui {

/// Grey rows in the shape of the list, while it is on its way; announces itself to nobody.
class SkeletonRows : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;
    void setVisibleRows(bool visible);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    bool m_rows = false;
};

} // namespace roadstead::ui
