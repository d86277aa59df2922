// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/object_codecs.h"

namespace roadstead::docker {

std::uint64_t readObjectVersion(const JsonValue &value)
{
    return value.object("Version").natural("Index");
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
