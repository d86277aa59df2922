// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/tray_detector.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QDBusVariant>
#include <QSystemTrayIcon>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {
constexpr auto service = "org.kde.StatusNotifierWatcher"_L1;
constexpr auto path = "/StatusNotifierWatcher"_L1;
} // namespace

TrayDetector::TrayDetector(QObject *parent)
    : QObject(parent)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (bus.isConnected()) {
        auto *watcher = new QDBusServiceWatcher(QString(service), bus,
                                                QDBusServiceWatcher::WatchForOwnerChange, this);
        connect(watcher, &QDBusServiceWatcher::serviceOwnerChanged, this, &TrayDetector::ask);
        for (const auto &name :
             {u"StatusNotifierHostRegistered"_s, u"StatusNotifierHostUnregistered"_s}) {
            bus.connect(service, path, service, name, this, SLOT(ask()));
        }
    }
    QTimer::singleShot(0, this, &TrayDetector::ask);
}

void TrayDetector::ask()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        take(false);
        return;
    }
    QDBusMessage call = QDBusMessage::createMethodCall(
        service, path, u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    call << QString(service) << u"IsStatusNotifierHostRegistered"_s;
    auto *waiting = new QDBusPendingCallWatcher(bus.asyncCall(call, 3000), this);
    connect(waiting, &QDBusPendingCallWatcher::finished, this, [this, waiting] {
        waiting->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *waiting;
        take(!reply.isError() && reply.value().variant().toBool());
    });
}

void TrayDetector::take(bool hostRegistered)
{
    const bool present = hostRegistered || QSystemTrayIcon::isSystemTrayAvailable();
    if (!m_known || present != m_present) {
        m_known = true;
        m_present = present;
        Q_EMIT found(present);
    }
}

} // namespace roadstead::ui
