// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QTimer>

class QWidget;

namespace roadstead::ui {

/// Turns every busy arc in the program by one timer, which runs only while a busy widget can be
/// seen: not for one that is hidden, in a minimised window or on another page, and not with reduced
/// motion. GUI thread.
class BusyClock : public QObject
{
    Q_OBJECT
public:
    static BusyClock &instance();

    /// Repaints `widget` from now on, whenever it can be seen, until it is no longer busy or is
    /// deleted. Saying the same again changes nothing.
    void setBusy(QWidget *widget, bool busy);

    [[nodiscard]] bool isRunning() const { return m_timer.isActive(); }

    /// Where the arc is: 0 to 1, a turn every 900 ms; 0 with reduced motion.
    [[nodiscard]] qreal phase() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    BusyClock();
    void tick();
    void decide();
    void forget(QObject *widget);

    QTimer m_timer;
    QElapsedTimer m_elapsed;
    QHash<QObject *, bool> m_shown; ///< every busy widget, and whether it can be seen
};

} // namespace roadstead::ui
