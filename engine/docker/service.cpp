// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/service.h"

#include "engine/docker/object_codecs.h"
#include "engine/docker/rendering.h"
#include "engine/reference/numbers.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace roadstead::docker {

namespace {

void readMode(const JsonValue &mode, Service &service)
{
    if (mode.has("Global")) {
        service.mode = ServiceMode::Global;
    } else if (mode.has("GlobalJob")) {
        service.mode = ServiceMode::GlobalJob;
    } else if (mode.has("ReplicatedJob")) {
        service.mode = ServiceMode::ReplicatedJob;
        service.replicas = mode.object("ReplicatedJob").integer("TotalCompletions");
    } else {
        service.replicas = mode.object("Replicated").integer("Replicas");
    }
}

void readEndpoint(const JsonValue &endpoint, Service &service)
{
    endpoint.forEach("Ports", [&service](const JsonValue &value) {
        ServicePort &port = service.ports.emplace_back();
        port.targetPort = value.integer("TargetPort");
        port.publishedPort = value.integer("PublishedPort");
        port.protocol = value.text("Protocol");
        port.mode = value.text("PublishMode");
    });
    endpoint.forEach("VirtualIPs", [&service](const JsonValue &value) {
        service.virtualIps.push_back(value.text("Addr"));
    });
}

Service readService(const JsonValue &value)
{
    const JsonValue spec = value.object("Spec");
    const JsonValue container = spec.object("TaskTemplate").object("ContainerSpec");
    const JsonValue update = value.object("UpdateStatus");
    Service service;
    service.id = value.text("ID");
    service.version = readObjectVersion(value);
    service.created = value.text("CreatedAt");
    service.updated = value.text("UpdatedAt");
    service.name = spec.text("Name");
    service.labels = spec.textMap("Labels");
    service.image = container.text("Image");
    service.tty = container.boolean("TTY");
    readMode(spec.object("Mode"), service);
    readEndpoint(value.object("Endpoint"), service);
    if (const JsonValue status = value.object("ServiceStatus"); !status.isNull()) {
        service.runningTasks = status.count("RunningTasks");
        service.desiredTasks = status.count("DesiredTasks");
        service.completedTasks = status.count("CompletedTasks");
    }
    service.updateState = update.text("State");
    service.updateMessage = update.text("Message");
    service.canRollBack = value.has("PreviousSpec");
    service.spec = value.jsonText("Spec");
    return service;
}

/// The member as an object, made where there is none.
OrderedJson &objectIn(OrderedJson &json, const char *member)
{
    if (!json[member].is_object()) {
        json[member] = OrderedJson::object();
    }
    return json[member];
}

/// Takes the texts out for which `goes`, and puts others in.
void change(OrderedJson &json, const char *member, const std::vector<std::string> &added,
            const auto &goes)
{
    std::vector<std::string> texts;
    if (const auto found = json.find(member); found != json.end() && found->is_array()) {
        for (const OrderedJson &text : *found) {
            if (text.is_string() && !goes(text.get_ref<const std::string &>())) {
                texts.push_back(text.get_ref<const std::string &>());
            }
        }
    }
    texts.insert(texts.end(), added.begin(), added.end());
    json[member] = texts;
}

std::string nameOf(const std::string &variable)
{
    return variable.substr(0, variable.find('='));
}

void applyLists(const UpdateService &update, OrderedJson &spec)
{
    OrderedJson &task = objectIn(spec, "TaskTemplate");
    if (!update.addEnvironment.empty() || !update.removeEnvironment.empty()) {
        change(objectIn(task, "ContainerSpec"), "Env", update.addEnvironment,
               [&update](const std::string &variable) {
                   const auto same = [&](const std::string &other) {
                       return nameOf(other) == nameOf(variable);
                   };
                   return std::ranges::any_of(update.addEnvironment, same) ||
                          std::ranges::any_of(update.removeEnvironment, same);
               });
    }
    if (!update.addConstraints.empty() || !update.removeConstraints.empty()) {
        change(objectIn(task, "Placement"), "Constraints", update.addConstraints,
               [&update](const std::string &constraint) {
                   return std::ranges::contains(update.removeConstraints, constraint) ||
                          std::ranges::contains(update.addConstraints, constraint);
               });
    }
    OrderedJson &labels = objectIn(spec, "Labels");
    for (const std::string &label : update.removeLabels) {
        labels.erase(label);
    }
    for (const auto &[label, value] : update.addLabels) {
        labels[label] = value;
    }
}

void applyNumbers(const UpdateService &update, OrderedJson &spec)
{
    OrderedJson &task = objectIn(spec, "TaskTemplate");
    const auto limit = [&task](const char *member, const std::optional<std::int64_t> &value) {
        if (value) {
            objectIn(objectIn(task, "Resources"), "Limits")[member] = *value;
        }
    };
    limit("NanoCPUs", update.limitNanoCpus);
    limit("MemoryBytes", update.limitMemory);
    if (update.replicas) {
        OrderedJson &mode = objectIn(spec, "Mode");
        if (mode.contains("ReplicatedJob")) {
            objectIn(mode, "ReplicatedJob")["TotalCompletions"] = *update.replicas;
        } else {
            objectIn(mode, "Replicated")["Replicas"] = *update.replicas;
        }
    }
    if (update.force) {
        const auto counted = task.find("ForceUpdate");
        const bool number = counted != task.end() && counted->is_number_unsigned();
        task["ForceUpdate"] = (number ? counted->get<std::uint64_t>() : 0) + 1;
    }
    for (const ServicePort &port : update.addPorts) {
        OrderedJson &ports = objectIn(spec, "EndpointSpec")["Ports"];
        if (!ports.is_array()) {
            ports = OrderedJson::array();
        }
        ports.push_back({{"Protocol", port.protocol},
                         {"TargetPort", port.targetPort},
                         {"PublishedPort", port.publishedPort},
                         {"PublishMode", port.mode}});
    }
}

} // namespace

