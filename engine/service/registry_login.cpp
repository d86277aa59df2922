// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/registry_login.h"

#include "engine/context/discovery.h"
#include "engine/context/selection.h"
#include "engine/registry/config_file.h"
#include "engine/registry/credential_helper.h"
#include "engine/registry/credentials.h"

#include <QThreadPool>

#include <utility>

namespace roadstead::service {

namespace {

/// Helpers may wait for a person to unlock a keyring: lists must not wait for them.
class LoginPool : public QThreadPool
{
public:
    LoginPool()
    {
        constexpr int threads = 2;
        constexpr int idleMilliseconds = 5000;
        setMaxThreadCount(threads);
        setExpiryTimeout(idleMilliseconds);
    }
};

Result<std::string> loginFor(const std::string &image)
{
    const context::SystemView &system = context::thisSystem();
    auto config = registry::readConfigFile(context::configFolder(
        [&system](const char *name) { return system.variable(name); }, system.home()));
    if (!config) {
        return std::unexpected(config.error());
    }
    if (!config->hasCredentials()) {
        config->credentialStore = registry::defaultHelper(registry::isInPath);
    }
    registry::InstalledHelpers helpers;
    auto credentials = registry::resolveCredentials(*config, registry::registryOf(image), helpers);
    if (!credentials) {
        return std::unexpected(credentials.error());
    }
    std::string header = registry::registryAuthHeader(*credentials);
    credentials->wipe();
    return header;
}

} // namespace

void findRegistryLogin(const std::string &image, LoginFound found)
{
    static LoginPool pool;
    pool.start([image, found = std::move(found)]() mutable { found(loginFor(image)); });
}

} // namespace roadstead::service
