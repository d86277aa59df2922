// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

namespace roadstead::ui {

/// The numbered steps of a wizard, in its head: those that are done have a tick and can be pressed
/// to go back to them, the current one is filled. Where there is no room only the current one has
/// its words.
class Stepper : public QWidget
{
    Q_OBJECT
public:
    Stepper(const QString &name, const QStringList &steps, QWidget *parent = nullptr);

    /// Steps before `step` are done.
    void setCurrent(int step);
    [[nodiscard]] int current() const { return m_current; }
    /// Whether steps that are done can be gone back to now.
    void setGoingBack(bool possible);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void stepWanted(int step);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    [[nodiscard]] int widthOf(int step, bool withWords) const;
    [[nodiscard]] int wholeWidth(bool withWords) const;
    [[nodiscard]] QRect rectOf(int step) const;
    [[nodiscard]] bool showsWords(int step) const;
    void paintStep(QPainter &painter, int step, const QRect &rect) const;
    [[nodiscard]] int stepAt(QPoint place) const;
    void describe();

    QStringList m_steps;
    int m_current = 0;
    bool m_goesBack = true;
};

} // namespace roadstead::ui
