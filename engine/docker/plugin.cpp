// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/plugin.h"

#include "engine/docker/json_reader.h"
#include "engine/docker/rendering.h"

#include <nlohmann/json.hpp>

namespace roadstead::docker {

namespace {

std::string pluginPath(const Target &plugin, std::string_view part)
{
    // Their names have slashes that the engine's router expects as they are.
    std::string path = imagePath(plugin.reference, part);
    return path.replace(0, std::string_view("/images/").size(), "/plugins/");
}

OrderedJson privilegesJson(const std::vector<PluginPrivilege> &privileges)
{
    OrderedJson json = OrderedJson::array();
    for (const PluginPrivilege &privilege : privileges) {
        json.push_back({{"Name", privilege.name},
                        {"Description", privilege.description},
                        {"Value", privilege.values}});
    }
    return json;
}

Plugin readPlugin(const JsonValue &value)
{
    Plugin plugin;
    plugin.id = value.text("Id");
    plugin.name = value.text("Name");
    // Engines before 1.27 told the tag by itself.
    if (std::string tag = value.text("Tag"); !tag.empty()) {
        plugin.name.append(":").append(tag);
    }
    plugin.reference = value.text("PluginReference");
    plugin.enabled = value.has("Enabled") ? value.boolean("Enabled") : value.boolean("Active");
    const JsonValue config = value.object("Config");
    plugin.description = config.text("Description");
    plugin.documentation = config.text("Documentation");
    plugin.interfaces = config.object("Interface").texts("Types");
    plugin.environment = value.object("Settings").texts("Env");
    return plugin;
}

Arguments lineFor(Arguments arguments, const Target &plugin)
{
    addOperands(arguments, {plugin.display});
    return arguments;
}

} // namespace

ApiRequest ListPlugins::request(ApiVersion) const
{
    ApiRequest request = getRequest("/plugins");
    addFilters(request, filters);
    return request;
}

Arguments ListPlugins::arguments() const
{
    Arguments arguments{"plugin", "ls"};
    addPairs(arguments, "--filter", filters);
    return arguments;
}

Result<ListPlugins::Answer> ListPlugins::decode(std::string body)
{
    const auto document = JsonDocument::parse(body, "plugin list");
    if (!document) {
        return std::unexpected(document.error());
    }
    std::vector<Plugin> plugins;
    document->list().forEachElement(
        [&plugins](const JsonValue &value) { plugins.push_back(readPlugin(value)); });
    return document->checked(std::move(plugins));
}

ApiRequest InspectPlugin::request(ApiVersion) const
{
    return getRequest(pluginPath(plugin, "/json"));
}

Arguments InspectPlugin::arguments() const
{
    return lineFor({"plugin", "inspect"}, plugin);
}

Result<Plugin> InspectPlugin::decode(std::string body)
{
    const auto document = JsonDocument::parse(body, "plugin");
    if (!document) {
        return std::unexpected(document.error());
    }
    Plugin plugin = readPlugin(document->root());
    plugin.raw = std::move(body);
    return document->checked(std::move(plugin));
}

ApiRequest AskPluginPrivileges::request(ApiVersion) const
{
    ApiRequest request = getRequest("/plugins/privileges");
    request.query.emplace_back("remote", remote);
    return request;
}

Result<AskPluginPrivileges::Answer> AskPluginPrivileges::decode(std::string body)
{
    const auto document = JsonDocument::parse(body, "plugin privileges");
    if (!document) {
        return std::unexpected(document.error());
    }
    std::vector<PluginPrivilege> privileges;
    document->list().forEachElement([&privileges](const JsonValue &value) {
        privileges.push_back({value.text("Name"), value.text("Description"), value.texts("Value")});
    });
    return document->checked(std::move(privileges));
}

ApiRequest InstallPlugin::request(ApiVersion) const
{
    ApiRequest request = postRequest("/plugins/pull", privilegesJson(privileges));
    request.query = {{"remote", remote}, {"name", name}};
    return request;
}

Arguments InstallPlugin::arguments() const
{
    Arguments arguments{"plugin", "install", "--grant-all-permissions", "--disable"};
    addOption(arguments, "--alias", name);
    addOperands(arguments, {remote});
    return arguments;
}

ApiRequest UpgradePlugin::request(ApiVersion) const
{
    ApiRequest request = postRequest(pluginPath(plugin, "/upgrade"), privilegesJson(privileges));
    request.query.emplace_back("remote", remote);
    return request;
}

Arguments UpgradePlugin::arguments() const
{
    Arguments arguments{"plugin", "upgrade", "--grant-all-permissions", "--skip-remote-check"};
    addOperands(arguments, {plugin.display, remote});
    return arguments;
}

ApiRequest PushPlugin::request(ApiVersion) const
{
    return postRequest(pluginPath(plugin, "/push"));
}

Arguments PushPlugin::arguments() const
{
    return lineFor({"plugin", "push"}, plugin);
}

ApiRequest EnablePlugin::request(ApiVersion) const
{
    ApiRequest request = postRequest(pluginPath(plugin, "/enable"));
    request.query.emplace_back("timeout", std::to_string(timeoutSeconds));
    return request;
}

Arguments EnablePlugin::arguments() const
{
    return lineFor({"plugin", "enable", "--timeout", std::to_string(timeoutSeconds)}, plugin);
}

ApiRequest DisablePlugin::request(ApiVersion) const
{
    ApiRequest request = postRequest(pluginPath(plugin, "/disable"));
    addSwitch(request, "force", force);
    return request;
}

Arguments DisablePlugin::arguments() const
{
    Arguments arguments{"plugin", "disable"};
    addSwitch(arguments, "-f", force);
    return lineFor(std::move(arguments), plugin);
}

ApiRequest ConfigurePlugin::request(ApiVersion) const
{
    return postRequest(pluginPath(plugin, "/set"), OrderedJson(settings));
}

Arguments ConfigurePlugin::arguments() const
{
    Arguments arguments = lineFor({"plugin", "set"}, plugin);
    arguments.insert(arguments.end(), settings.begin(), settings.end());
    return arguments;
}

ApiRequest RemovePlugin::request(ApiVersion) const
{
    ApiRequest request = deleteRequest(pluginPath(plugin, ""));
    addSwitch(request, "force", force);
    return request;
}

Arguments RemovePlugin::arguments() const
{
    Arguments arguments{"plugin", "rm"};
    addSwitch(arguments, "-f", force);
    return lineFor(std::move(arguments), plugin);
}

ApiRequest CreatePlugin::request(ApiVersion) const
{
    ApiRequest request = postRequest("/plugins/create");
    request.contentType = "application/x-tar";
    request.query.emplace_back("name", name);
    return request;
}

Arguments CreatePlugin::arguments() const
{
    Arguments arguments{"plugin", "create"};
    addOperands(arguments, {name, folder});
    return arguments;
}

} // namespace roadstead::docker
