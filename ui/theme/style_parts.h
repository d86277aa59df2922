// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/style.h"

#include <QStyleOption>

/// The parts of Style, one function for each thing that is drawn. Private to this folder.
namespace roadstead::ui::parts {

// style_controls.cpp
void pushButtonPanel(const QStyleOptionButton &option, QPainter *painter, const QWidget *widget);
void pushButtonLabel(const QStyleOptionButton &option, QPainter *painter, const QWidget *widget);
void toolButton(const Style &style, const QStyleOptionToolButton &option, QPainter *painter,
                const QWidget *widget);
void fieldFrame(const QStyleOption &option, QPainter *painter, const QWidget *widget);
void checkBox(const QStyleOption &option, const QRect &rect, QPainter *painter);
void radioButton(const QStyleOption &option, const QRect &rect, QPainter *painter);
void comboBox(const QStyleOptionComboBox &option, QPainter *painter, const QWidget *widget);
void spinBox(const Style &style, const QStyleOptionSpinBox &option, QPainter *painter,
             const QWidget *widget);
void progressBar(const QStyleOptionProgressBar &option, QPainter *painter);
QSize buttonSizeHint(const QStyleOptionButton &option, const QWidget *widget);
QSize toolButtonSizeHint(const QStyleOptionToolButton &option, const QSize &contents,
                         const QWidget *widget);

// style_menus.cpp
void menuPanel(const QStyleOption &option, QPainter *painter, const QWidget *widget);
void menuItem(const QStyleOptionMenuItem &option, QPainter *painter, const QWidget *widget);
QSize menuItemSize(const QStyleOptionMenuItem &option, const QSize &contents);
void tipPanel(const QStyleOption &option, QPainter *painter);
void scrollBar(const Style &style, const QStyleOptionSlider &option, QPainter *painter,
               const QWidget *widget);
void headerSection(const QStyleOptionHeader &option, QPainter *painter);
void headerLabel(const QStyleOptionHeader &option, QPainter *painter);
void tabShape(const QStyleOptionTab &option, QPainter *painter);
void tabLabel(const QStyleOptionTab &option, QPainter *painter);

} // namespace roadstead::ui::parts
