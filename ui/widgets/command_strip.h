// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/surface.h"

namespace roadstead::ui {

class ElidedLabel;

/// The line in a dialog that shows what will run: prompt, command in the code font, note. The whole
/// command can be copied from its context menu, however short it is drawn.
class CommandStrip : public Surface
{
    Q_OBJECT
public:
    explicit CommandStrip(QWidget *parent = nullptr);

    void setCommand(const QString &command, const QString &note = {});
    [[nodiscard]] QString command() const { return m_command; }

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    QString m_command;
    ElidedLabel *m_line;
    ElidedLabel *m_note;
};

/// An icon of the theme as a widget.
class IconLabel : public QWidget
{
    Q_OBJECT
public:
    explicit IconLabel(const QString &iconName, int side = 16, Color tone = Color::Text2,
                       QWidget *parent = nullptr);
    void setIconName(const QString &iconName, Color tone);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_iconName;
    int m_side;
    Color m_tone;
};

/// A state mark as a widget; turns by itself while busy.
class MarkLabel : public QWidget
{
    Q_OBJECT
public:
    explicit MarkLabel(StateMark mark, int side = 14, QWidget *parent = nullptr);
    void setMark(StateMark mark);
    [[nodiscard]] StateMark mark() const { return m_mark; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    StateMark m_mark;
    int m_side;
};

} // namespace roadstead::ui
