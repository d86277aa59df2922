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

QDBusMessage callManager(const QString &name, const QVariantList &arguments)
{
    return call(u"/org/freedesktop/systemd1"_s, u"org.freedesktop.systemd1.Manager"_s, name,
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
    return name == "org.freedesktop.systemd1.NoSuchUnit"_L1   ? HostAnswer{Outcome::NoLauncher, {}}
           : name == "org.freedesktop.systemd1.UnitMasked"_L1 ? HostAnswer{Outcome::Masked, {}}
                                                              : HostAnswer{Outcome::Failed, name};
}

/// A unit's ActiveState, or "auto-restart" while systemd waits to start it again; empty when
/// systemd does not say, and the job that is asked for then says what is wrong.
QString stateOf(const QString &unit)
{
    const QDBusMessage loaded = callManager(u"LoadUnit"_s, {unit});
    const auto property = [&](const QString &name) {
        const QDBusMessage got = call(loaded.arguments().value(0).value<QDBusObjectPath>().path(),
                                      u"org.freedesktop.DBus.Properties"_s, u"Get"_s,
                                      {u"org.freedesktop.systemd1.Unit"_s, name});
        return got.arguments().value(0).value<QDBusVariant>().variant().toString();
    };
    if (loaded.type() == QDBusMessage::ErrorMessage) {
        return {};
    }
    return property(u"SubState"_s).startsWith("auto-restart"_L1) ? u"auto-restart"_s
                                                                 : property(u"ActiveState"_s);
}

/// True while no launcher is there.
bool isGone(const QString &state)
{
    return state == "inactive"_L1 || state == "failed"_L1 || state == "auto-restart"_L1;
}

class SystemdHost : public EngineHost
{
public:
    HostAnswer start(uid_t uid) override
    {
        const QString state = stateOf(unitOf(uid));
        if (state == "deactivating"_L1 && isStopping(uid)) {
            return {Outcome::Stopping, {}};
        }
        if (!state.isEmpty() && !isGone(state) && state != "deactivating"_L1) {
            return {Outcome::AlreadySo, {}};
        }
        // A person's wish to start counts more than systemd's limit on automatic starts.
        callManager(u"ResetFailedUnit"_s, {unitOf(uid)});
        return ask(u"StartUnit"_s, unitOf(uid));
    }

    HostAnswer stop(uid_t uid) override
    {
        const QString state = stateOf(unitOf(uid));
        if (isGone(state) && hasLeftovers(uid)) {
            // Stopping the unit would not end the containers. This one conflicts with the unit.
            return ask(u"StartUnit"_s, u"roadstead-engine-cleanup@%1.service"_s.arg(uid));
        }
        return isGone(state) && state != "auto-restart"_L1 ? HostAnswer{Outcome::AlreadySo, {}}
                                                           : ask(u"StopUnit"_s, unitOf(uid));
    }

    HostAnswer restart(uid_t uid) override
    {
        if (!isGone(stateOf(unitOf(uid)))) {
            // Reloading is restarting dockerd under its launcher, which keeps the containers.
            return ask(u"ReloadUnit"_s, unitOf(uid));
        }
        // A new launcher takes over what a failed one has left running.
        return hasLeftovers(uid) ? start(uid) : HostAnswer{Outcome::NotRunning, {}};
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
