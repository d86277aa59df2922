// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QTabBar>

namespace roadstead::ui {

class IconButton;

/// The sessions of a container as boxes beside each other, the one in front tinted. A badge and the
/// button to close it stand at the end of each.
/// The button, the middle button of the mouse and closeKeys() all ask for the end of a session.
class SessionTabs : public QTabBar
{
    Q_OBJECT
public:
    explicit SessionTabs(QWidget *parent = nullptr);

    /// What closes the session in front; told by the button of its box.
    [[nodiscard]] static QKeySequence closeKeys();
    /// What the boxes are to say; those that are more than before are added, the rest goes.
    void setTitles(const QStringList &titles);
    void setRoot(int index, bool root);

Q_SIGNALS:
    void closeWanted(int index);

protected:
    [[nodiscard]] QSize tabSizeHint(int index) const override;
    [[nodiscard]] QSize minimumTabSizeHint(int index) const override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    QWidget *makeEnd(int index);
    void labelButtons();
    [[nodiscard]] IconButton *closeButton(int index) const;
    [[nodiscard]] QRect boxOf(int index) const;

    int m_pressed = -1; ///< by the middle button
};

} // namespace roadstead::ui
