// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/registry/credentials.h"

#include <functional>
#include <string>

namespace roadstead::service {

/// The value of X-Registry-Auth for the registry of `image`. Secret.
using LoginFound = std::move_only_function<void(Result<std::string>)>;

/// Looks for the credentials as the docker command does: config.json, then the helpers it names, or
/// the usual one. That may take as long as a helper does (30 s), so it is done in a thread of its
/// own, in which `found` is called, exactly once. Fails where a helper is missing or fails: nobody
/// is logged in as nobody in silence.
void findRegistryLogin(const std::string &image, LoginFound found);

/// The credentials themselves, for `registry` ("docker.io"). Secret: whoever gets them wipes them.
using CredentialsFound = std::move_only_function<void(Result<registry::Credentials>)>;
void findCredentials(const std::string &registry, CredentialsFound found);

/// Does what asks helpers, in the same threads.
void runWithHelpers(std::move_only_function<void()> work);

/// The folder of the docker CLI's configuration.
std::string cliConfigFolder();

} // namespace roadstead::service
