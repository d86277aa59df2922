// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/surface.h"

namespace roadstead::ui {

class LegendLabel;
class StackBar;
struct ImageTotals;

/// What the images take of the disk, below their list: in use, unused, untagged. Takes no room
/// while that is not known.
class UsageBar : public Surface
{
    Q_OBJECT
public:
    explicit UsageBar(QWidget *parent = nullptr);

    void setTotals(const ImageTotals &totals);

private:
    StackBar *m_bar;
    LegendLabel *m_inUse;
    LegendLabel *m_unused;
    LegendLabel *m_untagged;
};

} // namespace roadstead::ui
