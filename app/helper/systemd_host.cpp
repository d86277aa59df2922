// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/engine_host.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>

#include <unistd.h>

namespace roadstead::helper {

using namespace Qt::StringLiterals;
using privilege::Outcome;

namespace {

constexpr int patience = 15'000; // milliseconds; systemd answers in a few unless it is stuck

QString unitOf(uid_t uid)
{
    return u"roadstead-engine@%1.service"_s.arg(uid);
}

QDBusMessage call(const QString &path, const QString &interface, const QString &member,
                  const QVariantList &arguments)
{
    QDBusMessage message =
        QDBusMessage::createMethodCall(u"org.freedesktop.systemd1"_s, path, interface, member);
    message.setArguments(arguments);
    return QDBusConnection::systemBus().call(message, QDBus::Block, patience);
}

QDBusMessage callManager(const QString &member, const QVariantList &arguments)
{
    return call(u"/org/freedesktop/systemd1"_s, u"org.freedesktop.systemd1.Manager"_s, member,
                arguments);
}

/// Has systemd do something with a unit.
HostAnswer ask(const QString &member, const QString &unit)
{
    const QDBusMessage reply = callManager(member, {unit, u"replace"_s});
    if (reply.type() != QDBusMessage::ErrorMessage) {
        return {Outcome::Accepted, {}};
    }
    const QString name = reply.errorName();
    if (name == "org.freedesktop.systemd1.NoSuchUnit"_L1) {
        return {Outcome::NoLauncher, {}};
    }
    if (name == "org.freedesktop.systemd1.UnitMasked"_L1) {
        return {Outcome::Masked, {}};
    }
    return {Outcome::Failed, name};
}

/// "active", "inactive", "failed", "activating", "deactivating", "reloading"; empty when unknown.
QString activeState(const QString &unit)
{
    const QDBusMessage loaded = callManager(u"LoadUnit"_s, {unit});
    if (loaded.type() == QDBusMessage::ErrorMessage || loaded.arguments().isEmpty()) {
        return {};
    }
    const QString path = loaded.arguments().constFirst().value<QDBusObjectPath>().path();
    const QDBusMessage got = call(path, u"org.freedesktop.DBus.Properties"_s, u"Get"_s,
                                  {u"org.freedesktop.systemd1.Unit"_s, u"ActiveState"_s});
    return got.arguments().isEmpty()
               ? QString()
               : got.arguments().constFirst().value<QDBusVariant>().variant().toString();
}

class SystemdHost : public EngineHost
{
public:
    HostAnswer start(uid_t uid) override
    {
        const QString unit = unitOf(uid);
        if (activeState(unit) == "active"_L1) {
            return {Outcome::AlreadySo, {}};
        }
        // A person's wish to start counts more than systemd's limit on automatic starts.
        callManager(u"ResetFailedUnit"_s, {unit});
        return ask(u"StartUnit"_s, unit);
    }

    HostAnswer stop(uid_t uid) override
    {
        if (!isDown(uid)) {
            return ask(u"StopUnit"_s, unitOf(uid));
        }
        // An engine that failed has left its containers; stopping its unit would not end them.
        return hasLeftovers(uid)
                   ? ask(u"StartUnit"_s, u"roadstead-engine-cleanup@%1.service"_s.arg(uid))
                   : HostAnswer{Outcome::AlreadySo, {}};
    }

    HostAnswer restart(uid_t uid) override
    {
        if (!isDown(uid)) {
            // Reloading is restarting dockerd under its launcher, which keeps the containers.
            return ask(u"ReloadUnit"_s, unitOf(uid));
        }
        // A new launcher takes over what a failed one has left running.
        return hasLeftovers(uid) ? start(uid) : HostAnswer{Outcome::NotRunning, {}};
    }

private:
    static bool isDown(uid_t uid)
    {
        const QString state = activeState(unitOf(uid));
        return state == "inactive"_L1 || state == "failed"_L1;
    }
};

} // namespace

std::unique_ptr<EngineHost> systemdHost()
{
    return std::make_unique<SystemdHost>();
}

std::unique_ptr<EngineHost> engineHost()
{
    // sd_booted(3): this folder exists exactly where systemd is the init system.
    return ::access("/run/systemd/system", F_OK) == 0 ? systemdHost() : directHost();
}

} // namespace roadstead::helper
