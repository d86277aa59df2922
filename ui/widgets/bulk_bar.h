// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/surface.h"

class QHBoxLayout;

namespace roadstead::ui {

class Button;
class Label;

/// The bar for what is selected, 48 px at the bottom of a list: so rows never jump. It hides when
/// nothing is selected.
class BulkBar : public Surface
{
    Q_OBJECT
public:
    explicit BulkBar(QWidget *parent = nullptr);

    /// `hidden`: how many left the selection because a filter hides them; 0 = none.
    void setSelected(int count, int hidden = 0);
    Button *addButton(Button *button);

Q_SIGNALS:
    void clearRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Label *m_count;
    QHBoxLayout *m_buttons;
};

} // namespace roadstead::ui
