// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registry/trust/content_trust.h"

#include "engine/base/random.h"
#include "engine/json/tree.h"
#include "engine/reference/image_reference.h"

#include <algorithm>

namespace roadstead::trust {

namespace {

constexpr std::size_t mostTags = 10'000;

std::string textOf(const json::Value &object, std::string_view name)
{
    const json::Value *value = object.find(name);
    return value != nullptr && value->isText() ? value->characters() : std::string();
}

SignedTag readTag(const json::Value &row)
{
    SignedTag tag{.tag = textOf(row, "SignedTag"), .digest = "sha256:" + textOf(row, "Digest")};
    if (const json::Value *signers = row.find("Signers")) {
        for (const json::Value &each : signers->elements()) {
            tag.signers.push_back(each.characters());
        }
    }
    return tag;
}

bool isWhole(const SignedTag &tag)
{
    constexpr std::size_t prefix = 7; // "sha256:"
    return reference::isTag(tag.tag) && reference::isIdentifier(tag.digest.substr(prefix));
}

} // namespace

void Passphrases::wipe()
{
    roadstead::wipe(root);
    roadstead::wipe(repository);
}

bool isNotaryServer(std::string_view address)
{
    constexpr std::string_view scheme = "https://";
    if (!address.starts_with(scheme)) {
        return false;
    }
    address.remove_prefix(scheme.size());
    while (address.ends_with('/')) {
        address.remove_suffix(1);
    }
    return reference::isDomain(address);
}

std::vector<std::string> inspectArguments(const std::string &image)
{
    return {"--debug", "trust", "inspect", image};
}

std::vector<std::string> notarySignArguments(const std::string &image)
{
    return {"trust", "sign", "--local", image};
}

Variables inspectVariables(const std::string &server)
{
    return {{"DOCKER_CONTENT_TRUST_SERVER", server}};
}

Variables notarySignVariables(const std::string &server, const Passphrases &passphrases)
{
    return {{"DOCKER_CONTENT_TRUST_SERVER", server},
            {"DOCKER_CONTENT_TRUST_ROOT_PASSPHRASE", passphrases.root},
            {"DOCKER_CONTENT_TRUST_REPOSITORY_PASSPHRASE", passphrases.repository}};
}

Result<std::vector<SignedTag>> readInspection(int exitStatus, std::string_view printed,
                                              std::string_view complaint)
{
    std::vector<SignedTag> tags;
    if (exitStatus != 0) {
        const TrustCause cause = causeInWords(complaint);
        if (cause == TrustCause::NoSignature) {
            return tags;
        }
        const bool isPlace = cause == TrustCause::NotReached || cause == TrustCause::NotAnswering;
        return std::unexpected(trustError(isPlace ? TrustCause::ServerNotReached : cause,
                                          inspectOperation, lastComplaint(complaint)));
    }
    const auto answer = json::parse(printed, "docker trust inspect");
    if (!answer || !answer->isList()) {
        return std::unexpected(trustError(TrustCause::Unknown, inspectOperation,
                                          "the answer of docker trust is not readable"));
    }
    for (const json::Value &repository : answer->elements()) {
        const json::Value *rows = repository.find("SignedTags");
        if (rows == nullptr) {
            continue;
        }
        for (const json::Value &row : rows->elements()) {
            SignedTag tag = readTag(row);
            if (isWhole(tag) && tags.size() < mostTags) {
                tags.push_back(std::move(tag));
            }
        }
    }
    return tags;
}

Result<void> readNotarySigning(int exitStatus, std::string_view complaint)
{
    if (exitStatus == 0) {
        return {};
    }
    const TrustCause cause = causeInWords(complaint);
    return std::unexpected(trustError(cause, notaryOperation, lastComplaint(complaint)));
}

} // namespace roadstead::trust
