// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusAbstractAdaptor>
#include <QStringList>
#include <QVariantMap>

namespace roadstead::desktop {

/// org.freedesktop.Application (Desktop Entry Specification, "D-Bus Activation") of the running
/// program, on the session bus where there is one. GUI thread.
class ApplicationService : public QDBusAbstractAdaptor
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Application")
public:
    /// Registers `owner` as org.roadstead.Roadstead. Without a session bus, or when the name is
    /// taken, it does nothing: the single instance does not rest on it.
    explicit ApplicationService(QObject *owner);

public Q_SLOTS:
    void Activate(const QVariantMap &platformData);
    void Open(const QStringList &uris, const QVariantMap &platformData);
    void ActivateAction(const QString &name, const QVariantList &parameters,
                        const QVariantMap &platformData);

Q_SIGNALS:
    void activationRequested(const QString &activationToken);
};

} // namespace roadstead::desktop
