// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/engine_choice.h"

#include <QAbstractButton>

namespace roadstead::ui {

class Button;

/// One engine of the switcher: its mark, its name over its state, and the one action that helps.
/// Pressing it, or Enter, chooses it.
class EngineRow : public QAbstractButton
{
    Q_OBJECT
public:
    explicit EngineRow(const EngineRowText &text, QWidget *parent = nullptr);

    void setRow(const EngineRowText &text);
    [[nodiscard]] const EngineRowText &row() const { return m_text; }
    /// An empty text hides it.
    void setAction(const QString &text, const QString &iconName);
    [[nodiscard]] Button *action() const { return m_action; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void actionWanted();
    void stepWanted(int step); ///< to the row below (1) or above (-1)
    void menuWanted(QPoint globalPosition);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void placeAction();
    [[nodiscard]] int paintEnd(QPainter &painter) const;

    EngineRowText m_text;
    Button *m_action;
};

} // namespace roadstead::ui