ApiRequest ListServices::request(ApiVersion version) const
{
    ApiRequest request = getRequest("/services");
    addFilters(request, filters);
    addQuery(request, "status", status && version >= ApiVersion{41} ? "true" : "");
    return request;
}

Arguments ListServices::arguments() const
{
    Arguments arguments{"service", "ls"};
    addPairs(arguments, "--filter", filters);
    return arguments;
}

Result<ListServices::Answer> ListServices::decode(std::string body)
{
    const auto document = JsonDocument::parse(body, "service list");
    if (!document) {
        return std::unexpected(document.error());
    }
    std::vector<Service> services;
    document->list().forEachElement(
        [&services](const JsonValue &value) { services.push_back(readService(value)); });
    return document->checked(std::move(services));
}

ApiRequest InspectService::request(ApiVersion version) const
{
    ApiRequest request = getRequest(objectPath("/services/", service.reference));
    if (version >= ApiVersion{29}) {
        request.query.emplace_back("insertDefaults", insertDefaults ? "true" : "false");
    }
    return request;
}

Arguments InspectService::arguments() const
{
    Arguments arguments{"service", "inspect"};
    addOperands(arguments, {service.display});
    return arguments;
}

Result<Service> InspectService::decode(std::string body)
{
    const auto document = JsonDocument::parse(body, "service");
    if (!document) {
        return std::unexpected(document.error());
    }
    return document->checked(readService(document->root()));
}

ApiRequest ReadServiceLogs::request(ApiVersion) const
{
    ApiRequest request = getRequest(objectPath("/services/", service.reference, "/logs"));
    addLogOptions(request, options);
    return request;
}

Arguments ReadServiceLogs::arguments() const
{
    Arguments arguments{"service", "logs"};
    addLogOptions(arguments, options);
    addOperands(arguments, {service.display});
    return arguments;
}

ApiRequest CreateService::request(ApiVersion) const
{
    return postRequest("/services/create", serviceSpecJson(spec));
}

Arguments CreateService::arguments() const
{
    Arguments arguments{"service", "create", "-d"};
    addServiceSpec(arguments, spec);
    return arguments;
}

Result<CommandReply> CreateService::decode(std::string_view body)
{
    return decodeMade(body, "created service");
}

ApiRequest UpdateService::request(ApiVersion) const
{
    // What the spec says otherwise must go back as it came.
    OrderedJson body = OrderedJson::parse(spec, nullptr, false);
    if (!body.is_object()) {
        body = OrderedJson::object();
    }
    if (!rollBack) {
        if (!image.empty()) {
            objectIn(objectIn(body, "TaskTemplate"), "ContainerSpec")["Image"] = image;
        }
        applyLists(*this, body);
        applyNumbers(*this, body);
    }
    ApiRequest request = postRequest(objectPath("/services/", service.reference, "/update"), body);
    request.query.emplace_back("version", std::to_string(version));
    addQuery(request, "rollback", rollBack ? "previous" : "");
    return request;
}

Arguments UpdateService::arguments() const
{
    Arguments arguments{"service", rollBack ? "rollback" : "update", "-d"};
    addOption(arguments, "--image", image);
    if (replicas) {
        addOption(arguments, "--replicas", std::to_string(*replicas));
    }
    if (limitNanoCpus) {
        addOption(arguments, "--limit-cpu", reference::processorsText(*limitNanoCpus));
    }
    if (limitMemory) {
        addOption(arguments, "--limit-memory", std::to_string(*limitMemory));
    }
    addEach(arguments, "--env-add", addEnvironment);
    addEach(arguments, "--env-rm", removeEnvironment);
    addPairs(arguments, "--label-add", addLabels);
    addEach(arguments, "--label-rm", removeLabels);
    addEach(arguments, "--constraint-add", addConstraints);
    addEach(arguments, "--constraint-rm", removeConstraints);
    for (const ServicePort &port : addPorts) {
        addOption(arguments, "--publish-add",
                  "target=" + std::to_string(port.targetPort) +
                      ",published=" + std::to_string(port.publishedPort) +
                      ",protocol=" + port.protocol + ",mode=" + port.mode);
    }
    addSwitch(arguments, "--force", force);
    addOperands(arguments, {service.display});
    return arguments;
}

Result<CommandReply> UpdateService::decode(std::string_view body)
{
    return decodeMade(body, "updated service");
}

ApiRequest RemoveService::request(ApiVersion) const
{
    return deleteRequest(objectPath("/services/", service.reference));
}

Arguments RemoveService::arguments() const
{
    Arguments arguments{"service", "rm"};
    addOperands(arguments, {service.display});
    return arguments;
}

} // namespace roadstead::docker
