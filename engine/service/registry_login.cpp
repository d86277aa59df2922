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

Result<registry::Credentials> credentialsFor(const std::string &registry)
{
    auto config = registry::readConfigFile(cliConfigFolder());
    if (!config) {
        return std::unexpected(config.error());
    }
    if (!config->hasCredentials()) {
        config->credentialStore = registry::defaultHelper(registry::isInPath);
    }
    registry::InstalledHelpers helpers;
    return registry::resolveCredentials(*config, registry, helpers);
}

} // namespace

std::string cliConfigFolder()
{
    const context::SystemView &system = context::thisSystem();
    return context::configFolder([&system](const char *name) { return system.variable(name); },
                                 system.home());
}

void runWithHelpers(std::move_only_function<void()> work)
{
    static LoginPool pool;
    pool.start(std::move(work));
}

void findCredentials(const std::string &registry, CredentialsFound found)
{
    runWithHelpers(
        [registry, found = std::move(found)]() mutable { found(credentialsFor(registry)); });
}

void findRegistryLogin(const std::string &image, LoginFound found)
{
    findCredentials(registry::registryOf(image),
                    [found = std::move(found)](Result<registry::Credentials> credentials) mutable {
                        if (!credentials) {
                            found(std::unexpected(credentials.error()));
                            return;
                        }
                        std::string header = registry::registryAuthHeader(*credentials);
                        credentials->wipe();
                        found(std::move(header));
                    });
}

} // namespace roadstead::service
