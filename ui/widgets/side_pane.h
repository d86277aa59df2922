// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSplitter>

namespace roadstead::ui {

/// A list with a pane of details at its end: 360 to 720 px wide, grown with the text; its width and
/// whether it is open are remembered. Where both have no room, an open pane takes the list's place.
class SidePane : public QSplitter
{
    Q_OBJECT
public:
    /// `settings` begins the keys in QSettings: "containers/pane". Takes over both widgets.
    SidePane(const QString &name, const QString &settings, QWidget *list, QWidget *pane,
             QWidget *parent = nullptr);

    [[nodiscard]] bool isOpen() const { return m_open; }
    void setOpen(bool open);
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void openChanged(bool open);

protected:
    QSplitterHandle *createHandle() override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();
    void takeWidth();

    QString m_settings;
    QWidget *m_list;
    QWidget *m_pane;
    bool m_open;
    int m_width; ///< design pixels
};

/// The line between the two: drawn 1 px wide, moved by the pointer or, when it has the keyboard, by
/// the arrows.
class SidePaneHandle : public QSplitterHandle
{
    Q_OBJECT
public:
    explicit SidePaneHandle(SidePane *pane);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
};

} // namespace roadstead::ui
