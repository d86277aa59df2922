// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/application_service.h"

#include <QDBusConnection>

namespace roadstead::desktop {

ApplicationService::ApplicationService(QObject *owner)
    : QDBusAbstractAdaptor(owner)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (bus.isConnected()) {
        bus.registerObject(QStringLiteral("/org/roadstead/Roadstead"), owner);
        bus.registerService(QStringLiteral("org.roadstead.Roadstead"));
    }
}

void ApplicationService::Activate(const QVariantMap &platformData)
{
    QString token = platformData.value(QStringLiteral("activation-token")).toString();
    if (token.isEmpty()) {
        token = platformData.value(QStringLiteral("desktop-startup-id")).toString();
    }
    Q_EMIT activationRequested(token.left(256));
}

void ApplicationService::Open(const QStringList &uris, const QVariantMap &platformData)
{
    Q_UNUSED(uris) // nothing is opened by name: the desktop file announces no types
    Activate(platformData);
}

void ApplicationService::ActivateAction(const QString &name, const QVariantList &parameters,
                                        const QVariantMap &platformData)
{
    Q_UNUSED(name)
    Q_UNUSED(parameters)
    Activate(platformData);
}

} // namespace roadstead::desktop
