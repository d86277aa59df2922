// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/image.h"

#include "engine/docker/object_codecs.h"
#include "engine/docker/rendering.h"

#include <algorithm>

namespace roadstead::docker {

namespace {

/// The engine compares platforms as they stand.
std::string lowered(std::string text)
{
    std::ranges::transform(text, text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

void addDeleted(const JsonValue &value, const char *list, CommandReply &reply)
{
    const auto take = [&reply](const JsonValue &entry) {
        for (const char *kind : {"Untagged", "Deleted"}) {
            if (std::string name = entry.text(kind); !name.empty()) {
                reply.removed.push_back(std::move(name));
            }
        }
    };
    if (list == nullptr) {
        value.forEachElement(take);
    } else {
        value.forEach(list, take);
    }
}

} // namespace

ApiRequest PullImage::request(ApiVersion) const
{
    ApiRequest request = postRequest("/images/create");
    request.query.emplace_back("fromImage", image.repository);
    if (!allTags) {
        request.query.emplace_back("tag", image.tag.empty() ? "latest" : image.tag);
    }
    addQuery(request, "platform", lowered(platform));
    return request;
}

Arguments PullImage::arguments() const
{
    Arguments arguments{"pull"};
    addSwitch(arguments, "-a", allTags);
    addOption(arguments, "--platform", platform);
    addOperands(arguments, {image.display});
    return arguments;
}

ApiRequest PushImage::request(ApiVersion) const
{
    ApiRequest request = postRequest(imagePath(image.repository, "/push"));
    if (!allTags) {
        request.query.emplace_back("tag", image.tag.empty() ? "latest" : image.tag);
    }
    addQuery(request, "platform", platform.os.empty() ? "" : platformText(platform));
    return request;
}

Arguments PushImage::arguments() const
{
    Arguments arguments{"push"};
    addSwitch(arguments, "-a", allTags);
    addOption(arguments, "--platform", platform.text());
    addOperands(arguments, {image.display});
    return arguments;
}

ApiRequest TagImage::request(ApiVersion) const
{
    ApiRequest request = postRequest(imagePath(image.reference, "/tag"));
    request.query = {{"repo", name.repository}, {"tag", name.tag.empty() ? "latest" : name.tag}};
    return request;
}

Arguments TagImage::arguments() const
{
    Arguments arguments{"tag"};
    addOperands(arguments, {image.display, name.display});
    return arguments;
}

std::string ImportImage::bodyFile() const
{
    const bool remote = source.starts_with("http://") || source.starts_with("https://");
    return remote ? std::string() : source;
}

ApiRequest ImportImage::request(ApiVersion) const
{
    ApiRequest request = postRequest("/images/create");
    const bool local = !bodyFile().empty();
    request.query.emplace_back("fromSrc", local ? "-" : source);
    if (local) {
        request.contentType = "application/x-tar";
    }
    addQuery(request, "repo", name);
    addQuery(request, "message", message);
    addQuery(request, "platform", lowered(platform));
    for (const std::string &change : changes) {
        request.query.emplace_back("changes", change);
    }
    return request;
}

Arguments ImportImage::arguments() const
{
    Arguments arguments{"import"};
    addOption(arguments, "-m", message);
    addEach(arguments, "-c", changes);
    addOption(arguments, "--platform", platform);
    addOperands(arguments, {source});
    if (!name.empty()) {
        arguments.push_back(name);
    }
    return arguments;
}

ApiRequest PruneImages::request(ApiVersion) const
{
    Filters sent = filters;
    sent.emplace_back("dangling", all ? "false" : "true");
    ApiRequest request = postRequest("/images/prune");
    addFilters(request, sent);
    return request;
}

Arguments PruneImages::arguments() const
{
    Arguments arguments{"image", "prune", "-f"};
    addSwitch(arguments, "-a", all);
    addPairs(arguments, "--filter", filters);
    return arguments;
}

Result<CommandReply> PruneImages::decode(std::string_view body)
{
    const auto document = JsonDocument::parse(body, "pruned images");
    if (!document) {
        return std::unexpected(document.error());
    }
    CommandReply reply;
    addDeleted(document->root(), "ImagesDeleted", reply);
    reply.reclaimed = document->root().countOrLargest("SpaceReclaimed");
    return document->checked(std::move(reply));
}

Result<CommandReply> decodeRemovedImages(std::string_view body)
{
    const auto document = JsonDocument::parse(body, "removed images");
    if (!document) {
        return std::unexpected(document.error());
    }
    CommandReply reply;
    addDeleted(document->list(), nullptr, reply);
    return document->checked(std::move(reply));
}

} // namespace roadstead::docker
