// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/container.h"

#include "engine/base/base64.h"
#include "engine/docker/codecs.h"
#include "engine/docker/json_reader.h"
#include "engine/docker/rendering.h"

#include <array>

namespace roadstead::docker {

namespace {

/// "web:/etc": what `docker cp` reads back as the same two.
std::string copyOperand(const Target &container, const std::string &path)
{
    return container.display + ":" + path;
}

} // namespace

ApiRequest TopContainer::request(ApiVersion) const
{
    ApiRequest request = getRequest(containerPath(container, "/top"));
    std::string joined;
    for (const std::string &argument : psArguments) {
        joined.append(joined.empty() ? "" : " ").append(argument);
    }
    addQuery(request, "ps_args", std::move(joined));
    return request;
}

Arguments TopContainer::arguments() const
{
    Arguments arguments{"top"};
    addOperands(arguments, {container.display});
    arguments.insert(arguments.end(), psArguments.begin(), psArguments.end());
    return arguments;
}

Result<ProcessTable> TopContainer::decode(std::string body)
{
    const auto document = JsonDocument::parse(body, "process list");
    if (!document) {
        return std::unexpected(document.error());
    }
    ProcessTable table{document->root().texts("Titles"), document->root().textRows("Processes")};
    return document->checked(std::move(table));
}

ApiRequest ListChanges::request(ApiVersion) const
{
    return getRequest(containerPath(container, "/changes"));
}

Arguments ListChanges::arguments() const
{
    Arguments arguments{"diff"};
    addOperands(arguments, {container.display});
    return arguments;
}

Result<ListChanges::Answer> ListChanges::decode(std::string body)
{
    const auto document = JsonDocument::parse(body, "change list");
    if (!document) {
        return std::unexpected(document.error());
    }
    constexpr std::array kinds{ChangeKind::Modified, ChangeKind::Added, ChangeKind::Deleted};
    std::vector<FileChange> changes;
    document->list().forEachElement([&](const JsonValue &value) {
        const auto kind = static_cast<std::size_t>(value.integer("Kind", 0, kinds.size() - 1));
        changes.push_back({value.text("Path"), kinds[kind]});
    });
    return document->checked(std::move(changes));
}

ApiRequest ReadStats::request(ApiVersion version) const
{
    ApiRequest request = getRequest(containerPath(container, "/stats"));
    request.query.emplace_back("stream", stream ? "1" : "0");
    addSwitch(request, "one-shot", oneShot && !stream && version >= ApiVersion{41});
    return request;
}

Arguments ReadStats::arguments() const
{
    Arguments arguments{"stats"};
    addSwitch(arguments, "--no-stream", !stream);
    addOperands(arguments, {container.display});
    return arguments;
}

ApiRequest WaitContainer::request(ApiVersion) const
{
    ApiRequest request = postRequest(containerPath(container, "/wait"));
    if (condition != WaitCondition::NotRunning) {
        const bool removed = condition == WaitCondition::Removed;
        request.query.emplace_back("condition", removed ? "removed" : "next-exit");
    }
    return request;
}

Arguments WaitContainer::arguments() const
{
    Arguments arguments{"wait"};
    addOperands(arguments, {container.display});
    return arguments;
}

ApiVersion WaitContainer::needs() const
{
    return {condition == WaitCondition::NotRunning ? 24 : 30};
}

Result<int> WaitContainer::decode(std::string body)
{
    const auto reply = decodeWaitReply(body);
    if (!reply) {
        return std::unexpected(reply.error());
    }
    if (!reply->error.empty()) {
        return failure(ErrorKind::EngineFailed, {}, reply->error);
    }
    return reply->statusCode;
}

ApiRequest ExportContainer::request(ApiVersion) const
{
    return getRequest(containerPath(container, "/export"));
}

Arguments ExportContainer::arguments() const
{
    Arguments arguments{"export"};
    addOperands(arguments, {container.display});
    return arguments;
}

ApiRequest GetArchive::request(ApiVersion) const
{
    ApiRequest request = getRequest(containerPath(container, "/archive"));
    request.query.emplace_back("path", path);
    return request;
}

Arguments GetArchive::arguments() const
{
    Arguments arguments{"cp"};
    addOperands(arguments, {copyOperand(container, path)});
    arguments.emplace_back("-");
    return arguments;
}

ApiRequest StatPath::request(ApiVersion version) const
{
    ApiRequest request = GetArchive{container, path}.request(version);
    request.method = "HEAD";
    return request;
}

Result<PathStat> decodePathStat(std::string_view header)
{
    // Bits of Go's fs.FileMode, which is what the engine sends.
    constexpr std::uint64_t folderBit = std::uint64_t(1) << 31U;
    constexpr std::uint64_t linkBit = std::uint64_t(1) << 27U;
    constexpr std::uint64_t typeBits = folderBit | linkBit | std::uint64_t(0x728) << 16U;
    const auto json = parseBase64(header);
    if (!json) {
        return failure(ErrorKind::MalformedReply, {}, "the header about the file is not base64");
    }
    const auto document = JsonDocument::parse(*json, "file");
    if (!document) {
        return std::unexpected(document.error());
    }
    const JsonValue root = document->root();
    const auto mode = static_cast<std::uint64_t>(root.integer("mode", 0, UINT32_MAX));
    PathStat stat;
    stat.name = root.text("name");
    stat.size = root.integer("size");
    stat.mode = static_cast<std::uint32_t>(mode & 0777U);
    stat.isFolder = (mode & folderBit) != 0;
    stat.isLink = (mode & linkBit) != 0;
    stat.isRegular = (mode & typeBits) == 0;
    stat.changed = root.text("mtime");
    stat.linkTarget = root.text("linkTarget");
    return document->checked(std::move(stat));
}

ApiRequest AttachContainer::request(ApiVersion) const
{
    ApiRequest request = postRequest(containerPath(container, "/attach"));
    addSwitch(request, "stream", stream);
    addSwitch(request, "stdin", input);
    addSwitch(request, "stdout", output);
    addSwitch(request, "stderr", errors);
    addQuery(request, "detachKeys", detachKeys);
    addSwitch(request, "logs", logs);
    return request;
}

Arguments AttachContainer::arguments() const
{
    Arguments arguments{"attach"};
    addOption(arguments, "--detach-keys", detachKeys);
    addSwitch(arguments, "--no-stdin", !input);
    addOperands(arguments, {container.display});
    return arguments;
}

} // namespace roadstead::docker
