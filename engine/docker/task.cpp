// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/task.h"

#include "engine/docker/object_codecs.h"
#include "engine/docker/rendering.h"

#include <algorithm>

namespace roadstead::docker {

namespace {

Task readTask(const JsonValue &value)
{
    const JsonValue container = value.object("Spec").object("ContainerSpec");
    const JsonValue status = value.object("Status");
    const JsonValue containerStatus = status.object("ContainerStatus");
    Task task;
    task.id = value.text("ID");
    task.version = readObjectVersion(value);
    task.created = value.text("CreatedAt");
    task.updated = value.text("UpdatedAt");
    task.name = value.text("Name");
    task.image = container.text("Image");
    task.serviceId = value.text("ServiceID");
    task.nodeId = value.text("NodeID");
    task.slot = value.integer("Slot");
    task.state = status.text("State");
    task.desiredState = value.text("DesiredState");
    task.changed = status.text("Timestamp");
    task.message = status.text("Message");
    task.error = status.text("Err");
    task.containerId = containerStatus.text("ContainerID");
    task.exitCode = containerStatus.smallInteger("ExitCode");
    task.tty = container.boolean("TTY");
    value.forEach("NetworksAttachments", [&task](const JsonValue &attachment) {
        const auto addresses = attachment.texts("Addresses");
        task.addresses.insert(task.addresses.end(), addresses.begin(), addresses.end());
    });
    return task;
}

} // namespace

void addLogOptions(ApiRequest &request, const LogOptions &options)
{
    auto &query = request.query;
    query.emplace_back("stdout", "1");
    query.emplace_back("stderr", "1");
    query.emplace_back("tail", options.tail < 0 ? "all" : std::to_string(options.tail));
    addSwitch(request, "follow", options.follow);
    addSwitch(request, "timestamps", options.timestamps);
    addSwitch(request, "details", options.details);
    addQuery(request, "since", momentText(options.since));
    addQuery(request, "until", momentText(options.until));
}

void addLogOptions(Arguments &arguments, const LogOptions &options)
{
    addSwitch(arguments, "-f", options.follow);
    addSwitch(arguments, "-t", options.timestamps);
    addSwitch(arguments, "--details", options.details);
    if (options.tail >= 0) {
        addOption(arguments, "-n", std::to_string(options.tail));
    }
    addOption(arguments, "--since", options.since);
    addOption(arguments, "--until", options.until);
}

ApiRequest ListTasks::request(ApiVersion) const
{
    ApiRequest request = getRequest("/tasks");
    addFilters(request, filters);
    return request;
}

Arguments ListTasks::arguments() const
{
    const auto subject = std::ranges::find_if(filters, [](const auto &filter) {
        return filter.first == "service" || filter.first == "node";
    });
    Arguments arguments =
        subject == filters.end() ? Arguments{"node", "ps"} : Arguments{subject->first, "ps"};
    for (auto filter = filters.begin(); filter != filters.end(); ++filter) {
        if (filter != subject) {
            addPairs(arguments, "--filter", {*filter});
        }
    }
    if (subject != filters.end()) {
        addOperands(arguments, {subject->second});
    }
    return arguments;
}

Result<ListTasks::Answer> ListTasks::decode(std::string body)
{
    const auto document = JsonDocument::parse(body, "task list");
    if (!document) {
        return std::unexpected(document.error());
    }
    std::vector<Task> tasks;
    document->list().forEachElement(
        [&tasks](const JsonValue &value) { tasks.push_back(readTask(value)); });
    return document->checked(std::move(tasks));
}

ApiRequest InspectTask::request(ApiVersion) const
{
    return getRequest(objectPath("/tasks/", id));
}

Arguments InspectTask::arguments() const
{
    Arguments arguments{"inspect", "--type", "task"};
    addOperands(arguments, {id});
    return arguments;
}

Result<Task> InspectTask::decode(std::string body)
{
    const auto document = JsonDocument::parse(body, "task");
    if (!document) {
        return std::unexpected(document.error());
    }
    return document->checked(readTask(document->root()));
}

ApiRequest ReadTaskLogs::request(ApiVersion) const
{
    ApiRequest request = getRequest(objectPath("/tasks/", id, "/logs"));
    addLogOptions(request, options);
    return request;
}

Arguments ReadTaskLogs::arguments() const
{
    // The CLI's command for services takes tasks, too.
    Arguments arguments{"service", "logs"};
    addLogOptions(arguments, options);
    addOperands(arguments, {id});
    return arguments;
}

} // namespace roadstead::docker
