// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/buildx_listings.h"

#include "engine/json/tree.h"

#include <algorithm>
#include <functional>

namespace roadstead::build {

namespace {

std::string textAt(const json::Value &object, std::string_view name)
{
    const json::Value *value = object.find(name);
    return value != nullptr && value->isText() ? value->characters() : std::string();
}

int countAt(const json::Value &object, std::string_view name)
{
    const json::Value *value = object.find(name);
    const auto number = value != nullptr ? value->integer() : std::nullopt;
    return int(std::clamp<std::int64_t>(number.value_or(0), 0, 1'000'000));
}

std::vector<std::string> textsAt(const json::Value &object, std::string_view name)
{
    std::vector<std::string> texts;
    if (const json::Value *list = object.find(name); list != nullptr && list->isList()) {
        for (const json::Value &each : list->elements()) {
            if (each.isText() && texts.size() < builderPartCap) {
                texts.push_back(each.characters());
            }
        }
    }
    return texts;
}

void forEachObject(std::string_view printed, const std::function<void(const json::Value &)> &visit)
{
    while (!printed.empty()) {
        const std::size_t end = printed.find('\n');
        const std::string_view line = printed.substr(0, end);
        printed.remove_prefix(end == std::string_view::npos ? printed.size() : end + 1);
        if (const auto object = json::parse(line, "buildx list"); object && object->isObject()) {
            visit(*object);
        }
    }
}

BuilderNode readNode(const json::Value &object)
{
    BuilderNode node;
    node.name = textAt(object, "Name");
    node.endpoint = textAt(object, "Endpoint");
    node.status = textAt(object, "Status");
    node.version = textAt(object, "Version");
    node.error = textAt(object, "Err");
    node.platforms = textsAt(object, "Platforms");
    node.flags = textsAt(object, "Flags");
    if (const json::Value *options = object.find("DriverOpts"); options != nullptr) {
        for (const json::Member &option : options->members()) {
            if (option.value.isText() && node.options.size() < builderPartCap) {
                node.options.emplace_back(option.name, option.value.characters());
            }
        }
    }
    return node;
}

} // namespace

std::vector<Builder> readBuilders(std::string_view printed)
{
    std::vector<Builder> builders;
    forEachObject(printed, [&builders](const json::Value &object) {
        Builder builder;
        builder.name = textAt(object, "Name");
        if (builder.name.empty() || builders.size() >= builderCap ||
            std::ranges::contains(builders, builder.name, &Builder::name)) {
            return;
        }
        builder.driver = textAt(object, "Driver");
        builder.error = textAt(object, "Err");
        builder.lastUsed = parseRfc3339(textAt(object, "LastActivity"));
        if (const json::Value *current = object.find("Current");
            current != nullptr && current->isBoolean()) {
            builder.isCurrent = current->isTrue();
        }
        if (const json::Value *nodes = object.find("Nodes"); nodes != nullptr) {
            for (const json::Value &node : nodes->elements()) {
                if (node.isObject() && builder.nodes.size() < builderPartCap) {
                    builder.nodes.push_back(readNode(node));
                }
            }
        }
        builders.push_back(std::move(builder));
    });
    return builders;
}

std::string inspectedName(std::string_view printed)
{
    constexpr std::string_view head = "Name:";
    if (!printed.starts_with(head)) {
        return {};
    }
    std::string_view name = printed.substr(head.size(), printed.find('\n') - head.size());
    const std::size_t first = name.find_first_not_of(" \t");
    const std::size_t last = name.find_last_not_of(" \t\r");
    return first == std::string_view::npos ? std::string()
                                           : std::string(name.substr(first, last - first + 1));
}

std::string EngineBuild::builder() const
{
    return ref.contains('/') ? ref.substr(0, ref.find('/')) : std::string();
}

std::string EngineBuild::id() const
{
    return ref.substr(ref.rfind('/') + 1);
}

std::vector<EngineBuild> readEngineBuilds(std::string_view printed)
{
    std::vector<EngineBuild> builds;
    forEachObject(printed, [&builds](const json::Value &object) {
        const auto started = parseRfc3339(textAt(object, "created_at"));
        EngineBuild build{.ref = textAt(object, "ref"),
                          .name = textAt(object, "name"),
                          .status = textAt(object, "status"),
                          .started = started.value_or(Timestamp{}),
                          .completed = parseRfc3339(textAt(object, "completed_at")),
                          .steps = countAt(object, "total_steps"),
                          .cached = countAt(object, "cached_steps")};
        if (!build.id().empty() && started && builds.size() < engineBuildCap) {
            builds.push_back(std::move(build));
        }
    });
    return builds;
}

} // namespace roadstead::build
