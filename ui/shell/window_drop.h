// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"

#include <QWidget>

namespace roadstead::ui {

/// Files that are dropped anywhere on the window, where nothing below the pointer takes them by
/// itself. While they are held over it, an outline and a label say what will be done. A child of
/// the window that lies over all of it and lets the pointer through.
class WindowDrop : public QWidget
{
    Q_OBJECT
public:
    using Offer = std::function<std::optional<DropOffer>(const QStringList &paths)>;

    /// `offer` says what is made of files; nothing = they are not for this window.
    WindowDrop(Offer offer, QWidget *window);

    bool eventFilter(QObject *watched, QEvent *event) override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    bool enter(class QDropEvent *event);
    void leave();

    Offer m_offer;
    QWidget *m_window;
    std::optional<DropOffer> m_held;
};

} // namespace roadstead::ui
