// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace roadstead::ui {

class Label;
class ProgressBar;
class PullLayers;

/// How far the layers of an image on its way are: one bar for all, then a line for each.
class LayersView : public QWidget
{
    Q_OBJECT
public:
    explicit LayersView(QWidget *parent = nullptr);

    void setLayers(const PullLayers &layers);

private:
    ProgressBar *m_bar;
    Label *m_amount;
    Label *m_lines;
};

} // namespace roadstead::ui
