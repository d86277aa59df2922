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

HostAnswer answerTo(const QDBusMessage &reply)
{
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
    HostAnswer start(uid_t uid) override;
    HostAnswer stop(uid_t uid) override;
    HostAnswer restart(uid_t uid) override;
};

HostAnswer SystemdHost::start(uid_t uid)
{
    const QString unit = unitOf(uid);
    if (activeState(unit) == "active"_L1) {
        return {Outcome::AlreadySo, {}};
    }
    // A person's wish to start counts more than systemd's limit on automatic starts.
    callManager(u"ResetFailedUnit"_s, {unit});
    return answerTo(callManager(u"StartUnit"_s, {unit, u"replace"_s}));
}

HostAnswer SystemdHost::stop(uid_t uid)
{
    const QString unit = unitOf(uid);
    const QString state = activeState(unit);
    if (state == "inactive"_L1 || state == "failed"_L1) {
        return {Outcome::AlreadySo, {}};
    }
    return answerTo(callManager(u"StopUnit"_s, {unit, u"replace"_s}));
}

HostAnswer SystemdHost::restart(uid_t uid)
{
    const QString unit = unitOf(uid);
    const QString state = activeState(unit);
    if (state == "inactive"_L1 || state == "failed"_L1) {
        return {Outcome::NotRunning, {}};
    }
    // Reloading is restarting dockerd under its launcher, which keeps the containers.
    return answerTo(callManager(u"ReloadUnit"_s, {unit, u"replace"_s}));
}

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
