// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/announce.h"

#include <QAccessible>
#include <QAccessibleAnnouncementEvent>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>
#include <QWidget>

namespace roadstead::ui {

namespace {

constexpr int quietMs = 2000;

class Announcer : public QObject
{
public:
    using QObject::QObject;

    void say(QWidget *source, const QString &message)
    {
        m_source = source;
        m_message = message;
        if (!m_timer.isActive()) {
            flush();
        }
    }

    void start()
    {
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer); // a coarse one may be early by a twentieth
        m_timer.setInterval(quietMs);
        connect(&m_timer, &QTimer::timeout, this, &Announcer::flush);
    }

private:
    void flush()
    {
        if (m_message.isEmpty()) {
            return;
        }
        if (m_source != nullptr) {
            QAccessibleAnnouncementEvent event(m_source, m_message);
            QAccessible::updateAccessibility(&event);
        }
        m_message.clear();
        m_timer.start();
    }

    QTimer m_timer;
    QPointer<QWidget> m_source;
    QString m_message;
};

} // namespace

void announce(QWidget *source, const QString &message)
{
    static QPointer<Announcer> announcer;
    if (announcer == nullptr) {
        announcer = new Announcer(QCoreApplication::instance());
        announcer->start();
    }
    announcer->say(source, message);
}

} // namespace roadstead::ui
