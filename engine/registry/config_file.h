// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/registry/credentials.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace roadstead::registry {

/// What the docker CLI's config.json says about registries. Read as the CLI reads it: what is
/// damaged in it does not hide the rest, but `problem` must then be shown.
struct ConfigFile
{
    std::map<std::string, Credentials> auths;             ///< by registry, or a URL of it
    std::string credentialStore;                          ///< name of the helper for all registries
    std::map<std::string, std::string> credentialHelpers; ///< names of helpers, by registry
    std::map<std::string, std::string> httpHeaders;       ///< sent with every request to an engine
    std::string problem; ///< what could not be read, without any secret; empty = nothing

    /// The helper that is asked about credentials kept under `key`; empty = none.
    [[nodiscard]] std::string helperFor(const std::string &key) const;
    /// Whether it names any credentials or helper.
    [[nodiscard]] bool hasCredentials() const;
};

/// Reads the text of a config.json. An empty one is an empty configuration.
ConfigFile parseConfigFile(std::string_view text);

/// Reads config.json in the CLI's configuration folder; none is an empty configuration. Fails with
/// Io when it is there but cannot be read. Blocking.
Result<ConfigFile> readConfigFile(const std::string &configFolder);

/// The helper that the CLI takes where the configuration names none and keeps no credentials:
/// "pass" where that program is, else "secretservice", if the helper itself is there; else empty.
std::string defaultHelper(const std::function<bool(const std::string &program)> &isInstalled);

/// Where a program of this name is in the folders of PATH; empty = nowhere.
std::string pathOfProgram(const std::string &program);
bool isInPath(const std::string &program);

} // namespace roadstead::registry
