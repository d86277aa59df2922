// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/busy_clock.h"

#include "ui/theme/theme.h"

#include <QEvent>
#include <QWidget>

#include <algorithm>

namespace roadstead::ui {

BusyClock &BusyClock::instance()
{
    static BusyClock clock;
    return clock;
}

BusyClock::BusyClock()
{
    m_elapsed.start();
    m_timer.setInterval(33);
    connect(&m_timer, &QTimer::timeout, this, &BusyClock::tick);
    connect(&Theme::instance(), &Theme::changed, this, &BusyClock::decide);
}

qreal BusyClock::phase() const
{
    if (Theme::instance().reducesMotion()) {
        return 0;
    }
    return static_cast<qreal>(m_elapsed.elapsed() % motion::spinner) / motion::spinner;
}

void BusyClock::setBusy(QWidget *widget, bool busy)
{
    if (busy == m_shown.contains(widget)) {
        return;
    }
    if (busy) {
        m_shown.insert(widget, widget->isVisible() && !widget->window()->isMinimized());
        widget->installEventFilter(this);
        connect(widget, &QObject::destroyed, this, &BusyClock::forget);
    } else {
        widget->removeEventFilter(this);
        disconnect(widget, &QObject::destroyed, this, &BusyClock::forget);
        m_shown.remove(widget);
    }
    decide();
}

bool BusyClock::eventFilter(QObject *watched, QEvent *event)
{
    // Minimising a window and bringing it back reaches its widgets as these events, too, while
    // QWidget::isVisible() stays as it was.
    if (event->type() == QEvent::Show || event->type() == QEvent::Hide) {
        m_shown[watched] = event->type() == QEvent::Show;
        decide();
    }
    return QObject::eventFilter(watched, event);
}

void BusyClock::forget(QObject *widget)
{
    m_shown.remove(widget);
    decide();
}

void BusyClock::decide()
{
    const bool wanted = !Theme::instance().reducesMotion() &&
                        std::ranges::any_of(m_shown, [](bool shown) { return shown; });
    if (wanted == m_timer.isActive()) {
        return;
    }
    if (wanted) {
        m_timer.start();
    } else {
        m_timer.stop();
    }
}

void BusyClock::tick()
{
    for (auto it = m_shown.cbegin(); it != m_shown.cend(); ++it) {
        if (it.value()) {
            static_cast<QWidget *>(it.key())->update();
        }
    }
}

} // namespace roadstead::ui
