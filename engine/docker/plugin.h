// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/docker/api_request.h"

#include <string>
#include <string_view>
#include <vector>

/// Plugins of the engine (Engine API, "Plugin"), from 1.25 on.
namespace roadstead::docker {

/// Something that a plugin wants to be allowed: "network" "host".
struct PluginPrivilege
{
    std::string name{};
    std::string description{};
    std::vector<std::string> values{};
    bool operator==(const PluginPrivilege &) const = default;
};

/// A row of GET /plugins, and GET /plugins/{name}/json.
struct Plugin
{
    std::string id;
    std::string name;      ///< "vieux/sshfs:latest"
    std::string reference; ///< where it came from
    bool enabled = false;
    std::string description;
    std::string documentation;            ///< URL
    std::vector<std::string> interfaces;  ///< "docker.volumedriver/1.0"
    std::vector<std::string> environment; ///< NAME=value, as set
    std::string raw;                      ///< the reply itself, of an inspection
    bool operator==(const Plugin &) const = default;
};

/// GET /plugins ("List plugins").
struct ListPlugins
{
    using Answer = std::vector<Plugin>;
    static constexpr std::string_view operation = "plugin.list";
    Filters filters{}; ///< capability, enable
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {25}; }
    static Result<Answer> decode(std::string body);
    bool operator==(const ListPlugins &) const = default;
};

/// GET /plugins/{name}/json ("Inspect a plugin").
struct InspectPlugin
{
    using Answer = Plugin;
    static constexpr std::string_view operation = "plugin.inspect";
    Target plugin{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {25}; }
    static Result<Answer> decode(std::string body);
    bool operator==(const InspectPlugin &) const = default;
};

/// GET /plugins/privileges ("Get plugin privileges"). Takes the registry's credentials. The CLI
/// asks this within its install.
struct AskPluginPrivileges
{
    using Answer = std::vector<PluginPrivilege>;
    static constexpr std::string_view operation = "plugin.privileges";
    static constexpr bool authenticates = true;
    std::string remote{}; ///< "docker.io/vieux/sshfs:latest"
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] ApiVersion needs() const { return {25}; }
    static Result<Answer> decode(std::string body);
    bool operator==(const AskPluginPrivileges &) const = default;
};

/// POST /plugins/pull ("Install a plugin"), which leaves it disabled. The privileges are those that
/// the person granted. Takes the registry's credentials.
struct InstallPlugin
{
    static constexpr std::string_view operation = "plugin.install";
    static constexpr bool authenticates = true;
    static constexpr bool reportsProgress = true;
    std::string remote{};
    std::string name{}; ///< here; empty = as the remote
    std::vector<PluginPrivilege> privileges{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {25}; }
    bool operator==(const InstallPlugin &) const = default;
};

/// POST /plugins/{name}/upgrade ("Upgrade a plugin"), from 1.26 on; of a disabled one.
struct UpgradePlugin
{
    static constexpr std::string_view operation = "plugin.upgrade";
    static constexpr bool authenticates = true;
    static constexpr bool reportsProgress = true;
    Target plugin{};
    std::string remote{};
    std::vector<PluginPrivilege> privileges{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {26}; }
    bool operator==(const UpgradePlugin &) const = default;
};

/// POST /plugins/{name}/push ("Push a plugin").
struct PushPlugin
{
    static constexpr std::string_view operation = "plugin.push";
    static constexpr bool authenticates = true;
    static constexpr bool reportsProgress = true;
    Target plugin{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {25}; }
    bool operator==(const PushPlugin &) const = default;
};

/// POST /plugins/{name}/enable ("Enable a plugin").
struct EnablePlugin
{
    static constexpr std::string_view operation = "plugin.enable";
    Target plugin{};
    int timeoutSeconds = 30; ///< to wait for the plugin
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {25}; }
    bool operator==(const EnablePlugin &) const = default;
};

/// POST /plugins/{name}/disable ("Disable a plugin").
struct DisablePlugin
{
    static constexpr std::string_view operation = "plugin.disable";
    Target plugin{};
    bool force = false; ///< although something uses it
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {25}; }
    bool operator==(const DisablePlugin &) const = default;
};

/// POST /plugins/{name}/set ("Configure a plugin").
struct ConfigurePlugin
{
    static constexpr std::string_view operation = "plugin.set";
    Target plugin{};
    std::vector<std::string> settings{}; ///< NAME=value
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {25}; }
    bool operator==(const ConfigurePlugin &) const = default;
};

/// DELETE /plugins/{name} ("Remove a plugin").
struct RemovePlugin
{
    static constexpr std::string_view operation = "plugin.remove";
    static constexpr bool removes = true;
    Target plugin{};
    bool force = false;
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {25}; }
    bool operator==(const RemovePlugin &) const = default;
};

/// POST /plugins/create ("Create a plugin"). The body is a tar archive of rootfs and config.json.
struct CreatePlugin
{
    static constexpr std::string_view operation = "plugin.create";
    static constexpr bool takesBody = true;
    std::string name{};
    std::string folder{}; ///< that the archive was made of, for the command line
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {25}; }
    bool operator==(const CreatePlugin &) const = default;
};

} // namespace roadstead::docker
