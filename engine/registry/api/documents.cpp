// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registry/api/documents.h"

#include "engine/json/tree.h"
#include "engine/reference/image_reference.h"

#include <algorithm>

namespace roadstead::registry {

namespace {

constexpr std::size_t mostNames = 10'000; ///< of a page; more than any registry sends
constexpr std::size_t mostDescriptors = 4096;

std::string textOf(const json::Value &object, std::string_view name)
{
    const json::Value *found = object.find(name);
    return found != nullptr && found->isText() ? found->characters() : std::string();
}

std::int64_t bytesOf(const json::Value &object, std::string_view name)
{
    const json::Value *found = object.find(name);
    return found == nullptr ? 0 : std::max<std::int64_t>(found->integer().value_or(0), 0);
}

std::unexpected<Error> malformedDocument(const char *what)
{
    return failure(ErrorKind::MalformedReply, "registry.read", what);
}

Descriptor descriptorOf(const json::Value &object)
{
    Descriptor read{.mediaType = textOf(object, "mediaType"),
                    .digest = textOf(object, "digest"),
                    .size = bytesOf(object, "size")};
    if (const json::Value *platform = object.find("platform")) {
        read.os = textOf(*platform, "os");
        read.architecture = textOf(*platform, "architecture");
        read.variant = textOf(*platform, "variant");
    }
    return read;
}

/// False when one of them cannot be asked for.
bool readDescriptors(const json::Value &root, std::string_view name, std::vector<Descriptor> &out)
{
    const json::Value *list = root.find(name);
    if (list == nullptr || !list->isList()) {
        return true;
    }
    if (list->elements().size() > mostDescriptors) {
        return false;
    }
    for (const json::Value &element : list->elements()) {
        out.push_back(descriptorOf(element));
        if (!reference::isDigestForm(out.back().digest)) {
            return false;
        }
    }
    return true;
}

} // namespace

std::int64_t Manifest::bytes() const
{
    // Sizes are the registry's word: sums must not overflow.
    constexpr std::int64_t largest = std::int64_t(1) << 60U;
    std::int64_t sum = isIndex() ? 0 : std::min(config.size, largest);
    for (const Descriptor &layer : layers) {
        sum = std::min(sum + std::min(layer.size, largest), largest);
    }
    return sum;
}

Result<NamePage> readNames(std::string_view body, NameKind kind)
{
    const auto root = json::parse(body, "list of the registry");
    if (!root) {
        return std::unexpected(root.error());
    }
    const bool isTags = kind == NameKind::Tags;
    const json::Value *names = root->find(isTags ? "tags" : "repositories");
    NamePage page;
    if (names == nullptr || names->isNull()) {
        return root->isObject() ? Result<NamePage>(page) : malformedDocument("no list of names");
    }
    if (!names->isList()) {
        return malformedDocument("no list of names");
    }
    for (const json::Value &name : names->elements()) {
        const std::string &text = name.characters();
        if (page.names.size() < mostNames && name.isText() &&
            (isTags ? reference::isTag(text) : reference::isRemoteName(text))) {
            page.names.push_back(text);
        }
    }
    return page;
}

Result<Manifest> readManifest(std::string_view body, std::string_view mediaType)
{
    const auto root = json::parse(body, "manifest");
    if (!root) {
        return std::unexpected(root.error());
    }
    Manifest manifest;
    manifest.mediaType = textOf(*root, "mediaType");
    if (manifest.mediaType.empty()) {
        manifest.mediaType = mediaType.substr(0, mediaType.find(';'));
    }
    manifest.size = static_cast<std::int64_t>(body.size());
    if (const json::Value *config = root->find("config")) {
        manifest.config = descriptorOf(*config);
    }
    if (!readDescriptors(*root, "layers", manifest.layers) ||
        !readDescriptors(*root, "manifests", manifest.platforms)) {
        return malformedDocument("a manifest with a digest that is none");
    }
    if (!root->isObject() ||
        (manifest.platforms.empty() && manifest.config.digest.empty() && manifest.layers.empty())) {
        return malformedDocument("not a manifest that is known");
    }
    return manifest;
}

Result<ImageConfig> readImageConfig(std::string_view body)
{
    const auto root = json::parse(body, "image configuration");
    if (!root) {
        return std::unexpected(root.error());
    }
    return ImageConfig{.created = textOf(*root, "created"),
                       .os = textOf(*root, "os"),
                       .architecture = textOf(*root, "architecture"),
                       .variant = textOf(*root, "variant")};
}

Result<Token> readToken(std::string_view body)
{
    const auto root = json::parse(body, "token");
    if (!root) {
        return failure(ErrorKind::MalformedReply, "registry.token",
                       "the token service's answer is not JSON");
    }
    Token token{.token = textOf(*root, "token")};
    if (token.token.empty()) {
        token.token = textOf(*root, "access_token");
    }
    const bool isHeaderText =
        std::ranges::all_of(token.token, [](char c) { return c > 0x20 && c < 0x7F; });
    if (token.token.empty() || !isHeaderText) {
        return failure(ErrorKind::MalformedReply, "registry.token",
                       "the token service's answer has no token");
    }
    constexpr std::int64_t shortest = 60; // the specification's least
    constexpr std::int64_t longest = 24L * 3600;
    if (const json::Value *lasts = root->find("expires_in")) {
        token.lasts = std::chrono::seconds(
            std::clamp(lasts->integer().value_or(shortest), shortest, longest));
    }
    return token;
}

std::string readErrors(std::string_view body)
{
    const auto root = json::parse(body, "errors");
    if (!root) {
        return {};
    }
    std::string said = textOf(*root, "details"); // of token services
    const json::Value *errors = root->find("errors");
    if (errors == nullptr || !errors->isList()) {
        return said.empty() ? textOf(*root, "message") : said;
    }
    constexpr std::size_t most = 8;
    said.clear();
    for (std::size_t i = 0; i < std::min(errors->elements().size(), most); ++i) {
        const json::Value &error = errors->elements()[i];
        const std::string code = textOf(error, "code");
        const std::string message = textOf(error, "message");
        said.append(said.empty() ? "" : "; ")
            .append(code)
            .append(code.empty() || message.empty() ? "" : ": ")
            .append(message);
    }
    return said;
}

} // namespace roadstead::registry
