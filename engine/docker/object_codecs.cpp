// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/object_codecs.h"

#include "engine/docker/shell_words.h"

namespace roadstead::docker {

std::uint64_t readObjectVersion(const JsonValue &value)
{
    return value.object("Version").natural("Index");
}

HealthOptions readHealthCheck(const JsonValue &health)
{
    using std::chrono::nanoseconds;
    const std::vector<std::string> test = health.texts("Test");
    HealthOptions options;
    options.isDisabled = !test.empty() && test.front() == "NONE";
    if (test.size() > 1 && !options.isDisabled) {
        options.command =
            test.front() == "CMD" ? shellLine({test.begin() + 1, test.end()}) : test[1];
    }
    options.interval = nanoseconds(health.integer("Interval"));
    options.timeout = nanoseconds(health.integer("Timeout"));
    options.startPeriod = nanoseconds(health.integer("StartPeriod"));
    options.startInterval = nanoseconds(health.integer("StartInterval"));
    options.retries = health.integer("Retries");
    return options;
}

std::vector<std::string> withoutPlaceholders(std::vector<std::string> names)
{
    std::erase_if(names, [](const std::string &name) { return name.starts_with("<none>"); });
    return names;
}

Result<CommandReply> decodePruned(std::string_view body, const char *list)
{
    const auto document = JsonDocument::parse(body, "pruned");
    if (!document) {
        return std::unexpected(document.error());
    }
    CommandReply reply;
    reply.removed = document->root().texts(list);
    reply.reclaimed = document->root().countOrLargest("SpaceReclaimed");
    return document->checked(std::move(reply));
}

Result<CommandReply> decodeMade(std::string_view body, const char *what)
{
    const auto document = JsonDocument::parse(body, what);
    if (!document) {
        return std::unexpected(document.error());
    }
    const JsonValue root = document->root();
    CommandReply reply;
    reply.text = root.has("Id") ? root.text("Id") : root.text("ID");
    reply.warnings = root.texts("Warnings");
    if (std::string warning = root.text("Warning"); !warning.empty()) {
        reply.warnings.push_back(std::move(warning));
    }
    return document->checked(std::move(reply));
}

} // namespace roadstead::docker
