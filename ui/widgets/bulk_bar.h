// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/surface.h"

#include <QList>

class QAction;
class QHBoxLayout;

namespace roadstead::ui {

class Button;
class IconButton;
class Label;

/// The bar for what is selected, 48 px at the bottom of a list: so rows never jump. It hides when
/// nothing is selected. Buttons that have no room are lines of a menu at its end.
class BulkBar : public Surface
{
    Q_OBJECT
public:
    explicit BulkBar(QWidget *parent = nullptr);

    /// `hidden`: how many left the selection because a filter hides them; 0 = none.
    void setSelected(int count, int hidden = 0);
    /// `action`: what the button follows, if it does; it stands in the menu when there is no room,
    /// and nowhere while it is invisible.
    Button *addButton(Button *button, QAction *action = nullptr);
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void clearRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Entry
    {
        QWidget *place; ///< holds the button; hidden in its stead, as the button follows its action
        Button *button;
        QAction *action;
    };

    [[nodiscard]] static bool isOffered(const Entry &entry); ///< false: its action is invisible
    void arrange();
    void showMenu();

    Label *m_count;
    QHBoxLayout *m_buttons;
    QList<Entry> m_entries;
    IconButton *m_more;
    Button *m_clear;
    QWidget *m_key;
};

} // namespace roadstead::ui
