// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/desktop_preferences.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {
constexpr auto service = "org.freedesktop.portal.Desktop"_L1;
constexpr auto path = "/org/freedesktop/portal/desktop"_L1;
constexpr auto interface = "org.freedesktop.portal.Settings"_L1;
constexpr auto appearance = "org.freedesktop.appearance"_L1;
} // namespace

DesktopPreferences::DesktopPreferences(QObject *parent)
    : QObject(parent)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        return;
    }
    bus.connect(service, path, interface, u"SettingChanged"_s, this,
                SLOT(onSettingChanged(QString, QString, QDBusVariant)));
    ask(u"color-scheme"_s);
    ask(u"contrast"_s);
    ask(u"reduced-motion"_s);
}

void DesktopPreferences::ask(const QString &key)
{
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, interface, u"ReadOne"_s);
    call << QString(appearance) << key;
    auto *watcher =
        new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, 3000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, key, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (!reply.isError() && take(key, reply.value().variant())) {
            Q_EMIT changed();
        }
    });
}

bool DesktopPreferences::take(const QString &key, const QVariant &value)
{
    if (key == "color-scheme"_L1) {
        return std::exchange(m_colorScheme, value.toInt()) != m_colorScheme;
    }
    if (key == "contrast"_L1) {
        return std::exchange(m_highContrast, value.toInt() == 1) != m_highContrast;
    }
    if (key == "reduced-motion"_L1) {
        return std::exchange(m_reducedMotion, value.toInt() == 1) != m_reducedMotion;
    }
    return false;
}

void DesktopPreferences::onSettingChanged(const QString &group, const QString &key,
                                          const QDBusVariant &value)
{
    if (group == appearance && take(key, value.variant())) {
        Q_EMIT changed();
    }
}

} // namespace roadstead::ui
